/// Why an analyzer cannot be made.
package enum AnalyzerError: Error, Equatable, Sendable {
  /// A library failed to open one of its services; `code` is the library's own name of the failure.
  case serviceUnavailable(service: String, code: String)
  /// A configuration names no known tokenizer, filter or analyzer; `allowed` lists what there is.
  case unknownName(kind: String, name: String, allowed: [String])
  /// A configuration file is not of the expected form; `reason` says where and why.
  case malformedConfiguration(reason: String)
}

extension AnalyzerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .serviceUnavailable(let service, let code):
      "cannot open the \(service) (\(code)); check that the library and its data are installed"
    case .unknownName(let kind, let name, let allowed):
      "unknown \(kind) '\(name)'; choose one of: \(allowed.joined(separator: ", "))"
    case .malformedConfiguration(let reason):
      "malformed analyzer configuration: \(reason)"
    }
  }
}
