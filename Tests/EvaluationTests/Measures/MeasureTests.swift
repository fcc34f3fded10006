import Testing

@testable import Evaluation

@Suite struct MeasureTests {
  private func value(_ name: String, _ ranking: [Int], _ judged: [Int]) throws -> Double {
    try #require(Measure(named: name)).value(ranking: ranking, judged: judged)
  }

  @Test func names() throws {
    #expect(
      Measure.standard.map(\.description) == [
        "nDCG@10", "nDCG@20", "MAP", "MRR@10", "P@5", "P@10", "R@10", "R@100", "R@1000",
      ])
    for measure in Measure.standard { #expect(Measure(named: measure.description) == measure) }
    #expect(Measure(named: "NDCG@7") == .normalizedDiscountedCumulativeGain(cutoff: 7))
    #expect(Measure(named: "AP") == .averagePrecision)
    #expect(Measure(named: "rr@3") == .reciprocalRank(cutoff: 3))
    for name in ["", "nDCG", "P@", "P@0", "P@-1", "P@x", "F@10", "MAP@10", "P@5@5", "P@1000001"] {
      #expect(Measure(named: name) == nil)
    }
  }

  @Test func valuesByHand() throws {
    // Grades 3, 2, 1 are judged; the one of 2 is not found. Ideal: 3 + 2 / log2(3) + 1 / 2.
    let ranking = [0, -1, 3, 0, 1]
    let judged = [3, 1, 0, 2, -1]
    let ideal = 3 + 2 / 1.584962500721156 + 0.5
    #expect(abs(try value("nDCG@3", ranking, judged) - 1.5 / ideal) < 1e-12)
    #expect(abs(try value("nDCG@10", ranking, judged) - (1.5 + 1 / 2.584962500721156) / ideal) < 1e-12)
    #expect(abs(try value("MAP", ranking, judged) - (1.0 / 3 + 2.0 / 5) / 3) < 1e-12)
    #expect(abs(try value("MRR@10", ranking, judged) - 1.0 / 3) < 1e-12)
    #expect(try value("MRR@2", ranking, judged) == 0)
    #expect(abs(try value("P@5", ranking, judged) - 0.4) < 1e-12)
    #expect(abs(try value("P@10", ranking, judged) - 0.2) < 1e-12)
    #expect(abs(try value("R@3", ranking, judged) - 1.0 / 3) < 1e-12)
    #expect(abs(try value("R@1000", ranking, judged) - 2.0 / 3) < 1e-12)
  }

  @Test func cutoffsIncludeTheirRank() throws {
    let ranking = Array(repeating: 0, count: 9) + [1, 1]
    #expect(try value("MRR@10", ranking, [1, 1]) == 0.1)
    #expect(try value("MRR@9", ranking, [1, 1]) == 0)
    #expect(try value("R@10", ranking, [1, 1]) == 0.5)
    #expect(try value("R@11", ranking, [1, 1]) == 1)
  }

  @Test func nothingRelevantOrNothingFound() {
    for measure in Measure.standard {
      #expect(measure.value(ranking: [0, 0], judged: [0, -2]) == 0)
      #expect(measure.value(ranking: [], judged: [1]) == 0)
      #expect(measure.value(ranking: [], judged: []) == 0)
    }
    for name in ["nDCG@10", "MAP", "MRR@10", "R@10"] {
      #expect(Measure(named: name)?.value(ranking: [2, 1], judged: [1, 2, 0]) == 1)
    }
  }
}
