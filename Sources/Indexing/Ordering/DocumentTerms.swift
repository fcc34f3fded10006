import ByteStorage
import IndexFormat
import TextAnalysis

/// The terms of each document: those that two documents or more share, numbered in the order of the dictionary.
///
/// Takes four bytes for every document that a term is in, and twelve for every document.
struct DocumentTerms: ~Copyable {
  /// How many documents there are.
  let documentCount: Int
  /// How many terms there are.
  private(set) var termCount = 0
  /// Where the terms of each document begin.
  private(set) var starts = PlainBuffer<Int>()
  /// How many terms each document has.
  private(set) var counts: PlainBuffer<UInt32>
  /// The terms of one document after those of the other.
  private(set) var terms = PlainBuffer<UInt32>()

  /// Lists that are known already.
  init(_ lists: [[UInt32]], termCount: Int) {
    documentCount = lists.count
    self.termCount = termCount
    counts = PlainBuffer(capacity: lists.count)
    for list in lists {
      starts.append(terms.count)
      counts.append(UInt32(list.count))
      list.withUnsafeBufferPointer { terms.append($0) }
    }
  }

  /// Reads the postings of a segment twice: first to count, then to fill.
  ///
  /// - Parameters:
  ///   - kinds: the kinds of terms that documents are compared by.
  ///   - passages: the passages of each document.
  init(
    _ kinds: [TokenKind], passages: [Range<Int>], postings: SectionBytes, terms dictionary: TermDictionary
  ) throws(IndexError) {
    let documentCount = passages.count
    var documents: [UInt32] = []
    documents.reserveCapacity(passages.last?.upperBound ?? 0)
    for (document, range) in passages.enumerated() {
      for _ in range { documents.append(UInt32(document)) }
    }
    self.documentCount = documentCount
    counts = PlainBuffer(capacity: documentCount)
    counts.base.initialize(repeating: 0, count: documentCount)
    counts.count = documentCount
    let counted = counts.base
    var termCount = 0
    try DocumentTerms.forEachShared(kinds, documents, postings, dictionary) { holders in
      for holder in holders { counted[Int(holder)] += 1 }
      termCount += 1
    }
    self.termCount = termCount
    var total = 0
    starts.reserve(documentCount)
    for document in 0..<documentCount {
      starts.append(total)
      total += Int(counted[document])
      counted[document] = 0
    }
    terms.reserve(total)
    terms.count = total
    let (filled, begin) = (terms.base, starts.base)
    var term: UInt32 = 0
    try DocumentTerms.forEachShared(kinds, documents, postings, dictionary) { holders in
      for holder in holders {
        filled[begin[Int(holder)] + Int(counted[Int(holder)])] = term
        counted[Int(holder)] += 1
      }
      term += 1
    }
  }

  /// Calls `body` with the documents of each term that is in two or more, ascending.
  private static func forEachShared(
    _ kinds: [TokenKind], _ documents: [UInt32], _ section: SectionBytes, _ dictionary: TermDictionary,
    _ body: (UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    var holders = PlainBuffer<UInt32>()
    for kind in kinds.sorted(by: { $0.rawValue < $1.rawValue }) {
      try dictionary.forEach(prefix: [kind.rawValue]) { _, info throws(IndexError) in
        guard info.singlePosting == nil else { return true }
        let cursor = PostingsCursor(try PostingsList(info, postings: section), passageCount: documents.count)
        holders.count = 0
        holders.reserve(Int(info.documentFrequency))
        for block in 0..<cursor.list.blockCount {
          try cursor.load(block)
          documents.withUnsafeBufferPointer { documents in
            for index in 0..<cursor.count {
              let holder = documents[Int(cursor.documents[index])]
              // The passages of a document follow each other.
              if holders.count == 0 || holders.base[holders.count - 1] != holder { holders.append(holder) }
            }
          }
        }
        if holders.count > 1 { body(holders.elements) }
        return true
      }
    }
  }
}
