/// Where the norms of passages are found. The kernels know it as `suo_norm_source`.
package struct NormSource: BitwiseCopyable {
  /// Of all passages, little-endian, of `bytesPerLength` bytes.
  package var lengths: UnsafeRawPointer
  /// By length where `bytesPerLength` is 1 or 2, by passage where it is 0.
  package var values: UnsafePointer<Float>
  package var bytesPerLength: UInt32
  package var passageCount: UInt32

  package init(_ values: UnsafePointer<Float>, lengths: UnsafeRawPointer, bytesPerLength: Int, passageCount: Int) {
    self.values = values
    self.lengths = lengths
    self.bytesPerLength = UInt32(truncatingIfNeeded: bytesPerLength)
    self.passageCount = UInt32(truncatingIfNeeded: passageCount)
  }
}
