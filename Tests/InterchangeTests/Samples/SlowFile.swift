/// A file of the Common Index File Format, read and written byte by byte with nothing but the rules of Protocol Buffers.
struct SlowFile: Equatable {
  struct List: Equatable {
    var term = ""
    var df = 0
    var cf = 0
    /// Documents as differences, as they stand in the file.
    var postings: [Posting] = []
  }

  struct Posting: Equatable {
    var gap: Int
    var tf: Int
  }

  struct Record: Equatable {
    var docid = 0
    var name = ""
    var length = 0
  }

  var version = 1
  /// What the header says, where it is not the number of what there is.
  var claimedLists: Int?
  var claimedDocuments: Int?
  var totalLists = 0
  var totalDocuments = 0
  var totalTerms = 0
  var averageLength = 0.0
  var description = ""
  var lists: [List] = []
  var records: [Record] = []
}

// MARK: Reading

extension SlowFile {
  struct Unreadable: Error { var reason: String }

  /// A field of a message: a number, or bytes.
  private enum Value {
    case number(Int)
    case bytes([UInt8])
  }

  init(_ bytes: [UInt8]) throws {
    var offset = 0
    func message() throws -> [(Int, Value)] {
      let length = try SlowFile.number(bytes, &offset)
      guard offset + length <= bytes.count else { throw Unreadable(reason: "a message is cut short") }
      defer { offset += length }
      return try SlowFile.fields(Array(bytes[offset..<offset + length]))
    }
    var lists = 0
    var documents = 0
    for field in try message() {
      switch field {
      case (1, .number(let value)): version = value
      case (2, .number(let value)): lists = value
      case (3, .number(let value)): documents = value
      case (4, .number(let value)): totalLists = value
      case (5, .number(let value)): totalDocuments = value
      case (6, .number(let value)): totalTerms = value
      case (7, .number(let value)): averageLength = Double(bitPattern: UInt64(value))
      case (8, .bytes(let value)): description = String(decoding: value, as: UTF8.self)
      default: throw Unreadable(reason: "an unknown field \(field)")
      }
    }
    for _ in 0..<lists { self.lists.append(try SlowFile.list(message())) }
    for _ in 0..<documents { records.append(try SlowFile.record(message())) }
    guard offset == bytes.count else { throw Unreadable(reason: "bytes after the last document") }
  }

  private static func list(_ fields: [(Int, Value)]) throws -> List {
    var list = List()
    for field in fields {
      switch field {
      case (1, .bytes(let value)): list.term = String(decoding: value, as: UTF8.self)
      case (2, .number(let value)): list.df = value
      case (3, .number(let value)): list.cf = value
      case (4, .bytes(let value)):
        var posting = Posting(gap: 0, tf: 0)
        for inner in try self.fields(value) {
          switch inner {
          case (1, .number(let value)): posting.gap = value
          case (2, .number(let value)): posting.tf = value
          default: throw Unreadable(reason: "an unknown field \(inner)")
          }
        }
        list.postings.append(posting)
      default: throw Unreadable(reason: "an unknown field \(field)")
      }
    }
    return list
  }

  private static func record(_ fields: [(Int, Value)]) throws -> Record {
    var record = Record()
    for field in fields {
      switch field {
      case (1, .number(let value)): record.docid = value
      case (2, .bytes(let value)): record.name = String(decoding: value, as: UTF8.self)
      case (3, .number(let value)): record.length = value
      default: throw Unreadable(reason: "an unknown field \(field)")
      }
    }
    return record
  }

  private static func fields(_ bytes: [UInt8]) throws -> [(Int, Value)] {
    var fields: [(Int, Value)] = []
    var offset = 0
    while offset < bytes.count {
      let tag = try number(bytes, &offset)
      switch tag % 8 {
      case 0: fields.append((tag / 8, .number(try number(bytes, &offset))))
      case 1:
        guard offset + 8 <= bytes.count else { throw Unreadable(reason: "a number is cut short") }
        var value: UInt64 = 0
        for index in 0..<8 { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        fields.append((tag / 8, .number(Int(truncatingIfNeeded: value))))
        offset += 8
      case 2:
        let length = try number(bytes, &offset)
        guard offset + length <= bytes.count else { throw Unreadable(reason: "a field is cut short") }
        fields.append((tag / 8, .bytes(Array(bytes[offset..<offset + length]))))
        offset += length
      default: throw Unreadable(reason: "a field of another type")
      }
    }
    return fields
  }

  private static func number(_ bytes: [UInt8], _ offset: inout Int) throws -> Int {
    var value = 0
    var shift = 0
    while offset < bytes.count, shift < 63 {
      let byte = Int(bytes[offset])
      offset += 1
      value += (byte % 128) << shift
      if byte < 128 { return value }
      shift += 7
    }
    throw Unreadable(reason: "a number does not end")
  }
}

// MARK: Writing

extension SlowFile {
  /// The messages of the file, each with its length in front.
  var messages: [[UInt8]] {
    var header = SlowFile.field(1, version) + SlowFile.field(2, claimedLists ?? lists.count)
    header += SlowFile.field(3, claimedDocuments ?? records.count)
    header += SlowFile.field(4, totalLists) + SlowFile.field(5, totalDocuments) + SlowFile.field(6, totalTerms)
    if averageLength != 0 {
      header += [57] + (0..<8).map { UInt8(truncatingIfNeeded: averageLength.bitPattern >> UInt64(8 * $0)) }
    }
    header += SlowFile.field(8, Array(description.utf8))
    var messages = [header]
    for list in lists {
      var message = SlowFile.field(1, Array(list.term.utf8)) + SlowFile.field(2, list.df) + SlowFile.field(3, list.cf)
      for posting in list.postings {
        let inner = SlowFile.field(1, posting.gap) + SlowFile.field(2, posting.tf)
        message += SlowFile.number(34) + SlowFile.number(inner.count) + inner
      }
      messages.append(message)
    }
    for record in records {
      messages.append(
        SlowFile.field(1, record.docid) + SlowFile.field(2, Array(record.name.utf8)) + SlowFile.field(3, record.length))
    }
    return messages.map { SlowFile.number($0.count) + $0 }
  }

  var bytes: [UInt8] { messages.flatMap { $0 } }

  private static func field(_ number: Int, _ value: Int) -> [UInt8] {
    value == 0 ? [] : self.number(8 * number) + self.number(value)
  }

  private static func field(_ number: Int, _ value: [UInt8]) -> [UInt8] {
    value.isEmpty ? [] : self.number(8 * number + 2) + self.number(value.count) + value
  }

  /// A number in groups of seven bits; a negative one as its 64 bits.
  static func number(_ value: Int) -> [UInt8] {
    var rest = UInt64(bitPattern: Int64(value))
    var bytes: [UInt8] = []
    repeat {
      bytes.append(UInt8(rest % 128) + (rest < 128 ? 0 : 128))
      rest /= 128
    } while rest > 0
    return bytes
  }
}
