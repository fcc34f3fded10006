/// A typed value that belongs to a whole document: a line of front matter, or a key of a JSON record.
public struct Field: Sendable, Hashable {
  /// The key as the source writes it, such as `tags`.
  public var name: String
  /// The value with its type.
  public var value: FieldValue

  /// A field from its key and value.
  public init(name: String, value: FieldValue) {
    self.name = name
    self.value = value
  }
}

/// The value of a field.
public indirect enum FieldValue: Sendable, Hashable {
  /// A short label that is compared as a whole, such as a tag or a state.
  case keyword(String)
  /// Running text, searched word by word.
  case text(String)
  /// A number; integers up to 2^53 are exact.
  case number(Double)
  /// A calendar date, with or without a time of day.
  case date(Timestamp)
  /// True or false.
  case boolean(Bool)
  /// Several values in the order of the source.
  case list([FieldValue])
}

/// A point in time as the source wrote it, in the proleptic Gregorian calendar.
public struct Timestamp: Sendable, Hashable {
  /// ISO 8601: `2025-12-18`, or `2025-12-18T09:30:00Z` where the source names a time.
  public var text: String
  /// Seconds since 1970-01-01T00:00:00Z; a date without a time counts from its midnight in UTC.
  public var secondsSince1970: Int64

  /// A point in time from its ISO 8601 text and the seconds that it stands for.
  public init(text: String, secondsSince1970: Int64) {
    self.text = text
    self.secondsSince1970 = secondsSince1970
  }
}
