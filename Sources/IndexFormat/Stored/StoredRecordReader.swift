import ByteStorage

/// Reads stored records for one thread; the blocks read last are kept, so neighbours cost one decompression.
package final class StoredRecordReader {
  package let records: StoredRecords
  /// The number of the block that each place holds, or -1; a block has one place where it may be kept.
  private var numbers: [Int]
  private var blocks: [[UInt8]]

  /// - Parameter places: how many blocks are kept, at least 1.
  init(_ records: StoredRecords, places: Int) {
    self.records = records
    numbers = Array(repeating: -1, count: places)
    blocks = Array(repeating: [], count: places)
  }

  /// The bytes of a record.
  package func record(_ index: Int) throws(IndexError) -> ArraySlice<UInt8> {
    let (block, range) = try records.locate(index) { block throws(IndexError) in
      let place = block % blocks.count
      if numbers[place] != block {
        blocks[place] = try records.block(block)
        numbers[place] = block
      }
      return blocks[place].count
    }
    return blocks[block % blocks.count][range]
  }
}
