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

struct OutputFileTests {
  private let temporary = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(temporary.path) }

  @Test(arguments: Seeds.first(3))
  func piecesOfAllSizesFollowEachOther(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let file = try OutputFile(creating: folder.path(of: "file"))
    var expected: [UInt8] = []
    for size in [0, 1, 1000, 1 << 20, 3, 1 << 20 - 3, (1 << 20) + 1, 7] {
      let piece = [UInt8](repeating: UInt8.random(in: 0...255, using: &generator), count: size)
      try file.append(piece)
      expected += piece
      #expect(file.count == expected.count)
      if size == 3 { try file.flush() }
    }
    try file.pad(to: 64)
    expected += [UInt8](repeating: 0, count: (64 - expected.count % 64) % 64)
    try file.pad(to: 64)
    #expect(file.count == expected.count)
    try file.overwrite([9, 8, 7], at: 2)
    expected.replaceSubrange(2..<5, with: [9, 8, 7])
    try file.append([42])
    try file.synchronize()
    #expect(try folder.read("file") == expected + [42], "seed \(seed)")
  }

  @Test func aLeftoverIsEmptied() throws {
    try folder.replace("file", with: [1, 2, 3])
    try OutputFile(creating: folder.path(of: "file")).synchronize()
    #expect(try folder.read("file") == [])
  }

  @Test func aFolderThatDoesNotExistIsAnError() {
    let path = folder.path(of: "absent/file")
    #expect(throws: StorageError.system(call: "open", path: path, code: ENOENT)) { try OutputFile(creating: path) }
  }

  #if os(Linux)
    @Test func aFullDiskIsAnError() throws {
      let full = StorageError.system(call: "write", path: "/dev/full", code: ENOSPC)
      let small = try OutputFile(creating: "/dev/full")
      try small.append([1, 2, 3])
      #expect(throws: full) { try small.flush() }
      #expect(throws: full) { try small.synchronize() }
      let large = try OutputFile(creating: "/dev/full")
      #expect(throws: full) { try large.append([UInt8](repeating: 1, count: 2 << 20)) }
    }
  #endif
}
