/// Refuses HTML that is made to be hard on a tree builder, before one is run.
///
/// Gumbo frees its tree by recursion, looks through all open elements for each tag, and compares each attribute of a tag
/// with the others; a linear look at the tags bounds all three.
struct HTMLComplexity {
  /// Browsers stop nesting at this depth too.
  static let deepest = 512
  static let mostAttributes = 2_000
  /// Unclosed formatting elements are opened again in each block: the most elements that may come of that.
  static let mostReopened = 20_000_000

  private let text: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var depth = 0
  private var formattingDepth = 0
  private var deepestFormatting = 0
  private var tags = 0

  /// Why the text is not parsed, or `nil` where it can be.
  static func excess(of text: UnsafeBufferPointer<UInt8>) -> String? {
    var scan = HTMLComplexity(text: text)
    return scan.excess()
  }

  private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  private mutating func excess() -> String? {
    while index < text.count {
      guard text[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      index += 1
      guard index < text.count else { break }
      let closes = text[index] == UInt8(ascii: "/")
      if closes { index += 1 }
      if !closes, starts(with: "!--", at: index) {
        index = offset(of: "-->", from: index + 3) ?? text.count
        continue
      }
      let name = readName()
      guard !name.isEmpty else { continue }
      let attributes = skipTag()
      if attributes > Self.mostAttributes { return "a tag has more than \(Self.mostAttributes) attributes" }
      count(name, closes: closes)
      if depth > Self.deepest { return "elements are nested, or left open, more than \(Self.deepest) deep" }
      if !closes, Self.rawElements.contains(name) {
        index = offset(of: "</" + name, from: index) ?? text.count
      }
    }
    if deepestFormatting * tags > Self.mostReopened { return "too many formatting elements are left open" }
    return nil
  }

  private mutating func count(_ name: String, closes: Bool) {
    tags += 1
    let isFormatting = Self.formattingElements.contains(name)
    if closes {
      if isFormatting { formattingDepth = max(formattingDepth - 1, 0) }
      if !Self.uncountedElements.contains(name) { depth = max(depth - 1, 0) }
    } else {
      if isFormatting {
        formattingDepth += 1
        deepestFormatting = max(deepestFormatting, formattingDepth)
      }
      if !Self.uncountedElements.contains(name) { depth += 1 }
    }
  }

  private mutating func readName() -> String {
    let start = index
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): index += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where index > start: index += 1
      default: return String(decoding: text[start..<min(index, start + 16)], as: UTF8.self).lowercased()
      }
    }
    return ""
  }

  /// Passes over the rest of a tag and returns how many attributes it may have.
  private mutating func skipTag() -> Int {
    var attributes = 0
    var isBetween = false
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: ">"): return attributes
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D, UInt8(ascii: "/"): isBetween = true
      case UInt8(ascii: "="):
        while index < text.count, text[index] <= 0x20 { index += 1 }
        if index < text.count, text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'") {
          let quote = text[index]
          index += 1
          while index < text.count, text[index] != quote { index += 1 }
          index += 1
          isBetween = true
        }
      default:
        if isBetween { attributes += 1 }
        isBetween = false
      }
    }
    return attributes
  }

  private func starts(with sought: String, at start: Int) -> Bool {
    var position = start
    for byte in sought.utf8 {
      guard position < text.count, text[position] == byte || Self.lowercased(text[position]) == byte else {
        return false
      }
      position += 1
    }
    return true
  }

  private func offset(of sought: String, from start: Int) -> Int? {
    guard let first = sought.utf8.first else { return nil }
    var position = start
    while position < text.count {
      if text[position] == first, starts(with: sought, at: position) { return position }
      position += 1
    }
    return nil
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  /// Elements whose content is no markup.
  private static let rawElements: Set<String> = ["script", "style", "textarea", "title"]

  /// Elements that hold nothing, and elements that end by themselves where another begins.
  private static let uncountedElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "a", "body", "button", "colgroup", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "head", "html", "li", "nobr",
    "optgroup", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
  ]

  /// Elements that HTML opens again in the next block when they were left open.
  private static let formattingElements: Set<String> = [
    "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u",
  ]
}
