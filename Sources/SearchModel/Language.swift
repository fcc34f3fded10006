/// The language that a passage is mainly written in, as far as its scripts tell.
public enum Language: String, Sendable, Hashable, CaseIterable {
  /// Chinese, simplified or traditional.
  case chinese = "zh"
  /// English, or another language in Latin letters.
  case english = "en"
  /// Japanese: Han characters with kana.
  case japanese = "ja"
  /// Korean: mostly Hangul.
  case korean = "ko"
  /// Another script, or no letters at all.
  case undetermined = "und"
}
