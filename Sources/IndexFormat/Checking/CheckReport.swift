/// What a check of an index found.
package struct CheckReport: Sendable, Equatable {
  /// What is wrong; empty for a sound index.
  package var findings: [IndexError] = []
  /// Findings that are left out because their part of the index has `mostFindings` already.
  package var omittedFindings = 0
  /// The sections of all segments that could be opened, in the order of the files.
  package var sections: [SectionReport] = []
  /// Passages, terms and postings that were read; 0 unless the check was deep.
  package var passages = 0
  package var terms = 0
  package var postings = 0
  /// How often the words of headings count in every passage below them, by the manifest.
  package var headingWeight = 0

  /// True where nothing is wrong.
  package var isSound: Bool { findings.isEmpty }

  /// A damaged section may be wrong in every row: more findings than this of one part of the check say nothing new.
  package static let mostFindings = 20
}

/// A section of a segment file and whether its bytes are those that were written.
package struct SectionReport: Sendable, Hashable {
  /// The path of the segment file.
  package var file: String
  package var section: SegmentSection
  /// The length of the section.
  package var byteCount: Int
  /// True where the bytes have the checksum that the footer names.
  package var checksumHolds: Bool
}
