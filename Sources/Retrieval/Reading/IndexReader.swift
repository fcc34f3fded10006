package import ByteStorage
package import IndexFormat
package import TextAnalysis

/// An opened index: its manifest, its segments and the analyzer for its queries. Many threads may share one.
///
/// What was opened stays readable when a writer replaces the index; a reader never sees a part of a commit.
package final class IndexReader: Sendable {
  package let folder: StorageFolder
  package let manifest: Manifest
  package let segments: [Segment]
  /// The ordinal of each segment's first passage over all segments.
  package let firstPassages: [Int]
  package let analyzer: AnalyzerDescription
  /// Norms, and what has been found out about terms since they were first searched for.
  let scoring: ScoringCache
  /// Sums over all segments.
  package let statistics: SegmentStatistics

  /// Opens the index in `path`.
  ///
  /// - Parameter analyzer: the analyzer that the index must have been built with, or nil for whichever it was.
  /// - Throws: `IndexError.analyzerDiffers` where the texts were cut in another way than queries would be.
  package init(folder path: String, analyzer expected: AnalyzerDescription? = nil) throws(IndexError) {
    folder = StorageFolder(path)
    var opened: (manifest: Manifest, segments: [Segment])?
    repeat { opened = try IndexReader.open(folder) } while opened == nil
    guard let opened else { preconditionFailure("the loop ends with an opened index") }
    (manifest, segments) = opened
    let stamp: AnalyzerStamp
    do { stamp = try AnalyzerStamp(manifest.analyzer) } catch {
      throw .damaged(file: folder.path(of: Manifest.fileName), section: "analyzer", reason: "\(error)")
    }
    let differences = stamp.differences(from: AnalyzerStamp(expected ?? stamp.description))
    guard differences.isEmpty else { throw .analyzerDiffers(folder: path, differences: differences) }
    analyzer = stamp.description
    var firstPassages: [Int] = []
    var statistics = SegmentStatistics()
    for segment in segments {
      firstPassages.append(statistics.passages)
      statistics.add(segment.statistics)
    }
    guard statistics.passages == manifest.passages, statistics.documents == manifest.documents else {
      throw .damaged(
        file: folder.path(of: Manifest.fileName), section: "statistics",
        reason: "expected \(manifest.passages) passages in the segments, found \(statistics.passages)")
    }
    (self.firstPassages, self.statistics) = (firstPassages, statistics)
    let bytes = manifest.segments.reduce(0) { $0 + $1.byteCount }
    scoring = ScoringCache(mostMemory: min(max(2 * bytes, IndexReader.leastCache), IndexReader.mostCache))
  }

  /// What is kept of terms may take twice as much as the index itself, within these bounds in bytes: half of it is what has been
  /// asked for lately.
  private static let leastCache = 128 << 20
  private static let mostCache = 1 << 30

  /// The manifest and the segments that it names, or nil where a writer replaced both in between: it removes the segments
  /// of the manifest before, and whoever has just read that one has to read again.
  private static func open(_ folder: StorageFolder) throws(IndexError) -> (manifest: Manifest, segments: [Segment])? {
    let manifest = try Manifest(in: folder)
    var segments: [Segment] = []
    do throws(IndexError) {
      for record in manifest.segments { segments.append(try Segment(record, in: folder)) }
    } catch {
      guard try Manifest(in: folder) != manifest else { throw error }
      return nil
    }
    return (manifest, segments)
  }

  /// The segment that holds a passage, and the passage's ordinal in it.
  package func locate(_ passage: Int) -> (segment: Segment, passage: Int) {
    let index = (firstPassages.lastIndex { $0 <= passage }) ?? 0
    return (segments[index], passage - firstPassages[index])
  }

  /// Mean number of scored tokens of a passage; 1 where there is none, so that nothing is divided by 0.
  package var averageLength: Float {
    statistics.totalLength > 0 && statistics.passages > 0
      ? Float(Double(statistics.totalLength) / Double(statistics.passages)) : 1
  }

  /// True where every segment has vectors to rerank its hits by.
  package var hasLatentVectors: Bool { !segments.isEmpty && segments.allSatisfy { $0.latent != nil } }

  /// The names of the fields that queries can restrict.
  package var fieldNames: [String] {
    var names = [FieldKey.language, FieldKey.title]
    for segment in segments {
      for column in segment.fields.columns where !names.contains(column.name) { names.append(column.name) }
    }
    return names
  }
}
