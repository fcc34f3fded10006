/// The nouns of the model belong to the library's face: `Document`, `Passage`, `Field`, `SearchHit` and their like.
@_exported public import SearchModel
