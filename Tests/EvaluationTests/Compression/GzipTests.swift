import Evaluation
import Foundation
import Testing

/// The compressed bytes were made by zlib 1.3.
@Suite struct GzipTests {
  /// Not compressed at all.
  private static let stored = "H4sIAAAAAAAA/wEMAPP/c3RvcmVkIHRleHQKke7TiQwAAAA="
  /// With the codes that the format fixes, a stretch that repeats itself, and a file's name in the header.
  private static let fixed = "H4sICAAAAAAA/25hbWUudHh0AEtMSk6EIS4ADJw5Ew0AAAA="
  /// With codes of its own.
  private static let dynamic = """
    H4sIAAAAAAAA/32XPW6cMQxE+5yCF0ggiRJ/jpEzOClSxA4C+/55chHsFiSw5WDnmyeJGr2//fn1MuT7kB9vLx+/f76+fx0yZY4x\
    vh35+/H65f0q5pNCXZZk5qNiPSl8i6KIR4U+KeaQjcIfFftJsV0OCntUnCdFbDEU51FhT4o1xFHsR8Vz2uMSKLROm3wnilWnVZAN\
    JLOOay5zIhl1XpUJ1cg678YHrBF1YMeH7w2vE/MXE7BhdeSDEWTj1JkDI9DGrjMvjGAbWmc2jIAbqw6dbDbgxqxDq8oCbow6tA9Z\
    0PWsQ5vwwelRZ974ANe9zhz4ANetzgzZBVw/deaDEXB915kTI+C61plxWcD11WRWYfOmzzo0o0AUuj7q1Gqi0LWsUztO4LVoVloU\
    uuZ16I0PdM3q0IEPdO3UodlxTLC0XYc+GEHXtM6cGEHXVp0Z+hzZtFlnNpMNXBvNDJMN25N1Zr6DrZkn6syOD3CPNwuNEXCP1Zk3\
    RsA9p84cGAH37DozB3ED92id+WAE3LPq0GnCmMozm3tqyQHuGXVoSznQ3VmHPsJxzB3NTYUPcLfXmR0f4G6rMzOU2Xa5T3NZYQTc\
    vevMgRFwt9aZGVDwzb2a62oJozn3rENnigF3jzo0Z5U/Ss3mvsIIuhrNiRYDrnqdmW1rwFVrrit8gKunaSQYAVd3nZklNOCqNkMM\
    I+Dqag50CNdR6qwzE8eBq00JmwK7XE0JY4IxdXM1LczxAe5qahi1BVWupodxmpkvuZoiFhgBdzVNjCvcgbuaKsbO5iDlarpYHuEO\
    ztV0MW6zAO5quhirzI7J2ZUx4arJ2XQxBjsNNWfTxQgMmZxNF6POMVNzNl2MIUcdy9l0scAIuLPpYlQbhkfOpovdAw/c2XSxvC78\
    mi52b3ngjqaLfW5+JE0Zu3MQRdPFPi88JE0Xu/sAuKPpYrfl8htNF7vDn9ij6WKXCXBH08VofLdr5WjKGJNwjrsITRm7j5HFUjZl\
    TK+VomnamF+ruyWaPjavFwcum0K2r5ehaRpZXC8eYtlUsnW92MXZdLJzvRJNU8rYNZPvjmxa2X3QMfcim1r2+aKDc3TFDAmYoylm\
    9013j3g0zew+6mgHEU01u686XhYRTTe7zzq2c0RTzu67bt5h0bSz+7CjREc09ey+7Fiy+P9u+wfVOU7rahAAAA==
    """

  private func bytes(_ base64: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: base64))) }

  private func text(_ base64: String) throws -> String {
    String(decoding: try Gzip.decompress(bytes(base64)), as: UTF8.self)
  }

  private static let run = (0..<120).map {
    "topic\($0 % 7) Q0 document-\($0 * 37 % 101) \($0 + 1) \(1000 - $0).5 run\n"
  }
  .joined()

  @Test func everyKindOfBlock() throws {
    #expect(try text(GzipTests.stored) == "stored text\n")
    #expect(try text(GzipTests.fixed) == "abcabcabcabc\n")
    #expect(try text(GzipTests.dynamic) == GzipTests.run)
  }

  @Test func membersOneAfterTheOther() throws {
    let both = try bytes(GzipTests.fixed) + bytes(GzipTests.stored)
    #expect(String(decoding: try Gzip.decompress(both), as: UTF8.self) == "abcabcabcabc\nstored text\n")
  }

  @Test func optionalPartsOfTheHeader() throws {
    var member = try bytes(GzipTests.stored)
    member[3] = 0x04 | 0x10
    member.insert(contentsOf: [2, 0, 0xAA, 0xBB] + Array("comment".utf8) + [0], at: 10)
    #expect(String(decoding: try Gzip.decompress(member), as: UTF8.self) == "stored text\n")
    member[3] |= 0x20
    #expect(throws: GzipError.unsupportedHeader) { try Gzip.decompress(member) }
  }

  @Test func compressedRunsAndJudgementsAreRead() throws {
    let run = try RankedRun(bytes(GzipTests.dynamic), file: "run.gz")
    let results = run.results(of: Identifier("topic3"), ties: .trecEval)
    #expect(results?.first?.document.text == "document-10")
    #expect(results?.count == 17)
    #expect(throws: EvaluationError.gzip(file: "qrels.gz", .truncated)) {
      try Judgements(bytes(GzipTests.dynamic).dropLast(), file: "qrels.gz")
    }
  }

  @Test func damageIsFound() throws {
    for sample in [GzipTests.stored, GzipTests.fixed, GzipTests.dynamic] {
      let whole = try bytes(sample)
      let text = try Gzip.decompress(whole)
      for count in 0..<whole.count {
        #expect(throws: GzipError.self) { try Gzip.decompress(Array(whole[..<count])) }
      }
      // The time, the level and the system in the header, and a file's name, mean nothing to the text.
      for position in whole.indices {
        var damaged = whole
        damaged[position] ^= 0x41
        let read = try? Gzip.decompress(damaged)
        #expect(read == nil || read == text, "byte \(position)")
      }
    }
  }

  @Test func textIsNotCompressed() {
    #expect(!Gzip.isCompressed(Array("a 0 d 1".utf8)))
    #expect(!Gzip.isCompressed([]))
  }
}
