#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import SearchModel
import Ingestion
import TestSupport
import Testing

struct SourceUnitsTests {
  @Test func foldersAreWalkedInTheOrderOfTheBytes() throws {
    let folder = TemporaryFolder()
    for name in ["b.md", "a/z.txt", "a/b/c.md", "a-b.md", "B.md", "é.md", "a.md", "索.md"] {
      try folder.write(name, "x")
    }
    let ids = try Ingested([folder.path]).documents.map(\.id)
    // Components are compared one by one: `a` and what is in it comes before `a-b.md`.
    #expect(ids == ["B.md", "a/b/c.md", "a/z.txt", "a-b.md", "a.md", "b.md", "é.md", "索.md"])
  }

  @Test func documentsAreNamedBelowTheirFolderAndFoundFromHere() throws {
    let folder = TemporaryFolder()
    try folder.write("notes/a.md", "x")
    let fromFolder = try Ingested([folder.path + "//"]).documents[0]
    #expect(fromFolder.id == "notes/a.md")
    #expect(fromFolder.path == folder("notes/a.md"))
    let alone = try Ingested([folder("notes/a.md")]).documents[0]
    #expect(alone.id == folder("notes/a.md"))
    #expect(alone.path == folder("notes/a.md"))
  }

  @Test func severalFoldersPrefixTheirNames() throws {
    let folder = TemporaryFolder()
    for name in ["x/a.md", "y/a.md", "z/x/a.md"] { try folder.write(name, "text") }
    #expect(try Ingested([folder("x"), folder("y")]).documents.map(\.id) == ["x/a.md", "y/a.md"])
    let ids = try Ingested([folder("x"), folder("z/x"), folder("y")]).documents.map(\.id)
    #expect(ids == [folder("x/a.md"), folder("z/x/a.md"), "y/a.md"])
  }

  @Test func hiddenFilesAreLeftAloneUnlessAskedFor() throws {
    let folder = TemporaryFolder()
    for name in [".hidden.md", ".git/a.md", "seen.md"] { try folder.write(name, "x") }
    #expect(try Ingested([folder.path]).documents.map(\.id) == ["seen.md"])
    let all = try Ingested([folder.path], IngestionOptions(includeHidden: true))
    #expect(all.documents.map(\.id) == [".git/a.md", ".hidden.md", "seen.md"])
    #expect(try Ingested([folder(".hidden.md")]).documents.count == 1)
  }

  @Test func symbolicLinksAreLeftAloneUnlessAskedFor() throws {
    let folder = TemporaryFolder()
    try folder.write("real/a.md", "x")
    try folder.write("root/b.md", "x")
    symlink(folder("real"), folder("root/link"))
    symlink("nowhere", folder("root/broken.md"))
    let plain = try Ingested([folder("root")])
    #expect(plain.documents.map(\.id) == ["b.md"])
    #expect(plain.skipped.isEmpty)
    let following = try Ingested([folder("root")], IngestionOptions(followSymbolicLinks: true))
    #expect(following.documents.map(\.id) == ["b.md", "link/a.md"])
    #expect(following.skipped.map(\.path) == [folder("root/broken.md")])
    // A link that is named is meant.
    #expect(try Ingested([folder("root/link")]).documents.map(\.id) == ["a.md"])
  }

  @Test func loopsOfFoldersEnd() throws {
    let folder = TemporaryFolder()
    try folder.write("a/b/x.md", "x")
    symlink(folder("a"), folder("a/b/up"))
    let run = try Ingested([folder("a")], IngestionOptions(followSymbolicLinks: true))
    #expect(run.documents.map(\.id) == ["b/x.md"])
    #expect(
      run.skipped == [
        SourceProblem(path: folder("a/b/up"), reason: "a loop of folders: the same folder as \(folder("a"))")
      ])
  }

  @Test func specialFilesDoNotHoldTheRunUp() throws {
    let folder = TemporaryFolder()
    try folder.write("a.md", "x")
    mkfifo(folder("pipe.md"), 0o644)
    for paths in [[folder.path], [folder("pipe.md"), folder("a.md")]] {
      let run = try Ingested(paths)
      #expect(run.documents.count == 1)
      #expect(run.skipped.map(\.path) == [folder("pipe.md")])
      #expect(run.skipped.first?.reason.hasPrefix("a named pipe") == true)
    }
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may read everything"))
  func unreadableFilesAndFoldersAreReported() throws {
    let folder = TemporaryFolder()
    try folder.write("a.md", "x")
    try folder.write("b.md", "x")
    try folder.write("closed/c.md", "x")
    chmod(folder("b.md"), 0)
    chmod(folder("closed"), 0)
    defer { chmod(folder("closed"), 0o755) }
    let run = try Ingested([folder.path])
    #expect(run.documents.map(\.id) == ["a.md"])
    #expect(Set(run.skipped.map(\.path)) == [folder("b.md"), folder("closed")])
    #expect(throws: IngestionError.self) { try Ingested([folder("b.md")]) }
  }

  @Test func filesThatVanishAreReported() throws {
    let folder = TemporaryFolder()
    try folder.write("a.md", "x")
    var units = try SourceUnits(paths: [folder.path], options: IngestionOptions())
    let next = units.next()
    let unit = try #require(next)
    unlink(folder("a.md"))
    let parsed = DocumentParser(options: IngestionOptions()).parse(unit)
    #expect(parsed.documents.isEmpty)
    #expect(parsed.skipped.map(\.path) == [folder("a.md")])
  }

  @Test func pathsThatDoNotExistAreTheCallersMistake() throws {
    let folder = TemporaryFolder()
    #expect(throws: IngestionError.notFound(path: folder("none"))) {
      try SourceUnits(paths: [folder.path, folder("none")], options: IngestionOptions())
    }
  }

  @Test func unknownExtensionsAreCountedInFoldersAndReadWhenNamed() throws {
    let folder = TemporaryFolder()
    try folder.write("image.png", [0x89, 0x50, 0, 0])
    try folder.write("LICENSE", "words")
    try folder.write("a.md", "x")
    var units = try SourceUnits(paths: [folder.path], options: IngestionOptions())
    while units.next() != nil {}
    #expect(units.filesLeftAlone == 2)
    #expect(units.filesSeen == 1)
    #expect(units.skipped.isEmpty)
    #expect(try Ingested([folder("LICENSE")]).documents.count == 1)
    let forced = try Ingested([folder.path], IngestionOptions(format: .text))
    #expect(forced.documents.map(\.id) == ["LICENSE", "a.md"])
    #expect(forced.skipped.map(\.path) == [folder("image.png")])
  }

  @Test func namesThatAreNoUTF8AreReported() throws {
    let folder = TemporaryFolder()
    try folder.write("a.md", "x")
    let name = Array(folder.path.utf8CString.dropLast()) + [0x2F, -1, 0x2E, 0x6D, 0x64, 0]
    guard let file = fopen(name, "wb") else { return }
    fclose(file)
    defer { unlink(name) }
    let run = try Ingested([folder.path])
    #expect(run.documents.count == 1)
    #expect(run.skipped == [SourceProblem(path: folder.path, reason: "1 file name that is not UTF-8")])
  }

  @Test func progressIsCounted() throws {
    let folder = TemporaryFolder()
    try folder.write("a.md", "12345")
    try folder.write("b.jsonl", "{\"text\":\"x\"}\n")
    var units = try SourceUnits(paths: [folder("a.md"), folder("b.jsonl")], options: IngestionOptions())
    #expect(units.totalBytes == 18)
    while units.next() != nil {}
    #expect(units.bytesRead == 18)
    #expect(units.filesSeen == 2)
    #expect(try SourceUnits(paths: [folder.path], options: IngestionOptions()).totalBytes == nil)
  }

  @Test func messagesAreOneLine() {
    let skipped = SourceProblem(path: "a\nb\u{1b}.md", line: 3, reason: "bad")
    #expect(skipped.description == "a?b?.md:3: bad")
  }
}
