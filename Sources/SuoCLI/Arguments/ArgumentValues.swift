public import ArgumentParser
import IndexFormat
public import Suo

// Values of options that are named as they are elsewhere.

extension Language: ExpressibleByArgument {}
extension SourceOptions.Format: ExpressibleByArgument {}
extension BenchTask: ExpressibleByArgument {}

extension SegmentSection: ExpressibleByArgument {
  public init?(argument: String) { self.init(named: argument) }

  public static var allValueStrings: [String] { allCases.map(\.name) }
}
