/// An encoding from before Unicode, with the characters by which texts in it are known.
struct LegacyEncoding {
  let name: String
  /// The most frequent characters of the languages written in it.
  let frequent: Set<UInt32>

  /// In the order in which they are preferred when two are equally plausible.
  private static let all: [LegacyEncoding] = [
    LegacyEncoding(
      name: "GB18030",
      frequent:
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运，。、；：？！“”（）《》"
    ),
    LegacyEncoding(
      name: "Big5",
      frequent:
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運，。、；：？！「」（）《》"
    ),
    LegacyEncoding(
      name: "Shift_JIS",
      frequent: "のにはをたがでてとしれさいるなかもことあらりきまおくよえそつけすどちわせろだめやみうばじへ、。「」（）・ンースルトリアイクレラッドシフタコプロテメ日本人年大会国"),
    LegacyEncoding(
      name: "EUC-KR",
      frequent: "이다는의에가을은고한하지로사기를어도서나리인과자들시아대으해정그있수보일제부스라주게만장여전상원구적면와성지동안비오국조신모무것년경되우공니세방개및중용문회"),
    LegacyEncoding(name: "windows-1252", frequent: "àâäçèéêëîïñòóôöùûüßáíúåæøœ’‘“”–—…°©®"),
  ]

  /// Of running text, a third or more are frequent characters; of text in a wrong encoding, one in fifty or fewer.
  private static let leastShare = 0.05

  private init(name: String, frequent: String) {
    self.name = name
    self.frequent = Set(frequent.unicodeScalars.map(\.value))
  }

  /// The text in the encoding that makes the greatest part of its characters beyond ASCII frequent ones. Where that is
  /// less than a twentieth everywhere, as in a list of rare words, it is GB18030 if that gives nothing but Han characters
  /// and their punctuation, and else `nil`.
  static func mostPlausible(for bytes: UnsafeBufferPointer<UInt8>) throws(TextDecodingError) -> DecodedText? {
    // A text has line breaks, tabs, form feeds and escapes; other control characters are signs of binary data.
    for byte in bytes where byte < 0x20 && !(0x08...0x0D).contains(byte) && byte != 0x1A && byte != 0x1B { return nil }
    var best: (share: Double, text: DecodedText)?
    for encoding in all {
      let text: DecodedText
      do {
        text = try ICUDecoding.decode(bytes, encoding: encoding.name, start: 0)
      } catch .malformed {
        continue
      }
      let share = max(
        encoding.share(of: text.text, where: encoding.frequent.contains),
        encoding.name == "GB18030" && encoding.share(of: text.text, where: isHan) == 1 ? leastShare : 0)
      if share >= leastShare && share > best?.share ?? 0 { best = (share, text) }
    }
    return best?.text
  }

  /// The unified Han characters of the first Unicode versions, ideographic and full-width punctuation.
  private static func isHan(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FA5).contains(scalar) || (0x3000...0x3011).contains(scalar) || (0xFF01...0xFF5E).contains(scalar)
      || (0x2010...0x2026).contains(scalar)
  }

  /// The share of the characters beyond ASCII that `matches` accepts, from 0 to 1.
  private func share(of text: [UInt8], where matches: (UInt32) -> Bool) -> Double {
    var known = 0
    var total = 0
    text.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let (scalar, length) = decodeUTF8(bytes, at: index)
        index += length
        if scalar < 0x80 { continue }
        // C1 controls and private characters are what a wrong guess gives; they weigh against it.
        total += (0x80..<0xA0).contains(scalar) || (0xE000..<0xF900).contains(scalar) ? 10 : 1
        if matches(scalar) { known += 1 }
      }
    }
    return total == 0 ? 0 : Double(known) / Double(total)
  }
}
