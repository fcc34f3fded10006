#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether to take the time for every bit of every byte, also where a search follows each change: some minutes.
enum Exhaustive {
  /// True where the environment has `SUO_EXHAUSTIVE`.
  static let isAsked = getenv("SUO_EXHAUSTIVE") != nil
}
