/// Room for the integers of one decoded block, owned by the cursor that decodes into it.
///
/// A class, so that a cursor can be copied or moved without the integers; scoring loops read `values` directly.
package final class BlockBuffer {
  /// The decoded integers; `capacity` of them may be read and written.
  package let values: UnsafeMutablePointer<UInt32>
  package private(set) var capacity: Int

  /// Room for `capacity` integers, all zero.
  package init(capacity: Int = IntegerBlock.size) {
    self.capacity = capacity
    values = .allocate(capacity: capacity)
    values.initialize(repeating: 0, count: capacity)
  }

  deinit { values.deallocate() }
}
