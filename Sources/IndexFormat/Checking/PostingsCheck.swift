import ByteStorage

/// Decodes every list of postings and positions of a segment and compares it with what the dictionary says of it.
struct PostingsCheck {
  private let segment: Segment
  private var log = FindingsLog()
  private var previousKey: [UInt8]?
  private var terms = 0
  private var postings = 0
  /// Where the lists of the next term must begin.
  private var postingsEnd = 0
  private var positionsEnd = 0

  init(_ segment: Segment) { self.segment = segment }

  /// Checks all terms and adds what it finds to `report`.
  mutating func run(_ report: inout CheckReport) {
    do throws(IndexError) {
      try segment.terms.forEach(prefix: []) { key, info throws(IndexError) in
        check(key, info)
        return true
      }
      try compareSums()
    } catch { log.add(error) }
    report.terms += terms
    report.postings += postings
    log.append(to: &report)
  }

  private mutating func check(_ key: [UInt8], _ info: TermInfo) {
    do throws(IndexError) { try checkTerm(key, info) } catch { log.add(error) }
    previousKey = key
    terms += 1
    postings += Int(info.documentFrequency)
    postingsEnd = info.postings.upperBound
    positionsEnd = info.positions.upperBound
    do throws(IndexError) { try checkList(key, info) } catch { log.add(error) }
  }

  private func checkTerm(_ key: [UInt8], _ info: TermInfo) throws(IndexError) {
    let dictionary = try segment.file.section(.terms)
    if let previousKey, !previousKey.lexicographicallyPrecedes(key) {
      throw dictionary.damaged("expected term \(terms) to sort after the term before it")
    }
    // A lookup begins at a block, so one lookup a block proves that its first bytes are right.
    if terms % TermDictionary.blockSize == 0, try segment.terms.find(key[...]) != info {
      throw dictionary.damaged("expected a lookup to find term \(terms)")
    }
    guard info.postings.lowerBound == postingsEnd, info.positions.lowerBound == positionsEnd else {
      throw dictionary.damaged("expected the lists of term \(terms) right after those of the term before it")
    }
  }

  private mutating func checkList(_ key: [UInt8], _ info: TermInfo) throws(IndexError) {
    let section = try segment.file.section(.postings)
    let name = "term \(terms - 1)"
    let cursor = try segment.postings(of: info)
    let positions = info.isPositional ? try segment.positions(beside: cursor) : nil
    var previous = -1
    var count = 0
    var occurrences: UInt64 = 0
    for block in 0..<cursor.list.blockCount {
      try cursor.load(block)
      let frequencies = try cursor.frequencies()
      for index in 0..<cursor.count {
        let passage = cursor.documents[index]
        let frequency = frequencies[index]
        guard Int(passage) > previous, Int(passage) < segment.passages.count else {
          throw section.damaged("expected passages of \(name) to ascend, found \(passage) after \(previous)")
        }
        guard frequency > 0 else { throw section.damaged("\(name) has frequency 0 in passage \(passage)") }
        previous = Int(passage)
        occurrences += UInt64(frequency)
        if let positions { try checkPositions(positions.positions(ofPosting: index), passage, name) }
      }
      count += cursor.count
    }
    guard count == info.documentFrequency, occurrences == info.totalFrequency else {
      throw section.damaged(
        "expected \(info.documentFrequency) passages and \(info.totalFrequency) occurrences of \(name), found "
          + "\(count) and \(occurrences)")
    }
  }

  private func checkPositions(
    _ positions: UnsafeBufferPointer<UInt32>, _ passage: UInt32, _ name: String
  ) throws(IndexError) {
    for index in positions.indices.dropFirst() where positions[index] <= positions[index - 1] {
      throw try segment.file.section(.positions).damaged(
        "expected positions of \(name) in passage \(passage) to ascend, found \(positions[index]) after "
          + "\(positions[index - 1])")
    }
  }

  /// Compares what all terms have together with the statistics and with the lengths of the sections.
  private func compareSums() throws(IndexError) {
    guard terms == segment.statistics.terms, postings == segment.statistics.postings else {
      throw try segment.file.section(.statistics).damaged(
        "expected \(segment.statistics.terms) terms with \(segment.statistics.postings) postings, found \(terms) "
          + "with \(postings)")
    }
    for (section, end) in [(SegmentSection.postings, postingsEnd), (.positions, positionsEnd)] {
      let bytes = try segment.file.section(section)
      guard bytes.view.count == end else {
        throw bytes.damaged("expected the lists of all terms to fill \(bytes.view.count) bytes, found \(end)")
      }
    }
  }
}
