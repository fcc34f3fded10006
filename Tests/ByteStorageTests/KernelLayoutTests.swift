import ByteStorage
import CKernels
import Testing

/// What is handed to the kernels as it lies in memory has the layout that they know.
@Suite struct KernelLayoutTests {
  @Test func rangesLieAsInC() {
    expect(
      RangeEntry.self, [\.eighths, \.firstPosting, \.count, \.code], suo_range_entry.self,
      [\.eighths, \.first, \.count, \.code])
    expect(RangeLink.self, [\.next, \.term], suo_range_link.self, [\.next, \.term])
    expect(
      BoundedTerms.self,
      [
        \.peaks, \.frequent, \.frequentScales, \.entries, \.scales, \.firsts, \.heads, \.links, \.frequentCount,
        \.count,
      ], suo_bounded_terms.self,
      [
        \.peaks, \.frequent, \.frequent_scales, \.entries, \.scales, \.firsts, \.heads, \.links, \.count, \.all,
      ])
  }

  @Test func setsLieAsInC() {
    expect(
      TermSet.self, [\.held, \.frequencies, \.weight, \.gained], suo_set.self,
      [\.held, \.frequencies, \.weight, \.gained])
    expect(
      NormSource.self, [\.lengths, \.values, \.bytesPerLength, \.passageCount], suo_norm_source.self,
      [\.lengths, \.values, \.width, \.passages])
    expect(TermSetQuery.self, [\.sets, \.postings, \.norms], suo_set_query.self, [\.sets, \.postings, \.norms])
  }

  private func expect<Ours, Theirs>(
    _ ours: Ours.Type, _ fields: [PartialKeyPath<Ours>], _ theirs: Theirs.Type, _ others: [PartialKeyPath<Theirs>]
  ) {
    #expect(MemoryLayout<Ours>.stride == MemoryLayout<Theirs>.stride, "\(ours)")
    for (field, other) in zip(fields, others) {
      let offset = MemoryLayout<Ours>.offset(of: field)
      #expect(offset != nil && offset == MemoryLayout<Theirs>.offset(of: other), "\(field)")
    }
  }
}
