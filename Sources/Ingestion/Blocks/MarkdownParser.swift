import CCommonMark

/// Owns a cmark parser that knows tables.
struct MarkdownParser: ~Copyable {
  private let parser: OpaquePointer

  private static let isRegistered: Bool = {
    cmark_gfm_core_extensions_ensure_registered()
    return true
  }()

  init?() {
    guard Self.isRegistered, let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
    if let tables = cmark_find_syntax_extension("table") { cmark_parser_attach_syntax_extension(parser, tables) }
    self.parser = parser
  }

  deinit { cmark_parser_free(parser) }

  /// The document, which the caller frees.
  consuming func parse(_ bytes: [UInt8]) -> OpaquePointer? {
    bytes.withUnsafeBytes { buffer in
      cmark_parser_feed(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    return cmark_parser_finish(parser)
  }
}
