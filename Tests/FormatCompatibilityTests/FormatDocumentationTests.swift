import ByteStorage
import SearchModel
import TestSupport
import Testing

@testable import IndexFormat
@testable import Indexing

/// The tables in `docs/format` say what the program does.
struct FormatDocumentationTests {
  private static let folder = StorageFolder(SharedData.packageFolder + "/docs/format")

  /// A table of a page: the cells of its head and of its rows.
  private struct Table {
    var page: String
    var head: [String]
    var rows: [[String]] = []
  }

  private static func text(_ page: String) throws -> String { String(decoding: try folder.read(page), as: UTF8.self) }

  private static func pages() throws -> [String] { try folder.names().filter { $0.hasSuffix(".md") } }

  private static func tables() throws -> [Table] {
    var tables: [Table] = []
    for page in try pages() {
      var isInTable = false
      for line in try text(page).split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          isInTable = false
          continue
        }
        let cells = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
          String($0).trimmed
        }
        if !isInTable {
          tables.append(Table(page: page, head: cells))
        } else if !cells.allSatisfy({ $0.allSatisfy { $0 == "-" } && !$0.isEmpty }) {
          tables[tables.count - 1].rows.append(cells)
        }
        isInTable = true
      }
    }
    return tables
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
  }

  private static let constants: [String: String] = [
    "SegmentLayout.version": "\(SegmentLayout.version)",
    "SegmentLayout.readable": "\(SegmentLayout.readable.lowerBound) to \(SegmentLayout.readable.upperBound)",
    "SegmentLayout.headerBytes": "\(SegmentLayout.headerBytes)",
    "SegmentLayout.alignment": "\(SegmentLayout.alignment)",
    "SegmentLayout.footerEntryBytes": "\(SegmentLayout.footerEntryBytes)",
    "SegmentLayout.trailerBytes": "\(SegmentLayout.trailerBytes)",
    "SegmentLayout.identityBytes": "\(SegmentLayout.identityBytes)",
    "SegmentLayout.mostPassages": "\(SegmentLayout.mostPassages)",
    "SegmentLayout.magic": hexadecimal(SegmentLayout.magic),
    "SegmentLayout.endMagic": hexadecimal(SegmentLayout.endMagic),
    "Manifest.fileName": Manifest.fileName,
    "WriteLock.fileName": WriteLock.fileName,
    "SegmentWriter.pendingName": SegmentWriter.pendingName,
    "PackedColumn.blockSize": "\(PackedColumn.blockSize)",
    "PackedColumn.directoryEntryBytes": "\(PackedColumn.directoryEntryBytes)",
    "PackedColumn.riseBits": "\(PackedColumn.riseBits)",
    "PackedColumn.widestUnaligned": "\(PackedColumn.widestUnaligned)",
    "StoredRecords.blockBytes": "\(StoredRecords.blockBytes)",
    "StoredRecords.longestBlock": "\(StoredRecords.longestBlock)",
    "LengthTable.headerBytes": "\(LengthTable.headerBytes)",
    "IntegerBlock.size": "\(IntegerBlock.size)",
    "PostingsList.directoryHeaderBytes": "\(PostingsList.directoryHeaderBytes)",
    "Inverter.gap": "\(Inverter.gap)",
    "HeadingPositions.first": "\(HeadingPositions.first)",
    "TermDictionary.mostInByte": "\(TermDictionary.mostInByte)",
    "TermDictionary.blockSize": "\(TermDictionary.blockSize)",
    "TermDictionary.longestKey": "\(TermDictionary.longestKey)",
    "LatentLayout.width": "\(LatentLayout.width)",
    "LatentLayout.headerBytes": "\(LatentLayout.headerBytes)",
    "LatentLayout.markBytes": "\(LatentLayout.markBytes)",
    "SegmentStatistics.encoded": "\(SegmentStatistics().encoded().count)",
  ]

  @Test func constantsAreThoseOfTheProgram() throws {
    var found: [String: String] = [:]
    for table in try FormatDocumentationTests.tables() where table.head == ["constant", "value"] {
      for row in table.rows {
        let name = row[0].filter { $0 != "`" }
        #expect(found[name] == nil, "\(name) stands in two places")
        found[name] = row[1]
      }
    }
    #expect(found == FormatDocumentationTests.constants)
  }

  @Test func sectionsHaveTheirNumbersAndPages() throws {
    let table = try #require(FormatDocumentationTests.tables().first { $0.head == ["number", "section", "content"] })
    #expect(table.rows.map { $0[0] } == SegmentSection.allCases.map { "\($0.rawValue)" })
    #expect(table.rows.map { $0[1] } == SegmentSection.allCases.map { "[\($0.name)](\($0.name).md)" })
    for section in SegmentSection.allCases {
      let title = "# Section \(section.rawValue): \(section.name)\n"
      #expect(try FormatDocumentationTests.text(section.name + ".md").hasPrefix(title))
    }
  }

  @Test func languagesAndTypesHaveTheirNumbers() throws {
    let tables = try FormatDocumentationTests.tables()
    let languages = try #require(tables.first { $0.head == ["number", "language"] })
    #expect(languages.rows == PassageTable.languages.enumerated().map { ["\($0)", $1.rawValue] })
    let types = try #require(tables.first { $0.head == ["type", "values"] })
    #expect(types.rows == FieldColumn.ValueType.allCases.map { ["\($0.rawValue)", $0.name] })
  }

  /// In a table of bytes each row begins where the one before ends, and the total is the constant that it names.
  @Test func byteTablesAddUp() throws {
    var count = 0
    for table in try FormatDocumentationTests.tables() where table.head == ["offset", "bytes", "content"] {
      var offset = 0
      for row in table.rows.dropLast() {
        #expect(row[0] == "\(offset)", "\(table.page): \(row)")
        offset += try #require(Int(row[1]), "\(table.page): \(row)")
      }
      let total = try #require(table.rows.last)
      #expect(total[0] == "total", "\(table.page)")
      #expect(
        FormatDocumentationTests.constants[total[1].filter { $0 != "`" }] == "\(offset)", "\(table.page): \(total)")
      count += 1
    }
    #expect(count == 7)
  }

  @Test func linksLeadSomewhere() throws {
    for page in try FormatDocumentationTests.pages() {
      for piece in try FormatDocumentationTests.text(page).split(separator: "](").dropFirst() {
        let target = piece.prefix { $0 != ")" }.split(separator: "#", omittingEmptySubsequences: false)
        let name = target[0].isEmpty ? page : String(target[0])
        #expect(FormatDocumentationTests.folder.contains(name), "\(page): \(name)")
        guard target.count > 1 else { continue }
        let titles = try FormatDocumentationTests.text(name).split(separator: "\n").filter { $0.hasPrefix("#") }.map {
          $0.drop { $0 == "#" || $0 == " " }.lowercased().replacing(" ", with: "-")
        }
        #expect(titles.contains(String(target[1])), "\(page): \(piece.prefix { $0 != ")" })")
      }
    }
  }
}

extension String {
  /// The text without blanks at both ends.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
