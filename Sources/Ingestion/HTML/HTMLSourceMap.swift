/// Where the characters of a text were written: runs that stand in the source as they are, and single ones that do not.
struct HTMLSourceMap {
  private var texts: [Int] = []
  private var sources: [Int] = []
  /// The length in the source of a character that is written otherwise; `nil` for a run that stands as it is.
  private var lengths: [Int?] = []
  private var nextText = -1
  private var nextSource = -1

  mutating func append(text: Int, source: Range<Int>, isVerbatim: Bool) {
    if !isVerbatim || text != nextText || source.lowerBound != nextSource {
      texts.append(text)
      sources.append(source.lowerBound)
      lengths.append(isVerbatim ? nil : source.count)
    }
    nextText = text + (isVerbatim ? source.count : 0)
    nextSource = isVerbatim ? source.upperBound : -1
  }

  /// The run that holds the byte at `offset`, or the last one before it.
  private func run(at offset: Int) -> Int? {
    guard let first = texts.first, first <= offset else { return nil }
    var low = 0
    var high = texts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if texts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  func start(of offset: Int) -> Int {
    guard let run = run(at: offset) else { return sources.first ?? 0 }
    return lengths[run] == nil ? sources[run] + offset - texts[run] : sources[run]
  }

  /// The end of the character before `offset`.
  func end(of offset: Int) -> Int {
    guard let run = run(at: offset - 1) else { return sources.first ?? 0 }
    return sources[run] + (lengths[run] ?? offset - texts[run])
  }
}
