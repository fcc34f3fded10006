import ByteStorage
import Testing

struct PlainBufferTests {
  /// Beyond two large pages, so that growing moves small memory to large pages and these to larger ones.
  @Test func elementsStayWhileItGrows() {
    var buffer = PlainBuffer<UInt32>()
    let count: UInt32 = 1_500_000
    for element in 0..<count { buffer.append(element &* 2_654_435_761) }
    #expect(buffer.count == Int(count))
    #expect(buffer.capacity >= Int(count))
    #expect((0..<count).allSatisfy { buffer.elements[Int($0)] == $0 &* 2_654_435_761 })
  }
}
