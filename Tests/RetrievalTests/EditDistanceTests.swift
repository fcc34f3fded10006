import TestSupport
import Testing

@testable import Retrieval

@Suite struct EditDistanceTests {
  /// All words that one edit makes of a word.
  private func edited(_ word: String) -> Set<String> {
    let letters = Array(word)
    var words: Set<String> = [word]
    for index in 0...letters.count {
      for letter in "ab" {
        words.insert(String(letters[..<index] + [letter] + letters[index...]))
        if index < letters.count { words.insert(String(letters[..<index] + [letter] + letters[(index + 1)...])) }
      }
      if index < letters.count { words.insert(String(letters[..<index] + letters[(index + 1)...])) }
      if index + 1 < letters.count {
        words.insert(String(letters[..<index] + [letters[index + 1], letters[index]] + letters[(index + 2)...]))
      }
    }
    return words
  }

  @Test func distanceIsTheNumberOfEdits() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<400 {
      func word() -> String {
        String((0..<Int.random(in: 0...5, using: &generator)).map { _ in generator.pick(Array("ab")) })
      }
      let first = word()
      let second = word()
      let expected = first == second ? 0 : edited(first).contains(second) ? 1 : 2
      #expect(EditDistance.between(first, second, atMost: 1) == expected, "\(first) \(second)")
      #expect(min(EditDistance.between(first, second, atMost: 9), 2) == expected, "\(first) \(second)")
    }
    #expect(EditDistance.between("memroy", "memory", atMost: 2) == 1)
    #expect(EditDistance.between("sleep", "sleeping", atMost: 2) == 3)
    #expect(EditDistance.between("睡眠", "睡民", atMost: 1) == 1)
  }
}
