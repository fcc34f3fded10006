@testable import TextAnalysis

/// A token spelt out, for comparing and for printing.
struct SpeltToken: Hashable, CustomStringConvertible {
  var kind: TokenKind
  var text: String
  var position: Int
  var length: Int
  var source: Range<Int>
  var roles: TokenRoles

  var description: String { "\(kind.name) \(text) @\(position)+\(length) \(source)" }
}

/// A text with its tokens.
struct AnalyzedText {
  var text: [UInt8]
  var tokens: [SpeltToken]
  var unitCount: Int

  init(_ text: [UInt8], by analyzer: Analyzer) {
    var buffer = TokenBuffer()
    text.withUnsafeBufferPointer { analyzer.analyze($0, into: &buffer) }
    self.text = text
    unitCount = Int(buffer.unitCount)
    tokens = buffer.tokens.map { token in
      SpeltToken(
        kind: token.kind, text: buffer.text(of: token), position: Int(token.position),
        length: Int(token.positionLength), source: Int(token.sourceStart)..<Int(token.sourceEnd), roles: token.roles)
    }
  }

  init(_ text: String, by analyzer: Analyzer) {
    self.init(Array(text.utf8), by: analyzer)
  }

  /// The slice of the text that a token covers.
  func slice(_ token: SpeltToken) -> String { String(decoding: text[token.source], as: UTF8.self) }

  /// The tokens of single units that phrases are made of; compounds such as `c#` look at what follows them.
  var units: [SpeltToken] {
    tokens.filter { $0.kind == .exact || $0.kind == .character }
  }

  /// The texts of the tokens of one kind.
  func texts(_ kind: TokenKind) -> [String] { tokens.filter { $0.kind == kind }.map(\.text) }

  /// `kind:text` of each token with all the roles given.
  func terms(_ roles: TokenRoles) -> [String] {
    tokens.filter { $0.roles.isSuperset(of: roles) }.map { "\($0.kind.name):\($0.text)" }
  }
}
