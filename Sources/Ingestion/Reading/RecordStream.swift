import SearchModel
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Cuts a source with records into units of whole lines, in bounded memory.
struct RecordStream {
  /// Bytes of a unit where the caller has no wish: enough to keep a thread busy for milliseconds, little enough to keep
  /// several threads busy with one file.
  static let unitSize = 1 << 20

  private let file: OpenFile
  private let path: String
  private let name: String
  private let format: SourceFormat
  private let largestRecord: Int
  private let memory: RecordLines.Memory
  /// Bytes that are read and not handed out yet: the beginning of a line.
  private var rest: [UInt8] = []
  private var offset = 0
  private var line = 1
  private var isAtEnd = false
  private var isFirst = true
  /// True from the first call until `start` has been looked at.
  private var hasUnseenStart = true

  /// - Parameters:
  ///   - memory: where units of this source and of others find their memory.
  ///   - start: bytes that were read from `file` already.
  init(
    file: OpenFile, path: String, name: String, format: SourceFormat, largestRecord: Int, memory: RecordLines.Memory,
    start: [UInt8] = []
  ) {
    self.file = file
    self.path = path
    self.name = name
    self.format = format
    self.largestRecord = largestRecord
    self.memory = memory
    rest = start
  }

  /// The next unit, or `nil` at the end; lines that are too long and read errors are added to `skipped`.
  ///
  /// - Parameter size: about how many bytes the unit shall have; one line may be longer.
  mutating func next(size: Int = unitSize, skipped: inout [SourceProblem]) -> SourceUnit? {
    var discards = false
    while true {
      // Bytes before this offset hold no line end.
      var searched = hasUnseenStart ? 0 : rest.count
      hasUnseenStart = false
      if !isAtEnd {
        do {
          if try file.read(atMost: size, onto: &rest) == 0 { isAtEnd = true }
        } catch {
          skipped.append(SourceProblem(path: path, line: line, reason: "the rest cannot be read: \(error.reason)"))
          isAtEnd = true
        }
      }
      if isFirst, rest.count >= 2 || isAtEnd {
        isFirst = false
        if Self.beginsWithWideMark(rest) { return wholeUnit(&skipped) }
        if rest.isEmpty {
          skipped.append(SourceProblem(path: path, reason: "empty file"))
          return nil
        }
      }
      if discards {
        guard let end = firstLineEnd() else {
          offset += rest.count
          rest.removeAll(keepingCapacity: true)
          if isAtEnd { return nil }
          continue
        }
        offset += end
        line += 1
        rest.removeSubrange(..<end)
        discards = false
        searched = 0
      }
      if let end = lastLineEnd(after: searched) { return unit(until: end) }
      if isAtEnd { return rest.isEmpty ? nil : unit(until: rest.count) }
      if rest.count > largestRecord {
        skipped.append(SourceProblem(path: path, line: line, reason: "line longer than \(largestRecord) bytes"))
        discards = true
      }
    }
  }

  /// UTF-16 and UTF-32 put a zero byte beside a line feed, so that such a source cannot be cut at line feeds.
  private static func beginsWithWideMark(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0, 0, 0xFE, 0xFF])
  }

  private mutating func wholeUnit(_ skipped: inout [SourceProblem]) -> SourceUnit? {
    defer { isAtEnd = true }
    do {
      while !isAtEnd, rest.count <= largestRecord {
        if try file.read(atMost: Self.unitSize, onto: &rest) == 0 { isAtEnd = true }
      }
    } catch {
      skipped.append(SourceProblem(path: path, reason: error.reason))
      rest = []
      return nil
    }
    let bytes = rest
    rest = []
    guard bytes.count <= largestRecord else {
      skipped.append(SourceProblem(path: path, reason: "larger than \(largestRecord) bytes in this encoding"))
      return nil
    }
    return SourceUnit(
      path: path, name: name, format: format, byteOffset: 0, firstLine: 1, byteCount: bytes.count,
      content: .whole(bytes))
  }

  private mutating func unit(until end: Int) -> SourceUnit {
    var bytes = rest
    rest = memory.take()
    rest.append(contentsOf: bytes[end...])
    bytes.removeSubrange(end...)
    let unit = SourceUnit(
      path: path, name: name, format: format, byteOffset: offset, firstLine: line, byteCount: bytes.count,
      content: .lines(RecordLines(bytes, memory: memory)))
    offset += bytes.count
    line += bytes.withUnsafeBufferPointer { LineTable.countOfLineEnds(in: $0) }
    return unit
  }

  /// The offset behind the last line end at or after `start`. A carriage return at the very end does not count before
  /// the end of the file, because a line feed may follow.
  private func lastLineEnd(after start: Int) -> Int? {
    rest.withUnsafeBufferPointer { bytes in
      if let found = Self.last(UInt8(ascii: "\n"), in: bytes, from: start) { return found + 1 }
      let end = isAtEnd ? bytes.count : bytes.count - 1
      // The byte before the new ones may be a carriage return that was held back.
      let held = max(start - 1, 0)
      guard end > held else { return nil }
      let found = Self.last(UInt8(ascii: "\r"), in: UnsafeBufferPointer(rebasing: bytes[..<end]), from: held)
      return found.map { $0 + 1 }
    }
  }

  private static func last(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = bytes.count
    while index > start {
      index -= 1
      if bytes[index] == byte { return index }
    }
    return nil
  }

  /// The offset behind the first line end.
  private func firstLineEnd() -> Int? {
    guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else { return nil }
    if rest[end] == UInt8(ascii: "\r"), end + 1 < rest.count, rest[end + 1] == UInt8(ascii: "\n") { return end + 2 }
    return end + 1
  }
}
