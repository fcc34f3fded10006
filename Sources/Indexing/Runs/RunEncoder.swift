import ByteStorage

/// Writes the entries of a run in memory.
struct RunEncoder: ~Copyable {
  /// What has been written and not been taken away.
  private(set) var output = PlainBuffer<UInt8>(capacity: 1 << 16)
  private(set) var landmarks: [Run.Landmark] = []
  private var postings = PlainBuffer<UInt8>(capacity: 1 << 12)
  private var positions = PlainBuffer<UInt8>(capacity: 1 << 12)
  private var nextLandmark = 0
  /// Bytes that have been taken away.
  private var taken = 0

  /// Forgets all entries and keeps the memory.
  mutating func removeAll() {
    output.count = 0
    landmarks.removeAll()
    nextLandmark = 0
    taken = 0
  }

  /// Appends a term with its rows: one for each occurrence, by passage and then by position.
  mutating func append(key: UnsafeBufferPointer<UInt8>, isPositional: Bool, rows: UnsafeBufferPointer<TermRow>) {
    // Most terms of a batch occur once.
    if rows.count == 1 { return append(key: key, isPositional: isPositional, row: rows[0]) }
    postings.count = 0
    positions.count = 0
    postings.reserve(2 * VariableInteger.longestOf35Bits * rows.count)
    positions.reserve(VariableInteger.longestOf35Bits * rows.count)
    var posting = postings.base
    var place = positions.base
    var entry = RunEntry()
    entry.key = key
    entry.isPositional = isPositional
    entry.occurrences = rows.count
    entry.first = Int(rows[0].passage)
    var next = rows.baseAddress!
    let end = next + rows.count
    var last = next.pointee.passage &- 1
    while next < end {
      let passage = next.pointee.passage
      let start = next
      if isPositional {
        var previous: UInt32 = 0
        repeat {
          let position = next.pointee.position
          VariableInteger.write(UInt64(position - previous), to: &place)
          previous = position
          next += 1
        } while next < end && next.pointee.passage == passage
      } else {
        repeat { next += 1 } while next < end && next.pointee.passage == passage
      }
      let frequency = next - start
      let gap = UInt64(passage &- last &- 1)
      VariableInteger.write(gap << 1 | (frequency == 1 ? 1 : 0), to: &posting)
      if frequency != 1 { VariableInteger.write(UInt64(frequency), to: &posting) }
      entry.postings += 1
      last = passage
    }
    entry.last = Int(last)
    entry.postingBytes = UnsafeBufferPointer(start: postings.base, count: posting - postings.base)
    entry.positionBytes = UnsafeBufferPointer(start: positions.base, count: place - positions.base)
    append(entry)
  }

  /// Appends a term that occurs once.
  private mutating func append(key: UnsafeBufferPointer<UInt8>, isPositional: Bool, row: TermRow) {
    var next = begin(key)
    next[0] = 1
    next[1] = 1
    next[2] = isPositional ? 1 : 0
    next += 3
    VariableInteger.write(UInt64(row.passage), to: &next)
    VariableInteger.write(UInt64(row.passage), to: &next)
    next[0] = 1
    let positionBytes = next + 1
    // The posting: no difference, and a frequency of 1.
    next[2] = 1
    next += 3
    let place = next
    if isPositional { VariableInteger.write(UInt64(row.position), to: &next) }
    positionBytes.pointee = UInt8(truncatingIfNeeded: next - place)
    output.count = next - output.base
  }

  /// Appends one entry that is made of those of consecutive runs.
  ///
  /// - Parameter shifts: what is added to the passages of each entry.
  mutating func append(_ entries: UnsafeBufferPointer<RunEntry>, shifts: UnsafePointer<Int>) {
    postings.count = 0
    positions.count = 0
    var joined = RunEntry()
    joined.key = entries[0].key
    joined.isPositional = entries[0].isPositional
    joined.first = entries[0].first + shifts[0]
    joined.last = joined.first - 1
    for (index, entry) in entries.enumerated() {
      entry.appendPostings(after: joined.last - shifts[index], to: &postings)
      positions.append(entry.positionBytes)
      joined.postings += entry.postings
      joined.occurrences += entry.occurrences
      joined.last = entry.last + shifts[index]
    }
    joined.postingBytes = postings.elements
    joined.positionBytes = positions.elements
    append(joined)
  }

  /// Forgets the bytes that have been written so far, which are elsewhere now.
  mutating func take() {
    taken += output.count
    output.count = 0
  }

  /// Begins an entry with its key, and makes room for its numbers.
  ///
  /// - Returns: where the first number belongs.
  @inline(__always)
  private mutating func begin(_ key: UnsafeBufferPointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    let offset = taken + output.count
    if offset >= nextLandmark {
      landmarks.append(Run.Landmark(key: Array(key), offset: offset))
      nextLandmark = offset + Run.landmarkDistance
    }
    output.reserve(8 * VariableInteger.longest + key.count)
    var next = output.base + output.count
    VariableInteger.write(UInt64(key.count), to: &next)
    for byte in key {
      next.pointee = byte
      next += 1
    }
    return next
  }

  private mutating func append(_ entry: RunEntry) {
    var next = begin(entry.key)
    VariableInteger.write(UInt64(entry.postings), to: &next)
    VariableInteger.write(UInt64(entry.occurrences), to: &next)
    VariableInteger.write(entry.isPositional ? 1 : 0, to: &next)
    VariableInteger.write(UInt64(entry.first), to: &next)
    VariableInteger.write(UInt64(entry.last), to: &next)
    VariableInteger.write(UInt64(entry.postingBytes.count), to: &next)
    VariableInteger.write(UInt64(entry.positionBytes.count), to: &next)
    output.count = next - output.base
    output.append(entry.postingBytes)
    output.append(entry.positionBytes)
  }
}

extension RunEntry {
  /// Appends the postings as those that follow passage `last`, counted as the entry counts; -1 for none.
  func appendPostings(after last: Int, to output: inout PlainBuffer<UInt8>) {
    // The first posting is 1, or 0 and the frequency.
    let isSingle = UInt64(postingBytes[0])
    output.reserve(VariableInteger.longest + postingBytes.count)
    var next = output.base + output.count
    VariableInteger.write(UInt64(first - last - 1) << 1 | isSingle, to: &next)
    output.count = next - output.base
    output.append(UnsafeBufferPointer(rebasing: postingBytes[1...]))
  }
}
