#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import TestSupport

extension TemporaryFolder {
  /// A call of the system that failed.
  struct Failure: Error { var operation: String }

  /// The path of a name in the folder.
  func callAsFunction(_ name: String) -> String { path(of: name) }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    var folder = path
    for component in name.split(separator: "/").dropLast() {
      folder += "/" + component
      mkdir(folder, 0o755)
    }
    guard let file = fopen(self(name), "wb") else { throw Failure(operation: "fopen \(name)") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failure(operation: "fwrite \(name)") }
    return self(name)
  }

  @discardableResult func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }
}
