import ByteStorage

/// Checks one segment file.
enum SegmentCheck {
  /// Checks the file of a segment and adds what it finds to `report`.
  ///
  /// - Returns: the segment's statistics, or nil where they cannot be read.
  static func run(
    _ record: SegmentRecord, in folder: StorageFolder, deep: Bool, _ report: inout CheckReport
  ) -> SegmentStatistics? {
    let file: SegmentFile
    do throws(IndexError) {
      file = try SegmentFile(record, in: folder)
    } catch {
      report.findings.append(error)
      return nil
    }
    verifyBytes(of: file, &report)
    let segment: Segment
    do throws(IndexError) {
      segment = try Segment(record, in: folder)
    } catch {
      report.findings.append(error)
      return nil
    }
    if deep {
      checkTables(of: segment, &report)
      var postings = PostingsCheck(segment)
      postings.run(&report)
      report.passages += segment.passages.count
    }
    return segment.statistics
  }

  /// Compares the checksums of all sections, and the bytes between them with zero.
  private static func verifyBytes(of file: SegmentFile, _ report: inout CheckReport) {
    for section in SegmentSection.allCases {
      let bytes: SectionBytes
      do throws(IndexError) { bytes = try file.section(section) } catch {
        report.findings.append(error)
        continue
      }
      var holds = true
      do throws(IndexError) { try file.verify(section) } catch {
        report.findings.append(error)
        holds = false
      }
      report.sections.append(
        SectionReport(file: file.path, section: section, byteCount: bytes.view.count, checksumHolds: holds))
    }
    do throws(IndexError) { try file.verifyPadding() } catch { report.findings.append(error) }
  }

  /// Reads every row of every table and compares their sums with the statistics.
  private static func checkTables(of segment: Segment, _ report: inout CheckReport) {
    var log = FindingsLog()
    let expected = segment.statistics
    var found = SegmentStatistics()
    found.documents = segment.documents.count
    found.passages = segment.passages.count
    found.terms = expected.terms
    found.postings = expected.postings
    for passage in 0..<segment.passages.count { found.totalLength += Int(segment.lengths[UInt32(passage)]) }
    checkDocuments(of: segment, &log)
    checkPassages(of: segment, &found, &log)
    if let vectors = segment.latent { LatentCheck.run(segment, vectors, &log) }
    if segment.texts == nil { found.textBytes = expected.textBytes }
    if log.findings.isEmpty && found != expected {
      log.add(
        .damaged(
          file: segment.file.path, section: SegmentSection.statistics.name,
          reason: "expected \(expected.totalLength) tokens, \(expected.textBytes) bytes of text and passages "
            + "\(expected.passagesByLanguageNumber) by language, found \(found.totalLength), \(found.textBytes) and "
            + "\(found.passagesByLanguageNumber)"))
    }
    log.append(to: &report)
  }

  private static func checkDocuments(of segment: Segment, _ log: inout FindingsLog) {
    let reader = segment.documents.makeReader()
    let fieldReaders = segment.fields.makeReaders()
    var next = 0
    for document in 0..<segment.documents.count {
      log.watching { () throws(IndexError) in
        let range = try segment.documents.passages(of: document)
        guard range.lowerBound == next, range.upperBound <= segment.passages.count else {
          throw try segment.file.section(.documents).damaged(
            "expected document \(document) to begin with passage \(next), found \(range)")
        }
        next = range.upperBound
      }
      log.watching { () throws(IndexError) in _ = try segment.documents.record(document, reader) }
      log.watching { () throws(IndexError) in _ = try segment.fields.fields(of: document, fieldReaders) }
    }
    if log.findings.isEmpty && next != segment.passages.count {
      log.watching { () throws(IndexError) in
        throw try segment.file.section(.documents).damaged(
          "expected \(segment.passages.count) passages in all documents, found \(next)")
      }
    }
  }

  private static func checkPassages(
    of segment: Segment, _ found: inout SegmentStatistics, _ log: inout FindingsLog
  ) {
    let headings = segment.passages.makeHeadingReader()
    let texts = segment.texts?.makeReader()
    for passage in 0..<segment.passages.count {
      log.watching { () throws(IndexError) in
        let place = try segment.passages.place(of: passage)
        _ = try segment.passages.headings(place.headingPath, headings)
        if let number = PassageTable.languages.firstIndex(of: place.language) {
          found.passagesByLanguageNumber[number] += 1
        }
      }
      guard let texts else { continue }
      log.watching { () throws(IndexError) in
        let text = try texts.record(passage)
        found.textBytes += text.count
        guard String(validating: text, as: UTF8.self) != nil else {
          throw try segment.file.section(.texts).damaged("expected UTF-8 in the text of passage \(passage)")
        }
      }
    }
  }
}
