import ByteStorage
import TestSupport
import Testing

@testable import Indexing

struct RunMergeTests {
  /// What a merge gives for a key: the runs' numbers and the entries as they were written.
  private struct Step: Equatable {
    var key: [UInt8]
    var firstPassages: [Int]
    var rests: [[UInt8]]
  }

  private func run(_ keys: [[UInt8]], firstPassage: Int, _ generator: inout SeededGenerator) -> Run {
    var encoder = RunEncoder()
    for key in keys {
      let rows = (0..<Int.random(in: 1...9, using: &generator)).map { _ in UInt32.random(in: 0...20, using: &generator)
      }
      .sorted()
      encoder.append(
        key: key[...], isPositional: key.count % 2 == 0, rows: rows.indices, passage: { rows[$0] },
        position: { UInt32($0 * 3) })
    }
    var run = encoder.finish(firstPassage: 0)
    run.firstPassage = firstPassage
    return run
  }

  private func steps(_ runs: [Run], _ folder: StorageFolder) throws(StorageError) -> [Step] {
    var steps: [Step] = []
    var merge = try RunMerge(runs, in: folder)
    while try merge.next() {
      var step = Step(key: merge.current[0].entry.key, firstPassages: [], rests: [])
      for reader in merge.current {
        step.firstPassages.append(reader.run.firstPassage + reader.entry.first)
        step.rests.append(try reader.withRest { Array($0) })
      }
      steps.append(step)
    }
    return steps
  }

  @Test(arguments: Seeds.first(5))
  func keysComeSortedWithTheirRunsInOrder(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let temporary = TemporaryFolder()
    let folder = StorageFolder(temporary.path)
    var runs: [Run] = []
    var holders: [[UInt8]: [Int]] = [:]
    for number in 0..<Int.random(in: 0...9, using: &generator) {
      let keys = Set((0..<40).map { _ in Array("\(Int.random(in: 0...60, using: &generator))".utf8) })
        .sorted { $0.lexicographicallyPrecedes($1) }
      for key in keys { holders[key, default: []].append(number) }
      runs.append(run(keys, firstPassage: 100 * number, &generator))
    }
    let merged = try steps(runs, folder)
    #expect(merged.map(\.key) == holders.keys.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    #expect(merged.map { $0.firstPassages.map { $0 / 100 } } == merged.map { holders[$0.key]! }, "seed \(seed)")

    // Runs in files give the same as runs in memory.
    let files = try runs.enumerated().map { number, run throws(StorageError) in
      try RunSpill.write([run], name: "run-\(number)", in: folder)
    }
    #expect(files.allSatisfy { $0.memory == 0 })
    #expect(try steps(files, folder) == merged, "seed \(seed)")
    // So do several runs that were spilled together, but for each key in one piece.
    let together = try RunSpill.write(runs, name: "all", in: folder)
    let joined = try steps([together], folder)
    #expect(joined.map(\.key) == merged.map(\.key), "seed \(seed)")
    #expect(joined.map { $0.firstPassages[0] } == merged.map { $0.firstPassages[0] }, "seed \(seed)")
  }

  @Test func aRunThatIsCutShortIsAnError() throws {
    var generator = SeededGenerator(seed: 1)
    let temporary = TemporaryFolder()
    let folder = StorageFolder(temporary.path)
    let keys = (0..<50).map { Array("key \(100 + $0)".utf8) }
    let spilled = try RunSpill.write([run(keys, firstPassage: 0, &generator)], name: "run", in: folder)
    guard case .file(_, let count) = spilled.content else { throw StorageError.inconsistent(reason: "no file") }
    try folder.replace("run", with: Array(folder.read("run").prefix(count - 1)))
    #expect(throws: StorageError.self) { try steps([spilled], folder) }
    folder.remove("run")
    #expect(throws: StorageError.self) { try steps([spilled], folder) }
  }
}
