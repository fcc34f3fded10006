import ArgumentParser
import Retrieval
import Suo

/// `suo why-not`: why a document is not found, or why it stands where it stands.
struct WhyNotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why-not",
    abstract: "Tell why a document is not found.",
    discussion: """
      Compares each part of a query with a document, named by its id or path:
      what is missing, and what stands there instead. Where the document is
      found, its score stands beside that of the hit before it.

        suo why-not notes/sleep.md '"deep sleep" 记忆'

      Exits with 0 where the document is found, with 1 where it is not.
      """)

  @Argument(help: "The document's id or path, as `suo search` prints them.")
  var document: String

  @Argument(help: "The query; several words are one query.")
  var query: [String]

  @OptionGroup var location: IndexLocation

  @Option(name: .customLong("lang"), help: ArgumentHelp("Only passages of this language.", valueName: "language"))
  var language: Language?

  @OptionGroup var scoring: ScoringArguments

  @OptionGroup var evidence: EvidenceArguments

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard query.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else { throw ValidationError("expected a query") }
    try evidence.requireReranking(scoring.model == nil, advice: "--like reranks no hits, so leave it out")
  }

  func run() throws {
    let text = query.joined(separator: " ")
    let index = try location.open()
    let lookup: DocumentLookup
    do throws(SuoError) {
      let parsed = try Query(text)
      try index.requirePositions(for: parsed.node)
      do throws(RetrievalError) {
        lookup = try index.withSearcher(
          scoring.options(weighsTerms: true, reranks: true, evidence: evidence)
        ) { searcher throws(RetrievalError) in
          try searcher.diagnose(document, parsed.node, language: language)
        }
      } catch { throw SuoError(error) }
    } catch {
      guard case .invalidQuery(let column, let reason) = error else { throw error }
      throw CommandError.malformedQuery(query: text, column: column, reason: reason)
    }
    switch lookup {
    case .unknown(let nearest):
      let known = nearest.isEmpty ? "`suo inspect documents` lists them" : "there is \(nearest.joined(separator: ", "))"
      throw CommandError.failure("no document has the id or path '\(document)'; \(known)")
    case .found(let diagnosis):
      let report = DiagnosisReport(query: text, diagnosis)
      let output = OutputWriter()
      if json { try JSONOutput.write(report.json, to: output) } else { try report.write(to: output) }
      try output.flush()
      if diagnosis.standing == nil { throw CommandError.finished(.nothingFound) }
    }
  }
}
