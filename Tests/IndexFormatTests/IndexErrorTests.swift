import ByteStorage
import IndexFormat
import Testing

struct IndexErrorTests {
  @Test func messagesNameTheFileAndWhatToDo() {
    #expect("\(IndexError.notAnIndex(folder: "f"))" == "f: no index here; make one with `suo index PATH --index f`")
    #expect("\(IndexError.foreignFile(file: "f", expected: "expected x"))" == "f: not an index file: expected x")
    let version = IndexError.unsupportedVersion(file: "f", found: 7, supported: 1...2)
    #expect("\(version)" == "f: format version 7; this program reads 1 to 2; index the sources again")
    let damaged = IndexError.damaged(file: "f", section: "terms", reason: "expected x")
    #expect("\(damaged)" == "f: damaged terms: expected x; index the sources again")
    let analyzer = IndexError.analyzerDiffers(folder: "f", differences: ["icu: index 70, here 72"])
    #expect("\(analyzer)".contains("icu: index 70, here 72") && "\(analyzer)".contains("suo index PATH --index f"))
    #expect("\(IndexError.tooLarge(what: "passages", limit: 5))".contains("the limit is 5"))
    #expect("\(IndexError.storage(.wrongLength(path: "f", expected: 2, found: 1)))" == "f: expected 2 bytes, found 1")
  }
}
