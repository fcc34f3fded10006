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

struct MappedFileTests {
  private let temporary = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(temporary.path) }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 100_000])
  func theContentIsThatOfTheFile(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try folder.replace("file", with: bytes)
    let file = try MappedFile(path: folder.path(of: "file"), expectedCount: count)
    #expect(file.count == count)
    #expect(file.view.copied() == bytes)
    for wrong in [count - 1, count + 1] {
      #expect(throws: StorageError.wrongLength(path: folder.path(of: "file"), expected: wrong, found: count)) {
        try MappedFile(path: folder.path(of: "file"), expectedCount: wrong)
      }
    }
  }

  @Test func aViewOutlivesTheFileAndItsName() throws {
    try folder.replace("file", with: [5, 6, 7])
    let view = try MappedFile(path: folder.path(of: "file")).view.slice(1, 2)
    folder.remove("file")
    #expect(view.copied() == [6, 7])
  }

  @Test func whatIsNoFileIsAnError() throws {
    #expect(throws: StorageError.system(call: "open", path: folder.path(of: "absent"), code: ENOENT)) {
      try MappedFile(path: folder.path(of: "absent"))
    }
    #expect(throws: StorageError.self) { try MappedFile(path: folder.path) }
  }
}
