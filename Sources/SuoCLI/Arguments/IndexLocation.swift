import ArgumentParser
import Suo

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which index a command works on.
struct IndexLocation: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The index's folder (default: $SUO_INDEX, else the user's data folder).", valueName: "dir"))
  var index: String?

  /// The folder: the option, else `SUO_INDEX`, else the place for data of the user's programs.
  func folder() throws(CommandError) -> String {
    if let index {
      guard !index.isEmpty else { throw .usage("--index: expected a folder, found nothing") }
      return index
    }
    return try Self.standardFolder { name in getenv(name).map { String(cString: $0) } }
  }

  /// Opens the index.
  func open() throws -> Index { try Index(at: folder()) }

  /// The folder without the option.
  ///
  /// - Parameter variable: gives the value of an environment variable.
  static func standardFolder(_ variable: (String) -> String?) throws(CommandError) -> String {
    func value(_ name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let folder = value("SUO_INDEX") { return folder }
    #if os(macOS)
      if let home = value("HOME") { return home + "/Library/Application Support/suo" }
    #else
      // The XDG Base Directory Specification tells programs to ignore relative paths in its variables.
      if let data = value("XDG_DATA_HOME"), data.hasPrefix("/") {
        return data.hasSuffix("/") ? data + "suo" : data + "/suo"
      }
      if let home = value("HOME") { return home + "/.local/share/suo" }
    #endif
    throw .usage("where is the index? Neither SUO_INDEX nor HOME is set; name the folder with --index")
  }
}
