#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Real texts that lie beside the checkout on the machines of its makers, and nowhere else.
package enum SharedData {
  /// The folder of the package.
  package static let packageFolder = parent(of: parent(of: parent(of: #filePath)))

  /// The path of a file or folder beside the checkout, or nil where it is absent; tests then skip and say so.
  package static func path(_ name: String) -> String? {
    let path = parent(of: packageFolder) + "/shared/" + name
    return access(path, R_OK) == 0 ? path : nil
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
