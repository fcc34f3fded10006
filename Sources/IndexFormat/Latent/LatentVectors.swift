import ByteStorage

/// Vectors of 64 signed bytes for every passage and for every scored term of two or more passages: texts and words that
/// occur in like company have like vectors.
///
/// On disk: the number of terms with a vector, of all terms, and of passages, u64 each; for every 64 terms a mark each as
/// a bit of a u64, and how many marks stand before it u64; the vectors of the marked terms, in order; a scale f32 for each
/// of them; the vectors of the passages; the reach of each f32.
package struct LatentVectors: Sendable {
  /// Terms that have a vector.
  package let termVectorCount: Int
  /// Passages, each of which has a vector.
  package let passageCount: Int
  let termCount: Int
  private let section: SectionBytes
  private let layout: LatentLayout

  /// Opens the section, or gives nil where it is empty.
  package init?(_ section: SectionBytes, terms: Int, passages: Int) throws(IndexError) {
    guard section.view.count > 0 else { return nil }
    self.section = section
    (termCount, passageCount) = (terms, passages)
    do throws(StorageError) {
      let vectors = try section.view.load(0, as: UInt64.self)
      guard vectors <= UInt64(terms), try section.view.load(8, as: UInt64.self) == UInt64(terms),
        try section.view.load(16, as: UInt64.self) == UInt64(passages)
      else { throw .inconsistent(reason: "expected vectors of \(passages) passages and of some of \(terms) terms") }
      termVectorCount = Int(vectors)
      layout = LatentLayout(termVectors: Int(vectors), terms: terms, passages: passages)
      guard section.view.count == layout.end else {
        throw .inconsistent(reason: "expected \(layout.end) bytes, found \(section.view.count)")
      }
    } catch { throw section.damaged(error) }
  }

  /// A term's vector, valid as long as this value: the numbers are the bytes times the scale.
  package struct TermVector {
    package let bytes: UnsafePointer<Int8>
    package let scale: Float
  }

  /// The vector of the term of this number in the dictionary, or nil where it has none.
  package func vector(ofTerm term: Int) throws(IndexError) -> TermVector? {
    guard let place = try place(ofTerm: term) else { return nil }
    let scale = float(layout.termScales + 4 * place)
    guard scale >= 0, scale <= LatentLayout.greatestScale else {
      throw section.damaged("expected a scale up to \(LatentLayout.greatestScale) of vector \(place), found \(scale)")
    }
    return TermVector(bytes: row(layout.termVectors, place), scale: scale)
  }

  /// The vector of a passage, which must exist; its length has no meaning. Valid as long as this value.
  package func vector(ofPassage passage: Int) -> UnsafePointer<Int8> {
    precondition(passage >= 0 && passage < passageCount)
    return row(layout.passageVectors, passage)
  }

  /// How long the vector of a term is that occurs in this passage alone, for each unit of its weight there: its direction is
  /// that of the passage's vector.
  package func reach(ofPassage passage: Int) throws(IndexError) -> Float {
    precondition(passage >= 0 && passage < passageCount)
    let reach = float(layout.reaches + 4 * passage)
    guard reach >= 0, reach <= LatentLayout.greatestReach else {
      throw section.damaged(
        "expected a reach up to \(LatentLayout.greatestReach) of passage \(passage), found \(reach)")
    }
    return reach
  }

  /// Which of the vectors of terms is the one of this term.
  func place(ofTerm term: Int) throws(IndexError) -> Int? {
    precondition(term >= 0 && term < termCount)
    let entry = LatentLayout.headerBytes + LatentLayout.markBytes * (term / 64)
    let marks = number(entry)
    guard marks >> UInt64(term % 64) & 1 == 1 else { return nil }
    let before = number(entry + 8)
    let place = before &+ UInt64((marks & ((1 << UInt64(term % 64)) - 1)).nonzeroBitCount)
    guard place < UInt64(termVectorCount) else {
      throw section.damaged("expected \(termVectorCount) vectors of terms, found number \(place)")
    }
    return Int(place)
  }

  /// The error for vectors that contradict the rest of the segment.
  func damaged(_ reason: String) -> IndexError { section.damaged(reason) }

  // `init` has compared the section's length with what the layout needs.
  private func number(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: (section.view.base + offset).loadUnaligned(as: UInt64.self))
  }

  private func float(_ offset: Int) -> Float {
    Float(bitPattern: UInt32(littleEndian: (section.view.base + offset).loadUnaligned(as: UInt32.self)))
  }

  private func row(_ start: Int, _ number: Int) -> UnsafePointer<Int8> {
    (section.view.base + start + LatentLayout.width * number).assumingMemoryBound(to: Int8.self)
  }
}
