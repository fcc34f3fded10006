#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The seeds of property tests.
package enum Seeds {
  /// So many fixed seeds; where the environment names one in `SUO_TEST_SEED`, that one alone, to replay a failure.
  package static func first(_ count: Int) -> [UInt64] {
    if let text = getenv("SUO_TEST_SEED"), let seed = UInt64(String(cString: text)) { return [seed] }
    return (1...UInt64(count)).map { $0 }
  }
}
