#if canImport(Glibc)
  import Glibc
#endif
import Ingestion
import SearchModel
import TestSupport
import Testing

struct DocumentParserTests {
  @Test func titlesOfPlainText() throws {
    #expect(try Ingested("a.txt", "利用神经科学消除恐惧\n\n摘要\n\n正文在这里。").documents[0].title == "利用神经科学消除恐惧")
    #expect(try Ingested("a.txt", "A short sentence.\n\nMore text.").documents[0].title == "A short sentence.")
    let long = String(repeating: "long words ", count: 50)
    #expect(try Ingested("notes.txt", long).documents[0].title == "notes")
    #expect(try Ingested("notes.v2.txt", "- an item").documents[0].title == "notes.v2")
  }

  @Test func titlesOfMarkdown() throws {
    let heading = try Ingested("a.md", "Intro.\n\n## The *heading*\n\nText.").documents[0]
    #expect(heading.title == "The heading")
    #expect(!heading.titleIsSeparate)
    #expect(try Ingested("notes.md", "Only text.").documents[0].title == "notes")
  }

  @Test(
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x00, 0x00], "zero byte"),
      (Array("valid 焦虑焦虑焦虑焦虑焦虑 then ".utf8) + [0xFF], "malformed UTF-8"),
      ([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00], "UTF-16LE"),
    ] as [([UInt8], String)])
  func whatIsNoTextIsSkippedWithAReason(bytes: [UInt8], word: String) throws {
    for name in ["a.txt", "a.md", "a.html"] {
      let run = try Ingested(name, bytes)
      #expect(run.documents.isEmpty)
      #expect(run.skipped.count == 1)
      #expect(run.skipped.first?.reason.contains(word) == true, "\(run.skipped)")
    }
  }

  @Test func filesBeyondTheLimitAreSkipped() throws {
    let options = IngestionOptions(largestRecord: 1_000)
    #expect(try Ingested("a.txt", String(repeating: "word ", count: 200), options).documents.count == 1)
    let run = try Ingested("a.txt", String(repeating: "word ", count: 201), options)
    #expect(run.documents.isEmpty)
    #expect(run.skipped.map(\.reason) == ["larger than 1000 bytes"])
  }

  @Test func oneBadFileLeavesTheOthersWhole() throws {
    let folder = TemporaryFolder()
    try folder.write("a.md", "# First\n\nText.")
    try folder.write("b.md", [0, 1, 2])
    try folder.write("c.md", "")
    try folder.write("d.md", " \n")
    try folder.write("e.txt", "Last text.")
    let run = try Ingested([folder.path])
    #expect(run.documents.map(\.id) == ["a.md", "e.txt"])
    #expect(run.skipped.map(\.path) == [folder("b.md"), folder("c.md"), folder("d.md")])
  }

  @Test func aHugeLineIsRead() throws {
    let line = String(repeating: "A sentence of some words that goes on. 这是一个中文的句子。", count: 60_000)
    for name in ["a.txt", "a.md"] {
      let run = try Ingested(name, line)
      #expect(run.skipped.isEmpty)
      #expect(run.passages.count > 1_000)
      #expect(run.passages.allSatisfy { $0.text.utf8.count <= 1_200 && $0.line == 1 })
    }
  }

  @Test func byteOrderMarkCountsInOffsetsOnly() throws {
    let run = try Ingested("a.txt", [0xEF, 0xBB, 0xBF] + Array("Text.".utf8))
    #expect(run.passages.map(\.text) == ["Text."])
    #expect(run.passages.map(\.range) == [3..<8])
  }

  @Test func controlsAndZeroWidthBlanksDoNoHarm() throws {
    let run = try Ingested("a.txt", "\u{200B}\u{FEFF}\u{3000}　正文\u{7}在\u{0C}这里。\u{3000}\n\u{B}")
    #expect(run.passages.map(\.text) == ["正文\u{7}在\u{0C}这里。"])
  }

  #if canImport(Glibc)
    @Test(arguments: ["GB18030", "BIG5", "UTF-16LE", "UTF-16BE"])
    func otherEncodingsAreReadLikeUTF8(encoding: String) throws {
      let text = String(
        repeating: "# 焦慮症的研究\n\n焦慮症是最常見的精神障礙之一，患者常常感到害怕和擔心。\n\n- 第一項內容\n- 第二項 word\n\n", count: 8)
      let utf8 = try Ingested("a.md", text)
      let bytes = try converted(text, to: encoding)
      let other = try Ingested("a.md", bytes)
      #expect(other.skipped.isEmpty)
      #expect(other.passages.map(\.text) == utf8.passages.map(\.text))
      #expect(other.passages.map(\.headings) == utf8.passages.map(\.headings))
      #expect(other.passages.map(\.line) == utf8.passages.map(\.line))
      for passage in other.passages {
        #expect(Array(bytes[passage.range]) == (try converted(passage.text, to: encoding, mark: false)))
      }
    }

    @Test func recordsInGB18030AreRead() throws {
      let text = (0..<20).map { "{\"id\":\"\($0)\",\"text\":\"焦虑症是最常见的精神障碍之一，患者常常感到害怕。\"}\n" }.joined()
      let bytes = try converted(text, to: "GB18030")
      let run = try Ingested("a.jsonl", bytes)
      #expect(run.skipped.isEmpty)
      #expect(run.documents.count == 20)
      for passage in run.passages {
        #expect(passage.text == "焦虑症是最常见的精神障碍之一，患者常常感到害怕。")
        #expect(Array(bytes[passage.range]) == (try converted(passage.text, to: "GB18030")))
      }
    }

    private func converted(_ text: String, to encoding: String, mark: Bool = true) throws -> [UInt8] {
      guard let converter = iconv_open(encoding, "UTF-8"), converter != iconv_t(bitPattern: -1) else {
        throw TemporaryFolder.Failure(operation: "iconv_open \(encoding)")
      }
      defer { iconv_close(converter) }
      var input = Array(text.utf8CString)
      var output = [CChar](repeating: 0, count: input.count * 4 + 16)
      var outputLeft = output.count
      let failed = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
          var source = input.baseAddress
          var sourceLeft = input.count - 1
          var target = output.baseAddress
          return iconv(converter, &source, &sourceLeft, &target, &outputLeft) == Int(bitPattern: UInt.max)
        }
      }
      if failed { throw TemporaryFolder.Failure(operation: "iconv \(encoding)") }
      let bytes = output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }
      let marks: [String: [UInt8]] = ["UTF-16LE": [0xFF, 0xFE], "UTF-16BE": [0xFE, 0xFF]]
      return (mark ? marks[encoding] ?? [] : []) + bytes
    }
  #endif
}
