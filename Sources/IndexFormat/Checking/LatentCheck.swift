import ByteStorage

/// Reads every latent vector of a segment and compares the marks of the terms with the dictionary.
enum LatentCheck {
  static func run(_ segment: Segment, _ vectors: LatentVectors, _ log: inout FindingsLog) {
    log.watching { () throws(IndexError) in
      var next = 0
      var term = 0
      try segment.terms.forEach(prefix: []) { _, info throws(IndexError) in
        defer { term += 1 }
        guard term < vectors.termCount, let place = try vectors.place(ofTerm: term) else { return true }
        guard place == next, info.documentFrequency > 1 else {
          throw vectors.damaged(
            "expected vector \(next) for a term of several passages, found \(place) for term \(term)")
        }
        if let vector = try vectors.vector(ofTerm: term) { try check(vector.bytes, "term \(term)", vectors) }
        next += 1
        return true
      }
      guard next == vectors.termVectorCount else {
        throw vectors.damaged("expected \(vectors.termVectorCount) marks of terms, found \(next)")
      }
    }
    for passage in 0..<vectors.passageCount {
      log.watching { () throws(IndexError) in
        _ = try vectors.reach(ofPassage: passage)
        try check(vectors.vector(ofPassage: passage), "passage \(passage)", vectors)
      }
    }
  }

  /// Numbers are 127ths, of either sign.
  private static func check(
    _ vector: UnsafePointer<Int8>, _ name: String, _ vectors: LatentVectors
  ) throws(IndexError) {
    for index in 0..<LatentLayout.width where vector[index] == .min {
      throw vectors.damaged("expected numbers from -127 in the vector of \(name), found -128")
    }
  }
}
