#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is said to the person at standard error. Where that cannot be written there is nobody to tell.
enum Messages {
  /// Writes a message as lines of its own, the first with the program's name.
  static func write(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { TerminalText.visible(String($0)) }
    raw("suo: " + lines.joined(separator: "\n") + "\n")
  }

  /// Writes text as it is.
  static func raw(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        #if canImport(Glibc)
          let written = Glibc.write(STDERR_FILENO, bytes.baseAddress! + done, bytes.count - done)
        #elseif canImport(Musl)
          let written = Musl.write(STDERR_FILENO, bytes.baseAddress! + done, bytes.count - done)
        #else
          let written = Darwin.write(STDERR_FILENO, bytes.baseAddress! + done, bytes.count - done)
        #endif
        if written < 0 && errno != EINTR { return }
        done += max(written, 0)
      }
    }
  }
}
