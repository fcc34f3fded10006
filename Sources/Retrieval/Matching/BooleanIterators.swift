import IndexFormat

/// Walks through the passages that any of several iterators matches; the score is the sum of those that do.
final class UnionIterator: PassageIterator {
  private let drivers: [PassageIterator]
  private let boosters: [PassageIterator]

  /// - Parameter boosters: add to the score where they match, and match nothing themselves.
  init(_ drivers: [PassageIterator], boosters: [PassageIterator] = []) {
    self.drivers = drivers
    self.boosters = boosters
    hasStarted = false
  }

  private var hasStarted: Bool

  override var cost: Int { drivers.reduce(0) { $0 + $1.cost } }

  override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
    var least = PassageIterator.exhausted
    for driver in drivers {
      if !hasStarted || driver.passage < target { _ = try driver.advance(to: target) }
      least = min(least, driver.passage)
    }
    hasStarted = true
    return stand(at: least)
  }

  override func score() throws(IndexError) -> Double {
    var sum = 0.0
    for iterator in try matching() { sum += try iterator.score() }
    return sum
  }

  override func explain() throws(IndexError) -> [ScorePart] {
    var parts: [ScorePart] = []
    for iterator in try matching() { parts += try iterator.explain() }
    return parts
  }

  private func matching() throws(IndexError) -> [PassageIterator] {
    var matching = drivers.filter { $0.passage == passage }
    for booster in boosters where try booster.advance(to: passage) == passage { matching.append(booster) }
    return matching
  }
}

/// Walks through the passages that all required iterators match and no prohibited one; optional ones add to the score.
final class IntersectionIterator: PassageIterator {
  /// By rising cost: the one that matches least leads.
  private let required: [PassageIterator]
  /// In the order of the query, in which scores are added.
  private let scored: [PassageIterator]
  private let optional: [PassageIterator]
  private let prohibited: [PassageIterator]

  init(required: [PassageIterator], optional: [PassageIterator], prohibited: [PassageIterator]) {
    scored = required
    self.required = required.sorted { $0.cost < $1.cost }
    self.optional = optional
    self.prohibited = prohibited
  }

  override var cost: Int { required[0].cost }

  override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
    var target = target
    search: while true {
      for iterator in required {
        let found = try iterator.advance(to: target)
        if found == PassageIterator.exhausted { return stand(at: found) }
        if found > target {
          target = found
          continue search
        }
      }
      for iterator in prohibited where try iterator.advance(to: target) == target {
        target += 1
        continue search
      }
      return stand(at: target)
    }
  }

  override func score() throws(IndexError) -> Double {
    var sum = 0.0
    for iterator in scored { sum += try iterator.score() }
    for iterator in optional where try iterator.advance(to: passage) == passage { sum += try iterator.score() }
    return sum
  }

  override func explain() throws(IndexError) -> [ScorePart] {
    var parts: [ScorePart] = []
    for iterator in scored { parts += try iterator.explain() }
    for iterator in optional where try iterator.advance(to: passage) == passage { parts += try iterator.explain() }
    return parts
  }
}

/// Matches what another iterator matches, and scores nothing.
final class UnscoredIterator: PassageIterator {
  private let inner: PassageIterator

  init(_ inner: PassageIterator) { self.inner = inner }

  override var cost: Int { inner.cost }

  override func advance(to target: UInt32) throws(IndexError) -> UInt32 { stand(at: try inner.advance(to: target)) }
  override func score() throws(IndexError) -> Double { 0 }
  override func explain() throws(IndexError) -> [ScorePart] { [] }
}

/// Matches nothing.
final class EmptyIterator: PassageIterator {
  override var cost: Int { 0 }

  override func advance(to target: UInt32) throws(IndexError) -> UInt32 { stand(at: PassageIterator.exhausted) }
  override func score() throws(IndexError) -> Double { 0 }
  override func explain() throws(IndexError) -> [ScorePart] { [] }
}

/// Walks through postings that were gathered from several terms: passages with summed frequencies.
final class GatheredIterator: PassageIterator {
  private let postings: [(passage: UInt32, frequency: UInt32)]
  private let scoring: TermScoring
  private let lengths: LengthTable
  private var index = 0

  init(_ postings: [(passage: UInt32, frequency: UInt32)], _ scoring: TermScoring, lengths: LengthTable) {
    self.postings = postings
    self.scoring = scoring
    self.lengths = lengths
  }

  override var cost: Int { postings.count }

  override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
    while index < postings.count && postings[index].passage < target { index += 1 }
    return stand(at: index < postings.count ? postings[index].passage : PassageIterator.exhausted)
  }

  override func score() throws(IndexError) -> Double {
    Double(scoring.score(frequency: postings[index].frequency, length: lengths[passage]))
  }

  override func explain() throws(IndexError) -> [ScorePart] {
    [scoring.part(frequency: postings[index].frequency, length: lengths[passage])]
  }
}
