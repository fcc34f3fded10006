import Suo

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One line on a terminal's standard error that tells how far a build has come.
final class ProgressLine {
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  private var hasLine = false

  /// Often enough to look alive, seldom enough to cost nothing.
  private static let interval = Duration.milliseconds(100)

  init(isQuiet: Bool) { isShown = !isQuiet && Terminal.isInteractive(STDERR_FILENO) }

  /// Draws the line anew, unless that was done a moment ago.
  func update(_ progress: IndexingProgress) {
    guard isShown, lastDrawn.map({ $0.duration(to: .now) >= ProgressLine.interval }) ?? true else { return }
    show(ProgressLine.text(progress, seconds: start.duration(to: .now).seconds))
    lastDrawn = .now
  }

  /// Draws a line of this text.
  func show(_ text: String) {
    guard isShown else { return }
    let columns = Terminal.columns(STDERR_FILENO) - 1
    Messages.raw("\r\u{1B}[K" + String(text.prefix(max(columns, 0))))
    hasLine = true
  }

  /// Takes the line away, so that a message can stand in its place.
  func clear() {
    if hasLine { Messages.raw("\r\u{1B}[K") }
    hasLine = false
    lastDrawn = nil
  }

  /// `412 files, 3,120 passages, 18.3 MB of 40.0 MB, 9.6 MB/s, 2 s left`.
  static func text(_ progress: IndexingProgress, seconds: Double) -> String {
    var parts = [progress.files.counting("file"), progress.passages.counting("passage")]
    let rate = seconds > 0 ? Double(progress.bytes) / seconds : 0
    if let total = progress.totalBytes {
      parts.append("\(progress.bytes.asBytes) of \(total.asBytes)")
    } else {
      parts.append(progress.bytes.asBytes)
    }
    parts.append((rate / 1e6).fixed(1) + " MB/s")
    if let total = progress.totalBytes, rate > 0, total > progress.bytes {
      parts.append((Double(total - progress.bytes) / rate).fixed(0) + " s left")
    }
    return parts.joined(separator: ", ")
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
  /// The duration in milliseconds, exact to the microsecond.
  var milliseconds: Double { (seconds * 1e6).rounded() / 1e3 }
}
