/// The words by which Chinese asks, a closed class, as a grammar over the folded characters of a query: 什么, 谁, 哪个, 多少.
///
///     interrogative = 为什么 | 为何 | 什么 [ 样 | 时候 ] | 甚么 | 怎么 [ 样 ] | 怎样 | 如何 | 是否 | 谁 | 啥
///                   | 多少 [ 个 ] | 几个 | 第几 | 几, before a measure | 哪 [ number ] [ class ] | 何 object
///                   | 多 degree, after 有 or at the end | 吗, 呢, at the end
///
/// Of two that begin at the same character the longer one counts, and none begins inside another.
enum Interrogatives {
  /// Those of one form, by their first character, the longest first.
  private static let fixed: [Unicode.Scalar: [[Unicode.Scalar]]] = {
    let words =
      "为什么 为何 什么时候 什么样 什么 甚么 怎么样 怎么 怎样 如何 是否 谁 啥 多少个 多少 几个 第几"
      .split(separator: " ").map { Array($0.unicodeScalars) }
    return Dictionary(grouping: words) { $0[0] }
  }()

  /// What 几 counts where it asks; 几乎, 几何 and 几内亚 are other words.
  private static let measures = Set("个年岁次种位名条座部天人月日号届场首支只家所间张件项层级倍分回度".unicodeScalars)
  /// What 哪 chooses from.
  private static let numbers = Set("一二两三四几".unicodeScalars)
  private static let classes = Set("个些里儿位种类方".unicodeScalars)
  /// With these 哪 is part of a name: 哪吒, 哪怕.
  private static let notChosen = Set("吒怕".unicodeScalars)
  /// What 何 asks for, unless 任何 or 几何 stands there.
  private static let objects = Set("时地处人种者物事年以谓为".unicodeScalars)
  private static let notAsking = Set("任几".unicodeScalars)
  /// What 多 asks the measure of.
  private static let degrees = Set("大久长高远重".unicodeScalars)
  private static let endings = Set("吗呢".unicodeScalars)

  /// For each unit of a text whether it belongs to an interrogative.
  ///
  /// - Parameter units: the simplified character of each unit, and nil for a unit of several letters.
  static func marks(in units: [Unicode.Scalar?]) -> [Bool] {
    var marks = Array(repeating: false, count: units.count)
    var unit = 0
    while unit < units.count {
      let length = length(at: unit, of: units)
      for marked in unit..<(unit + length) { marks[marked] = true }
      unit += max(length, 1)
    }
    return marks
  }

  /// How many units the interrogative takes that begins at a unit; 0 where none does.
  private static func length(at unit: Int, of units: [Unicode.Scalar?]) -> Int {
    guard let first = units[unit] else { return 0 }
    func isAt(_ place: Int, _ set: Set<Unicode.Scalar>) -> Bool {
      units.indices.contains(place) && units[place].map(set.contains) ?? false
    }
    if let word = fixed[first]?.first(where: { units[unit...].starts(with: $0) }) { return word.count }
    switch first {
    case "哪":
      if isAt(unit + 1, notChosen) { return 0 }
      var end = unit + 1
      if isAt(end, numbers) { end += 1 }
      if isAt(end, classes) { end += 1 }
      return end - unit
    case "何": return isAt(unit + 1, objects) && !isAt(unit - 1, notAsking) ? 2 : 0
    case "多": return isAt(unit + 1, degrees) && (isAt(unit - 1, ["有"]) || unit + 2 == units.count) ? 2 : 0
    case "几": return isAt(unit + 1, measures) ? 1 : 0
    default: return endings.contains(first) && unit + 1 == units.count ? 1 : 0
    }
  }
}
