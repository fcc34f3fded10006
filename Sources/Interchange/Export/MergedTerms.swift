import IndexFormat
import TextAnalysis

/// Walks through the terms of one kind in all segments together, in the order of their keys.
struct MergedTerms {
  /// The current term.
  private(set) var key: [UInt8] = []
  /// What each segment knows of it; nil where it does not hold it.
  private(set) var infos: [TermInfo?]
  private var walks: [TermDictionary.TermWalk]
  /// False for a segment whose terms of the kind are all behind.
  private var isOpen: [Bool]
  private let kind: UInt8

  init(_ kind: TokenKind, in segments: [Segment]) throws(IndexError) {
    self.kind = kind.rawValue
    infos = Array(repeating: nil, count: segments.count)
    isOpen = Array(repeating: true, count: segments.count)
    walks = []
    for segment in segments { walks.append(try segment.terms.walk(from: [kind.rawValue])) }
    for index in walks.indices {
      repeat { try step(index) } while isOpen[index] && walks[index].key[0] < kind.rawValue
    }
  }

  /// Steps to the next term; false after the last.
  mutating func next() throws(IndexError) -> Bool {
    let open = walks.indices.filter { isOpen[$0] }
    guard let first = open.min(by: { walks[$0].key.lexicographicallyPrecedes(walks[$1].key) }) else { return false }
    key = walks[first].key
    for index in walks.indices {
      let holds = isOpen[index] && walks[index].key == key
      infos[index] = holds ? walks[index].info : nil
      if holds { try step(index) }
    }
    return true
  }

  private mutating func step(_ index: Int) throws(IndexError) {
    let found = try walks[index].next()
    isOpen[index] = found && (walks[index].key.first.map { $0 <= kind } ?? false)
  }
}
