internal import CStemmer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Snowball's English stemmer (Porter2) with a memory for frequent words.
final class Stemmer {
  /// A word of at most 16 bytes and its stem, both padded with zeros.
  private struct Entry: BitwiseCopyable {
    var word: SIMD2<UInt64> = .zero
    var stem: SIMD2<UInt64> = .zero
    var stemLength: Int = 0
  }

  /// 4,096 entries take 160 KiB, which stays in a second-level cache; 16,384 were no faster on English documents.
  private static let entryCount = 4096
  private let stemmer: OpaquePointer
  private let entries: UnsafeMutablePointer<Entry>

  init() throws(AnalyzerError) {
    guard let stemmer = sb_stemmer_new("english", "UTF_8") else {
      throw .serviceUnavailable(service: "Snowball English stemmer", code: "sb_stemmer_new gave no stemmer")
    }
    // Zeros from the system cost nothing until they are written, so a program that stems three words touches three pages.
    guard let zeros = calloc(Self.entryCount, MemoryLayout<Entry>.stride) else {
      sb_stemmer_delete(stemmer)
      throw .serviceUnavailable(service: "Snowball English stemmer", code: "no memory for its \(Self.entryCount) words")
    }
    self.stemmer = stemmer
    entries = zeros.bindMemory(to: Entry.self, capacity: Self.entryCount)
  }

  deinit {
    free(entries)
    sb_stemmer_delete(stemmer)
  }

  /// The stem of a word of lower-case ASCII letters and apostrophes; valid until the next call.
  ///
  /// - Parameter word: not empty, and followed by at least 16 bytes of readable memory.
  @inline(__always)
  func stem(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard word.count <= 16 else { return stemAnew(word) }
    let key = load(word.baseAddress!, word.count)
    let mixed = (key.x ^ (key.y &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    let entry = entries + Int(truncatingIfNeeded: mixed >> 52)
    if entry.pointee.word != key { remember(word, key, entry) }
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(entry).advanced(by: MemoryLayout<SIMD2<UInt64>>.size).assumingMemoryBound(to: UInt8.self),
      count: entry.pointee.stemLength)
  }

  @inline(__always)
  private func load(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> SIMD2<UInt64> {
    let raw = UnsafeRawPointer(bytes)
    let low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    guard count > 8 else { return SIMD2(low & .max >> UInt64(64 - 8 * count), 0) }
    let high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    return SIMD2(low, high & .max >> UInt64(128 - 8 * count))
  }

  @inline(never)
  private func remember(
    _ word: UnsafeBufferPointer<UInt8>, _ key: SIMD2<UInt64>, _ entry: UnsafeMutablePointer<Entry>
  ) {
    let stem = stemAnew(word)
    entry.pointee = Entry(word: key, stem: .zero, stemLength: min(stem.count, 16))
    withUnsafeMutableBytes(of: &entry.pointee.stem) { $0.copyBytes(from: stem.prefix(16)) }
  }

  /// The stem of a word, not remembered; valid until the next call.
  @inline(never)
  func stemAnew(_ word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    // A stem is never longer than its word. Without memory Snowball gives none, and then the word stands for itself.
    guard let stem = sb_stemmer_stem(stemmer, word.baseAddress, Int32(word.count)) else { return word }
    return UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer)))
  }
}
