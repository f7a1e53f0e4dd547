//! Letters without a decomposition in Unicode, and how they are typed on a plain keyboard.
//!
//! Source: `UnicodeData.txt` of Unicode 15. The name of a letter tells its base: LATIN SMALL LETTER H WITH STROKE (or HOOK,
//! TAIL, BAR, CURL, MIDDLE TILDE …) is an h. Open and dotless letters, eng (n), schwa (e), esh (s) and ezh (z) are taken
//! as the letters that are written where they are lacking; ligatures and eth and thorn by common use.
//!
//! Invariant: the plain spelling consists of small ASCII letters; that of a Greek letter is Greek.

/// The plain spelling of a small letter that has no decomposition; `None` if it is its own.
pub fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ς' => "σ",
        'ᶏ' | 'ⱥ' => "a",
        'ƀ' | 'ƃ' | 'ɓ' | 'ᵬ' | 'ᶀ' | 'ꞗ' => "b",
        'ƈ' | 'ȼ' | 'ɕ' | 'ꞓ' | 'ꞔ' => "c",
        'ð' | 'đ' | 'ƌ' | 'ȡ' | 'ɖ' | 'ɗ' | 'ᵭ' | 'ᶁ' | 'ᶑ' | 'ꟈ' => "d",
        'ɇ' | 'ə' | 'ɚ' | 'ɛ' | 'ᶒ' | 'ᶓ' | 'ᶕ' | 'ⱸ' | 'ꬴ' => "e",
        'ƒ' | 'ᵮ' | 'ᶂ' | 'ꞙ' => "f",
        'ǥ' | 'ɠ' | 'ᶃ' | 'ꞡ' => "g",
        'ħ' | 'ɦ' | 'ⱨ' | 'ꞕ' => "h",
        'ı' | 'ɨ' | 'ᶖ' => "i",
        'ȷ' | 'ɉ' | 'ɟ' | 'ʄ' | 'ʝ' => "j",
        'ƙ' | 'ᶄ' | 'ⱪ' | 'ꝁ' | 'ꝃ' | 'ꝅ' | 'ꞣ' => "k",
        'ł' | 'ƚ' | 'ȴ' | 'ɫ' | 'ɬ' | 'ɭ' | 'ᶅ' | 'ⱡ' | 'ꝉ' | 'ꞎ' | 'ꬷ' | 'ꬸ' | 'ꬹ' => "l",
        'ɱ' | 'ᵯ' | 'ᶆ' | 'ꬺ' => "m",
        'ŋ' | 'ƞ' | 'ȵ' | 'ɲ' | 'ɳ' | 'ᵰ' | 'ᶇ' | 'ꞑ' | 'ꞥ' | 'ꬻ' | 'ꬼ' => "n",
        'ø' | 'ɔ' | 'ᶗ' | 'ⱺ' | 'ꝋ' | 'ꝍ' | 'ꬿ' => "o",
        'ƥ' | 'ᵱ' | 'ᵽ' | 'ᶈ' | 'ꝑ' | 'ꝓ' | 'ꝕ' => "p",
        'ɋ' | 'ʠ' | 'ꝗ' | 'ꝙ' => "q",
        'ɍ' | 'ɼ' | 'ɽ' | 'ɾ' | 'ᵲ' | 'ᵳ' | 'ᶉ' | 'ꞧ' | 'ꭉ' => "r",
        'ȿ' | 'ʂ' | 'ʃ' | 'ᵴ' | 'ᶊ' | 'ꞩ' | 'ꟊ' => "s",
        'ŧ' | 'ƫ' | 'ƭ' | 'ȶ' | 'ʈ' | 'ᵵ' | 'ⱦ' => "t",
        'ᶙ' | 'ꞹ' | 'ꭎ' | 'ꭒ' => "u",
        'ʋ' | 'ᶌ' | 'ⱱ' | 'ⱴ' | 'ꝟ' => "v",
        'ⱳ' => "w",
        'ᶍ' | 'ꭖ' | 'ꭗ' | 'ꭘ' | 'ꭙ' => "x",
        'ƴ' | 'ɏ' | 'ỿ' | 'ꭚ' => "y",
        'ƶ' | 'ƹ' | 'ƺ' | 'ȥ' | 'ɀ' | 'ʐ' | 'ʑ' | 'ʒ' | 'ʓ' | 'ᵶ' | 'ᶎ' | 'ᶚ' | 'ⱬ' => "z",
        _ => return None,
    })
}
