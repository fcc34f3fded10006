import ByteStorage
import SwiftProtobuf

/// A file of messages, each with its length in front, that takes its name when it is complete.
final class ExchangeFile {
  private let folder: StorageFolder
  private let name: String
  private let pending: String
  private let output: OutputFile

  /// Bytes written so far.
  var count: Int { output.count }

  init(path: String) throws(InterchangeError) {
    let slash = path.lastIndex(of: "/")
    folder = StorageFolder(slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
    name = String(path[(slash.map(path.index(after:)) ?? path.startIndex)...])
    pending = name + ".pending"
    do { output = try OutputFile(creating: folder.path(of: pending)) } catch { throw .file(error) }
  }

  deinit { folder.remove(pending) }

  /// Appends a message.
  ///
  /// - Parameter what: what the message is of, for the case that it is longer than a reader takes.
  func append(_ message: some Message, _ what: String) throws(InterchangeError) {
    let limit = MessageReader.longestMessage
    let bytes: [UInt8]
    do { bytes = try message.serializedBytes() } catch { throw .tooMuch(what: what, limit: limit) }
    guard bytes.count <= limit else { throw .tooMuch(what: what, limit: limit) }
    var length: [UInt8] = []
    length.append(variable: bytes.count)
    do throws(StorageError) {
      try output.append(length)
      try output.append(bytes)
    } catch { throw .file(error) }
  }

  /// Makes the file durable and gives it its name.
  func finish() throws(InterchangeError) {
    do throws(StorageError) {
      try output.synchronize()
      try folder.rename(pending, to: name)
    } catch { throw .file(error) }
  }
}
