/// The keys of terms and where their lists lie in a file, brought into the order of the keys.
struct TermOffsets {
  private var keys: [UInt8] = []
  private var ends: [Int] = [0]
  private var offsets: [Int] = []
  /// The numbers of the terms in the order of their keys; empty where they came in that order.
  private var order: [Int] = []

  /// How many terms there are.
  var count: Int { offsets.count }

  mutating func append(_ key: [UInt8], offset: Int) {
    keys += key
    ends.append(keys.count)
    offsets.append(offset)
  }

  /// Brings the terms into the order of their keys.
  ///
  /// - Throws: where two terms are the same.
  mutating func sort(_ reader: MessageReader) throws(InterchangeError) {
    let ascends = (0..<max(count - 1, 0)).allSatisfy { precedes($0, $0 + 1) }
    guard !ascends else { return }
    // Terms with the same key stay in the order of the file, so that the message names the later one.
    order = (0..<count).sorted { precedes($0, $1) || (!precedes($1, $0) && $0 < $1) }
    for place in 1..<count where !precedes(order[place - 1], order[place]) {
      let text = String(decoding: numbered(order[place]).dropFirst(), as: UTF8.self)
      throw .malformed(
        file: reader.file, offset: offsets[order[place]],
        reason: "expected one list of postings a term, found a second one of \"\(text.prefix(80))\"")
    }
  }

  /// The key of the term that is number `index` in the order of the keys.
  func key(_ index: Int) -> ArraySlice<UInt8> { numbered(order.isEmpty ? index : order[index]) }

  /// Where its list lies in the file.
  func offset(_ index: Int) -> Int { offsets[order.isEmpty ? index : order[index]] }

  private func numbered(_ term: Int) -> ArraySlice<UInt8> { keys[ends[term]..<ends[term + 1]] }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    numbered(left).lexicographicallyPrecedes(numbered(right))
  }
}
