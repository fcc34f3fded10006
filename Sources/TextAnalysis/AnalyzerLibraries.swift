internal import CICU

/// The versions of the libraries behind the analyzers. Others may cut or fold text otherwise, so an index keeps them.
package struct AnalyzerLibraries: Sendable, Hashable {
  /// Such as `72.1`.
  package var icuVersion: String
  /// The version of Unicode that this ICU implements, such as `15.0`.
  package var unicodeVersion: String
  /// Which English stemmer of Snowball is behind the stems, such as `english-1a2b3c4d`: a hash of what it makes of
  /// certain words, because the library does not say its version.
  package var snowballVersion: String

  package init(icuVersion: String, unicodeVersion: String, snowballVersion: String) {
    self.icuVersion = icuVersion
    self.unicodeVersion = unicodeVersion
    self.snowballVersion = snowballVersion
  }

  /// The libraries that this process runs with.
  package static let current = AnalyzerLibraries(
    icuVersion: version(cicu_icu_version), unicodeVersion: version(cicu_unicode_version),
    snowballVersion: StemmerFingerprint.current())

  private static func version(_ write: (UnsafeMutablePointer<CChar>) -> Void) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CICU_VERSION_CAPACITY)) { buffer in
      write(buffer.baseAddress!)
      return String(cString: buffer.baseAddress!)
    }
  }
}
