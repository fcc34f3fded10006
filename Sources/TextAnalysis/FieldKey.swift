/// The keys under which the fields of documents are found: `f`, the field's name, a zero byte, and the key of a token of
/// the value. They lie apart from the terms of the passages in the sorted dictionary.
package enum FieldKey {
  /// The field that every passage has: its language, such as `zh`.
  package static let language = "lang"
  /// The field that every document with a title has.
  package static let title = "title"

  /// The first byte, which no `TokenKind` has.
  package static let firstByte: UInt8 = 0x66  // f

  /// Replaces `output` with the key of a token under a field.
  package static func encode(name: String, key: some Collection<UInt8>, into output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    output.append(firstByte)
    for byte in name.utf8 { output.append(byte == 0 ? 0x20 : byte) }
    output.append(0)
    output.append(contentsOf: key)
  }
}

extension TokenKind {
  /// True for the tokens of a field's value that are indexed: what quotes meet, and stems.
  package var isFieldEvidence: Bool {
    switch self {
    case .exact, .character, .stem: true
    case .gram, .compound, .abbreviation, .expansion: false
    }
  }
}
