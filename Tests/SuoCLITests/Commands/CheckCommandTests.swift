import Foundation
import TestSupport
import Testing

@Suite struct CheckCommandTests {
  private let folder = TemporaryFolder()

  /// A copy of the index of the notes, with its segment file.
  private func copy() throws -> (index: String, segment: URL) {
    let index = folder.path(of: "index")
    try FileManager.default.copyItem(atPath: CommandRun.notesIndex, toPath: index)
    let names = try FileManager.default.contentsOfDirectory(atPath: index)
    let segment = try #require(names.first { $0 != "manifest" && $0 != "write.lock" })
    return (index, URL(fileURLWithPath: index).appendingPathComponent(segment))
  }

  @Test func soundIndex() throws {
    for arguments in [["check"], ["check", "--deep"]] {
      let run = try CommandRun.suo(arguments + ["--index", CommandRun.notesIndex])
      #expect(run.status == 0)
      #expect(run.output.hasSuffix(": sound\n"))
    }
    let json = try CommandRun.suo(["check", "--deep", "--json", "--index", CommandRun.notesIndex]).json()
    #expect(json["sound"]?.bool == true)
    #expect(json["sections"]?.array?.compactMap { $0["section"]?.string }.contains("postings") == true)
    #expect(json["passages"]?.integer ?? 0 > 0)
  }

  @Test func aChangedByteIsFound() throws {
    let (index, segment) = try copy()
    var bytes = try Data(contentsOf: segment)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: segment)
    let run = try CommandRun.suo(["check", "--index", index])
    #expect(run.status == 1)
    #expect(run.output.contains("DIFFERS"))
    #expect(run.output.contains("damage: "))
    #expect(try CommandRun.suo(["check", "--index", index, "--json"]).json()["sound"]?.bool == false)
  }

  @Test func aTruncatedIndexIsRefused() throws {
    let (index, segment) = try copy()
    try Data(contentsOf: segment).dropLast(10).write(to: segment)
    let search = try CommandRun.suo(["search", "sleep", "--index", index])
    #expect(search.status == 2)
    #expect(search.messages.contains(segment.lastPathComponent))
    #expect(search.output.isEmpty)
    #expect(try CommandRun.suo(["check", "--index", index]).status == 1)
  }

  @Test func noIndexIsAnError() throws {
    #expect(try CommandRun.suo(["check", "--index", folder.path(of: "none")]).status == 2)
  }
}
