/// Where the words of headings stand that count in every passage below them.
package enum HeadingPositions {
  /// The first position of headings, beyond the units of any text: what is quoted from a text ends before it.
  package static let first: UInt32 = 1 << 31
}
