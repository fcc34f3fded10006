/// A pair of a term's frequency in a passage and the passage's length, in scored tokens.
///
/// A block keeps the pairs that no other of its pairs beats in both: every score that grows with the frequency and falls
/// with the length reaches its greatest value in the block at one of them, whatever the formula's constants are.
package struct Impact: Sendable, Hashable {
  package var frequency: UInt32
  package var length: UInt32

  package init(frequency: UInt32, length: UInt32) {
    self.frequency = frequency
    self.length = length
  }
}
