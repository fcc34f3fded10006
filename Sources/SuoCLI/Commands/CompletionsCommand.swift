import ArgumentParser

/// `suo completions`: a script that teaches a shell the commands and options.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a completion script for a shell.",
    discussion: """
        suo completions bash > ~/.local/share/bash-completion/completions/suo
        suo completions zsh > ~/.zsh/completions/_suo
        suo completions fish > ~/.config/fish/completions/suo.fish
      """)

  /// The shells that scripts can be made for.
  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash
    case zsh
    case fish

    var completionShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "The shell.")
  var shell: Shell

  func run() throws {
    let output = OutputWriter()
    try output.line(SuoCommand.completionScript(for: shell.completionShell))
    try output.flush()
  }
}
