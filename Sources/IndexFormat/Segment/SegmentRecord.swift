/// What the manifest says of a segment file.
package struct SegmentRecord: Sendable, Hashable {
  /// The file's name in the index folder.
  package var file: String
  /// The segment's id, 32 lower-case hexadecimal digits.
  package var identity: String
  /// The length of the file.
  package var byteCount: Int
  /// How often the words of headings count in every passage below them; 0 where they count in the text alone.
  package var headingWeight: Int

  package init(file: String, identity: String, byteCount: Int, headingWeight: Int = 0) {
    self.file = file
    self.identity = identity
    self.byteCount = byteCount
    self.headingWeight = headingWeight
  }
}
