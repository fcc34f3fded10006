/// Memory for a growing sequence of plain values, without the checks that an array makes at every step.
@usableFromInline
package struct PlainBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The first element.
  @usableFromInline
  package private(set) var base: UnsafeMutablePointer<Element>
  /// Elements that there is room for.
  @usableFromInline
  package private(set) var capacity: Int
  /// Elements that there are; whoever writes through `base` counts them here.
  @usableFromInline
  package var count = 0

  package init(capacity: Int = 16) {
    self.capacity = max(capacity, 16)
    base = LargePages.allocate(self.capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for `additional` elements beyond `count`.
  @inlinable
  @inline(__always)
  package mutating func reserve(_ additional: Int) {
    if capacity - count < additional { grow(additional) }
  }

  /// Appends an element.
  @inlinable
  @inline(__always)
  package mutating func append(_ element: Element) {
    reserve(1)
    base[count] = element
    count += 1
  }

  /// Appends elements.
  @inlinable
  @inline(__always)
  package mutating func append(_ elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress else { return }
    reserve(elements.count)
    (base + count).update(from: start, count: elements.count)
    count += elements.count
  }

  /// The elements, valid until the next change.
  @inlinable
  package var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  @usableFromInline
  package mutating func grow(_ additional: Int) {
    let newCapacity = max(capacity * 2, count + additional)
    let memory = LargePages.allocate(newCapacity, of: Element.self)
    memory.update(from: base, count: count)
    base.deallocate()
    base = memory
    capacity = newCapacity
  }
}
