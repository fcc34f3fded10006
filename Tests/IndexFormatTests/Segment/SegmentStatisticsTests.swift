import ByteStorage
import TestSupport
import Testing

@testable import IndexFormat

struct SegmentStatisticsTests {
  private func sample(_ seed: UInt64) -> SegmentStatistics {
    var generator = SeededGenerator(seed: seed)
    func number() -> Int { Int.random(in: 0...(1 << 53), using: &generator) }
    var statistics = SegmentStatistics()
    statistics.documents = number()
    statistics.passages = number()
    statistics.terms = number()
    statistics.totalLength = number()
    statistics.postings = number()
    statistics.textBytes = number()
    for index in statistics.passagesByLanguageNumber.indices { statistics.passagesByLanguageNumber[index] = number() }
    return statistics
  }

  @Test(arguments: Seeds.first(5))
  func numbersComeBack(seed: UInt64) throws {
    let statistics = sample(seed)
    let bytes = statistics.encoded()
    #expect(try SegmentStatistics(SectionBytes(.statistics, bytes)) == statistics, "seed \(seed)")
    for count in bytes.indices {
      #expect(throws: IndexError.self) { try SegmentStatistics(SectionBytes(.statistics, bytes.prefix(count))) }
    }
  }

  @Test func numbersThatCouldOverflowAreRefused() {
    let bytes = SegmentStatistics().encoded()
    for start in stride(from: 0, to: bytes.count, by: 8) {
      for byte in [UInt8(0x21), 0x40, 0x80, 0xFF] {
        var damaged = bytes
        damaged[start + (byte == 0x21 ? 6 : 7)] = byte
        #expect(throws: IndexError.self) { try SegmentStatistics(SectionBytes(.statistics, damaged)) }
      }
    }
  }

  @Test func sumsAreTakenNumberByNumber() {
    var sum = sample(1)
    sum.add(sample(2))
    let (first, second) = (sample(1), sample(2))
    #expect(sum.documents == first.documents + second.documents)
    #expect(sum.passages == first.passages + second.passages)
    #expect(sum.terms == first.terms + second.terms)
    #expect(sum.totalLength == first.totalLength + second.totalLength)
    #expect(sum.postings == first.postings + second.postings)
    #expect(sum.textBytes == first.textBytes + second.textBytes)
    #expect(
      sum.passagesByLanguageNumber
        == zip(first.passagesByLanguageNumber, second.passagesByLanguageNumber).map { $0 + $1 })
  }

  @Test func languagesWithoutPassagesAreLeftOut() {
    var statistics = SegmentStatistics()
    statistics.passagesByLanguageNumber[1] = 3
    #expect(statistics.passagesByLanguage.count == 1)
    #expect(statistics.passagesByLanguage.first?.language == .chinese)
    #expect(statistics.passagesByLanguage.first?.passages == 3)
  }
}
