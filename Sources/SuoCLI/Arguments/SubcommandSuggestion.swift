/// What to say where the first word is no command: the parser only calls it unexpected.
enum SubcommandSuggestion {
  /// The message, or nil where `arguments` begin with a command or an option.
  static func message(for arguments: [String]) -> String? {
    guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
    var known: [String] = []
    for command in SuoCommand.configuration.subcommands {
      if let name = command.configuration.commandName { known.append(name) }
    }
    known.append("help")
    guard !known.contains(word) else { return nil }
    var suggestion = ""
    if let nearest = known.min(by: { distance($0, word) < distance($1, word) }), distance(nearest, word) <= 2 {
      suggestion = "did you mean '\(nearest)'? "
    }
    return "there is no command '\(word)'; \(suggestion)the commands are \(known.joined(separator: ", ")); "
      + "to search for it: suo search '\(word)'"
  }

  /// The number of characters to insert, delete or replace to make one word of the other (Levenshtein, 1965).
  static func distance(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (index, character) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in second.indices {
        let replaced = diagonal + (second[column] == character ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }
}
