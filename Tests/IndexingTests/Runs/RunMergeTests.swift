import ByteStorage
import TestSupport
import Testing

@testable import Indexing

struct RunMergeTests {
  /// What a merge gives for a key: its occurrences by passage, and the runs that they come from.
  private struct Step: Equatable {
    var key: [UInt8]
    var isPositional: Bool
    var passages: [[UInt32]]
    var runs: Int
  }

  /// The occurrences of each key: for each passage of the run the positions.
  private typealias Content = [[UInt8]: [UInt32: [UInt32]]]

  private func content(_ generator: inout SeededGenerator) -> Content {
    var content: Content = [:]
    for _ in 0..<40 {
      // Keys that share their first eight bytes as well as others.
      let key =
        Array((generator.chance(0.3) ? "prefixes" : "").utf8)
        + Array("\(Int.random(in: 0...60, using: &generator))".utf8)
      for _ in 0..<Int.random(in: 1...9, using: &generator) {
        let passage = UInt32.random(in: 0..<100, using: &generator)
        let last = content[key]?[passage]?.last ?? 0
        content[key, default: [:]][passage, default: []].append(last + .random(in: 0...300, using: &generator))
      }
    }
    return content
  }

  private func isPositional(_ key: [UInt8]) -> Bool { key.count % 2 == 0 }

  private func run(_ content: Content, firstPassage: Int) -> Run {
    var encoder = RunEncoder()
    for (key, passages) in content.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let rows = passages.sorted { $0.key < $1.key }.flatMap { passage, positions in
        positions.map { TermRow(passage: passage, position: $0) }
      }
      key.withUnsafeBufferPointer { key in
        rows.withUnsafeBufferPointer {
          encoder.append(key: key, isPositional: isPositional(Array(key)), rows: $0)
        }
      }
    }
    return Run(
      content: .memory(ByteView(copying: encoder.output.elements)), landmarks: encoder.landmarks,
      firstPassage: firstPassage)
  }

  /// The passages of an entry with their positions, or with zeros where it has none.
  private func passages(_ entry: RunEntry, firstPassage: Int) throws -> [[UInt32]] {
    var postings = ByteCursor(ByteView(copying: entry.postingBytes))
    var positions = ByteCursor(ByteView(copying: entry.positionBytes))
    var passage = entry.first + firstPassage - 1
    var found: [[UInt32]] = []
    for index in 0..<entry.postings {
      let head = try postings.readVariable(atMost: .max)
      #expect(index > 0 || head < 2)
      passage += head / 2 + 1
      let frequency = head % 2 == 1 ? 1 : try postings.readVariable(atMost: .max)
      var row = [UInt32(passage)]
      var position = 0
      for _ in 0..<frequency {
        if entry.isPositional { position += try positions.readVariable(atMost: .max) }
        row.append(UInt32(position))
      }
      found.append(row)
    }
    #expect(postings.remaining == 0 && positions.remaining == 0)
    #expect(passage == entry.last + firstPassage)
    #expect(found.reduce(0) { $0 + $1.count - 1 } == entry.occurrences)
    return found
  }

  private func steps(
    _ runs: [Run], from first: [UInt8]? = nil, to end: [UInt8]? = nil, _ folder: StorageFolder
  ) throws -> [Step] {
    var merge = try RunMerge(runs, from: first, to: end, in: folder)
    var steps: [Step] = []
    while merge.next() {
      let entries = Array(merge.current)
      var step = Step(
        key: Array(entries[0].key), isPositional: entries[0].isPositional, passages: [], runs: entries.count)
      for (entry, first) in zip(entries, merge.currentFirstPassages) {
        step.passages += try passages(entry, firstPassage: first)
      }
      steps.append(step)
    }
    return steps
  }

  private func expected(_ contents: [Content]) -> [Step] {
    var steps: [[UInt8]: Step] = [:]
    for (number, content) in contents.enumerated() {
      for (key, passages) in content {
        var step = steps[key] ?? Step(key: key, isPositional: isPositional(key), passages: [], runs: 0)
        step.runs += 1
        for (passage, positions) in passages.sorted(by: { $0.key < $1.key }) {
          step.passages.append([UInt32(100 * number) + passage] + positions.map { isPositional(key) ? $0 : 0 })
        }
        steps[key] = step
      }
    }
    return steps.values.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  @Test(arguments: Seeds.first(5))
  func keysComeSortedWithTheirRunsInOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let temporary = TemporaryFolder()
    let folder = StorageFolder(temporary.path)
    let contents = (0..<Int.random(in: 0...9, using: &generator)).map { _ in content(&generator) }
    let runs = contents.enumerated().map { run($1, firstPassage: 100 * $0) }
    let expected = expected(contents)
    #expect(try steps(runs, folder) == expected, "seed \(seed)")

    // Runs in files give the same as runs in memory.
    let files = try runs.enumerated().map { number, run throws(StorageError) in
      try RunSpill.write([run], name: "run-\(number)", in: folder)
    }
    #expect(files.allSatisfy { $0.memory == 0 })
    #expect(try steps(files, folder) == expected, "seed \(seed)")
    // So do several runs that were spilled together, but for each key in one piece.
    let together = try RunSpill.write(runs, name: "all", in: folder)
    let joined = expected.map { Step(key: $0.key, isPositional: $0.isPositional, passages: $0.passages, runs: 1) }
    #expect(try steps([together], folder) == joined, "seed \(seed)")
  }

  /// Ranges of keys whose ends are those of runs, neighbours of them, or lie outside.
  @Test(arguments: Seeds.first(5))
  func rangesOfKeysAreTheWhole(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let temporary = TemporaryFolder()
    let folder = StorageFolder(temporary.path)
    let contents = (0..<4).map { _ in content(&generator) }
    var runs = contents.enumerated().map { run($1, firstPassage: 100 * $0) }
    // The first entry is a landmark, others may be.
    for index in runs.indices {
      runs[index].landmarks = try everyEntry(of: runs[index], folder).filter { $0.offset == 0 || generator.chance(0.2) }
    }
    let expected = expected(contents)
    var ends = (0..<5).map { _ in generator.pick(expected).key + generator.pick([[], [0], [0xFF]]) }
    ends += generator.pick([[], [[]], [[0xFF]]])
    ends.sort { $0.lexicographicallyPrecedes($1) }
    var found: [Step] = []
    for index in 0...ends.count {
      let first = index == 0 ? nil : ends[index - 1]
      let end = index == ends.count ? nil : ends[index]
      found += try steps(runs, from: first, to: end, folder)
    }
    #expect(found == expected, "seed \(seed)")
  }

  @Test func aRunThatIsCutShortIsAnError() throws {
    var generator = SeededGenerator(seed: 1)
    let temporary = TemporaryFolder()
    let folder = StorageFolder(temporary.path)
    let spilled = try RunSpill.write([run(content(&generator), firstPassage: 0)], name: "run", in: folder)
    guard case .file(_, let count) = spilled.content else { throw StorageError.inconsistent(reason: "no file") }
    try folder.replace("run", with: Array(folder.read("run").prefix(count - 1)))
    #expect(throws: StorageError.self) { try steps([spilled], folder) }
    folder.remove("run")
    #expect(throws: StorageError.self) { try steps([spilled], folder) }
  }

  private func everyEntry(of run: Run, _ folder: StorageFolder) throws -> [Run.Landmark] {
    let bytes = try run.bytes(in: folder)
    var reader = RunReader(bytes, 0..<bytes.count, firstPassage: 0)
    var landmarks: [Run.Landmark] = []
    var offset = 0
    while reader.step() {
      landmarks.append(Run.Landmark(key: Array(reader.entry.key), offset: offset))
      offset = bytes.count - reader.remaining
    }
    return landmarks
  }
}
