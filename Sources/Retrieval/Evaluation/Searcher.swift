import IndexFormat
package import SearchModel
import TextAnalysis

/// Ranks the passages of an opened index; serves one thread, so that access to what can be set need not be checked.
package final class Searcher {
  package let reader: IndexReader
  @exclusivity(unchecked) package var similarity: BM25
  /// True to weigh the terms of a query by what they say in it; false for plain BM25, in which every mention counts 1.
  @exclusivity(unchecked) package var weighsTerms = true
  /// True to rank the best hits of plain words again by the latent vectors, where the index has them.
  @exclusivity(unchecked) package var reranks = false
  /// What else counts in the reranking, with and without vectors.
  @exclusivity(unchecked) package var evidence = EvidenceWeights()
  /// True to look for abbreviations by their long forms too, and the other way round, where the texts declare them.
  @exclusivity(unchecked) package var expandsAbbreviations = true
  /// True to search again with what the best passages for plain words have in common.
  @exclusivity(unchecked) package var usesFeedback = false
  /// True to step through all matching passages one by one: slow and plain, to compare the fast ways with.
  @exclusivity(unchecked) var isStepwise = false
  /// How unions are evaluated, to compare both ways with each other.
  @exclusivity(unchecked) var unions = UnionMethod.lessWork
  let analyzer: Analyzer
  let memory = ScratchMemory()
  private let forms: WordForms
  @exclusivity(unchecked) private var lastCompiler: QueryCompiler?
  /// Whether the index has abbreviations to look for.
  private let hasAbbreviations: Bool

  package init(_ reader: IndexReader, similarity: BM25 = BM25()) throws(RetrievalError) {
    self.reader = reader
    self.similarity = similarity
    do { analyzer = try Analyzer(reader.analyzer) } catch { throw .analyzer(error) }
    forms = WordForms(reader, analyzer)
    hasAbbreviations = reader.analyzer.filters.contains(.abbreviations)
  }

  /// The best `limit` passages for a query, and how many there are.
  ///
  /// - Parameters:
  ///   - language: only passages of this language, or nil for all.
  ///   - countsAll: false to leave passages that cannot be among the hits uncounted, which is faster.
  package func search(
    _ query: QueryNode, limit: Int, language: Language? = nil, countsAll: Bool = true
  ) throws(RetrievalError) -> Ranking {
    try check(query)
    try requireTextsForFeedback()
    var planner = QueryPlanner(analyzer, weighsTerms: weighsTerms, singlesDrive: false)
    var ranking = try rank(query, try plan(query, language, &planner), limit: limit, countsAll: countsAll)
    // A run that shares no bigram with any passage may still share characters: better those than nothing.
    if ranking.total.value == 0 && planner.hasIdleSingles {
      var planner = QueryPlanner(analyzer, weighsTerms: weighsTerms, singlesDrive: true)
      ranking = try rank(query, try plan(query, language, &planner), limit: limit, countsAll: countsAll)
      ranking.usesSingles = true
    }
    return ranking
  }

  /// The best passage of each of the best `limit` documents, with further passages of the same document.
  package func searchDocuments(
    _ query: QueryNode, limit: Int, language: Language? = nil, countsAll: Bool = true
  ) throws(RetrievalError) -> (documents: [[ScoredPassage]], ranking: Ranking) {
    let limit = min(limit, reader.statistics.passages)
    var depth = 4 * max(limit, 1)
    while true {
      let ranking = try search(query, limit: depth, language: language, countsAll: countsAll)
      var order: [DocumentNumber] = []
      var byDocument: [DocumentNumber: [ScoredPassage]] = [:]
      for hit in ranking.hits {
        let document = try document(of: hit.passage)
        if byDocument[document] == nil { order.append(document) }
        byDocument[document, default: []].append(hit)
      }
      if order.count >= limit || ranking.hits.count < depth {
        return (order.prefix(limit).map { byDocument[$0] ?? [] }, ranking)
      }
      depth *= 2
    }
  }

  /// How many passages match.
  package func count(_ query: QueryNode) throws(RetrievalError) -> Int { try search(query, limit: 0).total.value }

  /// Reads what is shown of the hits of a ranking.
  package func makeHitReader(_ ranking: Ranking) -> HitReader { HitReader(reader, analyzer, ranking.plan) }

  /// What the score of a passage is made of.
  package func explain(_ hit: ScoredPassage, _ ranking: Ranking) throws(RetrievalError) -> Explanation {
    let compiler = QueryCompiler(reader, similarity, memory)
    try compiler.prepare(ranking.scoring)
    let (segment, passage) = reader.locate(hit.passage)
    guard let index = reader.segments.firstIndex(where: { $0 === segment }) else {
      preconditionFailure("a passage lies in a segment of its index")
    }
    let iterator = try compiler.iterator(ranking.scoring, segment: index)
    do throws(IndexError) {
      guard try iterator.advance(to: UInt32(passage)) == UInt32(passage) else {
        return Explanation(value: 0, description: "the passage does not match")
      }
      let explainer = ScoreExplainer(
        reader, similarity, typed: surfaces(of: ranking.query), found: try surfaces(in: passage, of: segment))
      let words = try iterator.explain()
      guard let place = ranking.hits.firstIndex(of: hit), place < ranking.reranked.count else {
        return explainer.explanation(score: hit.score, words)
      }
      let parts = ranking.reranked[place]
      var explanation = explainer.explanation(score: parts.words, words)
      explanation.value = hit.score
      explanation.details += parts.explanations
      explanation.description = "sum of \(explanation.details.count) parts"
      return explanation
    } catch { throw .index(error) }
  }

  private func surfaces(of query: QueryNode) -> SurfaceTable {
    var surfaces = SurfaceTable()
    surfaces.add(query, analyzer)
    return surfaces
  }

  /// How a passage writes its terms, title and headings among them where they are searched with the passage.
  private func surfaces(in passage: Int, of segment: Segment) throws(IndexError) -> SurfaceTable {
    var surfaces = SurfaceTable()
    guard let texts = segment.texts?.makeReader() else { return surfaces }
    surfaces.add(String(decoding: try texts.record(passage), as: UTF8.self), analyzer)
    let document = try segment.documents.document(of: passage)
    let countsHeadings = reader.manifest.headingWeight > 0
    let isFirst = try segment.documents.passages(of: document).lowerBound == passage
    if isFirst || countsHeadings {
      surfaces.add(try segment.documents.record(document, segment.documents.makeReader()).title, analyzer)
    }
    if countsHeadings {
      let path = try segment.passages.place(of: passage).headingPath
      for heading in try segment.passages.headings(path, segment.passages.makeHeadingReader()) {
        surfaces.add(heading, analyzer)
      }
    }
    return surfaces
  }

  /// Ranks passages by a plan, with feedback where it is asked for and the plan has words.
  private func rank(
    _ query: QueryNode, _ plan: QueryPlan, limit: Int, countsAll: Bool
  ) throws(RetrievalError) -> Ranking {
    let compiler = compiler()
    try compiler.prepare(plan)
    guard usesFeedback, let words = plan.scoredWords else {
      return try rankOnce(query, plan, compiler, limit: limit, countsAll: countsAll)
    }
    return try rankWithFeedback(query, plan, words, compiler, limit: limit, countsAll: countsAll)
  }

  /// The compiler of the last query, where that had the same similarity, or a new one.
  private func compiler() -> QueryCompiler {
    if let lastCompiler, lastCompiler.norms.similarity == similarity {
      lastCompiler.begin()
      return lastCompiler
    }
    let compiler = QueryCompiler(reader, similarity, memory)
    lastCompiler = compiler
    return compiler
  }

  /// Ranks passages by a plan as it is.
  ///
  /// - Parameters:
  ///   - original: the plan by whose words hits are reranked, where it is another one.
  ///   - depth: how many hits are.
  func rankOnce(
    _ query: QueryNode, _ plan: QueryPlan, _ compiler: QueryCompiler, limit: Int, countsAll: Bool,
    rerankedBy original: QueryPlan? = nil, depth: Int = Reranking.depth
  ) throws(RetrievalError) -> Ranking {
    memory.reset()
    let hasReasons = reader.hasLatentVectors || !evidence.isEmpty
    let words = reranks && limit > 0 && hasReasons ? Reranking.words(of: original ?? plan) : nil
    var hits = TopHits(limit: words == nil ? limit : max(limit, depth))
    var total = 0
    var isExact = true
    for index in reader.segments.indices {
      var evaluation = SegmentEvaluation(reader, index, compiler, unions, countsAll: countsAll || limit == 0)
      total += isStepwise ? try evaluation.walk(plan, into: &hits) : try evaluation.run(plan, into: &hits)
      isExact = isExact && evaluation.isExact
    }
    var ranked = hits.ranked()
    let count = TotalHits(value: max(total, ranked.count), relation: isExact ? .equal : .atLeast)
    var parts: [Reranking.Parts] = []
    if let words {
      let reranking = Reranking(words, compiler, reader, memory, forms, evidence, depth: depth)
      do { parts = try reranking.apply(to: &ranked, limit: limit) } catch { throw .index(error) }
    }
    return Ranking(
      hits: ranked, total: count, query: query, plan: plan, scoring: plan, reranked: parts)
  }

  /// The plan of a query among the passages of one language.
  private func plan(
    _ query: QueryNode, _ language: Language?, _ planner: inout QueryPlanner
  ) throws(RetrievalError) -> QueryPlan {
    var plan = planner.plan(query)
    if hasAbbreviations && expandsAbbreviations {
      let expansion = AbbreviationExpansion(reader, analyzer)
      do { plan = try expansion.expanded(plan, of: query) } catch { throw .index(error) }
    }
    guard let language, !plan.isNothing else { return plan }
    let filter = planner.plan(.field(name: FieldKey.language, value: .word(language.rawValue)))
    return .boolean(required: [plan, filter], optional: [], prohibited: [])
  }

  /// Fields that no document has are mistakes, not empty results.
  private func check(_ query: QueryNode) throws(RetrievalError) {
    switch query {
    case .word, .phrase, .prefix: return
    case .field(let name, _):
      let known = reader.fieldNames
      guard known.contains(name) else { throw .unknownField(name: name, known: known) }
    case .any(let alternatives):
      for alternative in alternatives { try check(alternative) }
    case .group(let clauses):
      for clause in clauses { try check(clause.node) }
    }
  }

  struct DocumentNumber: Hashable {
    var segment: Int
    var document: Int
  }

  func document(of passage: Int) throws(RetrievalError) -> DocumentNumber {
    let (segment, local) = reader.locate(passage)
    let index = reader.segments.firstIndex { $0 === segment } ?? 0
    do { return DocumentNumber(segment: index, document: try segment.documents.document(of: local)) } catch {
      throw .index(error)
    }
  }
}

/// The outcome of a search: which passages, not yet what they say.
package struct Ranking: Sendable {
  /// The best passages, best first.
  package var hits: [ScoredPassage]
  /// How many match in all.
  package var total: TotalHits
  let query: QueryNode
  /// True where single characters of longer runs were enough to match.
  var usesSingles = false
  /// What was asked for.
  var plan: QueryPlan
  /// What scored: the plan with what the best passages added to its words.
  let scoring: QueryPlan
  /// What the best passages added to its words; nil where no feedback was given.
  package var addedTerms: [AddedTerm]?
  /// What the scores of the hits are made of, in their order; empty where they are the plan's own.
  let reranked: [Reranking.Parts]
}
