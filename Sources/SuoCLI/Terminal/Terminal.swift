#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is known of the terminal behind standard output or standard error.
enum Terminal {
  /// Columns where no terminal tells.
  static let usualColumns = 100

  /// True where `descriptor` is a terminal that understands more than plain text.
  static func isInteractive(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && environment("TERM") != "dumb"
  }

  /// Columns of the terminal behind `descriptor`, or the usual ones.
  static func columns(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return usualColumns }
    return Int(size.ws_col)
  }

  /// Whether results are coloured: as the option says, else on terminals unless `NO_COLOR` is set (no-color.org).
  static func usesColour(_ option: Bool?) -> Bool {
    if let option { return option }
    return isInteractive(STDOUT_FILENO) && environment("NO_COLOR") == nil
  }

  /// The value of an environment variable that is set and not empty.
  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// Escape sequences for what is to stand out, or none.
struct Style {
  let isColoured: Bool

  func title(_ text: String) -> String { wrapped(text, "1") }
  func match(_ text: String) -> String { wrapped(text, "1;31") }
  func place(_ text: String) -> String { wrapped(text, "32") }
  func faint(_ text: String) -> String { wrapped(text, "2") }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
