/// Collects the findings of one part of a check, the first ones only.
struct FindingsLog {
  private(set) var findings: [IndexError] = []
  private(set) var omitted = 0

  mutating func add(_ finding: IndexError) {
    if findings.count < CheckReport.mostFindings { findings.append(finding) } else { omitted += 1 }
  }

  /// Runs `body` and keeps what it throws.
  mutating func watching(_ body: () throws(IndexError) -> Void) {
    do throws(IndexError) { try body() } catch { add(error) }
  }

  /// Adds the findings to those of the whole check.
  func append(to report: inout CheckReport) {
    report.findings += findings
    report.omittedFindings += omitted
  }
}
