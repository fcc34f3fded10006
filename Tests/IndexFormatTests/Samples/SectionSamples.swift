import ByteStorage
import IndexFormat

extension SectionBytes {
  /// A section of these bytes, in a file that does not exist.
  init(_ section: SegmentSection, _ bytes: some Collection<UInt8>) {
    self.init(view: ByteView(copying: bytes), file: "sample.suo", section: section)
  }
}

extension IndexError {
  /// The file that the error names, or nil where it names none.
  var file: String? {
    switch self {
    case .notAnIndex(let folder): folder
    case .foreignFile(let file, _): file
    case .unsupportedVersion(let file, _, _): file
    case .damaged(let file, _, _): file
    case .analyzerDiffers(let folder, _): folder
    case .tooLarge: nil
    case .storage(.system(_, let path, _)): path
    case .storage(.wrongLength(let path, _, _)): path
    case .storage(.locked(let path)): path
    case .storage: nil
    }
  }
}
