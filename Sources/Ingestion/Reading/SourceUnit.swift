/// One piece of work: a file that is still to be read, or bytes that have been read already.
///
/// A unit holds all that its parsing needs, so that threads can parse units in any order.
package struct SourceUnit: Sendable {
  /// Where the bytes are.
  enum Content: Sendable {
    /// In the file at `path`, which is opened when the unit is parsed.
    case file
    /// The whole source, in whatever encoding it has.
    case whole([UInt8])
    /// Whole lines of a source with records.
    case lines(RecordLines)
  }

  /// The file as it can be opened from the current directory; `-` for standard input.
  package let path: String
  /// The name by which the source is known: the id of its one document, or the stem of the ids of nameless records.
  package let name: String
  package let format: SourceFormat
  /// Where the unit begins in its source, in bytes.
  package let byteOffset: Int
  /// The line of the source on which the unit begins, counted from 1.
  package let firstLine: Int
  /// How many bytes of the source the unit covers, as known before it is parsed.
  package let byteCount: Int
  let content: Content
}
