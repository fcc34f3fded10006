import SearchModel
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Walks a folder depth first, in the order of the UTF-8 bytes of the path's components, whatever the file system's.
struct FolderWalk {
  /// A regular file that was found.
  struct File {
    /// As it can be opened.
    var path: String
    /// Below the folder's root.
    var relativePath: String
    var size: Int
  }

  /// Tells one folder from another, whatever the path.
  private struct Identity: Hashable {
    var device: UInt64
    var node: UInt64

    init(_ information: stat) {
      device = UInt64(truncatingIfNeeded: information.st_dev)
      node = UInt64(truncatingIfNeeded: information.st_ino)
    }
  }

  private struct Level {
    var path: String
    var relativePath: String
    var identity: Identity
    /// Names that are still to be visited, last first.
    var names: [String]
  }

  private let includeHidden: Bool
  private let followSymbolicLinks: Bool
  private var levels: [Level] = []

  init(root: String, options: IngestionOptions) throws(OpenFile.Problem) {
    includeHidden = options.includeHidden
    followSymbolicLinks = options.followSymbolicLinks
    var information = stat()
    guard stat(root, &information) == 0 else { throw .last }
    var unnamed = 0
    let names = try Self.names(in: root, includeHidden: includeHidden, unnamed: &unnamed)
    levels = [Level(path: root, relativePath: "", identity: Identity(information), names: names)]
    unreadableNames = unnamed
  }

  /// Names of the root that are not UTF-8, to be reported with the first step.
  private var unreadableNames: Int

  /// The next file, or `nil` at the end; whatever cannot be read on the way is added to `skipped`.
  mutating func next(skipped: inout [SourceProblem]) -> File? {
    if unreadableNames > 0, let root = levels.first?.path {
      skipped.append(Self.unnamedFiles(unreadableNames, in: root))
      unreadableNames = 0
    }
    while let level = levels.last {
      guard let name = level.names.last else {
        levels.removeLast()
        continue
      }
      levels[levels.count - 1].names.removeLast()
      let path = level.path.hasSuffix("/") ? level.path + name : level.path + "/" + name
      let relativePath = level.relativePath.isEmpty ? name : level.relativePath + "/" + name
      var information = stat()
      guard lstat(path, &information) == 0 else {
        skipped.append(SourceProblem(path: path, reason: OpenFile.Problem.last.reason))
        continue
      }
      if FileKind(mode: information.st_mode) == .symbolicLink {
        guard followSymbolicLinks else { continue }
        guard stat(path, &information) == 0 else {
          let reason = "a symbolic link that leads nowhere: \(OpenFile.Problem.last.reason)"
          skipped.append(SourceProblem(path: path, reason: reason))
          continue
        }
      }
      switch FileKind(mode: information.st_mode) {
      case .regular:
        return File(path: path, relativePath: relativePath, size: Int(information.st_size))
      case .folder:
        descend(into: path, relativePath: relativePath, identity: Identity(information), skipped: &skipped)
      case let kind:
        skipped.append(SourceProblem(path: path, reason: kind.refusal))
      }
    }
    return nil
  }

  private mutating func descend(
    into path: String, relativePath: String, identity: Identity, skipped: inout [SourceProblem]
  ) {
    if let above = levels.first(where: { $0.identity == identity }) {
      skipped.append(SourceProblem(path: path, reason: "a loop of folders: the same folder as \(above.path)"))
      return
    }
    do {
      var unnamed = 0
      let names = try Self.names(in: path, includeHidden: includeHidden, unnamed: &unnamed)
      if unnamed > 0 { skipped.append(Self.unnamedFiles(unnamed, in: path)) }
      levels.append(Level(path: path, relativePath: relativePath, identity: identity, names: names))
    } catch {
      skipped.append(SourceProblem(path: path, reason: error.reason))
    }
  }

  private static func unnamedFiles(_ count: Int, in path: String) -> SourceProblem {
    SourceProblem(path: path, reason: "\(count) file name\(count == 1 ? " that is" : "s that are") not UTF-8")
  }

  /// The names in a folder, the last in order first; `unnamed` counts those that are not UTF-8.
  private static func names(
    in path: String, includeHidden: Bool, unnamed: inout Int
  ) throws(OpenFile.Problem) -> [String] {
    guard let folder = opendir(path) else { throw .last }
    defer { closedir(folder) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
          String(validatingCString: $0)
        }
      }
      guard let name else {
        unnamed += 1
        continue
      }
      if name == "." || name == ".." || (!includeHidden && name.hasPrefix(".")) { continue }
      names.append(name)
    }
    if errno != 0 { throw .last }
    names.sort { $1.utf8.lexicographicallyPrecedes($0.utf8) }
    return names
  }
}
