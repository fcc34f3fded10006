import ByteStorage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct StorageFolderTests {
  private let temporary = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(temporary.path) }

  @Test func aFileIsReplacedAsAWhole() throws {
    try folder.replace("file", with: [1, 2, 3])
    let before = try MappedFile(path: folder.path(of: "file"))
    try folder.replace("file", with: [4, 5])
    #expect(try folder.read("file") == [4, 5])
    // Whoever had the old content open keeps it.
    #expect(before.view.copied() == [1, 2, 3])
    #expect(try folder.names() == ["file"])
  }

  @Test func aFailedReplacementLeavesTheOldContent() throws {
    try StorageFolder(folder.path(of: "taken")).create()
    #expect(throws: StorageError.self) { try folder.replace("taken", with: [1]) }
    #expect(try folder.names() == ["taken"])
    try folder.replace("file", with: [1])
    try StorageFolder(folder.path(of: "file.pending")).create()
    #expect(throws: StorageError.system(call: "open", path: folder.path(of: "file.pending"), code: EISDIR)) {
      try folder.replace("file", with: [2])
    }
    #expect(try folder.read("file") == [1])
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    let deep = StorageFolder(folder.path(of: "a/b//c/"))
    #expect(!deep.exists)
    try deep.create()
    #expect(deep.exists)
    try deep.create()
    try deep.replace("x", with: [])
    #expect(deep.path(of: "x") == folder.path(of: "a/b//c/x"))
    #expect(try StorageFolder(folder.path(of: "a/b/c")).read("x") == [])
  }

  @Test func aFileIsNoFolder() throws {
    try folder.replace("file", with: [1])
    for name in ["file", "file/below"] {
      #expect(throws: StorageError.system(call: "mkdir", path: folder.path(of: name), code: ENOTDIR)) {
        try StorageFolder(folder.path(of: name)).create()
      }
    }
    #expect(!StorageFolder(folder.path(of: "file")).exists)
  }

  @Test func namesAreSortedByTheirBytes() throws {
    for name in ["b", "é", "B", "a", "焦", "."] where name != "." { try folder.replace(name, with: []) }
    #expect(try folder.names() == ["B", "a", "b", "é", "焦"])
    let absent = StorageFolder(folder.path(of: "absent"))
    #expect(throws: StorageError.system(call: "opendir", path: absent.path, code: ENOENT)) { try absent.names() }
  }

  @Test func removingWhatIsNotThereIsNoFailure() throws {
    folder.remove("absent")
    try folder.replace("file", with: [1])
    folder.remove("file")
    #expect(!folder.contains("file"))
    #expect(throws: StorageError.system(call: "rename", path: folder.path(of: "file"), code: ENOENT)) {
      try folder.rename("file", to: "other")
    }
  }
}
