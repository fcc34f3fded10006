import Foundation
import JSONText
import TestSupport
import Testing

/// What a run of the built `suo` did.
struct CommandRun {
  let status: Int32
  /// What it wrote to standard output.
  let output: String
  /// What it wrote to standard error.
  let messages: String

  /// The lines of the output.
  var lines: [Substring] { output.split(separator: "\n") }

  /// Runs `suo` and waits for its end.
  ///
  /// - Parameters:
  ///   - environment: set beside `HOME`, which is a folder that holds nothing, and `PATH`.
  ///   - outputPath: a file that gets the output instead.
  static func suo(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], outputPath: String? = nil,
    currentFolder: String? = nil
  ) throws -> CommandRun {
    let folder = TemporaryFolder()
    let inputPath = folder.path(of: "input")
    try Data(input).write(to: URL(fileURLWithPath: inputPath))
    let standardOutput = try writable(outputPath ?? folder.path(of: "output"), creates: outputPath == nil)
    let standardError = try writable(folder.path(of: "messages"), creates: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: currentFolder ?? SharedData.packageFolder)
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputPath))
    process.standardOutput = standardOutput
    process.standardError = standardError
    try process.run()
    process.waitUntilExit()
    let output = outputPath == nil ? try Data(contentsOf: URL(fileURLWithPath: folder.path(of: "output"))) : Data()
    let messages = try Data(contentsOf: URL(fileURLWithPath: folder.path(of: "messages")))
    return CommandRun(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      messages: String(decoding: messages, as: UTF8.self))
  }

  /// The built command, which lies beside the tests.
  static let executable: String = {
    #if os(macOS)
      let folder = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
      return (folder ?? Bundle.main.bundleURL).appendingPathComponent("suo").path
    #else
      return Bundle.main.bundleURL.appendingPathComponent("suo").path
    #endif
  }()

  /// An index of the sample notes, built once for all tests that only read it.
  static let notesIndex: String = {
    let path = URL(fileURLWithPath: executable).deletingLastPathComponent()
      .appendingPathComponent("SuoCLITests.index").path
    do {
      let run = try suo(["index", "seeds/notes", "--index", path, "--quiet"])
      precondition(run.status == 0, run.messages)
    } catch {
      preconditionFailure("\(executable): \(error)")
    }
    return path
  }()

  /// Runs `suo search` on the index of the sample notes.
  static func search(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandRun {
    try suo(["search", "--index", notesIndex] + arguments, environment: environment)
  }

  /// The output as one JSON value.
  func json() throws -> JSONValue { try JSONValue(parsing: output) }

  private static func writable(_ path: String, creates: Bool) throws -> FileHandle {
    if creates { try Data().write(to: URL(fileURLWithPath: path)) }
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }
}
