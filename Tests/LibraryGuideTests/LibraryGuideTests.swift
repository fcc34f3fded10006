import Foundation
import Suo
import TestSupport
import Testing

@Suite struct LibraryGuideTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: SharedData.packageFolder + "/" + path), encoding: .utf8)
  }

  /// Lines without their indentation, which differs between a document and the body of a function.
  private static func lines(_ text: Substring) -> [Substring] {
    text.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }
  }

  @Test(arguments: ["docs/library.md", "README.md"])
  func examplesAreTheCodeThatIsCompiled(document: String) throws {
    let code = Self.lines(try Self.text("Tests/LibraryGuideTests/LibraryGuide.swift")[...])
    let blocks = try Self.text(document).split(separator: "```swift\n").dropFirst().map { block in
      Self.lines(block.prefix(upTo: block.range(of: "```")?.lowerBound ?? block.endIndex))
        .filter { $0 != "import Suo" }
    }
    #expect(!blocks.isEmpty)
    for block in blocks {
      #expect(code.contains(block), "\(document): not in LibraryGuide.swift:\n\(block.joined(separator: "\n"))")
    }
  }

  @Test func examplesRun() async throws {
    let folder = TemporaryFolder()
    let notes = SharedData.packageFolder + "/seeds/notes"
    try indexAndSearch(folder: folder.path(of: "a"), notes: notes)
    try documentsOfYourOwn(folder: folder.path(of: "b"))
    #expect(try Index(at: folder.path(of: "b")).search("sender:\"Li Wei\" 恐惧").hits.map(\.id) == ["message-1"])
    try sourceOptions(folder: folder.path(of: "c"), notes: notes + "/sleep-and-memory.md")
    let index = try Index(at: folder.path(of: "a"))
    #expect(index.summary.documents == 29)
    try searchOptions(index: index)
    try queries(index: index)
    try highlights(index: index)
    errors(index: index)
    try await threads(index: index)
  }
}
