import Foundation
import TestSupport
import Testing

@Suite struct OutputFailureTests {
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskIsAnError() throws {
    for arguments in [
      ["search", "--index", CommandRun.notesIndex, "sleep"], ["stats", "--index", CommandRun.notesIndex],
      ["--help"], ["--version"], ["analyze", "text"], ["search", "--index", CommandRun.notesIndex, "sleep", "--json"],
    ] {
      let run = try CommandRun.suo(arguments, outputPath: "/dev/full")
      #expect(run.status == 74, "\(arguments)")
      #expect(run.messages.contains("standard output: cannot be written"), "\(arguments)")
    }
  }

  @Test func aReaderThatGoesAwayIsNone() throws {
    let process = Process()
    let pipe = Pipe()
    let messages = Pipe()
    process.executableURL = URL(fileURLWithPath: CommandRun.executable)
    process.arguments = ["search", "--index", CommandRun.notesIndex, "--topics", "seeds/topics.tsv"]
    process.currentDirectoryURL = URL(fileURLWithPath: SharedData.packageFolder)
    process.standardOutput = pipe
    process.standardError = messages
    try process.run()
    try pipe.fileHandleForWriting.close()
    // The run is longer than a pipe holds, so that a write fails whenever the reader goes.
    try pipe.fileHandleForReading.close()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
    #expect(messages.fileHandleForReading.readDataToEndOfFile().isEmpty)
  }
}
