import ByteStorage

/// Merges runs in memory into one run in a file, so that memory stays bounded.
enum RunSpill {
  /// Writes the merged run and gives it back; the runs are of consecutive passages, in order.
  static func write(_ runs: [Run], name: String, in folder: StorageFolder) throws(StorageError) -> Run {
    let file = try OutputFile(creating: folder.path(of: name))
    var merge = try RunMerge(runs, in: folder)
    let firstPassage = runs.first?.firstPassage ?? 0
    var output: [UInt8] = []
    while try merge.next() {
      var entry = RunEntry()
      var rest: [UInt8] = []
      entry.key = merge.current[0].entry.key
      entry.isPositional = merge.current[0].entry.isPositional
      for reader in merge.current {
        let shift = reader.run.firstPassage - firstPassage
        let first = reader.entry.first + shift
        // Only the first passage of an entry depends on where its run begins; all else is copied as it is.
        if entry.postings == 0 { entry.first = first } else { rest.append(variable: first - entry.last) }
        try reader.withRest { rest.append(contentsOf: $0) }
        entry.postings += reader.entry.postings
        entry.occurrences += reader.entry.occurrences
        entry.last = reader.entry.last + shift
      }
      entry.length = rest.count
      entry.encode(to: &output)
      output += rest
      if output.count >= 1 << 20 {
        try file.append(output)
        output.removeAll(keepingCapacity: true)
      }
    }
    try file.append(output)
    try file.flush()
    return Run(content: .file(name: name, count: file.count), firstPassage: firstPassage)
  }
}
