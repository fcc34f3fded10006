package import JSONText

extension AnalyzerDescription {
  /// The built-in analyzer of this name.
  ///
  /// - Throws: `AnalyzerError.unknownName` where there is none.
  package static func named(_ name: String) throws(AnalyzerError) -> AnalyzerDescription {
    guard let found = builtIn.first(where: { $0.name == name }) else {
      throw .unknownName(kind: "analyzer", name: name, allowed: builtIn.map(\.name))
    }
    return found
  }

  /// The description in a configuration file: a JSON object with `name`, `tokenizer` and `filters`.
  ///
  /// - Throws: `AnalyzerError.malformedConfiguration` or `AnalyzerError.unknownName`.
  package init(configuration bytes: [UInt8]) throws(AnalyzerError) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw .malformedConfiguration(reason: error.description)
    }
    try self.init(value)
  }

  /// Reads a description from JSON: `{"name": "plain", "tokenizer": "words", "filters": ["fold"]}`.
  ///
  /// - Throws: `AnalyzerError.malformedConfiguration` or `AnalyzerError.unknownName`.
  package init(_ value: JSONValue) throws(AnalyzerError) {
    guard let members = value.object else {
      throw .malformedConfiguration(reason: "expected an object with the keys name, tokenizer and filters")
    }
    for member in members where !["name", "tokenizer", "filters"].contains(member.key) {
      throw .unknownName(kind: "key", name: member.key, allowed: ["name", "tokenizer", "filters"])
    }
    guard let name = value["name"]?.string, !name.isEmpty else {
      throw .malformedConfiguration(reason: "expected a text that is not empty under the key name")
    }
    guard let tokenizerName = value["tokenizer"]?.string else {
      throw .malformedConfiguration(reason: "expected a text under the key tokenizer")
    }
    guard let tokenizer = Tokenizer(rawValue: tokenizerName) else {
      throw .unknownName(
        kind: "tokenizer", name: tokenizerName, allowed: Tokenizer.allCases.map(\.rawValue))
    }
    guard let filterValues = (value["filters"] ?? .array([])).array else {
      throw .malformedConfiguration(reason: "expected a list of texts under the key filters")
    }
    var filters: [Filter] = []
    for filterValue in filterValues {
      guard let filterName = filterValue.string else {
        throw .malformedConfiguration(reason: "expected a list of texts under the key filters")
      }
      guard let filter = Filter(rawValue: filterName) else {
        throw .unknownName(kind: "filter", name: filterName, allowed: Filter.allCases.map(\.rawValue))
      }
      if !filters.contains(filter) { filters.append(filter) }
    }
    // Filters work in one order whatever order they are listed in, so equal analyzers have equal descriptions.
    self.init(name: name, tokenizer: tokenizer, filters: Filter.allCases.filter(filters.contains))
  }

  /// The description as JSON, from which `init(_:)` makes an equal one.
  package var encoded: JSONValue {
    .object([
      JSONValue.Member(key: "name", value: .string(name)),
      JSONValue.Member(key: "tokenizer", value: .string(tokenizer.rawValue)),
      JSONValue.Member(key: "filters", value: .array(filters.map { .string($0.rawValue) })),
    ])
  }
}
