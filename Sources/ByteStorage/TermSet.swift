/// The set of passages that hold a term, and what they score. The kernels know it as `suo_set`.
package struct TermSet: BitwiseCopyable {
  /// By range of 128 passages, two words of bits; nil where the set is not kept.
  package var held: UnsafePointer<UInt64>?
  /// By posting; readable for `SetKernels.frequenciesAtATime` from each on.
  package var frequencies: UnsafePointer<UInt8>?
  /// A passage scores `weight − gained / (1 + frequency · norm)`.
  package var weight: Float
  package var gained: Float

  package init(held: UnsafePointer<UInt64>?, frequencies: UnsafePointer<UInt8>?, weight: Float, gained: Float) {
    self.held = held
    self.frequencies = frequencies
    self.weight = weight
    self.gained = gained
  }
}
