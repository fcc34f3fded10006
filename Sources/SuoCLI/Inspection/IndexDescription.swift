import IndexFormat
import JSONText
import Suo

/// What `suo stats` tells of an index.
struct IndexDescription {
  private struct FieldCount {
    var column: FieldColumn
    var values: Int
  }

  private let folder: String
  private let summary: IndexSummary
  private let statistics: SegmentStatistics
  private let storesTexts: Bool
  private let headingWeight: Int
  private let segmentCount: Int
  private let sections: [(section: SegmentSection, bytes: Int)]
  private let fields: [FieldCount]
  private let analyzer: JSONValue

  init(_ index: Index, folder: String) throws(IndexError) {
    self.folder = folder
    summary = index.summary
    statistics = index.reader.statistics
    analyzer = index.reader.manifest.analyzer
    headingWeight = index.headingWeight
    let segments = index.reader.segments
    segmentCount = segments.count
    storesTexts = segments.contains { $0.texts != nil }
    var sections: [(section: SegmentSection, bytes: Int)] = []
    for section in SegmentSection.allCases {
      var bytes = 0
      for segment in segments { bytes += try segment.file.section(section).view.count }
      sections.append((section, bytes))
    }
    self.sections = sections
    var fields: [FieldCount] = []
    for segment in segments {
      for (number, column) in segment.fields.columns.enumerated() {
        let values = segment.fields.valueCount(ofColumn: number)
        if let known = fields.firstIndex(where: { $0.column == column }) {
          fields[known].values += values
        } else {
          fields.append(FieldCount(column: column, values: values))
        }
      }
    }
    self.fields = fields
  }

  private var meanLength: Double {
    summary.passages > 0 ? Double(summary.tokens) / Double(summary.passages) : 0
  }

  var json: JSONValue {
    [
      "index": .string(folder),
      "documents": .integer(summary.documents), "passages": .integer(summary.passages),
      "terms": .integer(summary.terms), "tokens": .integer(summary.tokens), "postings": .integer(statistics.postings),
      "text_bytes": .integer(summary.textBytes), "stores_texts": .bool(storesTexts),
      "heading_weight": .integer(headingWeight),
      "bytes": .integer(summary.bytes), "segments": .integer(segmentCount),
      "sections": .object(
        sections.map { JSONValue.Member(key: $0.section.name, value: .integer($0.bytes)) }),
      "languages": .object(
        summary.languages.map { JSONValue.Member(key: $0.language.rawValue, value: .integer($0.passages)) }),
      "fields": .array(
        fields.map { field -> JSONValue in
          [
            "name": .string(field.column.name), "type": .string(field.column.type.name),
            "list": .bool(field.column.isList), "values": .integer(field.values),
          ]
        }),
      "analyzer": analyzer["description"] ?? .null, "libraries": analyzer["libraries"] ?? .null,
    ]
  }

  func write(to output: OutputWriter) throws(OutputError) {
    var facts = TextTable([("", .leading), ("", .leading)])
    facts.append(["index", folder])
    facts.append(["documents", summary.documents.grouped])
    facts.append(["passages", "\(summary.passages.grouped), \(meanLength.fixed(1)) tokens each on average"])
    facts.append(["languages", languages])
    facts.append(["terms", summary.terms.grouped])
    facts.append(["postings", statistics.postings.grouped])
    facts.append(["texts", "\(summary.textBytes.asBytes)\(storesTexts ? "" : ", not stored")"])
    facts.append(["headings", headings])
    facts.append(["analyzer", analyzerText])
    facts.append(["libraries", libraries])
    try facts.write(to: output)
    try output.line()
    var table = TextTable([("section", .leading), ("bytes", .trailing), ("share", .trailing)])
    for (section, bytes) in sections { table.append([section.name, bytes.grouped, share(bytes)]) }
    table.append(["all", summary.bytes.grouped, share(summary.bytes)])
    try table.write(to: output)
    guard !fields.isEmpty else { return }
    try output.line()
    var columns = TextTable([("field", .leading), ("type", .leading), ("values", .trailing)])
    for field in fields {
      let type = field.column.isList ? "list of \(field.column.type.name)" : field.column.type.name
      columns.append([field.column.name, type, field.values.grouped])
    }
    try columns.write(to: output)
  }

  private var languages: String {
    let counts = summary.languages.map { "\($0.language.rawValue) \($0.passages.grouped)" }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }

  private var headings: String {
    headingWeight == 0
      ? "count where they stand" : "count \(headingWeight.counting("time")) in every passage below them"
  }

  private var analyzerText: String {
    let description = analyzer["description"]
    let filters = description?["filters"]?.array?.compactMap(\.string) ?? []
    return "\(description?["name"]?.string ?? "") (\(description?["tokenizer"]?.string ?? "")"
      + filters.map { ", \($0)" }.joined() + ")"
  }

  private var libraries: String {
    let versions = analyzer["libraries"]?.object?.map { "\($0.key) \($0.value.string ?? "")" } ?? []
    return versions.isEmpty ? "none" : versions.joined(separator: ", ")
  }

  private func share(_ bytes: Int) -> String {
    summary.bytes > 0 ? (100 * Double(bytes) / Double(summary.bytes)).fixed(1) + " %" : ""
  }
}
