import ByteStorage
import IndexFormat
import TextAnalysis

/// Computes latent vectors from the finished sections of a segment and writes their section.
///
/// With V for the matrix of all passages and terms and Y for the orthonormal basis of the sample, `P = V · Y` has a row for
/// every passage and `M = Vᵀ · P` one for every term; `T = M · R`, with R to make the columns orthonormal, are the vectors of the
/// terms, and `V · T` those of the passages. P and M wait in files, a row after the other.
struct LatentAssembly: ~Copyable {
  private let postings: WeighedPostings
  private let sample: LatentSample
  private let folder: StorageFolder

  static let passagesName = "latent-passages.pending"
  static let termsName = "latent-terms.pending"
  /// Passages whose rows are added up in memory at a time; the vectors are the same for any number.
  private let passagesInMemory: Int

  /// Kinds of terms that passages are compared by: all that are scored, but no letters that are not words.
  static func kinds(of analyzer: AnalyzerDescription) -> [TokenKind] {
    switch analyzer.tokenizer {
    case .bilingual: TokenKind.allCases.filter { $0 != .exact }
    case .whitespace, .words, .bigrams: [analyzer.filters.contains(.stemEnglish) ? .stem : .exact]
    }
  }

  /// Writes the section, which stays empty where fewer than two passages are there to be compared.
  static func write(
    _ analyzer: AnalyzerDescription, lengths: [UInt32], postingCount: Int, folder: StorageFolder,
    passagesInMemory: Int = 1 << 18, to writer: inout SegmentWriter
  ) throws(IndexError) {
    let (terms, postings): (SectionBytes, SectionBytes)
    do throws(StorageError) {
      (terms, postings) = (try writer.written(.terms), try writer.written(.postings))
    } catch { throw .storage(error) }
    let dimensions = min(LatentLayout.width, lengths.count / 2)
    do throws(StorageError) { try writer.begin(.latent) } catch { throw .storage(error) }
    defer { writer.end() }
    guard dimensions > 0 else { return }
    let assembly = try LatentAssembly(
      kinds(of: analyzer), LatentSample(passages: lengths.count, postings: postingCount), lengths, postings: postings,
      terms: TermDictionary(terms), folder, passagesInMemory)
    defer {
      folder.remove(passagesName)
      folder.remove(termsName)
    }
    try assembly.write(dimensions, to: &writer)
  }

  private init(
    _ kinds: [TokenKind], _ empty: LatentSample, _ lengths: [UInt32], postings section: SectionBytes,
    terms: TermDictionary, _ folder: StorageFolder, _ passagesInMemory: Int
  ) throws(IndexError) {
    (self.folder, self.passagesInMemory) = (folder, passagesInMemory)
    var sample = empty
    var known = -1
    var number: UInt32?
    postings = try WeighedPostings(kinds, lengths: lengths, postings: section, terms: terms) {
      term, passages, weights, count in
      if number != term.number { (known, number) = (known + 1, term.number) }
      sample.append(known, passages, weights, count)
    }
    sample.normalize(inverseLengths: postings.inverseLengths, ownSquares: postings.ownSquares)
    self.sample = sample
  }

  private func write(_ dimensions: Int, to writer: inout SegmentWriter) throws(IndexError) {
    let passageRows = try self.passageRows(sample.combinations(dimensions: dimensions))
    let (termRows, basis) = try self.termRows(passageRows)
    var encoder = LatentVectorsEncoder()
    let terms = postings.terms
    do throws(StorageError) {
      try writer.append(
        encoder.head(
          marked: terms.lazy.map { Int($0.number) }, count: terms.count, terms: postings.termCount,
          passages: postings.passageCount))
      var bytes: [UInt8] = []
      let vector = FloatRows(1)
      for index in terms.indices {
        LatentKernels.multiply(LatentAssembly.row(termRows, index), by: basis.base, into: vector.base)
        encoder.appendTerm(vector.base, to: &bytes)
        if bytes.count >= 1 << 20 || index == terms.count - 1 {
          try writer.append(bytes)
          bytes.removeAll(keepingCapacity: true)
        }
      }
      try writer.append(encoder.termScales())
    } catch { throw .storage(error) }
    try writePassages(passageRows, termRows, basis, &encoder, to: &writer)
    do { try writer.append(encoder.passageReaches()) } catch { throw .storage(error) }
  }

  /// P = V · Y.
  private func passageRows(_ combinations: FloatRows) throws(IndexError) -> MappedFile {
    let output: OutputFile
    do { output = try OutputFile(creating: folder.path(of: LatentAssembly.passagesName)) } catch {
      throw .storage(error)
    }
    let vector = FloatRows(1)
    try forEachRange { range, rows throws(IndexError) in
      for (index, term) in sample.terms.enumerated() {
        sample.basis(index, combinations, into: vector.base)
        try postings.forEachBlock(of: postings.terms[term], in: range) { places, weights, count in
          LatentKernels.scatter(rows.base, places, weights, count: count, vector.base)
        }
      }
      for passage in range {
        guard let row = sample.row(of: passage) else { continue }
        LatentAssembly.add(combinations[row], times: postings.ownSquares[passage], to: rows[passage - range.lowerBound])
      }
      try LatentAssembly.append(rows, range.count, to: output)
    }
    return try LatentAssembly.mapped(output)
  }

  /// M = Vᵀ · P, and the matrix R.
  private func termRows(_ passageRows: MappedFile) throws(IndexError) -> (MappedFile, FloatRows) {
    let output: OutputFile
    do { output = try OutputFile(creating: folder.path(of: LatentAssembly.termsName)) } catch { throw .storage(error) }
    let products = GramMatrix()
    let vector = FloatRows(1)
    let rows = LatentAssembly.row(passageRows, 0)
    for term in postings.terms {
      vector.clear(1)
      try postings.forEachBlock(of: term, in: 0..<postings.passageCount) { places, weights, count in
        LatentKernels.gather(vector.base, rows, places, weights, count: count)
      }
      products.add(vector.base, vector.base)
      try LatentAssembly.append(vector, 1, to: output)
    }
    // The terms of one passage are multiples of the passage's row.
    for passage in 0..<postings.passageCount where postings.ownSquares[passage] > 0 {
      vector.clear(1)
      let row = LatentAssembly.row(passageRows, passage)
      LatentAssembly.add(row, times: postings.ownSquares[passage], to: vector.base)
      products.add(vector.base, row)
    }
    return (try LatentAssembly.mapped(output), products.orthonormalization())
  }

  /// V · T, as (V · M) · R.
  private func writePassages(
    _ passageRows: MappedFile, _ termRows: MappedFile, _ basis: FloatRows, _ encoder: inout LatentVectorsEncoder,
    to writer: inout SegmentWriter
  ) throws(IndexError) {
    let vector = FloatRows(1)
    var bytes: [UInt8] = []
    try forEachRange { range, rows throws(IndexError) in
      for (index, term) in postings.terms.enumerated() {
        let row = LatentAssembly.row(termRows, index)
        try postings.forEachBlock(of: term, in: range) { places, weights, count in
          LatentKernels.scatter(rows.base, places, weights, count: count, row)
        }
      }
      for passage in range {
        let own = LatentAssembly.row(passageRows, passage)
        let row = rows[passage - range.lowerBound]
        var reach: Float = 0
        if postings.ownSquares[passage] > 0 {
          LatentAssembly.add(own, times: postings.ownSquares[passage], to: row)
          LatentKernels.multiply(own, by: basis.base, into: vector.base)
          reach = LatentAssembly.length(vector.base) * postings.inverseLengths[passage]
        }
        LatentKernels.multiply(row, by: basis.base, into: vector.base)
        encoder.appendPassage(vector.base, reach: reach, to: &bytes)
      }
      do throws(StorageError) { try writer.append(bytes) } catch { throw .storage(error) }
      bytes.removeAll(keepingCapacity: true)
    }
  }

  /// Calls `body` with all passages in stretches, and rows of zeros for each.
  private func forEachRange(_ body: (Range<Int>, FloatRows) throws(IndexError) -> Void) throws(IndexError) {
    let rows = FloatRows(min(postings.passageCount, passagesInMemory))
    for start in stride(from: 0, to: postings.passageCount, by: passagesInMemory) {
      rows.clear(rows.count)
      try body(start..<min(start + passagesInMemory, postings.passageCount), rows)
    }
  }

  private static func append(_ rows: FloatRows, _ count: Int, to output: OutputFile) throws(IndexError) {
    let bytes = UnsafeRawBufferPointer(
      start: rows.base, count: count * LatentLayout.width * MemoryLayout<Float>.size)
    do { try output.append(bytes) } catch { throw .storage(error) }
  }

  private static func mapped(_ output: OutputFile) throws(IndexError) -> MappedFile {
    do throws(StorageError) {
      try output.flush()
      return try MappedFile(path: output.path, expectedCount: output.count)
    } catch { throw .storage(error) }
  }

  /// A row of a file, valid as long as the file is mapped.
  private static func row(_ file: MappedFile, _ index: Int) -> UnsafePointer<Float> {
    (file.view.base + index * LatentLayout.width * MemoryLayout<Float>.size).assumingMemoryBound(to: Float.self)
  }

  private static func add(
    _ row: UnsafePointer<Float>, times weight: Float, to sum: UnsafeMutablePointer<Float>
  ) {
    for column in 0..<LatentLayout.width { sum[column] += weight * row[column] }
  }

  private static func length(_ vector: UnsafePointer<Float>) -> Float {
    var square: Float = 0
    for column in 0..<LatentLayout.width { square += vector[column] * vector[column] }
    return square.squareRoot()
  }
}
