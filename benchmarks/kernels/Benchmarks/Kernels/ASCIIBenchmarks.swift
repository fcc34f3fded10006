import CKernels

/// Sorting of the bytes of texts, 64 at a time.
func addASCIIBenchmarks() {
  let sentence = "The device object isn't created until Windows 10 calls the driver's AddDevice routine. "
  let block = Int(SUO_ASCII_SIZE)
  // At least 64 blocks, which begin anywhere in a sentence.
  let text = Room<UInt8>((0..<block).flatMap { _ in sentence.utf8 })
  let output = Room<UInt8>(repeating: 0, count: block)
  var (letters, joints): (UInt64, UInt64) = (0, 0)
  var others: UInt32 = 0
  measure("letters of 64 bytes") { iteration in
    _ = suo_ascii_letters(text.values + (iteration & 63) * block, &letters, &joints)
  }
  measure("letters of 64 bytes, portable") { iteration in
    _ = suo_ascii_letters_portable(text.values + (iteration & 63) * block, &letters, &joints)
  }
  measure("words of 64 bytes") { iteration in
    _ = suo_ascii_words(text.values + (iteration & 63) * block, 0x20, output.values, &others)
  }
  measure("words of 64 bytes, portable") { iteration in
    _ = suo_ascii_words_portable(text.values + (iteration & 63) * block, 0x20, output.values, &others)
  }
}
