package import ByteStorage

/// The bytes of one section, with its name for messages.
package struct SectionBytes: Sendable {
  package let view: ByteView
  package let file: String
  package let section: SegmentSection

  package init(view: ByteView, file: String, section: SegmentSection) {
    self.view = view
    self.file = file
    self.section = section
  }

  /// The error for bytes of this section that do not hold.
  package func damaged(_ error: StorageError) -> IndexError { damaged(error.description) }

  /// The error for bytes of this section that do not hold; `reason` says what was expected.
  package func damaged(_ reason: String) -> IndexError {
    .damaged(file: file, section: section.name, reason: reason)
  }

  /// Runs `body` and names this section in what it throws.
  @inline(__always)
  package func reading<Value>(_ body: () throws(StorageError) -> Value) throws(IndexError) -> Value {
    do throws(StorageError) { return try body() } catch { throw damaged(error) }
  }
}
