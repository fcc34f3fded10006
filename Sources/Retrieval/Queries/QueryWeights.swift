import TextAnalysis

/// How much the terms of a text count in a query, beside how rare they are.
///
/// Rarity tells what a term says in the passages, not what it says in a query: an interrogative is rare where answers are
/// written, and asks for nothing; a particle makes a pair of characters rare that says no more than its other character.
struct QueryWeights {
  /// The weight of a word, a number or a name among characters: a word of two characters is three terms, these are one.
  static let wordAmongCharacters: Float = 2
  /// What interrogatives count. More than nothing, so that a query of nothing else still finds something.
  static let interrogative: Float = 0.1
  /// What a pair of characters counts of which one is a particle.
  static let particle: Float = 0.5

  private static let particles = Set("的了是在和与".unicodeScalars)

  private let wordWeight: Float
  private let isInterrogative: [Bool]
  private let isParticle: [Bool]

  /// - Parameters:
  ///   - view: a text of the query, as analyzed.
  ///   - wordWeight: the weight of what is not made of characters.
  init(_ view: TokenView, wordWeight: Float) {
    self.wordWeight = wordWeight
    guard view.tokens.contains(where: { $0.kind == .character }) else {
      (isInterrogative, isParticle) = ([], [])
      return
    }
    var units = [Unicode.Scalar?](repeating: nil, count: Int(view.unitCount))
    for token in view.tokens where token.kind == .character {
      units[Int(token.position)] = view.text(of: token).unicodeScalars.first
    }
    isInterrogative = Interrogatives.marks(in: units)
    isParticle = units.map { $0.map(QueryWeights.particles.contains) ?? false }
  }

  /// The weight of one of the scored tokens.
  func weight(of token: Token) -> Float {
    let isOfCharacters = token.kind == .character || (token.kind == .gram && token.roles.contains(.positional))
    guard isOfCharacters else { return wordWeight }
    let units = Int(token.position)..<Int(token.position + token.positionLength)
    var weight: Float = isInterrogative[units].contains(true) ? QueryWeights.interrogative : 1
    if token.kind == .gram && isParticle[units].contains(true) { weight *= QueryWeights.particle }
    return weight
  }
}
