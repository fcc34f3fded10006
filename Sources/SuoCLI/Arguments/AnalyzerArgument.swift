import Suo

/// The value of `--analyzer`: a name, or the path of a configuration in JSON.
enum AnalyzerArgument {
  /// The analyzer that is meant.
  static func choice(_ argument: String) throws -> AnalyzerChoice {
    if AnalyzerChoice.names.contains(argument) || !(argument.contains("/") || argument.hasSuffix(".json")) {
      return try AnalyzerChoice(named: argument)
    }
    var input = try InputBytes(argument)
    let bytes = try input.readAll()
    do throws(SuoError) { return try AnalyzerChoice(configuration: bytes) } catch {
      throw CommandError.usage("\(argument): \(error)")
    }
  }
}
