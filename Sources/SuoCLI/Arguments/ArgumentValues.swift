public import ArgumentParser
import IndexFormat
public import Suo

// Values of options that are named as they are elsewhere.

extension Language: ExpressibleByArgument {}
extension ScoringModel: ExpressibleByArgument {}
extension LengthPrecision: ExpressibleByArgument {}
extension SourceOptions.Format: ExpressibleByArgument {}
extension BenchTask: ExpressibleByArgument {}

extension SegmentSection: ExpressibleByArgument {
  /// The section of this name.
  public init?(argument: String) { self.init(named: argument) }

  /// The names for help and completion.
  public static var allValueStrings: [String] { allCases.map(\.name) }
}
