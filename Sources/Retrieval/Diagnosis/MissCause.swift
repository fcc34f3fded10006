/// A reason why a part of a query is not met by a document, with what there is instead.
package struct MissCause: Sendable, Hashable {
  /// What kind of reason it is.
  package enum Kind: String, Sendable, CaseIterable {
    /// The part has no letters, digits or characters.
    case nothingToSearch = "nothing_to_search"
    /// The query only excludes.
    case onlyExclusions = "only_exclusions"
    /// No document holds it.
    case notInIndex = "not_in_index"
    /// Other documents hold it.
    case notInDocument = "not_in_document"
    /// The document has the word in another form.
    case otherForm = "other_form"
    /// The document writes it in another way, which the index's analyzer keeps apart.
    case otherWriting = "other_writing"
    /// The document has a word with nearly the same letters.
    case similarSpelling = "similar_spelling"
    /// The document has characters of it, not together.
    case charactersApart = "characters_apart"
    /// It stands in a field of the document.
    case inField = "in_field"
    /// It stands in the path of the document.
    case inPath = "in_path"
    /// The words of a quoted text stand in their order, with others between.
    case wordsApart = "words_apart"
    /// The words of a quoted text stand in another order.
    case otherOrder = "other_order"
    /// The words of a quoted text stand in different passages.
    case otherPassages = "other_passages"
    /// Parts that must all be met are met in different passages.
    case neverTogether = "never_together"
    /// The document lacks the field.
    case fieldAbsent = "field_absent"
    /// The field holds something else.
    case fieldDiffers = "field_differs"
    /// The passages are in another language.
    case languageDiffers = "language_differs"
    /// The document holds what is excluded.
    case excluded
  }

  /// Something that stands in the document.
  package struct Evidence: Sendable, Hashable {
    /// As it is written there.
    package var text: String
    /// Which passage, counted from 0; nil for fields, titles and paths.
    package var passage: Int?
    /// UTF-8 bytes in the passage's text.
    package var range: Range<Int>?

    init(_ text: String, passage: Int? = nil, range: Range<Int>? = nil) {
      self.text = text
      self.passage = passage
      self.range = range
    }
  }

  package var kind: Kind
  /// The word, quoted text or field that it is about.
  package var subject: String
  package var evidence: [Evidence]

  init(_ kind: Kind, _ subject: String, _ evidence: [Evidence] = []) {
    self.kind = kind
    self.subject = subject
    self.evidence = evidence
  }
}

extension MissCause: CustomStringConvertible {
  /// What is so, in words.
  package var description: String {
    switch kind {
    case .nothingToSearch: "\(subject) has no letters, digits or characters to search for"
    case .onlyExclusions: "the query only excludes, so there is nothing to rank by; add a word"
    case .notInIndex: "no document has \(subject)"
    case .notInDocument: "other documents have \(subject), this one has not"
    case .otherForm: "\(subject) stands here in another form: \(list)"
    case .otherWriting: "\(subject) is written otherwise here, and this index keeps the two apart: \(list)"
    case .similarSpelling: "similar to \(subject) here: \(list)"
    case .charactersApart: "of \(subject) there are these characters, but not together: \(list)"
    case .inField: "\(subject) stands in a field, which words do not search: \(list)"
    case .inPath: "\(subject) stands in the path, which is not searched: \(list)"
    case .wordsApart: "the words of \(subject) stand here, but not next to each other: \(list)"
    case .otherOrder: "the words of \(subject) stand here in another order: \(list)"
    case .otherPassages: "the words of \(subject) stand in different passages: \(list)"
    case .neverTogether: "all of \(subject) must be in one passage, and none has them all: \(list)"
    case .fieldAbsent: "the document has no field \(subject); it has: \(list)"
    case .fieldDiffers: "\(subject) is another here: \(list)"
    case .languageDiffers: "the passages are in another language than \(subject): \(list)"
    case .excluded: "what the query excludes is here: \(subject), in \(list)"
    }
  }

  private var list: String {
    guard !evidence.isEmpty else { return "nothing" }
    return evidence.map { item in
      guard let passage = item.passage else { return item.text }
      let place = item.range.map { ", byte \($0.lowerBound)" } ?? ""
      return "\(item.text) (passage \(passage)\(place))"
    }.joined(separator: ", ")
  }
}
