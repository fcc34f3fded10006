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
}
