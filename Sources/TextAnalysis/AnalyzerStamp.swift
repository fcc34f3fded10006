package import JSONText

/// An analyzer's description with the versions of the libraries behind it, as it is stamped into an index: queries find
/// what is there only when they are cut as the texts were.
package struct AnalyzerStamp: Sendable, Hashable {
  package var description: AnalyzerDescription
  /// Versions by library, and that of our own rules under `rules`; empty for an analyzer that depends on none.
  package var libraries: [Library]

  /// A library and its version.
  package struct Library: Sendable, Hashable {
    package var name: String
    package var version: String
  }

  /// The stamp of an analyzer as this program would make it.
  package init(_ description: AnalyzerDescription) {
    self.description = description
    let current = AnalyzerLibraries.current
    var libraries: [Library] = []
    if description.tokenizer != .whitespace || description.filters.contains(.fold) {
      libraries.append(Library(name: "icu", version: current.icuVersion))
      libraries.append(Library(name: "unicode", version: current.unicodeVersion))
    }
    if description.filters.contains(.stemEnglish) {
      libraries.append(Library(name: "snowball", version: current.snowballVersion))
    }
    if description.tokenizer == .bilingual {
      libraries.append(Library(name: "rules", version: BilingualTokenizer.rulesVersion))
    }
    self.libraries = libraries
  }

  /// The stamp as the manifest keeps it.
  package var encoded: JSONValue {
    [
      "description": description.encoded,
      "libraries": .object(libraries.map { JSONValue.Member(key: $0.name, value: .string($0.version)) }),
    ]
  }

  /// Reads a stamp.
  package init(_ value: JSONValue) throws(AnalyzerError) {
    guard let description = value["description"], let libraries = value["libraries"]?.object else {
      throw .malformedConfiguration(reason: "expected `description` and `libraries` of the analyzer")
    }
    self.description = try AnalyzerDescription(description)
    self.libraries = []
    for member in libraries {
      guard let version = member.value.string else {
        throw .malformedConfiguration(reason: "expected the version of \(member.key) as a text")
      }
      self.libraries.append(Library(name: member.key, version: version))
    }
  }

  /// What differs between this stamp and another one, a phrase each; empty where they are equal.
  package func differences(from other: AnalyzerStamp) -> [String] {
    var differences: [String] = []
    func compare(_ what: String, _ mine: String, _ theirs: String) {
      if mine != theirs { differences.append("\(what): index \(mine), here \(theirs)") }
    }
    compare("name", description.name, other.description.name)
    compare("tokenizer", description.tokenizer.rawValue, other.description.tokenizer.rawValue)
    compare(
      "filters", description.filters.map(\.rawValue).joined(separator: " "),
      other.description.filters.map(\.rawValue).joined(separator: " "))
    let names =
      libraries.map(\.name)
      + other.libraries.map(\.name).filter { name in
        !libraries.contains { $0.name == name }
      }
    for name in names {
      compare(
        name, libraries.first { $0.name == name }?.version ?? "none",
        other.libraries.first { $0.name == name }?.version ?? "none")
    }
    return differences
  }
}
