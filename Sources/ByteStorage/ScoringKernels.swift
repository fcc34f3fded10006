private import CKernels

/// The inner loops of scoring that are written in C, where the compiler turns them into vector instructions.
package enum ScoringKernels {
  /// Writes the indices of all sums that reach `least` to `output`, ascending, and returns how many there are.
  ///
  /// - Parameter count: a multiple of 16; `output` has room for so many.
  package static func collect(
    _ sums: UnsafePointer<Float>, count: Int, reaching least: Float, into output: UnsafeMutablePointer<UInt32>
  ) -> Int {
    Int(suo_collect_reaching(sums, UInt32(count), least, output))
  }

  /// Scores postings: `weight − weight / (1 + frequency · norm)`, in single precision.
  package static func score(
    frequencies: UnsafePointer<UInt32>, norms: UnsafePointer<Float>, count: Int, weight: Float,
    into output: UnsafeMutablePointer<Float>
  ) {
    suo_score(frequencies, norms, UInt32(count), weight, output)
  }
}
