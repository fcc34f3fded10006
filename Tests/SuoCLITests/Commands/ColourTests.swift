import Foundation
import TestSupport
import Testing

@Suite struct ColourTests {
  /// `script` of util-linux or BSD runs a command on a terminal of its own.
  private static let script = "/usr/bin/script"

  /// What `suo search` prints on a terminal.
  private func onTerminal(_ arguments: [String], environment: [String: String]) throws -> String {
    let folder = TemporaryFolder()
    let words = [CommandRun.executable, "search", "--index", CommandRun.notesIndex, "-k", "1"] + arguments
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.script)
    #if os(macOS)
      process.arguments = ["-q", folder.path(of: "typescript")] + words
    #else
      let command = words.map { "'\($0)'" }.joined(separator: " ")
      process.arguments = ["-q", "-e", "-c", command, folder.path(of: "typescript")]
    #endif
    process.environment = ["HOME": "/", "PATH": "/usr/bin:/bin", "TERM": "xterm", "SHELL": "/bin/sh"]
      .merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: SharedData.packageFolder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return try String(contentsOf: URL(fileURLWithPath: folder.path(of: "typescript")), encoding: .utf8)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: script)))
  func matchesAreColouredOnTerminals() throws {
    let text = try onTerminal(["杏仁核"], environment: [:])
    #expect(text.contains("\u{1B}[1;31m杏仁核\u{1B}[0m"))
    #expect(!text.contains("«"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: script)))
  func theUserMayRefuseColour() throws {
    for (arguments, environment) in [
      (["杏仁核"], ["NO_COLOR": "1"]), (["杏仁核", "--no-color"], [:]), (["杏仁核"], ["TERM": "dumb"]),
    ] {
      let text = try onTerminal(arguments, environment: environment)
      #expect(!text.contains("\u{1B}"), "\(arguments) \(environment)")
      #expect(text.contains("«杏仁核»"))
    }
  }

  @Test func filesAreColouredOnRequestOnly() throws {
    #expect(try !CommandRun.search("杏仁核").output.contains("\u{1B}"))
    #expect(try CommandRun.search("杏仁核", "--color").output.contains("\u{1B}[1;31m"))
  }
}
