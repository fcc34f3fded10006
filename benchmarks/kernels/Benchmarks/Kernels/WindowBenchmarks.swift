import CKernels

/// What is done where all postings are scored or counted: in windows of many passages, of which only marked ones mean
/// something.
func addWindowBenchmarks() {
  var generator = SplitMix64(state: 6)
  // Six words of a Chinese union, each in 111 of 155,183 passages, so in 47 of a window; three of an English one, each
  // in 2,000 of 141,490, of which a block of 128 postings is scored at a time.
  addUnionBenchmarks(words: 6, postings: 47, spread: Int(SUO_WINDOW_SIZE), using: &generator)
  addUnionBenchmarks(words: 3, postings: 128, spread: 9_000, using: &generator)

  let documents = chosen(128, of: 16_384, using: &generator)
  let marks = Room<UInt8>(repeating: 0, count: 16_384)
  measure("mark 128 postings") { _ in suo_mark(documents.values, 128, 0, marks.values) }
  measure("take marks of 16,384 passages") { _ in _ = suo_take_marks(marks.values, 16_384) }
}

/// So many of the passages below `limit`, ascending, and room to read eight at a time.
private func chosen(_ count: Int, of limit: Int, using generator: inout SplitMix64) -> Room<UInt32> {
  Room(ascending(count, of: limit, using: &generator) + Array(repeating: 0, count: 8))
}

private func ascending(_ count: Int, of limit: Int, using generator: inout SplitMix64) -> [UInt32] {
  (0..<UInt32(limit)).shuffled(using: &generator).prefix(count).sorted()
}

/// Adding up what the words of a union score in a window, and taking the sums out again.
private func addUnionBenchmarks(words: Int, postings: Int, spread: Int, using generator: inout SplitMix64) {
  let size = Int(SUO_WINDOW_SIZE)
  // By word; what is behind its postings is read, and does not count.
  let stride = postings + 8
  // Words of one query meet: a fifth of each one's passages are from a few that hold several.
  let shared = ascending(postings, of: spread, using: &generator)
  var (all, everyPlace) = ([UInt32](), [UInt32]())
  for _ in 0..<words {
    let common = shared.shuffled(using: &generator).prefix(postings / 5)
    let others = (0..<UInt32(spread)).filter { !common.contains($0) }.shuffled(using: &generator)
    let own = (common + others.prefix(postings - common.count)).sorted()
    all += own + Array(repeating: 0, count: 8)
    everyPlace += own
  }
  let documents = Room(all)
  let frequencies = Room<UInt32>(all.map { _ in .random(in: 1...3, using: &generator) })
  let saturations = Room<Float>(all.map { _ in .random(in: 0.3...3, using: &generator) })
  let lengths = Room<UInt8>((0..<size).map { _ in .random(in: 40...120, using: &generator) })
  let norms = Room<Float>((0..<256).map { 1 / (1.2 * (0.25 + 0.75 * Float($0) / 80)) })
  let sums = Room<Double>(repeating: 0, count: size)
  let marks = Room<UInt64>(repeating: 0, count: size / 64)
  let places = Room<UInt32>(repeating: 0, count: size + 1)
  let count = UInt32(postings)
  // Hardly a sum reaches it, as where the hits that were found before are good.
  let least: Float = 22

  let name = "union of \(words) words of \(postings) postings"
  func measureUnion(_ name: String, _ add: @escaping (_ start: Int, _ marked: UInt32) -> UInt32) {
    measure(name) { _ in
      var marked: UInt32 = 0
      for word in 0..<words { marked = add(word * stride, marked) }
      _ = suo_take_marked(places.values, marked, sums.values, marks.values, least)
    }
  }
  for (version, accumulate) in [("", suo_accumulate_marked), (", portable", suo_accumulate_marked_portable)] {
    measureUnion("\(name), added up and taken\(version)") { start, marked in
      accumulate(
        documents.values + start, frequencies.values + start, count, lengths.values, 1, norms.values, 7.5, 7.5, 0,
        sums.values, marks.values, places.values, marked)
    }
  }
  for (version, accumulate) in [("", suo_accumulate_saturated), (", portable", suo_accumulate_saturated_portable)] {
    measureUnion("\(name), multiplied before, added up and taken\(version)") { start, marked in
      accumulate(
        documents.values + start, saturations.values + start, count, 7.5, 7.5, 0, sums.values, marks.values,
        places.values, marked)
    }
  }

  let taken = Room<UInt32>(everyPlace)
  measure("take \(taken.count) sums, none reaching") { _ in
    _ = suo_take_marked(taken.values, UInt32(taken.count), sums.values, marks.values, .infinity)
  }
}
