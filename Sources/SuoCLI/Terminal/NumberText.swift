extension Double {
  /// The number with this many digits after the point.
  func fixed(_ digits: Int) -> String {
    guard isFinite, magnitude < 1e15 else { return description }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((magnitude * scale).rounded())
    let whole = String(scaled / Int(scale))
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return sign + whole }
    let fraction = String(scaled % Int(scale))
    return sign + whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
}

extension Int {
  /// The digits in groups of three: `12,345`.
  var grouped: String {
    let digits = String(magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return self < 0 ? "-" + text : text
  }

  /// The number as an amount of bytes in powers of 1000: `4.2 MB`.
  var asBytes: String {
    var amount = Double(self)
    for unit in ["bytes", "kB", "MB", "GB"] {
      if amount < 1000 { return (unit == "bytes" ? grouped : amount.fixed(1)) + " " + unit }
      amount /= 1000
    }
    return amount.fixed(1) + " TB"
  }

  /// The number with its noun: `1 passage`, `2 passages`.
  func counting(_ noun: String) -> String { grouped + " " + noun + (self == 1 ? "" : "s") }
}
