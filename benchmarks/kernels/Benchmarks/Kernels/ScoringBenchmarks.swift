import CKernels

/// What is done in a range of 128 passages.
func addScoringBenchmarks() {
  var generator = SplitMix64(state: 2)
  let base: UInt32 = 12_800
  let lengths = Room<UInt8>((0..<12_928).map { _ in .random(in: 40...120, using: &generator) })
  let norms = Room<Float>((0..<256).map { 1 / (1.2 * (0.25 + 0.75 * Float($0) / 80)) })
  let sums = Room<Double>(repeating: 0, count: 128)
  for count in [8, 32, 128] {
    let documents = passages(count, from: base, using: &generator)
    let frequencies = Room<UInt32>((0..<count + 8).map { _ in .random(in: 1...4, using: &generator) })
    measure("accumulate \(count) postings") { _ in
      suo_accumulate(
        documents.values, frequencies.values, UInt32(count), lengths.values, 1, norms.values, 7.5, 7.5, base,
        sums.values)
    }
    measure("accumulate \(count) postings, portable") { _ in
      suo_accumulate_portable(
        documents.values, frequencies.values, UInt32(count), lengths.values, 1, norms.values, 7.5, 7.5, base,
        sums.values)
    }
  }

  let mask = Room<UInt64>(repeating: 0, count: 2)
  for count in [8, 32, 128] {
    let documents = passages(count, from: base, using: &generator)
    measure("passage mask of \(count) postings") { _ in
      suo_passage_mask(documents.values, UInt32(count), base, mask.values)
    }
  }

  let scores = Room<Double>((0..<128).map { _ in .random(in: 0..<10, using: &generator) })
  measure("reaching among 128 sums") { _ in suo_reaching(scores.values, 0, 128, 9.5, mask.values) }
  measure("reaching among 128 sums, portable") { _ in suo_reaching_portable(scores.values, 0, 128, 9.5, mask.values) }
  measure("reaching among 16 sums") { _ in suo_reaching(scores.values, 48, 64, 9.5, mask.values) }
  // Half of the sums have been added to.
  let added = Room<Double>((0..<128).map { $0 % 2 == 0 ? -0.0 : 1 })
  measure("added to among 128 sums") { _ in suo_reaching(added.values, 0, 128, 0, mask.values) }
  measure("added to among 128 sums, portable") { _ in suo_reaching_portable(added.values, 0, 128, 0, mask.values) }
  addSetBenchmarks(lengths, norms, using: &generator)
}

/// Scoring three eighths of a range of 128 passages, 64 ranges in turn, by the sets of those that hold eight words; the threshold
/// is such that about as many words are added as in a search.
private func addSetBenchmarks(_ lengths: Room<UInt8>, _ norms: Room<Float>, using generator: inout SplitMix64) {
  let (terms, ranges) = (8, 64)
  var sets: [(held: Room<UInt64>, frequencies: Room<UInt8>)] = []
  var postings = [UInt64](repeating: 0, count: terms * ranges)
  for term in 0..<terms {
    let holding = (0..<128 * ranges).map { _ in Int.random(in: 0..<(2 + term), using: &generator) == 0 }
    var words = [UInt64](repeating: 0, count: 2 * ranges)
    for passage in holding.indices where holding[passage] { words[passage / 64] |= 1 << UInt64(passage % 64) }
    for range in 0..<ranges {
      postings[terms * range + term] = UInt64(holding.prefix(128 * range).count { $0 })
    }
    let count = holding.count { $0 } + 16
    sets.append((Room(words), Room((0..<count).map { _ in .random(in: 1...4, using: &generator) })))
  }
  let known = Room<suo_set>(
    sets.enumerated().map { term, set in
      let weight = 1 + 0.5 * Float(term)
      return suo_set(held: set.held.values, frequencies: set.frequencies.values, weight: weight, gained: weight)
    })
  let firsts = Room<UInt64>(postings)
  let sums = Room<Double>(repeating: -0.0, count: 128)
  let active = Room<UInt64>(repeating: 0, count: terms)
  let alive = Room<UInt64>(repeating: 0, count: 2)
  let kernels: [(String, (UnsafePointer<suo_set_query>, UInt32) -> Void)] = [
    ("", { suo_score_sets($0, active.values, 8, $1, 13, 0.001, sums.values, alive.values) }),
    (", AVX2", { suo_score_sets_avx2($0, active.values, 8, $1, 13, 0.001, sums.values, alive.values) }),
    (", portable", { suo_score_sets_portable($0, active.values, 8, $1, 13, 0.001, sums.values, alive.values) }),
  ]
  for (name, score) in kernels {
    measure("score three eighths of a range by sets of 8 terms\(name)") { iteration in
      let range = iteration & 63
      for term in 0..<terms { active.values[term] = UInt64(700 + 350 * term) << 32 | UInt64(term) }
      (alive.values[0], alive.values[1]) = (0xFFFF_0000_FFFF_0000, 0xFFFF)
      var query = suo_set_query(
        sets: known.values, postings: firsts.values + terms * range,
        norms: suo_norm_source(
          lengths: lengths.values, values: norms.values, width: 1, passages: UInt32(128 * ranges)))
      withExtendedLifetime(sets) { score(&query, UInt32(range)) }
    }
  }
}
