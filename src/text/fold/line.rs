//! Folds lines of text. Characters are folded as in names, but no word is dropped or joined with another: a line has no
//! titles and no initials.
//!
//! Invariant: folding is idempotent, and every letter and digit of a line is in its folded form.

use fearless_simd::{Level, Select, Simd, SimdBase, SimdMask, dispatch, u8x64};
use memchr::memchr_iter;
use unicode_normalization::char::decompose_compatible;

use super::add_letters;
use crate::text::window::{WIDTH, window};

/// The longest line that is folded by SIMD instructions, in bytes.
const SHORT: usize = WIDTH;

/// The folded form of each ASCII character: letters and digits in lower case; 0 for an apostrophe, which is dropped; a
/// space for all others.
#[expect(clippy::indexing_slicing, reason = "the compiler checks the indices of constants")]
const ASCII: [u8; 128] = {
    let mut folded = [b' '; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded[b'\'' as usize] = 0;
    folded
};

/// Appends the folded forms of lines to `folded`. Every line has to end with a line break. `each` is called with the start
/// of the line in `lines` and the end of its folded form in `folded`, as byte offsets.
pub fn fold_lines_to(lines: &str, folded: &mut Vec<u8>, mut each: impl FnMut(usize, usize)) {
    dispatch!(Level::new(), simd => fold_lines_by(simd, lines, folded, &mut each));
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "it has to be compiled for the instructions of the caller")]
#[expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "lines begin and end at line breaks"
)]
fn fold_lines_by<S: Simd>(simd: S, lines: &str, folded: &mut Vec<u8>, each: &mut impl FnMut(usize, usize)) {
    let mut start = 0;
    for end in memchr_iter(b'\n', lines.as_bytes()) {
        let length = end - start;
        if length > SHORT || !fold_short(simd, &lines.as_bytes()[start..], length, folded) {
            fold_long(&lines[start..end], folded);
        }
        each(start, folded.len());
        start = end + 1;
    }
}

fn fold_long(line: &str, folded: &mut Vec<u8>) {
    if line.is_ascii() {
        return fold_ascii(line.as_bytes(), folded);
    }
    let mut utf8 = [0; 4];
    fold_chars(line, |c, _| folded.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes()));
}

/// The folded form of a line.
///
/// ```
/// use annals::text::fold::fold_line;
///
/// assert_eq!(fold_line("src/Main.rs: R&D, Müller"), "src main rs r d muller");
/// ```
pub fn fold_line(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    fold_chars(line, |c, _| folded.push(c));
    folded
}

/// The folded form of a line, and for each of its characters the index of the character of `line` from which it came.
pub fn fold_line_mapped(line: &str) -> (String, Vec<u32>) {
    let (mut folded, mut origins) = (String::with_capacity(line.len()), Vec::with_capacity(line.len()));
    fold_chars(line, |c, origin| {
        folded.push(c);
        origins.push(origin);
    });
    (folded, origins)
}

/// Appends the folded form of a line that is the first `length` bytes, at most [`SHORT`]. Returns false, and appends
/// nothing, if it has an apostrophe or a character outside ASCII.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it has to be compiled for the instructions of the caller")]
#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "every position is within a short line")]
fn fold_short<S: Simd>(simd: S, bytes: &[u8], length: usize, folded: &mut Vec<u8>) -> bool {
    let read = window(simd, bytes);
    let line = u64::MAX.unbounded_shr((SHORT - length) as u32);
    if (read.simd_ge(0x80) | read.simd_eq(b'\'')).to_bitmask() & line != 0 {
        return false;
    }
    let lower = read | 0x20;
    let digits = (read - b'0').simd_lt(10).select(read, u8x64::splat(simd, b' '));
    let letters = (lower - b'a').simd_lt(26).select(lower, digits);
    let gaps = letters.simd_eq(b' ').to_bitmask() | !line;
    let (start, end) = ((!gaps).trailing_zeros(), SHORT as u32 - (!gaps).leading_zeros());
    let within = u64::MAX.unbounded_shl(start) & !u64::MAX.unbounded_shl(end);
    // Of several adjacent gaps the last is kept.
    let mut dropped = gaps & gaps >> 1 & within;
    // A constant number of bytes is copied and the excess cut off, which is faster than copying a variable number.
    let mut out = [0; 2 * SHORT];
    out[..SHORT].copy_from_slice(&<[u8; SHORT]>::from(letters));
    let mut put = |from: usize, to: usize| {
        let count = folded.len() + to - from;
        folded.extend_from_slice(&out[from..from + SHORT]);
        folded.truncate(count);
    };
    let mut at = start.min(end) as usize;
    while dropped != 0 {
        let gap = dropped.trailing_zeros() as usize;
        put(at, gap);
        at = gap + 1;
        dropped &= dropped - 1;
    }
    put(at, end as usize);
    true
}

/// Appends the folded form of a line of ASCII, without a branch by character, which could not be predicted.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "no more is written than there is room for"
)]
fn fold_ascii(line: &[u8], folded: &mut Vec<u8>) {
    let start = folded.len();
    folded.resize(start + line.len(), 0);
    let out = &mut folded[start..];
    let (mut count, mut before) = (0, b' ');
    for &byte in line {
        let c = ASCII[usize::from(byte & 0x7f)];
        out[count] = c;
        // Of adjacent gaps the first is kept, and dropped characters are not.
        let stays = c > if before == b' ' { b' ' } else { 0 };
        count += usize::from(stays);
        before = if stays { c } else { before };
    }
    // The gap behind the last word is removed.
    count -= usize::from(before == b' ' && count > 0);
    folded.truncate(start + count);
}

/// Passes the folded characters of a line to `put`, each with the index of the character from which it came.
fn fold_chars(line: &str, mut put: impl FnMut(char, u32)) {
    // The index of the first character behind the last word.
    let (mut gap, mut has_words) = (None, false);
    for (index, c) in line.chars().enumerate() {
        let index = index as u32;
        decompose_compatible(c, |part| {
            let ends_word = add_letters(part, |letter| {
                if let Some(gap) = gap.take().filter(|_| has_words) {
                    put(' ', gap);
                }
                put(letter, index);
                has_words = true;
            });
            if ends_word {
                gap.get_or_insert(index);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_word_of_a_line_is_dropped_or_joined() {
        for (line, folded) in [
            ("", ""),
            (" .,;–… ", ""),
            ("Obstetrics and Gynaecology", "obstetrics and gynaecology"),
            ("AND", "and"),
            ("Prof. (Dr) Ramji Singh", "prof dr ramji singh"),
            ("V K Tewari, Ph.D.", "v k tewari ph d"),
            ("src/Main.rs:12", "src main rs 12"),
            ("Women's Co\u{301}llege", "womens college"),
            ("\tMüller  &  Łódź\r", "muller lodz"),
            ("Straße 5m²", "strasse 5m2"),
            ("Слово", "слово"),
        ] {
            assert_eq!(fold_line(line), folded, "{line:?}");
        }
    }

    #[test]
    fn each_folded_letter_of_a_line_is_mapped_to_its_origin() {
        assert_eq!(fold_line_mapped(" a, and ß!").1, [1, 2, 4, 5, 6, 7, 8, 8]);
    }

    fn check(line: &str) -> Result<(), TestCaseError> {
        let (folded, origins) = fold_line_mapped(line);
        let twice = format!("{line}\n{line}\na line without a line break is not read");
        let (mut added, mut told) = (b"x".to_vec(), Vec::new());
        fold_lines_to(&twice, &mut added, |start, end| told.push((start, end)));
        prop_assert_eq!(added, format!("x{folded}{folded}").into_bytes(), "the fast path");
        prop_assert_eq!(told, [(0, 1 + folded.len()), (line.len() + 1, 1 + 2 * folded.len())]);
        prop_assert_eq!(fold_line(&folded), folded.clone(), "not stable: {:?}", line);
        prop_assert_eq!(folded.chars().count(), origins.len());
        prop_assert!(origins.is_sorted());
        prop_assert!(!folded.starts_with(' ') && !folded.ends_with(' ') && !folded.contains("  "));
        let letters = |text: &str| text.bytes().filter(u8::is_ascii_alphanumeric).count();
        prop_assert!(letters(&folded) >= letters(line), "a letter of {:?} is missing in {:?}", line, folded);
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn folding_a_line_is_stable_and_mapped(line in ".*") {
            check(&line)?;
        }

        #[test]
        fn folding_a_line_of_ascii_is_stable_and_mapped(line in "[ -~\t]{0,60}( and |Dr |')?[ -~]{0,9}") {
            check(&line)?;
        }

        #[test]
        fn folding_a_line_of_words_is_stable_and_mapped(line in "[ ,]{0,2}([A-Za-z0-9]{1,9}[ ,.]{1,3}){0,8}[a-zA-Z0\0é-]{0,3}") {
            check(&line)?;
        }
    }
}
