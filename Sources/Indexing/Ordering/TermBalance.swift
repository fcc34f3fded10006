import ByteStorage

/// How many documents on the left and on the right of a cut hold each term, and what that costs.
///
/// A term that `d` documents of a side of `p` passages hold costs about `d · log(p / (d + 1))` there, for its gaps.
struct TermBalance: ~Copyable {
  /// By term: documents on the left that hold it.
  private(set) var left: PlainBuffer<UInt32>
  /// By term: documents on the right that hold it.
  private(set) var right: PlainBuffer<UInt32>
  /// By term: what is saved where a document on the left goes to the right.
  private(set) var toRight: PlainBuffer<Float>
  /// By term: what is saved where a document on the right goes to the left.
  private(set) var toLeft: PlainBuffer<Float>
  /// By how much `d · log(d + 1)` grows from `d` to `d + 1`.
  private var growth: PlainBuffer<Float>

  init(documents: Int, terms: Int) {
    left = PlainBuffer(capacity: terms)
    right = PlainBuffer(capacity: terms)
    toRight = PlainBuffer(capacity: terms)
    toLeft = PlainBuffer(capacity: terms)
    growth = PlainBuffer(capacity: documents + 1)
    for count in 0...documents {
      let (d, next) = (Double(count), Double(count + 1))
      growth.append(Float(next * logarithm(next + 1) - d * logarithm(d + 1)))
    }
  }

  /// Begins to count: there are so many terms.
  mutating func clear(_ terms: Int) {
    left.base.update(repeating: 0, count: terms)
    right.base.update(repeating: 0, count: terms)
  }

  /// Computes what changes of sides save: the differences of the costs before and after.
  mutating func weigh(_ terms: Int, leftPassages: Int, rightPassages: Int) {
    let (left, right, toRight, toLeft) = (left.base, right.base, toRight.base, toLeft.base)
    let growth = growth.base
    let difference = Float(logarithm(Double(max(leftPassages, 1))) - logarithm(Double(max(rightPassages, 1))))
    for term in 0..<terms {
      let (l, r) = (Int(left[term]), Int(right[term]))
      toRight[term] = l == 0 ? 0 : difference + growth[r] - growth[l - 1]
      toLeft[term] = r == 0 ? 0 : growth[l] - growth[r - 1] - difference
    }
  }

  /// Puts numbers for the terms that two documents of a side or more hold in the place of how many do, and `.max` for the others.
  ///
  /// - Returns: how many terms have a number.
  static func number(_ holders: UnsafeMutablePointer<UInt32>, _ terms: Int) -> Int {
    var next: UInt32 = 0
    for term in 0..<terms {
      if holders[term] > 1 {
        holders[term] = next
        next += 1
      } else {
        holders[term] = .max
      }
    }
    return Int(next)
  }
}
