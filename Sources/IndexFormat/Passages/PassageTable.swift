import ByteStorage
package import SearchModel

/// Where each passage stands in its source. Parts: columns of start, length, line, heading path and language; then the
/// heading paths as stored records.
package struct PassageTable: Sendable {
  /// How many passages there are.
  package var count: Int { start.count }
  private let section: SectionBytes
  private let start: PackedColumn
  private let length: PackedColumn
  private let line: PackedColumn
  private let headingPath: PackedColumn
  private let language: PackedColumn
  private let headings: StoredRecords

  /// The languages in the order of their numbers on disk.
  static let languages: [Language] = [.undetermined, .chinese, .english, .japanese, .korean]

  package init(_ section: SectionBytes) throws(IndexError) {
    self.section = section
    let parts = try section.reading { () throws(StorageError) in try SectionParts.decode(section.view, count: 6) }
    do throws(StorageError) {
      start = try PackedColumn(parts[0])
      length = try PackedColumn(parts[1])
      line = try PackedColumn(parts[2])
      headingPath = try PackedColumn(parts[3])
      language = try PackedColumn(parts[4])
      for column in [length, line, headingPath, language] where column.count != start.count {
        throw .inconsistent(reason: "expected \(start.count) rows in every column, found \(column.count)")
      }
    } catch { throw section.damaged(error) }
    headings = try StoredRecords(parts[5], in: section)
  }

  /// The place of a passage, without its text.
  package func place(of passage: Int) throws(IndexError) -> PassagePlace {
    do throws(StorageError) {
      let begin = try start.ordinal(passage, atMost: Int.max / 2)
      return PassagePlace(
        range: begin..<(begin + (try length.ordinal(passage, atMost: Int.max / 2))),
        line: try line.ordinal(passage, atMost: Int.max),
        headingPath: try headingPath.ordinal(passage, atMost: Int.max),
        language: PassageTable.languages[try language.ordinal(passage, atMost: PassageTable.languages.count - 1)])
    } catch { throw section.damaged(error) }
  }

  /// The language of a passage.
  package func language(of passage: Int) throws(IndexError) -> Language {
    try section.reading { () throws(StorageError) in
      PassageTable.languages[try language.ordinal(passage, atMost: PassageTable.languages.count - 1)]
    }
  }

  /// A reader of heading paths, for one thread.
  ///
  /// - Parameter memory: bytes that it may keep where passages are read in another order.
  package func makeHeadingReader(memory: Int = 0) -> StoredRecordReader { headings.makeReader(memory: memory) }

  /// The headings of a path, outermost first.
  package func headings(_ path: Int, _ reader: StoredRecordReader) throws(IndexError) -> [String] {
    let record = try reader.record(path)
    return try section.reading { () throws(StorageError) in
      var cursor = ByteCursor(ByteView(copying: record))
      let count = try cursor.readVariable(atMost: record.count)
      var headings: [String] = []
      for _ in 0..<count { headings.append(try cursor.readText()) }
      return headings
    }
  }
}

/// Where a passage stands in its source.
package struct PassagePlace: Sendable, Hashable {
  /// Byte range in the source file.
  package var range: Range<Int>
  /// Line of the source file, counted from 1.
  package var line: Int
  /// Number of the heading path.
  package var headingPath: Int
  package var language: Language
}
