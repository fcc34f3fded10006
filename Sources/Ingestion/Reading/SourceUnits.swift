package import SearchModel
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The sources behind the paths of a command line, as units of work in order.
///
/// Folders are walked recursively, sorted by the bytes of the names; sources with records are read piece by piece as the
/// units are asked for, so that the memory needed does not grow with the collection.
package struct SourceUnits: Sendable {
  private enum Root {
    case standardInput
    case file(path: String, size: Int)
    case folder(path: String, prefix: String)
  }

  /// Files that were handed out as units or are being so.
  package private(set) var filesSeen = 0
  /// Bytes of the units that were handed out.
  package private(set) var bytesRead = 0
  /// Bytes of all sources, where that is known before they are read: no folder and no standard input among them.
  package let totalBytes: Int?
  /// What was left out so far, with reasons; units report on their own what their parsing leaves out.
  package private(set) var skipped: [SourceProblem] = []
  /// Files in folders that were passed over silently, because their extension is none of the known ones.
  package private(set) var filesLeftAlone = 0

  private let options: IngestionOptions
  private var roots: [Root]
  private var walk: FolderWalk?
  private var prefix = ""
  private var stream: RecordStream?
  private let memory = RecordLines.Memory()

  /// Prepares to read `paths` in order: files, folders, and `-` for standard input.
  ///
  /// - Throws: `IngestionError` for the first path that does not exist or cannot be read.
  package init(paths: [String], options: IngestionOptions) throws(IngestionError) {
    self.options = options
    var roots: [Root] = []
    var folders: [String] = []
    var total: Int? = 0
    for path in paths {
      if path == "-" {
        roots.append(.standardInput)
        total = nil
        continue
      }
      var information = stat()
      guard stat(path, &information) == 0 else {
        throw errno == ENOENT || errno == ENOTDIR
          ? .notFound(path: path) : .unreadable(path: path, reason: OpenFile.Problem.last.reason)
      }
      if FileKind(mode: information.st_mode) == .folder {
        guard access(path, R_OK | X_OK) == 0 else {
          throw .unreadable(path: path, reason: OpenFile.Problem.last.reason)
        }
        let trimmed = Self.withoutTrailingSlashes(path)
        roots.append(.folder(path: trimmed, prefix: ""))
        folders.append(trimmed)
        total = nil
      } else {
        guard access(path, R_OK) == 0 else { throw .unreadable(path: path, reason: OpenFile.Problem.last.reason) }
        roots.append(.file(path: path, size: Int(information.st_size)))
        total = total.map { $0 + Int(information.st_size) }
      }
    }
    self.roots = folders.count > 1 ? Self.withPrefixes(roots, folders: folders) : roots
    self.roots.reverse()
    totalBytes = total
  }

  /// The next unit, or `nil` when everything has been handed out.
  ///
  /// - Parameter recordBytes: about how many bytes of a source with records a unit shall have.
  package mutating func next(recordBytes: Int = RecordStream.unitSize) -> SourceUnit? {
    while true {
      if let unit = stream?.next(size: recordBytes, skipped: &skipped) {
        bytesRead += unit.byteCount
        return unit
      }
      stream = nil
      if let file = walk?.next(skipped: &skipped) {
        guard let format = options.format ?? SourceFormat(fileName: file.relativePath) else {
          filesLeftAlone += 1
          continue
        }
        if let unit = open(path: file.path, name: prefix + file.relativePath, format: format, size: file.size) {
          return unit
        }
        continue
      }
      walk = nil
      switch roots.popLast() {
      case nil:
        return nil
      case .standardInput:
        if let unit = openStandardInput() { return unit }
      case .file(let path, let size):
        let format = options.format ?? SourceFormat(fileName: path) ?? .text
        if let unit = open(path: path, name: path, format: format, size: size) { return unit }
      case .folder(let path, let prefix):
        do {
          walk = try FolderWalk(root: path, options: options)
          self.prefix = prefix
        } catch {
          skipped.append(SourceProblem(path: path, reason: error.reason))
        }
      }
    }
  }

  /// A unit for a file that is read as a whole; a file with records becomes the current stream instead.
  private mutating func open(path: String, name: String, format: SourceFormat, size: Int) -> SourceUnit? {
    filesSeen += 1
    guard format.holdsRecords else {
      bytesRead += size
      return SourceUnit(
        path: path, name: name, format: format, byteOffset: 0, firstLine: 1, byteCount: size, content: .file)
    }
    do {
      stream = RecordStream(
        file: try OpenFile(path: path), path: path, name: name, format: format, largestRecord: options.largestRecord,
        memory: memory)
    } catch {
      skipped.append(SourceProblem(path: path, reason: error.reason))
    }
    return nil
  }

  private mutating func openStandardInput() -> SourceUnit? {
    filesSeen += 1
    let input = OpenFile()
    var start: [UInt8] = []
    do {
      var format = options.format
      if format == nil {
        // A pipe may give its first byte alone; one is enough to tell.
        _ = try input.read(atMost: RecordStream.unitSize, onto: &start)
        format = start.first == UInt8(ascii: "{") ? .jsonLines : .text
      }
      if let format, format.holdsRecords {
        stream = RecordStream(
          file: input, path: "-", name: "-", format: format, largestRecord: options.largestRecord, memory: memory,
          start: start)
        return nil
      }
      while start.count <= options.largestRecord {
        if try input.read(atMost: RecordStream.unitSize, onto: &start) == 0 {
          bytesRead += start.count
          return SourceUnit(
            path: "-", name: "-", format: format ?? .text, byteOffset: 0, firstLine: 1, byteCount: start.count,
            content: .whole(start))
        }
      }
      skipped.append(SourceProblem(path: "-", reason: "larger than \(options.largestRecord) bytes"))
    } catch {
      skipped.append(SourceProblem(path: "-", reason: error.reason))
    }
    return nil
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// Documents of several folders are told apart by the folder's last component; where two folders share it, by the
  /// folder as it was given.
  private static func withPrefixes(_ roots: [Root], folders: [String]) -> [Root] {
    let components = folders.map(lastComponent)
    return roots.map { root in
      guard case .folder(let path, _) = root else { return root }
      let component = lastComponent(of: path)
      let isUnique = components.count { $0 == component } == 1
      let prefix = isUnique ? component : path
      return .folder(path: path, prefix: prefix.hasSuffix("/") ? prefix : prefix + "/")
    }
  }

  private static func lastComponent(of path: String) -> String {
    let component = path.split(separator: "/").last.map(String.init) ?? path
    guard component == "." || component == "..", let real = realpath(path, nil) else { return component }
    defer { free(real) }
    return String(cString: real).split(separator: "/").last.map(String.init) ?? component
  }
}
