import ByteStorage
import IndexFormat

/// Writes the sections of postings, positions and terms: of runs that it merges, or of terms that are encoded elsewhere.
///
/// The keys are divided into ranges, which threads encode side by side and which are written in their order.
struct PostingsAssembly: ~Copyable {
  private let folder: StorageFolder
  private let threads: Int
  /// Bytes of runs and positions together that may be in memory.
  private let memory: Int
  private var dictionary = TermDictionaryWriter()
  private(set) var termCount = 0
  private(set) var postingCount = 0

  /// Positions wait until the postings are complete, because a section is written in one piece: in memory, or beyond its
  /// limit in a file of their own.
  static let positionsName = "positions.pending"

  /// Bytes of runs that make up a range, about.
  private static let rangeBytes = 1 << 20

  init(folder: StorageFolder, threads: Int, memory: Int) {
    self.folder = folder
    self.threads = threads
    self.memory = memory
  }

  /// Merges runs and writes postings and positions.
  mutating func write(_ runs: [Run], to writer: inout SegmentWriter) throws(IndexError) {
    let room = memory - runs.reduce(0) { $0 + $1.memory }
    try write(PostingsAssembly.rangeEnds(of: runs), room: room, to: &writer) { [folder] first, end in
      var encoder = TermEncoder()
      do throws(StorageError) {
        return .success(try encoder.encode(runs, from: first, to: end, in: folder))
      } catch { return .failure(.storage(error)) }
    }
  }

  /// Writes postings and positions.
  ///
  /// - Parameters:
  ///   - ends: the keys at which ranges end and the next ones begin, ascending.
  ///   - room: bytes of positions that may wait in memory.
  ///   - encode: encodes the terms from one key on and before another one, on any thread.
  mutating func write(
    _ ends: [[UInt8]], room: Int, to writer: inout SegmentWriter,
    encode: @escaping @Sendable (_ first: [UInt8]?, _ end: [UInt8]?) -> Result<EncodedTerms, IndexError>
  ) throws(IndexError) {
    let workers = OrderedWorkers<Result<EncodedTerms, IndexError>>(threads: threads)
    var started = 0
    var room = room
    var positions: [[UInt8]] = []
    var file: OutputFile?
    defer { if file != nil { folder.remove(PostingsAssembly.positionsName) } }
    do throws(StorageError) { try writer.begin(.postings) } catch { throw .storage(error) }
    for range in 0...ends.count {
      while started <= min(range + 2 * threads, ends.count) {
        let first = started == 0 ? nil : ends[started - 1]
        let end = started == ends.count ? nil : ends[started]
        workers.start(started) { encode(first, end) }
        started += 1
      }
      let encoded = try workers.wait(for: range).get()
      room -= encoded.positions.count
      do throws(StorageError) {
        try writer.append(encoded.postings)
        if room < 0 && file == nil { file = try OutputFile(creating: folder.path(of: PostingsAssembly.positionsName)) }
        if let file { try file.append(encoded.positions) } else { positions.append(encoded.positions) }
      } catch { throw .storage(error) }
      addTerms(encoded)
    }
    do throws(StorageError) {
      writer.end()
      try writer.begin(.positions)
      for bytes in positions { try writer.append(bytes) }
      if let file {
        try file.flush()
        try writer.copy(MappedFile(path: file.path, expectedCount: file.count))
      }
      writer.end()
    } catch { throw .storage(error) }
  }

  /// The bytes of the dictionary.
  consuming func finish() throws(IndexError) -> [UInt8] { try dictionary.finish() }

  private mutating func addTerms(_ encoded: EncodedTerms) {
    encoded.keys.withUnsafeBufferPointer { keys in
      var start = 0
      for term in encoded.terms {
        dictionary.append(
          UnsafeBufferPointer(rebasing: keys[start..<start + term.keyLength]),
          documentFrequency: UInt32(term.documentFrequency), totalFrequency: UInt64(term.totalFrequency),
          postingsLength: term.postingsLength, positionsLength: term.positionsLength,
          singlePosting: term.singlePosting)
        start += term.keyLength
        postingCount += term.documentFrequency
      }
    }
    termCount += encoded.terms.count
  }

  /// The keys at which ranges end and the next ones begin, ascending.
  private static func rangeEnds(of runs: [Run]) -> [[UInt8]] {
    var keys = runs.flatMap { $0.landmarks.map(\.key) }
    keys.sort { $0.lexicographicallyPrecedes($1) }
    var ends: [[UInt8]] = []
    for index in stride(from: rangeBytes / Run.landmarkDistance, to: keys.count, by: rangeBytes / Run.landmarkDistance)
    where ends.last != keys[index] {
      ends.append(keys[index])
    }
    return ends
  }
}
