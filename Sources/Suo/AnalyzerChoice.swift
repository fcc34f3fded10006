package import TextAnalysis

/// An analyzer: how text is cut into what is searched.
public struct AnalyzerChoice: Sendable, Hashable {
  package let description: AnalyzerDescription

  package init(_ description: AnalyzerDescription) { self.description = description }

  /// The default: Chinese, English, Japanese and Korean in one text, without a language setting.
  public static let bilingual = AnalyzerChoice(.bilingual)

  /// The names of the analyzers that need no configuration, the default first.
  public static var names: [String] { AnalyzerDescription.builtIn.map(\.name) }

  /// The name.
  public var name: String { description.name }

  /// The analyzer of this name.
  ///
  /// - Throws: `SuoError.invalidAnalyzer`, which lists the names that there are.
  public init(named name: String) throws(SuoError) {
    do { description = try .named(name) } catch { throw SuoError(error) }
  }

  /// The analyzer that a configuration describes: a JSON object with `name`, `tokenizer` and `filters`.
  ///
  /// - Throws: `SuoError.invalidAnalyzer`, which says where the configuration is not as expected.
  public init(configuration: [UInt8]) throws(SuoError) {
    do { description = try AnalyzerDescription(configuration: configuration) } catch { throw SuoError(error) }
  }
}
