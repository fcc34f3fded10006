#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A term with the first bytes of its key, by which most terms can be put in order, and which are the whole key of most.
struct TermOrder: BitwiseCopyable {
  /// The first 8 bytes as a number that sorts as they do, zeros behind a shorter key.
  var prefix: UInt64
  var term: UInt32
  /// Bytes of the key, at most 65,535.
  var length: UInt16
  /// Whether the term's positions are kept.
  var isPositional: Bool

  /// The first 8 bytes of a key as a number that sorts as they do.
  static func prefix(of key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = key.baseAddress else { return 0 }
    if key.count >= 8 { return UInt64(bigEndian: UnsafeRawPointer(base).loadUnaligned(as: UInt64.self)) }
    var prefix: UInt64 = 0
    for index in 0..<key.count { prefix |= UInt64(base[index]) << UInt64(56 - 8 * index) }
    return prefix
  }

  /// Whether a key sorts before another one by its bytes.
  static func precedes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let common = min(left.count, right.count)
    let order = common == 0 ? 0 : memcmp(left.baseAddress!, right.baseAddress!, common)
    return order == 0 ? left.count < right.count : order < 0
  }

  /// Sorts by prefixes, byte by byte from the last one (radix sort), and terms of one prefix by `precedes`.
  static func sort(_ order: inout [TermOrder], by precedes: (UInt32, UInt32) -> Bool) {
    let count = order.count
    var histograms = [Int](repeating: 0, count: 8 * 256)
    for entry in order {
      for byte in 0..<8 { histograms[256 * byte + Int(entry.prefix >> UInt64(8 * byte) & 0xFF)] += 1 }
    }
    var other = order
    order.withUnsafeMutableBufferPointer { order in
      other.withUnsafeMutableBufferPointer { other in
        var source = order
        var target = other
        for byte in 0..<8 {
          // Nothing to do where all have the same byte, as the kind of the term often is.
          if histograms[256 * byte..<256 * (byte + 1)].contains(count) { continue }
          var next = 0
          for value in 256 * byte..<256 * (byte + 1) { (histograms[value], next) = (next, next + histograms[value]) }
          histograms.withUnsafeMutableBufferPointer { places in
            for entry in source {
              let value = 256 * byte + Int(truncatingIfNeeded: entry.prefix >> UInt64(8 * byte) & 0xFF)
              target[places[value]] = entry
              places[value] += 1
            }
          }
          swap(&source, &target)
        }
        if source.baseAddress != order.baseAddress { _ = order.update(from: source) }
      }
      var start = 0
      while start < count {
        var end = start + 1
        while end < count && order[end].prefix == order[start].prefix { end += 1 }
        if end - start > 1 { order[start..<end].sort { precedes($0.term, $1.term) } }
        start = end
      }
    }
  }
}
