/// Texts in encodings from before Unicode, as another program wrote them.
enum EncodedSamples {
  struct Sample: Sendable {
    var encoding: String
    var text: String
    var hexadecimal: String

    var bytes: [UInt8] {
      let digits = Array(hexadecimal.utf8.filter { $0 > 0x20 })
      return stride(from: 0, to: digits.count, by: 2).map { index in
        UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)!
      }
    }
  }

  static let all: [Sample] = [
    Sample(
      encoding: "GB18030",
      text: "催产素调节焦虑症的认知与神经生理机制。\n这是第二行，包括 GABA 能系统和我们的研究。𠮷野家也在这里。",
      hexadecimal: """
        b4dfb2facbd8b5f7bddabdb9c2c7d6a2b5c4c8cfd6aad3ebc9f1beadc9fac0edbbfad6c6a1a30ad5e2cac7b5dab6fed0d0a3
        acb0fcc0a8204741424120c4dccfb5cdb3bacdced2c3c7b5c4d1d0bebfa1a39534b235d2b0bcd2d2b2d4dad5e2c0efa1a3
        """),
    Sample(
      encoding: "Big5",
      text: "焦慮症是最常見的精神障礙之一，與腦內神經遞質的改變等因素有關。\n這是第二行，我們的研究在這裡。",
      hexadecimal: """
        b54abc7baf67ac4fb3ccb160a8a3aababaebafabbbd9c3aaa4a7a440a141bb50b8a3a4baafabb867bbbcbde8aabaa7efc5dc
        b5a5a65dafc0a6b3c3f6a1430ab36fac4fb2c4a447a6e6a141a7daadccaabaace3a873a662b36fb8cca143
        """),
    Sample(
      encoding: "Shift_JIS",
      text: "ケタミンはうつ病の症状をすぐに和らげることができる。\nこれは二行目です、とても短い。ｶﾅ",
      hexadecimal: """
        8350835e837e839382cd82a482c2956182cc8fc78ff382f082b782ae82c9986182e782b082e982b182c682aa82c582ab82e9
        81420a82b182ea82cd93f18d7396da82c582b7814182c682c482e0925a82a28142b6c5
        """),
    Sample(
      encoding: "EUC-KR",
      text: "케타민은 우울증을 빠르게 완화하는 약이다.\n이것은 둘째 줄이고 아주 짧다.",
      hexadecimal: """
        c4c9c5b8b9cec0ba20bfecbfefc1f5c0bb20bafcb8a3b0d420bfcfc8adc7cfb4c220bee0c0ccb4d92e0ac0ccb0cdc0ba20b5
        d1c2b020c1d9c0ccb0ed20bec6c1d620c2aab4d92e
        """),
    Sample(
      encoding: "windows-1252",
      text: "Les élèves étaient déjà là, à côté du café.\nDas ist schön, naïve “quote”.",
      hexadecimal: """
        4c657320e96ce876657320e9746169656e742064e96ae0206ce02c20e02063f474e920647520636166e92e0a446173206973
        7420736368f66e2c206e61ef7665209371756f7465942e
        """),
  ]
}
