import ByteStorage
import TestSupport
import Testing

/// The kernel keeps locks by open file and not by process, so two of one process are as apart as those of two processes.
struct WriteLockTests {
  private let temporary = TemporaryFolder()
  private var folder: StorageFolder { StorageFolder(temporary.path) }

  private func attempt() throws(StorageError) { _ = try WriteLock(folder) }

  @Test func oneWriterHoldsTheLock() throws {
    func hold() throws {
      let lock = try WriteLock(folder)
      #expect(throws: StorageError.locked(path: folder.path)) { try attempt() }
      #expect(try folder.names() == [WriteLock.fileName])
      _ = consume lock
    }
    try hold()
    try attempt()
    try hold()
  }

  @Test func otherFoldersAreFree() throws {
    let other = TemporaryFolder()
    let lock = try WriteLock(folder)
    _ = try WriteLock(StorageFolder(other.path))
    _ = consume lock
  }

  @Test func aFolderThatDoesNotExistIsAnError() {
    #expect(throws: StorageError.self) { _ = try WriteLock(StorageFolder(folder.path(of: "absent"))) }
  }
}
