package import ByteStorage
package import JSONText

/// The right to put another index in the place of what a folder holds, and the step that does so.
///
/// Until `commit` has returned, the folder holds what it held; dropped before, a replacement leaves nothing behind.
package final class IndexReplacement {
  package let folder: StorageFolder
  private let lock: WriteLock

  /// The ending of every file that is not part of an index yet.
  package static let pendingSuffix = ".pending"

  /// Makes the folder where it is missing, takes its lock and removes what a build that died has left.
  package init(_ folder: StorageFolder) throws(IndexError) {
    self.folder = folder
    do throws(StorageError) {
      try folder.create()
      lock = try WriteLock(folder)
      for name in try folder.names() where name.hasSuffix(IndexReplacement.pendingSuffix) { folder.remove(name) }
    } catch { throw .storage(error) }
  }

  deinit { folder.remove(SegmentWriter.pendingName) }

  /// Makes a segment that is written in full the whole content of the index.
  ///
  /// - Returns: the bytes of the index files.
  package func commit(
    _ record: SegmentRecord, statistics: SegmentStatistics, analyzer: JSONValue
  ) throws(IndexError) -> Int {
    let manifest = Manifest(
      segments: [record], analyzer: analyzer, documents: statistics.documents, passages: statistics.passages,
      totalLength: statistics.totalLength
    ).encoded()
    do { try folder.replace(Manifest.fileName, with: manifest) } catch { throw .storage(error) }
    removeOldSegments(keeping: record.file)
    return record.byteCount + manifest.count
  }

  /// Segments that the manifest no longer names; readers that have them mapped keep them.
  private func removeOldSegments(keeping current: String) {
    guard let names = try? folder.names() else { return }
    for name in names where name.hasPrefix("segment-") && name != current { folder.remove(name) }
  }
}
