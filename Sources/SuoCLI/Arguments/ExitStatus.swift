/// How the program ends, for scripts; `docs/cli.md` describes each.
enum ExitStatus: Int32 {
  /// Done; for a search, with hits.
  case success = 0
  /// The search found nothing, or the check found damage.
  case nothingFound = 1
  /// Something that was named cannot be read, or the system failed.
  case failure = 2
  /// The index was built, and some files or records are not in it.
  case indexedWithGaps = 3
  /// The command line or the query is malformed (`EX_USAGE`).
  case usage = 64
  /// Results could not be written (`EX_IOERR`).
  case outputFailed = 74
  /// Another process is writing to the index (`EX_TEMPFAIL`).
  case locked = 75
}

/// Why a command ends early.
enum CommandError: Error {
  /// The command line asks for what there is not.
  case usage(String)
  /// What was named cannot be read or written.
  case failure(String)
  /// The query is malformed; `column` counts its characters from 1.
  case malformedQuery(query: String, column: Int?, reason: String)
  /// Everything has been said; only the status is left.
  case finished(ExitStatus)
}
