import ByteStorage
import Testing

struct StorageErrorTests {
  @Test func errorsNameTheFileAndTheNumbers() {
    #expect("\(StorageError.system(call: "open", path: "/a/b", code: 2))" == "/a/b: open: No such file or directory")
    #expect("\(StorageError.wrongLength(path: "/a", expected: 3, found: 2))" == "/a: expected 3 bytes, found 2")
    #expect("\(StorageError.locked(path: "/a"))".hasPrefix("/a: another process is writing"))
    #expect(
      "\(StorageError.outOfBounds(offset: 7, needed: 4, available: 9))"
        == "expected 4 bytes at offset 7, but the bytes end at 9")
    #expect("\(StorageError.malformedInteger(offset: 7))".contains("offset 7"))
  }
}
