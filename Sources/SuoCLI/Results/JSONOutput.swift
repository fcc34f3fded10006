import JSONText
import Suo

/// Results as JSON for programs; `docs/cli.md` describes the members.
enum JSONOutput {
  /// Writes a value on one line.
  static func write(_ value: JSONValue, to output: OutputWriter) throws(OutputError) {
    try output.write(safe(value.encoded()))
    try output.line()
  }

  /// The value of a whole search.
  ///
  /// - Parameter milliseconds: how long parsing, ranking and reading the hits took.
  static func search(_ query: String, _ results: SearchResults, milliseconds: Double) -> JSONValue {
    var members = [
      JSONValue.Member(key: "query", value: .string(query)),
      JSONValue.Member(key: "took_ms", value: .number(milliseconds)),
      JSONValue.Member(
        key: "total",
        value: ["value": .integer(results.total.value), "relation": .string(results.total.relation.rawValue)]),
    ]
    if let added = results.addedTerms {
      members.append(JSONValue.Member(key: "added_terms", value: .array(added.map(addedTerm))))
    }
    members.append(JSONValue.Member(key: "hits", value: .array(results.hits.map(hit))))
    return .object(members)
  }

  private static func addedTerm(_ added: AddedTerm) -> JSONValue {
    [
      "channel": .string(added.channel.rawValue), "term": .string(added.term), "weight": number(added.weight),
      "share": number(added.share),
    ]
  }

  private static func hit(_ hit: SearchHit) -> JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ value: JSONValue) { members.append(JSONValue.Member(key: key, value: value)) }
    add("rank", .integer(hit.rank))
    add("score", number(hit.score))
    add("id", .string(hit.id))
    add("passage", .integer(hit.passage))
    add("path", .string(hit.path))
    add("line", .integer(hit.line))
    add("start", .integer(hit.range.lowerBound))
    add("end", .integer(hit.range.upperBound))
    add("title", .string(hit.title))
    add("heading", .array(hit.headings.map { .string($0) }))
    add("lang", .string(hit.language.rawValue))
    add("text", hit.text.map { .string($0) } ?? .null)
    add("highlights", ranges(hit.highlights))
    add("title_highlights", ranges(hit.titleHighlights))
    add("fields", fields(hit.fields))
    if let explanation = hit.explanation { add("explanation", self.explanation(explanation)) }
    if !hit.others.isEmpty { add("others", .array(hit.others.map(self.hit))) }
    return .object(members)
  }

  private static func ranges(_ ranges: [Range<Int>]) -> JSONValue {
    .array(ranges.map { [.integer($0.lowerBound), .integer($0.upperBound)] })
  }

  /// The fields as members of an object; a name that a document uses twice has the values of both in one list.
  static func fields(_ fields: [Field]) -> JSONValue {
    var members: [JSONValue.Member] = []
    for field in fields {
      if let known = members.firstIndex(where: { $0.key == field.name }) {
        members[known].value = .array(list(members[known].value) + list(value(field.value)))
      } else {
        members.append(JSONValue.Member(key: field.name, value: value(field.value)))
      }
    }
    return .object(members)
  }

  private static func list(_ value: JSONValue) -> [JSONValue] { value.array ?? [value] }

  static func value(_ value: FieldValue) -> JSONValue {
    switch value {
    case .keyword(let text), .text(let text): .string(text)
    // JSON has no spelling for infinities and not-a-number.
    case .number(let number): number.isFinite ? .number(number) : .string(number.description)
    case .date(let date): .string(date.text)
    case .boolean(let truth): .bool(truth)
    case .list(let values): .array(values.map(self.value))
    }
  }

  static func explanation(_ explanation: Explanation) -> JSONValue {
    var members = [
      JSONValue.Member(key: "value", value: number(explanation.value)),
      JSONValue.Member(key: "description", value: .string(explanation.description)),
    ]
    if let match = explanation.match {
      let value: JSONValue = [
        "channel": .string(match.channel.rawValue), "term": .string(match.term),
        "query": .array(match.query.map { .string($0) }), "found": .array(match.found.map { .string($0) }),
        "folded": .bool(match.isFolded),
      ]
      members.append(JSONValue.Member(key: "match", value: value))
    }
    if !explanation.numbers.isEmpty {
      let numbers = explanation.numbers.map { JSONValue.Member(key: $0.name, value: .number($0.value)) }
      members.append(JSONValue.Member(key: "numbers", value: .object(numbers)))
    }
    if !explanation.details.isEmpty {
      members.append(JSONValue.Member(key: "details", value: .array(explanation.details.map(self.explanation))))
    }
    return .object(members)
  }

  /// A single-precision number in the shortest digits that name it, not in those of the double that it becomes.
  static func number(_ value: Float) -> JSONValue { .number(Double(value.description) ?? Double(value)) }

  /// The same JSON with those characters escaped that a terminal would act on; they stand only in strings.
  private static func safe(_ bytes: [UInt8]) -> [UInt8] {
    // C1 controls and bidirectional controls begin with these bytes; most results have none.
    guard bytes.contains(where: { $0 == 0x7F || $0 == 0xC2 || $0 == 0xD8 || $0 == 0xE2 }) else { return bytes }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar.value >= 0x7F && TerminalText.isControl(scalar) {
        let digits = String(scalar.value, radix: 16)
        output += "\\u".utf8
        output += String(repeating: "0", count: 4 - digits.count).utf8
        output += digits.utf8
      } else {
        output += String(scalar).utf8
      }
    }
    return output
  }
}
