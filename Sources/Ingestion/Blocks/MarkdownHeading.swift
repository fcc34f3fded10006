import CCommonMark

/// Reads the text of a Markdown heading without any markup.
enum MarkdownHeading {
  /// A heading of more bytes is cut before it is read, because it would be cut in the path anyway.
  private static let longest = 2 << 10

  /// - Parameter block: the whole heading, with its marks.
  static func text(of block: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    guard block.count <= longest, let parser = MarkdownParser(), let document = parser.parse(Array(block)) else {
      return HeadingText.plain(withoutMarks(block))
    }
    defer { cmark_node_free(document) }
    var text: [UInt8] = []
    let iterator = cmark_iter_new(document)
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { break }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
      switch String(cString: cmark_node_get_type_string(node)) {
      case "text", "code":
        guard let literal = cmark_node_get_literal(node) else { break }
        text.append(contentsOf: String(cString: literal).utf8)
      case "softbreak", "linebreak":
        text.append(0x20)
      default: break
      }
    }
    return text.withUnsafeBufferPointer { HeadingText.collapsed($0[...]) }
  }

  private static func withoutMarks(_ block: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    block.drop { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: ">") || $0 <= 0x20 }
  }
}
