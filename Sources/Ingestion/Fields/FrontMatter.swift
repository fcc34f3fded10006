import SearchModel
import Yams

/// The YAML between two lines of `---` at the beginning of a file.
struct FrontMatter {
  /// From the first mark to behind the line end of the second.
  var range: Range<Int>
  var title: String?
  var fields: [Field]
  /// Why the fields could not be read, and on which line of the file, where that is known.
  var problem: (line: Int?, reason: String)?

  /// More front matter than this is no front matter.
  private static let longest = 1 << 20

  /// Where front matter stands at the beginning of a text: the whole with its marks, and the YAML between them.
  static func ranges(in text: UnsafeBufferPointer<UInt8>) -> (whole: Range<Int>, yaml: Range<Int>)? {
    guard let first = lineEnd(from: 0, in: text), isMark(0..<first.content, of: text, "---") else { return nil }
    var start = first.next
    while start < text.count, start < longest {
      let content = lineEnd(from: start, in: text)?.content ?? text.count
      let next = lineEnd(from: start, in: text)?.next ?? text.count
      if isMark(start..<content, of: text, "---") || isMark(start..<content, of: text, "...") {
        return (0..<next, first.next..<start)
      }
      start = next
    }
    return nil
  }

  /// Reads the front matter of a text, or gives `nil` where it has none.
  init?(of text: UnsafeBufferPointer<UInt8>) {
    guard let (whole, yaml) = Self.ranges(in: text) else { return nil }
    range = whole
    fields = []
    let bytes = text[yaml]
    if let reason = Self.excess(in: bytes) {
      problem = (nil, reason)
      return
    }
    do {
      let node = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
      guard let node else { return }
      guard case .mapping(let mapping) = node else {
        problem = (2, "not a list of keys and values")
        return
      }
      var reader = YAMLFieldReader()
      for (key, value) in mapping {
        guard let name = key.scalar?.string else {
          problem = (nil, "a key is no plain text")
          continue
        }
        if name == "title", let scalar = value.scalar {
          let text = scalar.string.trimmedBlanks
          title = text.isEmpty ? nil : text
        } else {
          reader.read(name: name, value: value)
        }
      }
      if reader.isExhausted {
        problem = (nil, "more than \(YAMLFieldReader.mostValues) values")
      } else {
        fields = reader.fields
      }
    } catch let error as YamlError {
      problem = Self.problem(error)
    } catch {
      problem = (nil, "\(error)")
    }
  }

  private static func lineEnd(from start: Int, in text: UnsafeBufferPointer<UInt8>) -> (content: Int, next: Int)? {
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte == 0x0A { return (index, index + 1) }
      if byte == 0x0D { return (index, index + 1 < text.count && text[index + 1] == 0x0A ? index + 2 : index + 1) }
      index += 1
    }
    return nil
  }

  private static func isMark(_ line: Range<Int>, of text: UnsafeBufferPointer<UInt8>, _ mark: StaticString) -> Bool {
    guard line.count >= 3, (0..<3).allSatisfy({ text[line.lowerBound + $0] == mark.utf8Start[$0] }) else {
      return false
    }
    return text[line].dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Why YAML is not given to its parser, which follows nesting by recursion.
  private static func excess(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    let deepest = 64
    var flow = 0
    var compact = 0
    var isAtLineStart = true
    for byte in bytes {
      switch byte {
      case 0x0A, 0x0D:
        isAtLineStart = true
        compact = 0
      case UInt8(ascii: "["), UInt8(ascii: "{"): flow += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): flow = max(flow - 1, 0)
      // `- - -` opens a list with each mark, and `? ` a key; blanks before them open nothing by themselves.
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isAtLineStart { compact += 1 }
      case 0x20, 0x09: break
      default: isAtLineStart = false
      }
      if flow > deepest || (compact > deepest && isAtLineStart) { return "nested more than \(deepest) deep" }
    }
    return nil
  }

  private static func problem(_ error: YamlError) -> (line: Int?, reason: String) {
    switch error {
    // The first line of the YAML is the second of the file; libyaml counts from 0, Yams' marks from 1.
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (mark.line + 1, problem)
    case .duplicatedKeysInMapping(let duplicates, _):
      (nil, "a key stands twice: \(duplicates)")
    default:
      (nil, "not YAML")
    }
  }
}
