import ByteStorage
import IndexFormat

/// All postings of a term that has few, decoded once, and as far scored as can be done without the weight of a query.
final class DecodedPostings: Sendable {
  /// A term with more postings is decoded anew by every search.
  static let mostPostings = 1 << 13

  /// Through bare pointers, valid as long as the postings are kept alive.
  nonisolated(unsafe) let view: View

  struct View {
    let count: Int
    /// Ascending; readable for `ScoringKernels.postingsAtATime` beyond the last, as what follows is.
    let documents: UnsafePointer<UInt32>
    /// Frequencies times the norms of the passages.
    let saturations: UnsafePointer<Float>
  }

  /// Bytes that the postings take in memory.
  var memory: Int { 8 * (view.count + ScoringKernels.postingsAtATime) }

  /// - Parameter list: of at most `mostPostings` postings.
  init(_ list: PostingsList, _ segment: Segment, _ norms: SegmentNorms) throws(IndexError) {
    let count = Int(list.term.documentFrequency)
    let room = count + ScoringKernels.postingsAtATime
    let documents = UnsafeMutablePointer<UInt32>.allocate(capacity: room)
    let saturations = UnsafeMutablePointer<Float>.allocate(capacity: room)
    documents.initialize(repeating: 0, count: room)
    saturations.initialize(repeating: 0, count: room)
    do throws(IndexError) {
      let scorer = PostingsScorer(norms)
      var posting = 0
      try segment.forEachPosting(of: list) { document, frequency throws(IndexError) in
        documents[posting] = document
        saturations[posting] = Float(frequency) * scorer.norm(document)
        posting += 1
      }
    } catch {
      documents.deallocate()
      saturations.deallocate()
      throw error
    }
    view = View(count: count, documents: documents, saturations: saturations)
  }

  deinit {
    view.documents.deallocate()
    view.saturations.deallocate()
  }
}
