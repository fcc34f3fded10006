import ByteStorage
import IndexFormat

/// Merges runs into the sections of postings, positions and terms.
struct PostingsAssembly: ~Copyable {
  private let folder: StorageFolder
  private var postings = PostingsEncoder()
  private var positions = PositionsEncoder()
  private var documents: [UInt32] = []
  private var frequencies: [UInt32] = []
  private var places: [UInt32] = []
  private var dictionary = TermDictionaryWriter()
  private(set) var termCount = 0
  private(set) var postingCount = 0

  /// Positions wait in a file of their own until the postings are complete, because a section is written in one piece.
  static let positionsName = "positions.pending"

  init(folder: StorageFolder) { self.folder = folder }

  /// Writes the three sections.
  mutating func write(_ runs: [Run], to writer: inout SegmentWriter) throws(IndexError) {
    do throws(StorageError) {
      let waiting = try OutputFile(creating: folder.path(of: PostingsAssembly.positionsName))
      defer { folder.remove(PostingsAssembly.positionsName) }
      try writer.begin(.postings)
      var merge = try RunMerge(runs, in: folder)
      var postingBytes: [UInt8] = []
      var positionBytes: [UInt8] = []
      while try merge.next() {
        try appendTerm(merge.current, postings: &postingBytes, positions: &positionBytes)
        if postingBytes.count >= 1 << 20 {
          try writer.append(postingBytes)
          postingBytes.removeAll(keepingCapacity: true)
        }
        if positionBytes.count >= 1 << 20 {
          try waiting.append(positionBytes)
          positionBytes.removeAll(keepingCapacity: true)
        }
      }
      try writer.append(postingBytes)
      writer.end()
      try waiting.append(positionBytes)
      try waiting.flush()
      try writer.begin(.positions)
      if waiting.count > 0 {
        try writer.copy(MappedFile(path: waiting.path, expectedCount: waiting.count))
      }
      writer.end()
    } catch { throw .storage(error) }
  }

  /// The bytes of the dictionary.
  consuming func finish() throws(IndexError) -> [UInt8] { try dictionary.finish() }

  private mutating func appendTerm(
    _ readers: [RunReader], postings postingBytes: inout [UInt8], positions positionBytes: inout [UInt8]
  ) throws(StorageError) {
    documents.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    let isPositional = readers[0].entry.isPositional
    var occurrences = 0
    for reader in readers {
      precondition(reader.entry.isPositional == isPositional, "a term has positions in all runs or in none")
      occurrences += reader.entry.occurrences
      let entry = reader.entry
      let shift = reader.run.firstPassage
      try reader.withRest { decode(entry, $0, shift: shift) }
    }
    postingCount += documents.count
    termCount += 1
    let positionStart = positionBytes.count
    let positionEnds = isPositional ? encodePositions(to: &positionBytes) : nil
    let positionsLength = isPositional ? positionBytes.count - positionStart : nil
    let start = postingBytes.count
    var single: TermInfo.SinglePosting?
    if documents.count == 1 {
      single = TermInfo.SinglePosting(document: documents[0], frequency: frequencies[0])
    } else {
      documents.withUnsafeBufferPointer { documents in
        frequencies.withUnsafeBufferPointer { frequencies in
          postings.encode(
            documents: documents, frequencies: frequencies, positionEnds: positionEnds, to: &postingBytes)
        }
      }
    }
    dictionary.append(
      readers[0].entry.key, documentFrequency: UInt32(documents.count), totalFrequency: UInt64(occurrences),
      postingsLength: postingBytes.count - start, positionsLength: positionsLength, singlePosting: single)
  }

  private mutating func encodePositions(to output: inout [UInt8]) -> [UInt32] {
    places.withUnsafeBufferPointer { places in
      frequencies.withUnsafeBufferPointer { positions.encode(places, frequencies: $0, to: &output) }
    }
  }

  private mutating func decode(_ entry: RunEntry, _ bytes: UnsafeBufferPointer<UInt8>, shift: Int) {
    var offset = 0
    func number() -> Int {
      var value = 0
      var bits = 0
      while true {
        let byte = Int(bytes[offset])
        offset += 1
        value |= (byte & 0x7F) << bits
        if byte < 0x80 { return value }
        bits += 7
      }
    }
    var passage = entry.first + shift
    for posting in 0..<entry.postings {
      if posting > 0 { passage += number() }
      let frequency = number()
      documents.append(UInt32(passage))
      frequencies.append(UInt32(frequency))
      guard entry.isPositional else { continue }
      var place = 0
      for _ in 0..<frequency {
        place += number()
        places.append(UInt32(place))
      }
    }
  }
}
