import IndexFormat

/// A term while windows of passages are scored: its bounds, and the block that is decoded, reached without any counting of
/// references. What the pointers lead to is owned by `WindowTerms`.
struct WindowTerm {
  unowned(unsafe) let cursor: PostingsCursor
  let scoring: TermScoring
  let weight: Float
  /// The bounds by window, for a weight of 1.
  let greatest: UnsafePointer<Float>
  /// The first blocks by window.
  let firstBlock: UnsafePointer<UInt32>
  let blockCount: Int
  /// The last documents of the blocks, or nil where there is only one block.
  private let lastDocuments: UnsafeRawPointer?
  /// The passages of the decoded block.
  let documents: UnsafePointer<UInt32>
  /// The greatest score in the current window.
  var bound: Float = 0
  private var block = -1
  private(set) var count = 0
  private var decodedFrequencies: UnsafePointer<UInt32>?

  init(_ cursor: PostingsCursor, _ scoring: TermScoring, _ bounds: ScoreBounds) {
    self.cursor = cursor
    self.scoring = scoring
    weight = scoring.weight
    greatest = bounds.greatest
    firstBlock = bounds.firstBlock
    blockCount = cursor.list.blockCount
    lastDocuments = cursor.list.lastDocuments
    documents = UnsafePointer(cursor.documents)
  }

  /// Decodes a block.
  mutating func load(_ index: Int) throws(IndexError) {
    guard index != block else { return }
    try cursor.load(index)
    block = index
    count = cursor.count
    decodedFrequencies = nil
  }

  /// The frequencies of the decoded block.
  mutating func frequencies() throws(IndexError) -> UnsafePointer<UInt32> {
    if let decodedFrequencies { return decodedFrequencies }
    let frequencies = UnsafePointer(try cursor.frequencies())
    decodedFrequencies = frequencies
    return frequencies
  }

  /// The place of a passage of a window in the block that holds it, which is then decoded, or nil.
  mutating func find(_ passage: UInt32, window: Int) throws(IndexError) -> Int? {
    var index = Int(firstBlock[window])
    if let lastDocuments {
      while index < blockCount
        && UInt32(littleEndian: (lastDocuments + 4 * index).loadUnaligned(as: UInt32.self)) < passage
      {
        index += 1
      }
      guard index < blockCount else { return nil }
    }
    try load(index)
    let place = WindowTerm.firstIndex(in: documents, count, reaching: passage)
    return place < count && documents[place] == passage ? place : nil
  }

  /// Moves from posting `place` of the decoded block to the first one of this or a later block whose passage is not before
  /// `target`; false where there is none.
  @inline(__always)
  mutating func advance(to target: UInt32, from place: inout Int) throws(IndexError) -> Bool {
    while documents[count - 1] < target {
      guard block + 1 < blockCount else { return false }
      try load(block + 1)
      place = 0
    }
    // Eight at a time as long as they are all before the target, which the last of the block is not.
    while place + 8 <= count && documents[place + 7] < target { place += 8 }
    while documents[place] < target { place += 1 }
    return true
  }

  /// How many blocks reach into a window, roughly.
  func blocks(window: Int, windowCount: Int) -> Int {
    guard lastDocuments != nil else { return 1 }
    return (window + 1 < windowCount ? Int(firstBlock[window + 1]) : blockCount) - Int(firstBlock[window]) + 1
  }

  /// The index of the first document that is not before `target`.
  @inline(__always)
  static func firstIndex(in documents: UnsafePointer<UInt32>, _ count: Int, reaching target: UInt32) -> Int {
    var low = 0
    var length = count
    // Without a branch that the processor could guess wrong.
    while length > 1 {
      let half = length / 2
      low += documents[low + half - 1] < target ? half : 0
      length -= half
    }
    return low + (length == 1 && documents[low] < target ? 1 : 0)
  }
}
