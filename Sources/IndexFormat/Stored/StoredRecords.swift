package import ByteStorage

/// Records of bytes in compressed blocks, any of which can be read alone.
///
/// Form: the compressed blocks; then parts (see `SectionParts`) of four columns: the first record of each block, the end of
/// each block, the length of each block before compression, and the end of each record in its block; then the total
/// length of the blocks u64.
package struct StoredRecords: Sendable {
  /// How many records there are.
  package var count: Int { recordEnd.count }
  private let section: SectionBytes
  private let payload: ByteView
  private let firstRecord: PackedColumn
  private let blockEnd: PackedColumn
  private let rawLength: PackedColumn
  private let recordEnd: PackedColumn

  /// Records fill a block up to this many bytes; a longer record has a block of its own. At this size a block
  /// decompresses in about 10 µs, and zstd finds most of what repeats between neighbouring passages.
  static let blockBytes = 16 << 10
  /// A longer block is not accepted from a file.
  static let longestBlock = 1 << 30

  /// Opens the records that fill `view`, a part of `section`.
  package init(_ view: ByteView, in section: SectionBytes) throws(IndexError) {
    self.section = section
    do throws(StorageError) {
      let length = try view.load(view.count - 8, as: UInt64.self)
      guard let payloadLength = Int(exactly: length), payloadLength <= view.count - 8 else {
        throw .inconsistent(reason: "expected a length of blocks in the last 8 bytes, found \(length)")
      }
      payload = try view.slice(0, payloadLength)
      let parts = try SectionParts.decode(view.slice(payloadLength, view.count - 8 - payloadLength), count: 4)
      firstRecord = try PackedColumn(parts[0])
      blockEnd = try PackedColumn(parts[1])
      rawLength = try PackedColumn(parts[2])
      recordEnd = try PackedColumn(parts[3])
      guard firstRecord.count == blockEnd.count, rawLength.count == blockEnd.count else {
        throw .inconsistent(reason: "the columns of the blocks differ in length")
      }
    } catch { throw section.damaged(error) }
  }

  /// Reads records one after the other and keeps the block that was read last.
  ///
  /// - Parameter memory: bytes of blocks that are kept where records are read in another order, about.
  package func makeReader(memory: Int = 0) -> StoredRecordReader {
    StoredRecordReader(self, places: max(1, min(blockCount, memory / StoredRecords.blockBytes)))
  }

  /// How many blocks there are.
  package var blockCount: Int { blockEnd.count }

  /// The block that holds a record, and the record's range in it.
  func locate(_ record: Int, blockBytes: (Int) throws(IndexError) -> Int) throws(IndexError) -> (Int, Range<Int>) {
    let block: Int
    let start: Int
    let end: Int
    do throws(StorageError) {
      guard record >= 0, record < count, let found = try firstRecord.lastIndex(notAbove: UInt64(record)) else {
        throw .outOfBounds(offset: record, needed: 1, available: count)
      }
      block = found
      end = try recordEnd.ordinal(record, atMost: StoredRecords.longestBlock)
      let isFirst = try firstRecord[block] == UInt64(record)
      start = isFirst ? 0 : try recordEnd.ordinal(record - 1, atMost: StoredRecords.longestBlock)
    } catch { throw section.damaged(error) }
    let length = try blockBytes(block)
    guard start <= end && end <= length else {
      throw section.damaged("expected record \(record) inside its block of \(length) bytes, found \(start) to \(end)")
    }
    return (block, start..<end)
  }

  /// The bytes of a block.
  func block(_ block: Int) throws(IndexError) -> [UInt8] {
    do throws(StorageError) {
      let start = block == 0 ? 0 : try blockEnd.ordinal(block - 1, atMost: payload.count)
      let end = try blockEnd.ordinal(block, atMost: payload.count)
      guard start <= end else { throw .inconsistent(reason: "block \(block) ends before it begins") }
      let length = try rawLength.ordinal(block, atMost: StoredRecords.longestBlock)
      return try Compressor.decompress(payload.slice(start, end - start), count: length)
    } catch { throw section.damaged(error) }
  }
}
