#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An empty folder that is removed with everything in it when its owner is gone.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() {
    var template = Array(("/tmp/suo-test-XXXXXX" as String).utf8CString)
    guard template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) }) != nil else {
      fatalError("mkdtemp: \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { TemporaryFolder.remove(path) }

  /// The path of a file in the folder.
  package func path(of name: String) -> String { path + "/" + name }

  private static func remove(_ path: String) {
    if let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name == "." || name == ".." { continue }
        let inner = path + "/" + name
        var status = stat()
        lstat(inner, &status)
        if status.st_mode & S_IFMT == S_IFDIR { remove(inner) } else { unlink(inner) }
      }
      closedir(stream)
    }
    rmdir(path)
  }
}
