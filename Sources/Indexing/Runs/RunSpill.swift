import ByteStorage

/// Merges runs in memory into one run in a file, so that memory stays bounded.
enum RunSpill {
  /// Writes the merged run and gives it back; the runs are of consecutive passages, in order.
  static func write(_ runs: [Run], name: String, in folder: StorageFolder) throws(StorageError) -> Run {
    let file = try OutputFile(creating: folder.path(of: name))
    var merge = try RunMerge(runs, in: folder)
    let firstPassage = runs.first?.firstPassage ?? 0
    var encoder = RunEncoder()
    var shifts = PlainBuffer<Int>(capacity: runs.count)
    while merge.next() {
      shifts.count = 0
      for first in merge.currentFirstPassages { shifts.append(first - firstPassage) }
      encoder.append(merge.current, shifts: shifts.base)
      if encoder.output.count >= 1 << 20 {
        try file.append(UnsafeRawBufferPointer(encoder.output.elements))
        encoder.take()
      }
    }
    try file.append(UnsafeRawBufferPointer(encoder.output.elements))
    try file.flush()
    return Run(
      content: .file(name: name, count: file.count), landmarks: encoder.landmarks, firstPassage: firstPassage)
  }
}
