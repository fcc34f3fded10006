import ByteStorage

/// Reads an index from end to end and says what is wrong with it.
///
/// Every check compares checksums, and the bytes that no checksum covers with zero, so a change of any bit of any file is
/// found. A deep check also decodes everything and compares it with the numbers that are kept of it.
package enum IndexCheck {
  /// Checks the index in a folder.
  ///
  /// - Parameter deep: true to decode every term, posting, position and record.
  /// - Returns: what was found; damage is no error of the check.
  /// - Throws: `IndexError.notAnIndex` where the folder holds no manifest.
  package static func run(folder path: String, deep: Bool) throws(IndexError) -> CheckReport {
    let folder = StorageFolder(path)
    var report = CheckReport()
    let manifest: Manifest
    do throws(IndexError) {
      manifest = try Manifest(in: folder)
    } catch {
      if case .notAnIndex = error { throw error }
      report.findings.append(error)
      return report
    }
    report.headingWeight = manifest.headingWeight
    var sums = SegmentStatistics()
    for record in manifest.segments {
      if let statistics = SegmentCheck.run(record, in: folder, deep: deep, &report) { sums.add(statistics) }
    }
    // With a segment that cannot be read there is nothing to compare the sums with.
    guard report.isSound else { return report }
    if sums.documents != manifest.documents || sums.passages != manifest.passages
      || sums.totalLength != manifest.totalLength
    {
      report.findings.append(
        .damaged(
          file: folder.path(of: Manifest.fileName), section: "statistics",
          reason: "expected \(manifest.documents) documents, \(manifest.passages) passages and "
            + "\(manifest.totalLength) tokens in the segments, found \(sums.documents), \(sums.passages) and "
            + "\(sums.totalLength)"))
    }
    return report
  }
}
