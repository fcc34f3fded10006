import ArgumentParser
import JSONText
import Suo
import TextAnalysis

/// `suo analyze`: how text is cut into tokens.
struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Show how text is cut into tokens.",
    discussion: """
      `scored` tokens are what words of a query meet; `positional` ones are what quotes are made of.

        suo analyze '5-羟色胺 and serotonin'
        suo analyze --analyzer english 'running runs' --json
        echo GABA能系统 | suo analyze
      """)

  @Argument(help: "The text; standard input where there is none, or for -.")
  var text: [String] = []

  @Option(help: ArgumentHelp("An analyzer's name, or a JSON file that describes one.", valueName: "analyzer"))
  var analyzer: String = AnalyzerChoice.bilingual.name

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let choice = try AnalyzerArgument.choice(analyzer)
    let source = try input()
    let analyzer: Analyzer
    do throws(AnalyzerError) { analyzer = try Analyzer(choice.description) } catch { throw SuoError(error) }
    var buffer = TokenBuffer()
    analyzer.analyze(source, into: &buffer)
    let output = OutputWriter()
    if json {
      try JSONOutput.write(
        ["analyzer": choice.description.encoded, "tokens": .array(buffer.tokens.map { encoded($0, buffer, source) })],
        to: output)
    } else {
      try write(buffer, source, to: output)
    }
    try output.flush()
  }

  private func input() throws(CommandError) -> String {
    guard text.isEmpty || text == ["-"] else { return text.joined(separator: " ") }
    var input = try InputBytes("-")
    guard let text = String(validating: try input.readAll(), as: UTF8.self) else {
      throw .failure("standard input: expected UTF-8")
    }
    return text
  }

  private func write(_ buffer: TokenBuffer, _ source: String, to output: OutputWriter) throws(OutputError) {
    var table = TextTable([
      ("token", .leading), ("kind", .leading), ("roles", .leading), ("position", .trailing), ("units", .trailing),
      ("bytes", .leading), ("source", .leading),
    ])
    for token in buffer.tokens {
      table.append([
        buffer.text(of: token), token.kind.name, AnalyzeCommand.roles(token).joined(separator: " "),
        String(token.position), String(token.positionLength), "\(token.sourceStart)–\(token.sourceEnd)",
        AnalyzeCommand.slice(source, token),
      ])
    }
    try table.write(to: output)
  }

  private func encoded(_ token: Token, _ buffer: TokenBuffer, _ source: String) -> JSONValue {
    [
      "token": .string(buffer.text(of: token)), "kind": .string(token.kind.name),
      "roles": .array(AnalyzeCommand.roles(token).map { .string($0) }),
      "position": .integer(Int(token.position)), "units": .integer(Int(token.positionLength)),
      "start": .integer(Int(token.sourceStart)), "end": .integer(Int(token.sourceEnd)),
      "source": .string(AnalyzeCommand.slice(source, token)),
    ]
  }

  private static func roles(_ token: Token) -> [String] {
    (token.roles.contains(.scored) ? ["scored"] : []) + (token.roles.contains(.positional) ? ["positional"] : [])
  }

  private static func slice(_ source: String, _ token: Token) -> String {
    let bytes = source.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: Int(token.sourceStart))
    return String(decoding: bytes[start..<bytes.index(bytes.startIndex, offsetBy: Int(token.sourceEnd))], as: UTF8.self)
  }
}
