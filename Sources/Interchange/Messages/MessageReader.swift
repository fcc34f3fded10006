import ByteStorage
import SwiftProtobuf

/// Reads messages that follow each other in a file, each with its length in front.
struct MessageReader {
  /// The path for messages to people.
  let file: String
  /// Where the next message begins.
  var offset = 0
  private let view: ByteView

  /// No reader of Protocol Buffers takes a longer message.
  static let longestMessage = Int(Int32.max)

  init(_ mapped: MappedFile) {
    file = mapped.path
    view = mapped.view
  }

  /// Bytes after what was read.
  var remaining: Int { view.count - offset }

  /// The first bytes of the file.
  func firstBytes(_ count: Int) -> [UInt8] { view.withBytes { Array($0.prefix(count)) } }

  /// Reads the next message.
  ///
  /// - Parameter what: what is expected there, for messages to people.
  mutating func next<Content: Message>(_ type: Content.Type, _ what: String) throws(InterchangeError) -> Content {
    let bytes = try nextBytes(what)
    // What a later version of the format adds is of no use here.
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    do {
      return try bytes.withBytes { buffer in try Content(serializedBytes: buffer.bytes, options: options) }
    } catch {
      offset = start
      throw malformed("expected \(what) of \(bytes.count) bytes, found others (\(error))")
    }
  }

  /// Where the message that was read last begins.
  private(set) var start = 0

  /// The error for the message that was read last.
  func malformed(_ reason: String) -> InterchangeError { .malformed(file: file, offset: start, reason: reason) }

  private mutating func nextBytes(_ what: String) throws(InterchangeError) -> ByteView {
    start = offset
    do throws(StorageError) {
      var cursor = ByteCursor(view, offset: offset)
      let length = try cursor.readVariable(atMost: MessageReader.longestMessage)
      guard length <= cursor.remaining else {
        throw .inconsistent(
          reason: "expected \(what) of \(length) bytes, but the file ends after \(cursor.remaining); it is cut short")
      }
      let bytes = try cursor.readBytes(length)
      offset = cursor.offset
      return bytes
    } catch {
      switch error {
      case .inconsistent(let reason): throw malformed(reason)
      case .malformedInteger: throw malformed("expected the length of \(what), found no number")
      default: throw malformed("expected the length of \(what), but the file ends there; it is cut short")
      }
    }
  }
}
