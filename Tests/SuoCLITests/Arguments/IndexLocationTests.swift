import Foundation
import TestSupport
import Testing

@testable import SuoCLI

@Suite struct IndexLocationTests {
  private func folder(_ variables: [String: String]) throws -> String {
    try IndexLocation.standardFolder { variables[$0] }
  }

  @Test func theVariableComesBeforeTheDataFolder() throws {
    #expect(try folder(["SUO_INDEX": "here", "HOME": "/home/a", "XDG_DATA_HOME": "/data"]) == "here")
    #expect(throws: CommandError.self) { try folder([:]) }
    #if os(macOS)
      #expect(try folder(["HOME": "/Users/a"]) == "/Users/a/Library/Application Support/suo")
    #else
      #expect(try folder(["SUO_INDEX": "", "HOME": "/home/a", "XDG_DATA_HOME": "/data"]) == "/data/suo")
      #expect(try folder(["HOME": "/home/a", "XDG_DATA_HOME": "relative"]) == "/home/a/.local/share/suo")
      #expect(try folder(["HOME": "/home/a"]) == "/home/a/.local/share/suo")
    #endif
  }

  @Test func anIndexWithoutAPlaceIsFoundFromAnywhere() throws {
    let folder = TemporaryFolder()
    try Data("杏仁核".utf8).write(to: URL(fileURLWithPath: folder.path(of: "a.md")))
    #if os(macOS)
      let environment = ["HOME": folder.path]
      let place = folder.path + "/Library/Application Support/suo/manifest"
    #else
      let environment = ["XDG_DATA_HOME": folder.path(of: "data")]
      let place = folder.path(of: "data/suo/manifest")
    #endif
    try #require(
      try CommandRun.suo(["index", folder.path(of: "a.md")], environment: environment).status == 0)
    #expect(FileManager.default.fileExists(atPath: place))
    #expect(try CommandRun.suo(["search", "杏仁核"], environment: environment, currentFolder: "/").status == 0)
    let variable = ["SUO_INDEX": folder.path(of: "other")]
    #expect(try CommandRun.suo(["search", "杏仁核"], environment: variable).status == 2)
    try #require(try CommandRun.suo(["index", folder.path(of: "a.md")], environment: variable).status == 0)
    #expect(try CommandRun.suo(["search", "杏仁核"], environment: variable).status == 0)
    // The option comes before both.
    let option = ["search", "杏仁核", "--index", folder.path(of: "none")]
    #expect(try CommandRun.suo(option, environment: variable).status == 2)
  }
}
