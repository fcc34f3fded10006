import ByteStorage
package import SearchModel

/// Counts and sums over the passages of a segment; all are additive over segments.
///
/// On disk: six numbers u64 in the order of the properties, then the passages of each language u64 in the order of
/// `PassageTable.languages`.
package struct SegmentStatistics: Sendable, Hashable {
  /// Documents with or without passages.
  package var documents = 0
  package var passages = 0
  /// Distinct terms.
  package var terms = 0
  /// Scored tokens of all passages: the sum of the lengths.
  package var totalLength = 0
  /// Postings of all terms.
  package var postings = 0
  /// Bytes of the passages' texts before compression.
  package var textBytes = 0
  /// Passages of each language, by its number on disk.
  package var passagesByLanguageNumber = [Int](repeating: 0, count: PassageTable.languages.count)

  package init() {}

  /// Passages of each language that occurs.
  package var passagesByLanguage: [(language: Language, passages: Int)] {
    zip(PassageTable.languages, passagesByLanguageNumber).filter { $0.1 > 0 }.map { (language: $0.0, passages: $0.1) }
  }

  /// The bytes of the section.
  package func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    for number in [documents, passages, terms, totalLength, postings, textBytes] + passagesByLanguageNumber {
      bytes.append(littleEndian: UInt64(number))
    }
    return bytes
  }

  package init(_ section: SectionBytes) throws(IndexError) {
    do throws(StorageError) {
      var cursor = ByteCursor(section.view)
      func number() throws(StorageError) -> Int {
        let value = try cursor.read(UInt64.self)
        // What the manifest can say; so small that no sum over segments overflows.
        guard value <= 1 << 53 else { throw .inconsistent(reason: "expected a number up to 2^53, found \(value)") }
        return Int(value)
      }
      documents = try number()
      passages = try number()
      terms = try number()
      totalLength = try number()
      postings = try number()
      textBytes = try number()
      for index in passagesByLanguageNumber.indices { passagesByLanguageNumber[index] = try number() }
    } catch { throw section.damaged(error) }
  }

  /// Adds the counts of another segment.
  package mutating func add(_ other: SegmentStatistics) {
    documents += other.documents
    passages += other.passages
    terms += other.terms
    totalLength += other.totalLength
    postings += other.postings
    textBytes += other.textBytes
    for index in passagesByLanguageNumber.indices {
      passagesByLanguageNumber[index] += other.passagesByLanguageNumber[index]
    }
  }
}
