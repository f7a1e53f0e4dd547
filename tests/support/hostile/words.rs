//! Texts that would do harm on a terminal, and a check that they did none.

use unicode_segmentation::UnicodeSegmentation;

use super::dice::Dice;
use crate::support::escapes::{MAX_CELL_CHARS, harm};

/// The parts of hostile texts. Most of them act on a terminal, reorder or hide text, or overfill a cell; some are
/// harmless words.
const PIECES: &[&str] = &[
    "\u{1b}[2J",
    "\u{1b}[31m",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}]0;title\u{1b}\\",
    "\u{1b}P+q\u{1b}\\",
    "\u{1b}[?1049l",
    "\u{9b}2J",
    "\u{9d}52;c;aGk=\u{9c}",
    "\u{7}\u{8}\u{7f}\u{0}",
    "\r\n",
    "\t",
    "\u{85}",
    "\u{2028}\u{2029}",
    "\u{202e}evil\u{202c}",
    "\u{2066}\u{2069}",
    "\u{200e}\u{200f}\u{61c}",
    "\u{e0001}\u{e0041}\u{e007f}",
    "\u{feff}",
    "\u{200b}",
    "\u{200d}",
    "\u{301}",
    "\u{fe0f}",
    "\u{180e}\u{34f}\u{3164}",
    "\u{1d173}",
    "\u{fff9}\u{fffb}",
    "\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}",
    "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}\u{200d}\u{1f466}\u{200d}",
    "\u{600}\u{600}\u{600}\u{600}\u{600}\u{600}\u{600}\u{600}\u{600}",
    "क\u{94d}क\u{94d}क\u{94d}क\u{94d}क\u{94d}",
    "\u{1f1e9}\u{1f1ea}",
    "漢字",
    "e",
    "=cmd|' /C calc'!A0",
    "<svg onload=x>&amp;\"'",
    "Department ",
    "of ",
    "AIIMS ",
];

/// Returns a hostile text of a few parts, which contains at least one letter.
pub fn text(dice: &mut Dice) -> String {
    let count = 1 + dice.below(6);
    let mut out: String = (0..count).map(|_| *dice.of(PIECES)).collect();
    if dice.one_in(40) {
        out.push('e');
        out.extend(std::iter::repeat_n('\u{301}', 200));
    }
    out.push((b'a' + dice.below(26) as u8) as char);
    out
}

/// Returns a hostile text without NUL, which an argument of a command cannot contain.
pub fn argument(dice: &mut Dice) -> String {
    text(dice).replace('\0', "")
}

/// Checks printed text: nothing in it acts on a terminal, and no cell holds too many characters. A cell may hold twice
/// the usual number, because the last cell of one text may combine with the first cell of the next.
pub fn check(what: &str, shown: &str) {
    if shown.bytes().all(|byte| byte == b'\n' || (0x20..0x7f).contains(&byte)) {
        return;
    }
    for (number, line) in shown.split('\n').enumerate() {
        if let Some(c) = harm(line) {
            panic!("{what}: U+{:04X} in {line:?}", u32::from(c));
        }
        // In very long output the cells of only some lines are checked, because finding cells is slow.
        if number > 2_000 && number % 50 != 0 {
            continue;
        }
        let long = line.graphemes(true).find(|cell| cell.chars().count() > 2 * MAX_CELL_CHARS);
        assert_eq!(long, None, "{what}: {line:?}");
    }
}
