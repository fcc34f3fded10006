import ByteStorage

/// Finds an order of documents in which those that share terms lie together, by recursive graph bisection (Dhulipala et
/// al., "Compressing Graphs and Indexes with Recursive Graph Bisection", 2016).
///
/// The documents are cut into two halves. They change sides as long as that saves any of the costs that terms have in the halves
/// (`TermBalance`); then each half is cut in the same way. Halves have equally many passages, but end where a range of 128
/// passages does, as nearly as whole documents allow, since searches pass over whole ranges.
///
/// The order depends on lists and passages alone. The lists are worked on where they are; beside them it takes 29 bytes a
/// document and 16 a term.
struct GraphBisection: ~Copyable {
  /// Documents that are cut further: neighbouring ones, by the passages before them.
  private struct Part {
    var documents: Range<Int>
    var firstPassage: Int
    var passageCount: Int
    /// The terms of the lists of these documents are numbers below this.
    var termCount: Int
  }

  /// How many documents, and passages, are in the left half.
  private struct Cut {
    var documents: Int
    var passages: Int
  }

  private let starts: UnsafeMutablePointer<Int>
  private let terms: UnsafeMutablePointer<UInt32>
  private let lists: DocumentTerms
  /// Terms left in each list: those that two documents of its part hold.
  private let counts: UnsafeMutablePointer<UInt32>
  private let passages: [Int]
  /// The documents; those of a part lie as they came until it is divided.
  private var order: PlainBuffer<UInt32>
  private var setAside: PlainBuffer<UInt32>
  /// Which half the document of each place of a part is in.
  private var sides: PlainBuffer<UInt8>
  private var places: SortedPlaces
  private var balance: TermBalance

  private static let leftSide: UInt8 = 0
  private static let rightSide: UInt8 = 1
  /// Passages of a range, whose bounds searches know.
  private static let rangeSize = 128
  /// So few documents stay in the order in which they came.
  private static let smallestPart = 16
  private static let mostRounds = 20
  /// The lists of documents are fetched so many places before they are read.
  private static let fetchedAhead = 8
  /// So few places are sorted; of more, only those near the cut.
  private static let sortedPlaces = 32
  /// After these rounds, those in which less than a thousandth of the documents change sides end the work on a part.
  private static let leastRounds = 6

  /// The numbers of the documents in their new order.
  ///
  /// - Parameter passages: how many passages each document has.
  static func order(of lists: consuming DocumentTerms, passages: [Int]) -> [Int] {
    var bisection = GraphBisection(lists, passages)
    bisection.divide(
      Part(
        documents: 0..<passages.count, firstPassage: 0, passageCount: passages.reduce(0, +),
        termCount: bisection.lists.termCount))
    return bisection.order.elements.map { Int($0) }
  }

  private init(_ lists: consuming DocumentTerms, _ passages: [Int]) {
    precondition(lists.documentCount == passages.count, "each document has a list and a number of passages")
    (starts, terms, counts) = (lists.starts.base, lists.terms.base, lists.counts.base)
    self.passages = passages
    order = PlainBuffer(capacity: passages.count)
    for document in passages.indices { order.append(UInt32(document)) }
    setAside = PlainBuffer(capacity: passages.count)
    sides = PlainBuffer(capacity: passages.count)
    places = SortedPlaces(capacity: passages.count)
    balance = TermBalance(documents: passages.count, terms: lists.termCount)
    self.lists = lists
  }

  /// Orders the documents of a part. A half has a quarter of the documents at least, so that the depth is logarithmic.
  private mutating func divide(_ part: Part) {
    guard part.documents.count > GraphBisection.smallestPart else { return }
    var cut = begin(part)
    for round in 1...GraphBisection.mostRounds {
      balance.weigh(
        part.termCount, leftPassages: cut.passages, rightPassages: part.passageCount - cut.passages)
      weighDocuments(part)
      cut = self.cut(part)
      let changes = exchange(part, cut)
      if changes == 0 || (round > GraphBisection.leastRounds && 1000 * changes < part.documents.count) { break }
    }
    separate(part)
    let middle = part.documents.lowerBound + cut.documents
    let first = Part(
      documents: part.documents.lowerBound..<middle, firstPassage: part.firstPassage, passageCount: cut.passages,
      termCount: TermBalance.number(balance.left.base, part.termCount))
    let second = Part(
      documents: middle..<part.documents.upperBound, firstPassage: part.firstPassage + cut.passages,
      passageCount: part.passageCount - cut.passages,
      termCount: TermBalance.number(balance.right.base, part.termCount))
    renumber(first, balance.left.base)
    renumber(second, balance.right.base)
    divide(first)
    divide(second)
  }

  /// Puts the documents that came first on the left.
  private mutating func begin(_ part: Part) -> Cut {
    balance.clear(part.termCount)
    let right = balance.right.base
    for place in 0..<part.documents.count {
      places.set(place, preference: 0, side: 0)
      sides.base[place] = GraphBisection.rightSide
      forEachTerm(of: order.base[part.documents.lowerBound + place]) { right[$0] &+= 1 }
    }
    let cut = cut(part)
    _ = exchange(part, cut)
    return cut
  }

  /// Cuts the documents of a part, by preference, where it is nearest to the middle of the passages, and sorts the places so far that
  /// those before the cut come before it.
  private mutating func cut(_ part: Part) -> Cut {
    let middle = part.firstPassage + part.passageCount / 2
    let aligned = (middle + GraphBisection.rangeSize / 2) / GraphBisection.rangeSize * GraphBisection.rangeSize
    let isInside = aligned > part.firstPassage && aligned < part.firstPassage + part.passageCount
    let target = (isInside ? aligned : middle) - part.firstPassage
    let fewest = part.documents.count / 4
    /// True where the left half is not longer than it should be with these documents.
    func isLeft(_ cut: Cut) -> Bool {
      cut.documents < fewest || (cut.documents <= part.documents.count - fewest && cut.passages <= target)
    }
    // Of what is split, only the one with the cut is looked at further.
    var cut = Cut(documents: 0, passages: 0)
    var end = part.documents.count
    while end - cut.documents > GraphBisection.sortedPlaces {
      let split = places.split(cut.documents..<end)
      var next = Cut(documents: split, passages: cut.passages)
      for index in cut.documents..<split { next.passages += passageCount(part, index) }
      if isLeft(next) { cut = next } else { end = split }
    }
    places.sort(cut.documents..<end)
    while cut.documents < end {
      let next = Cut(documents: cut.documents + 1, passages: cut.passages + passageCount(part, cut.documents))
      if !isLeft(next)
        && (next.documents > part.documents.count - fewest || next.passages - target > target - cut.passages)
      {
        break
      }
      cut = next
    }
    return cut
  }

  /// Passages of the document that is in so many by preference.
  private borrowing func passageCount(_ part: Part, _ index: Int) -> Int {
    passages[Int(order.base[part.documents.lowerBound + places.place(index)])]
  }

  /// Gives the documents of a part their preference: how much is saved where they are on the left rather than on the right.
  private mutating func weighDocuments(_ part: Part) {
    let documents = order.base + part.documents.lowerBound
    let last = part.documents.count - 1
    for place in 0...last {
      let ahead = Int(documents[min(place + GraphBisection.fetchedAhead, last)])
      Prefetch.bytes(terms + starts[ahead], count: 4 * Int(counts[ahead]))
      let side = sides.base[place]
      let savings = side == GraphBisection.leftSide ? balance.toRight.base : balance.toLeft.base
      var saving: Float = 0
      forEachTerm(of: documents[place]) { saving += savings[$0] }
      places.set(place, preference: side == GraphBisection.leftSide ? 0 - saving : saving, side: side)
    }
  }

  /// Puts the documents before the cut on the left and the others on the right. With documents of equal length, this is to
  /// exchange pairs, those that save most first, as long as a pair saves anything.
  ///
  /// - Returns: how many documents went to the left.
  private mutating func exchange(_ part: Part, _ cut: Cut) -> Int {
    let (left, right) = (balance.left.base, balance.right.base)
    var changes = 0
    for index in 0..<part.documents.count {
      let place = places.place(index)
      let side = index < cut.documents ? GraphBisection.leftSide : GraphBisection.rightSide
      if sides.base[place] == side { continue }
      sides.base[place] = side
      let document = order.base[part.documents.lowerBound + place]
      if side == GraphBisection.leftSide {
        changes += 1
        forEachTerm(of: document) { term in
          left[term] &+= 1
          right[term] &-= 1
        }
      } else {
        forEachTerm(of: document) { term in
          left[term] &-= 1
          right[term] &+= 1
        }
      }
    }
    return changes
  }

  /// Puts the documents of the left half before the others; in their halves they stay in the order in which they came.
  private mutating func separate(_ part: Part) {
    let documents = order.base + part.documents.lowerBound
    var (kept, set) = (0, 0)
    for place in 0..<part.documents.count {
      if sides.base[place] == GraphBisection.leftSide {
        documents[kept] = documents[place]
        kept += 1
      } else {
        setAside.base[set] = documents[place]
        set += 1
      }
    }
    (documents + kept).update(from: setAside.base, count: set)
  }

  /// Calls `body` with the terms that are left of a document.
  @inline(__always)
  private borrowing func forEachTerm(of document: UInt32, _ body: (Int) -> Void) {
    let list = terms + starts[Int(document)]
    for index in 0..<Int(counts[Int(document)]) { body(Int(list[index])) }
  }

  /// Puts the new numbers into the lists of a part and leaves out terms that have none.
  private borrowing func renumber(_ part: Part, _ numbers: UnsafeMutablePointer<UInt32>) {
    for place in part.documents {
      let document = Int(order.base[place])
      let list = terms + starts[document]
      var kept = 0
      for index in 0..<Int(counts[document]) {
        let number = numbers[Int(list[index])]
        list[kept] = number
        if number != .max { kept += 1 }
      }
      counts[document] = UInt32(kept)
    }
  }
}
