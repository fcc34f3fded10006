import ArgumentParser
import Evaluation
import IndexFormat
import Interchange
import Retrieval
import Suo

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Turns what a command threw into a message and an exit status.
struct Termination {
  private let message: String
  private let status: ExitStatus
  /// Help and the version are what was asked for, and so are data.
  private let isData: Bool

  init(_ error: any Error) {
    var message = ""
    var status = ExitStatus.failure
    var isData = false
    switch error {
    case let error as CommandError:
      switch error {
      case .usage(let text): (message, status) = (text, .usage)
      case .failure(let text): message = text
      case .malformedQuery(let query, let column, let reason):
        (message, status) = (QueryComplaint(query: query, column: column, reason: reason).text, .usage)
      case .finished(let given): status = given
      }
    case let error as OutputError:
      switch error {
      case .readerGone: status = .success
      case .failed: (message, status) = (error.description, .outputFailed)
      }
    case let error as SuoError: (message, status) = Self.explain(error)
    case let error as RetrievalError: (message, status) = Self.explain(SuoError(error))
    case let error as IndexError: (message, status) = Self.explain(SuoError(error))
    case let error as InterchangeError: (message, status) = Self.explain(error)
    case let error as TopicsError: message = error.description
    case let error as EvaluationError: message = error.description
    default:
      let code = SuoCommand.exitCode(for: error)
      message = SuoCommand.fullMessage(for: error)
      if message.hasPrefix("Error: ") { message.removeFirst("Error: ".count) }
      status = code.isSuccess ? .success : .usage
      isData = code.isSuccess
    }
    (self.message, self.status, self.isData) = (message, status, isData)
  }

  private static func explain(_ error: InterchangeError) -> (String, ExitStatus) {
    switch error {
    case .index(let error): explain(SuoError(error))
    case .analyzer(let error): explain(SuoError(error))
    case .malformed, .tooMuch, .file: (error.description, .failure)
    }
  }

  private static func explain(_ error: SuoError) -> (String, ExitStatus) {
    switch error {
    case .invalidQuery, .invalidAnalyzer: (error.description, .usage)
    case .locked: (error.description, .locked)
    case .noIndex, .unreadableIndex, .differentAnalyzer, .noTexts, .unreadableSource, .system:
      (error.description, .failure)
    }
  }

  /// Prints the message and ends the process.
  func end() -> Never { exit(finish()) }

  private func finish() -> Int32 {
    guard !message.isEmpty else { return status.rawValue }
    guard isData else {
      Messages.write(message)
      return status.rawValue
    }
    do throws(OutputError) {
      let output = OutputWriter()
      try output.line(message)
      try output.flush()
      return status.rawValue
    } catch {
      return Termination(error).finish()
    }
  }
}
