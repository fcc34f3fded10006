import IndexFormat
package import SearchModel

extension Searcher {
  /// Why a document is not found by a query, or why it stands where it stands.
  ///
  /// - Parameter name: the document's id, or its path.
  package func diagnose(
    _ name: String, _ query: QueryNode, language: Language? = nil
  ) throws(RetrievalError) -> DocumentLookup {
    let ranking = try search(query, limit: reader.statistics.passages, language: language)
    let outcome: DocumentFinder.Outcome
    do { outcome = try DocumentFinder.find(name, in: reader) } catch { throw .index(error) }
    switch outcome {
    case .unknown(let nearest): return .unknown(nearest: nearest)
    case .found(let found):
      let facts = try DocumentFacts(found, reader, analyzer)
      var diagnoser = ClauseDiagnoser(
        reader, QueryCompiler(reader, similarity, memory), analyzer, facts, singlesDrive: ranking.usesSingles)
      // A restriction of the whole search is a part of what is asked for.
      var asked = query
      if let language {
        asked = .group([
          QueryClause(.optional, query),
          QueryClause(.optional, .field(name: "lang", value: .word(language.rawValue))),
        ])
      }
      return .found(
        MatchDiagnosis(
          document: found.record, passages: facts.passages, query: try diagnoser.diagnose(asked),
          standing: try standing(of: found, ranking), hasTexts: reader.segments[found.segment].texts != nil))
    }
  }

  /// Where the best passage of a document stands in a ranking of all passages; nil where none matches.
  private func standing(of found: DocumentFinder.Found, _ ranking: Ranking) throws(RetrievalError) -> Standing? {
    let first = reader.firstPassages[found.segment]
    let range = (first + found.passages.lowerBound)..<(first + found.passages.upperBound)
    guard let index = ranking.hits.firstIndex(where: { range.contains($0.passage) }) else { return nil }
    let place = try place(index, ranking)
    // All passages before the best one are of other documents.
    let before = index > 0 ? try self.place(index - 1, ranking) : nil
    var documents: Set<DocumentNumber> = []
    for hit in ranking.hits[..<index] { documents.insert(try document(of: hit.passage)) }
    return Standing(
      place: place, documentRank: documents.count + 1, total: ranking.hits.count, before: before,
      differences: before.map { Standing.differences(place.explanation, $0.explanation) } ?? [])
  }

  private func place(_ index: Int, _ ranking: Ranking) throws(RetrievalError) -> Standing.Place {
    let hit = ranking.hits[index]
    let explanation = try explain(hit, ranking)
    do throws(IndexError) {
      let (segment, passage) = reader.locate(hit.passage)
      let document = try segment.documents.document(of: passage)
      return Standing.Place(
        rank: index + 1, id: try segment.documents.record(document, segment.documents.makeReader()).id,
        passage: passage - (try segment.documents.passages(of: document)).lowerBound, explanation: explanation)
    } catch { throw .index(error) }
  }
}

extension Standing {
  /// The terms of both scores, those first by which they differ most.
  static func differences(_ here: Explanation, _ before: Explanation) -> [Difference] {
    var differences: [Difference] = []
    func place(_ part: Explanation) -> Int {
      let label = part.match.map { "\($0.channel.rawValue) \($0.term)" } ?? part.description
      if let known = differences.firstIndex(where: { $0.label == label }) { return known }
      differences.append(Difference(label: label, here: 0, before: 0, hereNumbers: [], beforeNumbers: []))
      return differences.count - 1
    }
    for part in here.details {
      let index = place(part)
      differences[index].here += part.value
      differences[index].hereNumbers = occurrences(part)
    }
    for part in before.details {
      let index = place(part)
      differences[index].before += part.value
      differences[index].beforeNumbers = occurrences(part)
    }
    return differences.enumerated().sorted {
      let first = abs($0.element.before - $0.element.here)
      let second = abs($1.element.before - $1.element.here)
      return first != second ? first > second : $0.offset < $1.offset
    }.map(\.element)
  }

  private static func occurrences(_ part: Explanation) -> [FormulaNumber] {
    part.numbers.filter { ["frequency", "length"].contains($0.name) }
  }
}
