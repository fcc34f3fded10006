/// A part of a passage's score: one term or phrase with the numbers of the formula.
struct ScorePart {
  var scoring: TermScoring
  /// Occurrences in the passage.
  var frequency: UInt32
  /// Scored tokens of the passage.
  var length: UInt32

  var score: Float { scoring.score(frequency: frequency, length: length) }
}
