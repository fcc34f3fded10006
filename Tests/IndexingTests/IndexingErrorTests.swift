import ByteStorage
import IndexFormat
import Indexing
import Testing

struct IndexingErrorTests {
  @Test func messagesAreThoseOfTheCause() {
    let cause = IndexError.storage(.locked(path: "f"))
    #expect("\(IndexingError.index(cause))" == "\(cause)")
  }
}
