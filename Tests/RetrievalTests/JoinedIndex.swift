import ByteStorage
import IndexFormat
import TestSupport

@testable import Retrieval

/// Several segments as one index, as no writer makes them yet.
struct JoinedIndex {
  let folder = TemporaryFolder()
  let reader: IndexReader

  init(_ indexes: [BuiltIndex]) throws {
    let storage = StorageFolder(folder.path)
    var manifest = indexes[0].reader.manifest
    (manifest.segments, manifest.documents, manifest.passages, manifest.totalLength) = ([], 0, 0, 0)
    for index in indexes {
      let part = index.reader.manifest
      for segment in part.segments {
        try storage.replace(segment.file, with: StorageFolder(index.folder.path).read(segment.file))
      }
      manifest.segments += part.segments
      manifest.documents += part.documents
      manifest.passages += part.passages
      manifest.totalLength += part.totalLength
    }
    try storage.replace(Manifest.fileName, with: manifest.encoded())
    reader = try IndexReader(folder: folder.path)
  }
}
