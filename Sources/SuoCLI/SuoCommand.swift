import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The command `suo`.
@main
struct SuoCommand: ParsableCommand {
  /// The version of the program; the index format has one of its own.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "suo",
    abstract: "Full-text search for Chinese and English text.",
    discussion: """
      Index once, then search from anywhere:

        suo index ~/notes
        suo search 杏仁核
        suo search '"working memory" OR 工作记忆'

      The index lies in --index DIR, else in $SUO_INDEX, else in the user's data folder.
      """,
    version: "suo \(version)",
    subcommands: [
      IndexCommand.self, SearchCommand.self, WhyNotCommand.self, StatsCommand.self, CheckCommand.self,
      AnalyzeCommand.self, InspectCommand.self, BenchCommand.self, EvalCommand.self, ExportCommand.self,
      ImportCommand.self, CompletionsCommand.self,
    ])

  static func main() {
    // A reader that goes away is then an error of `write`, which ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      if let message = SubcommandSuggestion.message(for: arguments) { Termination(CommandError.usage(message)).end() }
      Termination(error).end()
    }
  }
}
