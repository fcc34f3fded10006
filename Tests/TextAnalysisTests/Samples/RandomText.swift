import TestSupport

/// Random text put together from atoms whose folding is known, with the units that it has to give: a slow oracle that
/// knows nothing of ICU.
struct RandomText {
  /// What an atom is.
  enum Part {
    /// Joins a letter run, a digit run.
    case letter, digit
    /// A unit of its own.
    case unspaced, emoji
    /// Separates.
    case blank, punctuation
    /// Joins the unit before it and is kept, or is left out.
    case mark, invisible
  }

  struct Atom {
    var source: String
    var folded: String
    var part: Part
  }

  /// A unit as the oracle sees it.
  struct Unit: Equatable {
    var text: String
    var isUnspaced: Bool
    var source: Range<Int>
  }

  var text: [UInt8] = []
  var units: [Unit] = []

  private static func atoms(_ part: Part, _ pairs: [(String, String)]) -> [Atom] {
    pairs.map { Atom(source: $0.0, folded: $0.1, part: part) }
  }

  private static let groups: [[Atom]] = [
    atoms(
      .letter,
      [
        ("a", "a"), ("B", "b"), ("z", "z"), ("Ａ", "a"), ("ｇ", "g"), ("é", "e"), ("e\u{301}", "e"), ("Ü", "u"),
        ("ﬁ", "fi"), ("ß", "ss"), ("γ", "γ"), ("Ω", "ω"), ("ς", "σ"), ("ά", "α"), ("Й", "й"), ("и\u{306}", "й"),
        ("İ", "i"), ("㎎", "mg"), ("ø", "ø"), ("Ⅳ", "iv"), ("ﬀ", "ff"), ("ש", "ש"), ("ن", "ن"), ("क", "क"),
        ("ắ", "a"), ("K", "k"), ("ª", "a"), ("x\u{AD}", "x"), ("\u{1D400}", "a"), ("\u{10400}", "\u{10428}"),
      ]),
    atoms(.digit, [("0", "0"), ("7", "7"), ("２", "2"), ("٣", "٣"), ("1\u{FE0F}\u{20E3}", "1")]),
    atoms(
      .unspaced,
      [
        ("中", "中"), ("文", "文"), ("慮", "虑"), ("國", "国"), ("体", "体"), ("體", "体"), ("乾", "干"), ("𠮷", "𠮷"),
        ("\u{2F800}", "丽"), ("⼈", "人"), ("々", "々"), ("〇", "〇"), ("の", "の"), ("カ", "カ"), ("ｶ", "カ"),
        ("ｶﾞ", "ガ"), ("か\u{3099}", "が"), ("ー", "ー"), ("ㄅ", "ㄅ"), ("한", "한"), ("글", "글"),
        ("\u{1112}\u{1161}\u{11AB}", "한"), ("ก", "ก"), ("葛\u{E0100}", "葛"), ("㊙", "秘"), ("丽\u{FE00}", "丽"),
      ]),
    atoms(
      .emoji,
      [
        ("👍", "👍"), ("👍🏽", "👍🏽"), ("👨‍👩‍👧", "👨‍👩‍👧"), ("🇨🇳", "🇨🇳"), ("❤️", "❤"), ("❤", "❤"),
        ("🏴\u{E0067}\u{E0062}\u{E007F}", "🏴\u{E0067}\u{E0062}\u{E007F}"),
      ]),
    atoms(.blank, [(" ", ""), ("\n", ""), ("\u{3000}", ""), ("\u{A0}", ""), ("\u{200B}", ""), ("\t", "")]),
    atoms(
      .punctuation,
      [
        ("-", ""), ("'", ""), ("’", ""), (".", ""), ("，", ""), ("。", ""), ("…", ""), ("_", ""), ("#", ""), ("+", ""),
        ("·", ""), ("/", ""), ("《", ""), ("™", ""), ("→", ""), ("€", ""), (",", ""), (":", ""), ("\u{E000}", ""),
      ]),
    atoms(.mark, [("\u{903}", "\u{903}"), ("\u{93F}", "\u{93F}")]),
    atoms(.invisible, [("\u{2060}", ""), ("\u{FEFF}", ""), ("\u{200C}", "")]),
  ]

  private static let weights = [10, 4, 12, 2, 4, 5, 1, 1]

  /// A text of `count` atoms.
  init(count: Int, using generator: inout SeededGenerator) {
    var open: Part?
    for _ in 0..<count {
      var pick = Int.random(in: 0..<Self.weights.reduce(0, +), using: &generator)
      var group = 0
      while pick >= Self.weights[group] {
        pick -= Self.weights[group]
        group += 1
      }
      // Runs are made likely by repeating the group.
      for _ in 0..<Int.random(in: 1...(group < 3 ? 4 : 1), using: &generator) {
        append(Self.groups[group].randomElement(using: &generator)!, &open)
      }
    }
  }

  private mutating func append(_ atom: Atom, _ open: inout Part?) {
    let start = text.count
    text.append(contentsOf: atom.source.utf8)
    let range = start..<text.count
    switch atom.part {
    case .letter, .digit:
      if open == atom.part {
        units[units.count - 1].text += atom.folded
        units[units.count - 1].source = units[units.count - 1].source.lowerBound..<range.upperBound
      } else {
        units.append(Unit(text: atom.folded, isUnspaced: false, source: range))
        open = atom.part
      }
    case .unspaced, .emoji:
      units.append(Unit(text: atom.folded, isUnspaced: atom.part == .unspaced, source: range))
      open = atom.part
    case .mark:
      if open != nil {
        units[units.count - 1].text += atom.folded
        units[units.count - 1].source = units[units.count - 1].source.lowerBound..<range.upperBound
      }
    case .invisible:
      break
    case .blank, .punctuation:
      open = nil
    }
  }
}
