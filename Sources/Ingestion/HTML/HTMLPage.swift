import CGumbo

/// Collects the title and the visible text of a page from Gumbo's tree.
struct HTMLPage {
  private let source: UnsafeBufferPointer<UInt8>
  private(set) var title: String?
  private(set) var text = HTMLText()

  /// An element whose children are being visited.
  private struct Frame {
    var node: UnsafeMutablePointer<GumboNode>
    var nextChild = 0
    var kind: TextBlock.Kind
    var isBlock: Bool
    var keepsBlanks: Bool
  }

  init(_ source: UnsafeBufferPointer<UInt8>) { self.source = source }

  mutating func read() {
    guard let base = source.baseAddress else { return }
    var options = kGumboDefaultOptions
    options.max_errors = 0
    let output = base.withMemoryRebound(to: CChar.self, capacity: source.count) {
      gumbo_parse_with_options(&options, $0, source.count)
    }
    guard let output else { return }
    defer { gumbo_destroy_output(&options, output) }
    if let root = output.pointee.root { walk(root) }
    text.beginBlock(.paragraph)
  }

  /// Visits the tree without recursion.
  private mutating func walk(_ root: UnsafeMutablePointer<GumboNode>) {
    var frames = [Frame(node: root, kind: .paragraph, isBlock: true, keepsBlanks: false)]
    while let frame = frames.last {
      let children = frame.node.pointee.v.element.children
      guard frame.nextChild < Int(children.length), let data = children.data[frame.nextChild] else {
        frames.removeLast()
        if frame.isBlock, let parent = frames.last { text.beginBlock(parent.kind) }
        continue
      }
      frames[frames.count - 1].nextChild += 1
      let child = data.assumingMemoryBound(to: GumboNode.self)
      switch child.pointee.type {
      case GUMBO_NODE_TEXT, GUMBO_NODE_CDATA, GUMBO_NODE_WHITESPACE:
        append(child.pointee.v.text, keepsBlanks: frame.keepsBlanks)
      case GUMBO_NODE_ELEMENT:
        if let next = enter(child, from: frame) { frames.append(next) }
      default:
        break
      }
    }
  }

  /// Begins an element; `nil` for one without visible text.
  private mutating func enter(_ node: UnsafeMutablePointer<GumboNode>, from parent: Frame) -> Frame? {
    let element = node.pointee.v.element
    switch element.tag {
    case GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_IFRAME,
      GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES:
      return nil
    case GUMBO_TAG_HEAD:
      readTitle(in: element)
      return nil
    case GUMBO_TAG_BR:
      text.appendSeparator(UInt8(ascii: "\n"))
      return nil
    case GUMBO_TAG_HR:
      text.beginBlock(parent.kind)
      text.setApart()
      return nil
    case GUMBO_TAG_TD, GUMBO_TAG_TH:
      text.appendSeparator(UInt8(ascii: "\t"))
      return Frame(node: node, kind: parent.kind, isBlock: false, keepsBlanks: parent.keepsBlanks)
    default: break
    }
    let keepsBlanks = parent.keepsBlanks || element.tag == GUMBO_TAG_PRE || element.tag == GUMBO_TAG_TEXTAREA
    guard let kind = Self.kind(of: element.tag, in: parent.kind) else {
      return Frame(node: node, kind: parent.kind, isBlock: false, keepsBlanks: keepsBlanks)
    }
    text.beginBlock(kind)
    return Frame(node: node, kind: kind, isBlock: true, keepsBlanks: keepsBlanks)
  }

  /// The kind of block that an element makes, or `nil` for one that stands within a line.
  private static func kind(of tag: GumboTag, in parent: TextBlock.Kind) -> TextBlock.Kind? {
    switch tag {
    case GUMBO_TAG_H1: .heading(level: 1, text: "")
    case GUMBO_TAG_H2: .heading(level: 2, text: "")
    case GUMBO_TAG_H3: .heading(level: 3, text: "")
    case GUMBO_TAG_H4: .heading(level: 4, text: "")
    case GUMBO_TAG_H5: .heading(level: 5, text: "")
    case GUMBO_TAG_H6: .heading(level: 6, text: "")
    case GUMBO_TAG_LI, GUMBO_TAG_DT, GUMBO_TAG_DD: .listItem
    case GUMBO_TAG_TR: .tableRow
    case GUMBO_TAG_PRE, GUMBO_TAG_LISTING, GUMBO_TAG_XMP, GUMBO_TAG_PLAINTEXT: .code
    case GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE,
      GUMBO_TAG_ASIDE, GUMBO_TAG_NAV, GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_MAIN, GUMBO_TAG_ADDRESS,
      GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL,
      GUMBO_TAG_TABLE, GUMBO_TAG_CAPTION, GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT, GUMBO_TAG_FORM,
      GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_CENTER, GUMBO_TAG_DIR,
      GUMBO_TAG_MENU, GUMBO_TAG_OPTION, GUMBO_TAG_TEXTAREA:
      .paragraph
    default: nil
    }
  }

  private mutating func readTitle(in head: GumboElement) {
    for index in 0..<Int(head.children.length) {
      guard title == nil, let data = head.children.data[index] else { continue }
      let node = data.assumingMemoryBound(to: GumboNode.self)
      guard node.pointee.type == GUMBO_NODE_ELEMENT, node.pointee.v.element.tag == GUMBO_TAG_TITLE else { continue }
      let children = node.pointee.v.element.children
      guard children.length > 0, let first = children.data[0] else { continue }
      let child = first.assumingMemoryBound(to: GumboNode.self)
      guard child.pointee.type == GUMBO_NODE_TEXT || child.pointee.type == GUMBO_NODE_WHITESPACE else { continue }
      let words = String(cString: child.pointee.v.text.text).split(whereSeparator: \.isWhitespace)
      if !words.isEmpty { title = words.joined(separator: " ") }
    }
  }

  private mutating func append(_ node: GumboText, keepsBlanks: Bool) {
    guard let base = source.baseAddress, let characters = node.text, let original = node.original_text.data else {
      return
    }
    // Where the parser moves text about, it may give the text a length that it does not have in the source.
    let start = min(max(UnsafeRawPointer(original) - UnsafeRawPointer(base), 0), source.count)
    let length = Int(bitPattern: UInt(node.original_text.length))
    let range = start..<(length >= 0 && length <= source.count - start ? start + length : source.count)
    // Gumbo ends the text with a zero byte and leaves none within it.
    var textLength = 0
    while characters[textLength] != 0 { textLength += 1 }
    characters.withMemoryRebound(to: UInt8.self, capacity: textLength) { pointer in
      let content = UnsafeBufferPointer(start: pointer, count: textLength)
      var alignment = HTMLTextAlignment(text: content, source: source, range: range)
      while let (character, written) = alignment.next() {
        text.append(UnsafeBufferPointer(rebasing: content[character]), source: written, keepsBlanks: keepsBlanks)
      }
    }
  }
}
