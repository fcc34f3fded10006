import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

/// The listings in `docs/analyzers.md` are what the analyzers give.
@Suite struct AnalyzerDocumentationTests {
  /// The lines of each listing.
  private static func listings() throws -> [[String]] {
    let path = SharedData.packageFolder + "/docs/analyzers.md"
    let parts = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "```tokens\n").dropFirst()
    return parts.map { part in
      part.components(separatedBy: "\n```")[0].components(separatedBy: "\n")
    }
  }

  @Test func `Every listing is true`() throws {
    let listings = try Self.listings()
    #expect(listings.count == 8)
    for listing in listings {
      let title = try #require(listing.first).components(separatedBy: ": ")
      let text = title.dropFirst().joined(separator: ": ")
      let analyzed = AnalyzedText(text, by: try Analyzer(.named(title[0])))
      let lines = analyzed.tokens.map { token in
        let roles = (token.roles.contains(.scored) ? "s" : "") + (token.roles.contains(.positional) ? "p" : "")
        return "\(token.position)+\(token.length) \(token.kind.name) \(token.text)"
          + " \(token.source) \(analyzed.slice(token)) \(roles)"
      }
      #expect(lines == Array(listing.dropFirst()))
    }
  }

  @Test func `The example of a configuration can be read`() throws {
    let path = SharedData.packageFolder + "/docs/analyzers.md"
    let page = try String(contentsOfFile: path, encoding: .utf8)
    let example = try #require(page.components(separatedBy: "```json\n").dropFirst().first)
    let json = example.components(separatedBy: "\n```")[0]
    let description = try AnalyzerDescription(configuration: Array(json.utf8))
    #expect(description.filters == [.fold, .stemEnglish] && description.tokenizer == .bilingual)
  }
}
