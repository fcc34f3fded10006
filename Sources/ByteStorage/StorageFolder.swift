#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of index files: what is in it, and how a file in it is replaced so that no reader sees a half of it.
package struct StorageFolder: Sendable, Hashable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// The path of a file in the folder.
  package func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

  /// True where the folder exists.
  package var exists: Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True where a file of this name exists in the folder.
  package func contains(_ name: String) -> Bool { access(path(of: name), F_OK) == 0 }

  /// Makes the folder and those above it where they are missing.
  package func create() throws(StorageError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += made.isEmpty || made.hasSuffix("/") ? String(part) : "/" + part
      if mkdir(made, 0o755) != 0 && errno != EEXIST { throw .last("mkdir", made) }
    }
    guard exists else { throw .system(call: "mkdir", path: path, code: ENOTDIR) }
  }

  /// The names of the files in the folder, sorted by their bytes.
  package func names() throws(StorageError) -> [String] {
    guard let stream = opendir(path) else { throw .last("opendir", path) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The content of a file.
  package func read(_ name: String) throws(StorageError) -> [UInt8] {
    try MappedFile(path: path(of: name)).view.copied()
  }

  /// Puts `bytes` in the place of the file `name` in one step: readers see the old content or the new one, and so does
  /// the disk after a crash.
  package func replace(_ name: String, with bytes: [UInt8]) throws(StorageError) {
    let pending = name + ".pending"
    let file = try OutputFile(creating: path(of: pending))
    do throws(StorageError) {
      try file.append(bytes)
      try file.synchronize()
      try rename(pending, to: name)
    } catch {
      remove(pending)
      throw error
    }
  }

  /// Renames a file whose content is durable, and makes the new name durable.
  package func rename(_ name: String, to other: String) throws(StorageError) {
    #if canImport(Glibc)
      let outcome = Glibc.rename(path(of: name), path(of: other))
    #elseif canImport(Musl)
      let outcome = Musl.rename(path(of: name), path(of: other))
    #else
      let outcome = Darwin.rename(path(of: name), path(of: other))
    #endif
    guard outcome == 0 else { throw .last("rename", path(of: name)) }
    try synchronize()
  }

  /// Removes a file; one that is not there is no failure, and one that cannot be removed is left for the next writer.
  package func remove(_ name: String) { unlink(path(of: name)) }

  /// Makes the names in the folder durable.
  package func synchronize() throws(StorageError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
  }
}
