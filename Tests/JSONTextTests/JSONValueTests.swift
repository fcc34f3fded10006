import JSONText
import Testing

struct JSONValueTests {
  let record: JSONValue = ["id": "a", "size": 3, "ratio": 0.5, "open": true, "tags": ["x", nil], "id": "b"]

  @Test func subscriptGivesTheFirstMemberWithAKey() {
    #expect(record["id"] == "a")
    #expect(record["missing"] == nil)
    #expect(JSONValue.array([])["id"] == nil)
  }

  @Test func accessorsGiveOnlyTheirOwnKind() {
    #expect(record["id"]?.string == "a")
    #expect(record["id"]?.number == nil)
    #expect(record["size"]?.number == 3)
    #expect(record["size"]?.integer == 3)
    #expect(record["ratio"]?.integer == nil)
    #expect(record["open"]?.bool == true)
    #expect(record["tags"]?.array == ["x", .null])
    #expect(record.object?.map(\.key) == ["id", "size", "ratio", "open", "tags", "id"])
  }

  @Test func integersBeyondExactDoublesAreNotIntegers() {
    #expect(JSONValue.number(0x1p53).integer == 1 << 53)
    #expect(JSONValue.number(0x1p54).integer == nil)
    #expect(JSONValue.integer(-42) == .number(-42))
  }
}
