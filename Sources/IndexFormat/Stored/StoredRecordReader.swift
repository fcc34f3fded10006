import ByteStorage

/// Reads stored records for one thread; the block read last is kept, so neighbours cost one decompression.
package final class StoredRecordReader {
  package let records: StoredRecords
  private var currentBlock = -1
  private var current: [UInt8] = []

  init(_ records: StoredRecords) { self.records = records }

  /// The bytes of a record.
  package func record(_ index: Int) throws(IndexError) -> ArraySlice<UInt8> {
    let (_, range) = try records.locate(index) { block throws(IndexError) in
      if block != currentBlock {
        current = try records.block(block)
        currentBlock = block
      }
      return current.count
    }
    return current[range]
  }
}
