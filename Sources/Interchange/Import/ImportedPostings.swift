import ByteStorage
import IndexFormat

/// Checks lists of postings and writes them into the sections of a segment, without positions.
struct ImportedPostings: ~Copyable {
  private let documentCount: Int
  private var encoder = PostingsEncoder()
  private var dictionary = TermDictionaryWriter()
  private var documents: [UInt32] = []
  private var frequencies: [UInt32] = []
  private(set) var postingCount = 0

  init(documentCount: Int) { self.documentCount = documentCount }

  /// Appends a term, which sorts after all before it, and its postings to `output`.
  ///
  /// - Returns: what is wrong with the list, or nil.
  mutating func append(_ key: ArraySlice<UInt8>, _ list: CIFFPostingsList, to output: inout [UInt8]) -> String? {
    if let complaint = take(list) { return complaint }
    let start = output.count
    var single: TermInfo.SinglePosting?
    if documents.count == 1 {
      single = TermInfo.SinglePosting(document: documents[0], frequency: frequencies[0])
    } else {
      documents.withUnsafeBufferPointer { documents in
        frequencies.withUnsafeBufferPointer { frequencies in
          encoder.encode(documents: documents, frequencies: frequencies, positionEnds: nil, to: &output)
        }
      }
    }
    dictionary.append(
      Array(key), documentFrequency: UInt32(documents.count), totalFrequency: UInt64(list.cf),
      postingsLength: output.count - start, positionsLength: nil, singlePosting: single)
    postingCount += documents.count
    return nil
  }

  /// The bytes of the dictionary.
  consuming func finish() throws(IndexError) -> [UInt8] { try dictionary.finish() }

  /// Turns differences into documents; an answer says what is wrong.
  private mutating func take(_ list: CIFFPostingsList) -> String? {
    documents.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    guard !list.postings.isEmpty else { return "expected postings of \(named(list)), found none" }
    guard list.df == list.postings.count else {
      return "expected \(list.df) postings of \(named(list)), as its df says, found \(list.postings.count)"
    }
    var document = 0
    var sum: Int64 = 0
    for (index, posting) in list.postings.enumerated() {
      guard posting.docid >= (index == 0 ? 0 : 1) else {
        return "expected documents of \(named(list)) to ascend, found a step of \(posting.docid) after \(document)"
      }
      document += Int(posting.docid)
      guard document < documentCount else {
        return "expected documents of \(named(list)) below \(documentCount), found \(document)"
      }
      guard posting.tf > 0 else {
        return "expected a frequency of \(named(list)) from 1, found \(posting.tf) in document \(document)"
      }
      documents.append(UInt32(document))
      frequencies.append(UInt32(posting.tf))
      sum += Int64(posting.tf)
    }
    guard list.cf == sum else {
      return "expected \(list.cf) occurrences of \(named(list)), as its cf says, found \(sum)"
    }
    return nil
  }

  private func named(_ list: CIFFPostingsList) -> String { "\"\(list.term.prefix(80))\"" }
}
