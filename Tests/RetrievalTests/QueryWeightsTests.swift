import TestSupport
import Testing
import TextAnalysis

@testable import Retrieval

/// What the terms of a query count.
@Suite struct QueryWeightsTests {
  private func plan(_ query: String, weighsTerms: Bool = true) throws -> QueryPlan {
    var planner = QueryPlanner(try Analyzer(.bilingual), weighsTerms: weighsTerms, singlesDrive: false)
    return planner.plan(try QueryParser.parse(query))
  }

  /// The weights of all terms of the bags of a plan, as `gram 什么 0.1`.
  private func weights(_ plan: QueryPlan) -> Set<String> {
    switch plan {
    case .bag(let bag): Set((bag.drivers + bag.boosters).map { "\(TermLabel.of($0.key)) \($0.weight)" })
    case .boolean(let required, let optional, _):
      (required + optional).reduce(into: []) { $0.formUnion(weights($1)) }
    case .phrase, .prefix, .unscored, .nothing: []
    }
  }

  @Test(arguments: [
    ("sleep memory sleep", ["stem sleep 1.0", "stem memori 1.0"]),
    ("睡眠 memory", ["gram 睡眠 1.0", "character 睡 1.0", "character 眠 1.0", "stem memori 2.0"]),
    ("1982年", ["stem 1982 2.0", "gram 1982年 2.0", "character 年 1.0"]),
    (
      "什么药",
      ["character 什 0.1", "character 么 0.1", "gram 什么 0.1", "gram 么药 0.1", "character 药 1.0"]
    ),
    ("我的", ["character 我 1.0", "character 的 1.0", "gram 我的 0.5"]),
    (
      "是什么",
      ["character 是 1.0", "character 什 0.1", "character 么 0.1", "gram 是什 0.05", "gram 什么 0.1"]
    ),
    // The same character inside an interrogative and outside.
    (
      "多少 少年",
      ["character 多 0.1", "character 少 1.0", "gram 多少 0.1", "gram 少年 1.0", "character 年 1.0"]
    ),
    ("睡眠 OR memory", ["gram 睡眠 1.0", "character 睡 1.0", "character 眠 1.0", "stem memori 2.0"]),
    // What is demanded, quoted or begun is meant as it stands, and words beside it are all alike.
    ("谁 AND memory", ["character 谁 1.0", "stem memori 1.0"]),
    ("+谁 memory", ["character 谁 1.0", "stem memori 1.0"]),
    ("+memory 药", ["stem memori 1.0", "character 药 1.0"]),
    ("\"睡眠\" memory sleep", ["stem memori 1.0", "stem sleep 1.0"]),
    ("睡眠* memory", ["stem memori 1.0"]), ("memory -睡眠", ["stem memori 1.0"]),
  ])
  func termsHaveWeights(query: String, expected: [String]) throws {
    #expect(weights(try plan(query)) == Set(expected))
  }

  @Test(arguments: [
    ("sleep memory sleep", ["stem sleep 2.0", "stem memori 1.0"]),
    ("什么 memory", ["character 什 1.0", "character 么 1.0", "gram 什么 1.0", "stem memori 1.0"]),
    ("妈妈的", ["character 妈 2.0", "character 的 1.0", "gram 妈妈 1.0", "gram 妈的 1.0"]),
  ])
  func plainlyEveryMentionCounts(query: String, expected: [String]) throws {
    #expect(weights(try plan(query, weighsTerms: false)) == Set(expected))
  }

  @Test(arguments: [("為什麼失眠", "为什么失眠"), ("他是誰", "他是谁"), ("第幾屆", "第几届"), ("哪種藥物", "哪种药物"), ("為何", "为何"), ("你好嗎", "你好吗")])
  func traditionalFormsWeighTheSame(traditional: String, simplified: String) throws {
    #expect(try plan(traditional) == plan(simplified))
  }

  @Test func questionsFindWhatTheyAskAbout() throws {
    let answers = ["失眠是一种疾病", "为什么说为什么要问", "焦虑的人睡得少", "抑郁和焦虑", "睡眠与记忆", "记忆的巩固"]
    let searcher = try Searcher(BuiltIndex(answers).reader)
    #expect(try searcher.search(.word("为什么失眠"), limit: 1).hits.map(\.passage) == [0])
    searcher.weighsTerms = false
    #expect(try searcher.search(.word("为什么失眠"), limit: 1).hits.map(\.passage) == [1])
  }

  @Test func questionsOfNothingElseFindSomething() throws {
    let searcher = try Searcher(BuiltIndex(["为什么", "他是谁", "睡眠", "的确", "谁的"]).reader)
    for (query, found) in [("为什么", [0]), ("谁", [1, 4]), ("谁的", [4]), ("的谁", [1, 4]), ("什么", [0])] {
      let hits = try searcher.search(.word(query), limit: 10).hits
      #expect(Set(hits.map(\.passage)).isSuperset(of: found), "\(query)")
      #expect(hits.allSatisfy { $0.score > 0 }, "\(query)")
    }
  }
}
