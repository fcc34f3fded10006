package import ByteStorage

/// Collects records into compressed blocks and hands the bytes on as they are ready.
package struct StoredRecordsWriter {
  private let compressor: Compressor
  private var block: [UInt8] = []
  private var recordCount = 0
  private var firstInBlock = 0
  private var payloadLength = 0
  private var firstRecord = PackedColumnWriter()
  private var blockEnd = PackedColumnWriter()
  private var rawLength = PackedColumnWriter()
  private var recordEnd = PackedColumnWriter()

  package init(_ effort: Compressor.Effort = .thorough) { compressor = Compressor(effort) }

  /// Appends a record; bytes of blocks that are full go to `output`.
  package mutating func append(_ record: some Collection<UInt8>, to output: inout [UInt8]) {
    if !block.isEmpty && block.count + record.count > StoredRecords.blockBytes { flush(to: &output) }
    block.append(contentsOf: record)
    recordEnd.append(block.count)
    recordCount += 1
    if block.count >= StoredRecords.blockBytes { flush(to: &output) }
  }

  /// Appends the last block and the tables.
  package consuming func finish(to output: inout [UInt8]) {
    if recordCount > firstInBlock { flush(to: &output) }
    output += SectionParts.encode([
      firstRecord.finish(), blockEnd.finish(), rawLength.finish(), recordEnd.finish(),
    ])
    output.append(littleEndian: UInt64(payloadLength))
  }

  private mutating func flush(to output: inout [UInt8]) {
    let before = output.count
    compressor.compress(block, to: &output)
    payloadLength += output.count - before
    firstRecord.append(firstInBlock)
    blockEnd.append(payloadLength)
    rawLength.append(block.count)
    firstInBlock = recordCount
    block.removeAll(keepingCapacity: true)
  }
}
