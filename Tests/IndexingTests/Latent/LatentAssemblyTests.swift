import ByteStorage
import IndexFormat
import SearchModel
import TestSupport
import Testing
import TextAnalysis

@testable import Indexing

/// Latent vectors against what follows from the postings in plain arithmetic.
struct LatentAssemblyTests {
  private func index(
    _ seed: UInt64, count: Int, _ analyzer: AnalyzerDescription = .bilingual, words: ClosedRange<Int> = 0...30
  ) throws -> BuiltIndex {
    var generator = RandomDocuments(seed: seed)
    return try BuiltIndex(
      generator.documents(count: count, words: words).batches(of: 13),
      options: IndexBuilder.Options(analyzer: analyzer, makesLatentVectors: true))
  }

  /// The passages of a segment as vectors of length 1 of their weights, by the definition.
  private struct SlowWeights {
    var rows: [[Int: Double]]
    /// Terms by their number in the dictionary, with the passages that hold them.
    var holders: [Int: [Int]] = [:]
    /// The lengths of the vectors before they are divided.
    var lengths: [Double]

    init(_ segment: Segment, _ kinds: [TokenKind]) throws {
      let count = segment.passages.count
      rows = Array(repeating: [:], count: count)
      let total = (0..<count).reduce(0) { $0 + Int(segment.lengths[UInt32($1)]) }
      let average = total > 0 ? Double(total) / Double(count) : 1
      var rows = rows
      var holders: [Int: [Int]] = [:]
      var number = 0
      try segment.terms.forEach(prefix: []) { key, info throws(IndexError) in
        defer { number += 1 }
        guard kinds.contains(where: { $0.rawValue == key[0] }) else { return true }
        let cursor = try segment.postings(of: info)
        let rest = Double(count) - Double(info.documentFrequency) + 0.5
        let weight = Double(Float(logarithm(1 + rest / (Double(info.documentFrequency) + 0.5))))
        for block in 0..<cursor.list.blockCount {
          try cursor.load(block)
          let frequencies = try cursor.frequencies()
          for index in 0..<cursor.count {
            let passage = Int(cursor.documents[index])
            let norm = 1.2 * (0.25 + 0.75 * Double(segment.lengths[UInt32(passage)]) / average)
            let frequency = Double(frequencies[index])
            rows[passage][number] = frequency / (frequency + norm) * weight * weight
            holders[number, default: []].append(passage)
          }
        }
        return true
      }
      lengths = rows.map { $0.values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      for passage in rows.indices { rows[passage] = rows[passage].mapValues { $0 / lengths[passage] } }
      (self.rows, self.holders) = (rows, holders)
    }

    /// The products of all pairs of rows.
    func products(of rows: [[Int: Double]]) -> [[Double]] {
      rows.map { left in
        rows.map { right in left.reduce(0) { $0 + $1.value * (right[$1.key] ?? 0) } }
      }
    }
  }

  /// What the vectors of the terms are by the section: those of one passage follow from the passage's.
  private func termVectors(_ segment: Segment, _ slow: SlowWeights) throws -> [Int: [Double]] {
    let vectors = try #require(segment.latent)
    var found: [Int: [Double]] = [:]
    for (term, holders) in slow.holders {
      if let vector = try vectors.vector(ofTerm: term) {
        #expect(holders.count > 1)
        found[term] = (0..<64).map { Double(vector.bytes[$0]) * Double(vector.scale) }
      } else {
        #expect(holders.count == 1)
        let passage = holders[0]
        let direction = unit(vectors.vector(ofPassage: passage))
        let weight = (slow.rows[passage][term] ?? 0) * slow.lengths[passage]
        let reach = Double(try vectors.reach(ofPassage: passage))
        found[term] = direction.map { $0 * weight * reach }
      }
    }
    return found
  }

  private func unit(_ bytes: UnsafePointer<Int8>) -> [Double] {
    let numbers = (0..<64).map { Double(bytes[$0]) }
    let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? numbers.map { $0 / length } : numbers
  }

  /// Every text twice, so that no term occurs in one passage alone.
  private func doubledIndex(_ seed: UInt64, _ analyzer: AnalyzerDescription = .bilingual) throws -> BuiltIndex {
    var generator = RandomDocuments(seed: seed)
    var documents = generator.documents(count: 90, passages: 1...1, words: 5...30, vocabulary: 400)
    documents += documents.map { document in
      var twin = document
      twin.id += " again"
      return twin
    }
    return try BuiltIndex(
      documents.batches(of: 13), options: IndexBuilder.Options(analyzer: analyzer, makesLatentVectors: true))
  }

  /// The weights of a passage in the basis of the terms.
  private func projected(_ row: [Int: Double], _ terms: [Int: [Double]]) -> [Double] {
    var sum = [Double](repeating: 0, count: 64)
    for (term, weight) in row {
      guard let vector = terms[term] else { continue }
      for column in 0..<64 { sum[column] += weight * vector[column] }
    }
    return sum
  }

  private func cosine(_ left: [Double], _ right: [Double]) -> Double {
    func product(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
    return product(left, right) / (product(left, left) * product(right, right)).squareRoot()
  }

  @Test(arguments: Seeds.first(2), [AnalyzerDescription.bilingual, .english])
  func termsAreAnOrthonormalBasisAndPassagesLieInIt(seed: UInt64, analyzer: AnalyzerDescription) throws {
    let segment = try doubledIndex(seed, analyzer).segment()
    let slow = try SlowWeights(segment, LatentAssembly.kinds(of: analyzer))
    let vectors = try #require(segment.latent)
    let terms = try termVectors(segment, slow)
    #expect(vectors.termVectorCount == terms.count)
    for left in 0..<64 {
      for right in left..<64 {
        let product = terms.values.reduce(0) { $0 + $1[left] * $1[right] }
        #expect(abs(product - (left == right ? 1 : 0)) < 0.01, "seed \(seed), columns \(left) and \(right)")
      }
    }
    for passage in slow.rows.indices where !slow.rows[passage].isEmpty {
      let cosine = cosine(projected(slow.rows[passage], terms), unit(vectors.vector(ofPassage: passage)))
      #expect(cosine > 0.999, "seed \(seed), passage \(passage): \(cosine)")
    }
  }

  /// Of a term of one passage only the direction is not quite its own.
  @Test(arguments: Seeds.first(3))
  func passagesWithTermsOfTheirOwnLieInTheBasisToo(seed: UInt64) throws {
    let segment = try index(seed, count: 70, words: 5...40).segment()
    let slow = try SlowWeights(segment, LatentAssembly.kinds(of: .bilingual))
    let vectors = try #require(segment.latent)
    let terms = try termVectors(segment, slow)
    for passage in slow.rows.indices where !slow.rows[passage].isEmpty {
      let cosine = cosine(projected(slow.rows[passage], terms), unit(vectors.vector(ofPassage: passage)))
      #expect(cosine > 0.95, "seed \(seed), passage \(passage): \(cosine)")
      let hasOwn = slow.rows[passage].keys.contains { slow.holders[$0]?.count == 1 }
      #expect((try vectors.reach(ofPassage: passage) > 0) == hasOwn)
    }
    for vector in terms.values { #expect(vector.reduce(0) { $0 + $1 * $1 } < 1.02) }
  }

  /// No basis holds more of the passages than the best one; the one that is found holds nearly as much.
  @Test(arguments: Seeds.first(2))
  func theBasisHoldsNearlyAllThatOneCan(seed: UInt64) throws {
    let segment = try doubledIndex(seed).segment()
    let slow = try SlowWeights(segment, LatentAssembly.kinds(of: .bilingual))
    let terms = try termVectors(segment, slow)
    let held = slow.rows.reduce(0) { $0 + projected($1, terms).reduce(0) { $0 + $1 * $1 } }
    // Of the twins one is enough: with both of them every eigenvalue doubles.
    let products = slow.products(of: Array(slow.rows.prefix(slow.rows.count / 2)))
    let best = 2 * greatestEigenvalues(products, count: 64).reduce(0, +)
    #expect(held > 0.97 * best && held < 1.01 * best, "seed \(seed): \(held) of \(best)")
  }

  /// Jacobi's method: turns pairs of axes until nothing is left beside the diagonal.
  private func greatestEigenvalues(_ matrix: [[Double]], count: Int) -> [Double] {
    var matrix = matrix
    let size = matrix.count
    for _ in 0..<12 {
      for row in 0..<size {
        for column in row + 1..<max(size, row + 1) where abs(matrix[row][column]) > 1e-12 {
          let angle = (matrix[column][column] - matrix[row][row]) / (2 * matrix[row][column])
          let tangent = (angle < 0 ? -1 : 1) / (abs(angle) + (angle * angle + 1).squareRoot())
          let cosine = 1 / (tangent * tangent + 1).squareRoot()
          let sine = tangent * cosine
          for other in 0..<size {
            let (left, right) = (matrix[other][row], matrix[other][column])
            matrix[other][row] = cosine * left - sine * right
            matrix[other][column] = sine * left + cosine * right
          }
          for other in 0..<size {
            let (left, right) = (matrix[row][other], matrix[column][other])
            matrix[row][other] = cosine * left - sine * right
            matrix[column][other] = sine * left + cosine * right
          }
        }
      }
    }
    return Array((0..<size).map { matrix[$0][$0] }.sorted(by: >).prefix(count))
  }

  @Test(arguments: Seeds.first(3))
  func theVectorsDependOnTheDocumentsAlone(seed: UInt64) throws {
    var generator = RandomDocuments(seed: seed)
    let documents = generator.documents(count: 80)
    var sections: Set<[UInt8]> = []
    for (batch, threads, memory) in [(1, 1, 256 << 20), (13, 3, 1), (80, 2, 10_000)] {
      let index = try BuiltIndex(
        documents.batches(of: batch), options: IndexBuilder.Options(threads: threads, postingsMemory: memory))
      sections.insert(try index.segment().file.section(.latent).view.copied())
      #expect(try index.folder.names().allSatisfy { !$0.hasSuffix(IndexReplacement.pendingSuffix) })
    }
    #expect(sections.count == 1)
    #expect(sections.first?.isEmpty == false)
  }

  @Test func stretchesOfPassagesAddUpAlike() throws {
    let segment = try index(9, count: 100).segment()
    let lengths = (0..<segment.passages.count).map { segment.lengths[UInt32($0)] }
    let expected = try segment.file.section(.latent).view.copied()
    for passagesInMemory in [1, 7, 128, 129] {
      let temporary = TemporaryFolder()
      let folder = StorageFolder(temporary.path)
      var writer = try SegmentWriter(in: folder)
      for section in SegmentSection.allCases where section != .latent {
        try writer.write(section, segment.file.section(section).view.copied())
      }
      try LatentAssembly.write(
        .bilingual, lengths: lengths, postingCount: segment.statistics.postings, folder: folder,
        passagesInMemory: passagesInMemory, to: &writer)
      let record = try writer.finish()
      let found = try SegmentFile(record, in: folder).section(.latent).view.copied()
      #expect(found == expected, "\(passagesInMemory) passages")
    }
  }

  @Test func smallAndMonotonousIndexesHaveVectorsOrNone() throws {
    func documents(_ texts: [String]) -> [Document] {
      texts.enumerated().map { number, text in
        Document(
          id: "\(number)", path: "\(number).txt",
          passages: [Passage(text: text, range: 0..<text.utf8.count, line: 1, language: .english)])
      }
    }
    let texts: [(texts: [String], hasVectors: Bool)] = [
      ([], false), (["sleep"], false), (["", ""], true), (["sleep", "memory"], true),
      (Array(repeating: "sleep and memory", count: 200), true),
      (Array(repeating: "", count: 130) + ["sleep"], true), ((0..<150).map { "w\($0)" }, true),
    ]
    for (texts, hasVectors) in texts {
      let index = try BuiltIndex([documents(texts)])
      #expect((try index.segment().latent != nil) == hasVectors, "\(texts.count) texts")
      #expect(try IndexCheck.run(folder: index.temporary.path, deep: true).findings == [], "\(texts.count) texts")
    }
  }

  @Test func otherAnalyzersHaveVectorsWhenAskedFor() throws {
    for analyzer in AnalyzerDescription.builtIn {
      for asked in [nil, true, false] {
        var generator = RandomDocuments(seed: 5)
        let index = try BuiltIndex(
          [generator.documents(count: 30)],
          options: IndexBuilder.Options(analyzer: analyzer, makesLatentVectors: asked))
        let usual = ["bilingual", "english"].contains(analyzer.name)
        #expect((try index.segment().latent != nil) == (asked ?? usual), "\(analyzer.name)")
      }
    }
  }
}
