//! A bitmap index of letters: in which parts of a name a letter occurs, and whether it is the first or second letter of
//! a word.
//!
//! A name has [`PARTS`] parts of [`PART`] bytes each; the last one has the rest. For each part and letter there is a
//! bitmap with a bit a name, 64 names to a block. A few operations on a block tell which of its names may have the
//! letters of a word in order, and which surely do, without reading their texts. Only the order of letters within a part
//! is left to the text.
//!
//! Invariant: the bit of a letter that occurs is set; the converse holds for letters with an exact code
//! ([`LetterCode::is_exact`]).

#![expect(clippy::inline_always, reason = "it has to be compiled for the instructions of the caller")]

use fearless_simd::{Bytes, Level, Select, Simd, SimdBase, SimdFrom, dispatch, u8x64, u64x8};

use super::masks::{Mask, SHORT};
use crate::text::window::window;

/// The number of names of a block.
pub const BLOCK: usize = 64;

/// The number of parts of a name.
pub const PARTS: usize = 8;

/// The length of a part, in bytes.
pub const PART: usize = 8;

/// The number of letters at the start of every word that are indexed by their position in it.
pub const FRONT: usize = 2;

const CODES: usize = 31;
const ALL: u64 = (1 << CODES) - 1;
/// The width of a set of codes, in bits.
const LANE: usize = u32::BITS as usize;

/// The first code that several characters share.
const SHARED: u8 = 26;

/// For each part the names of a block in which a letter occurs there.
pub type Parts = [u64; PARTS];

/// The code of a letter, or of several characters that the index does not tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterCode(u8);

impl LetterCode {
    /// The code of a character of a folded text; `None` for the space.
    pub const fn of(c: char) -> Option<Self> {
        Some(Self(match c {
            ' ' => return None,
            'a'..='z' => c as u8 - b'a',
            // The ten digits share four codes, all other scripts the last one.
            '0'..='9' => SHARED + (c as u8 - b'0') * 2 / 5,
            _ => CODES as u8 - 1,
        }))
    }

    /// Returns true if the code is that of a single letter.
    pub const fn is_exact(self) -> bool {
        self.0 < SHARED
    }

    /// The set of this code alone.
    const fn bit(self) -> u32 {
        1 << self.0
    }
}

/// Stands for a space among the codes of a name; it is in no set of codes.
const GAP: u8 = 63;

/// The code of a digit by its low four bits.
const DIGITS: [u8; SHORT] = {
    let mut codes = [0; SHORT];
    let mut at = 0;
    while at < SHORT {
        if let Some(LetterCode(code)) = LetterCode::of((b'0' + (at % 16) as u8) as char) {
            codes[at] = code;
        }
        at += 1;
    }
    codes
};

/// The codes of a name of ASCII, which is the first `length` bytes; behind it are gaps.
#[inline(always)]
fn codes<S: Simd>(simd: S, bytes: u8x64<S>, length: usize) -> u8x64<S> {
    let gap = u8x64::splat(simd, GAP);
    let letters = bytes - b'a';
    let digits = u8x64::simd_from(simd, DIGITS).swizzle_dyn_within_blocks(bytes & 0x0f);
    let others = bytes.simd_eq(b' ').select(gap, u8x64::splat(simd, CODES as u8 - 1));
    let codes = (bytes - b'0').simd_lt(10).select(digits, others);
    let codes = letters.simd_lt(SHARED).select(letters, codes);
    u8x64::simd_from(simd, PLACES).simd_lt(length as u8).select(codes, gap)
}

const PLACES: [u8; SHORT] = {
    let mut places = [0; SHORT];
    let mut at = 0;
    while at < SHORT {
        places[at] = at as u8;
        at += 1;
    }
    places
};

/// For each part the set of its codes.
#[inline(always)]
fn sets<S: Simd>(simd: S, codes: u8x64<S>) -> u64x8<S> {
    let (one, mut left) = (u64x8::splat(simd, 1), u64x8::from_bytes(codes));
    let mut sets = u64x8::splat(simd, 0);
    for _ in 0..PART {
        sets |= one << (left & u64::from(GAP));
        left >>= u8::BITS;
    }
    sets & ALL
}

/// The bitmap index of a list of names.
#[derive(Debug, Clone, Default)]
pub struct LetterBitmap {
    rows: usize,
    /// By code and block.
    parts: [Vec<Parts>; CODES],
    /// By position in a word, code and block: the names with a word that has the letter there.
    fronts: [[Vec<u64>; CODES]; FRONT],
    /// By block: the names that are ASCII.
    ascii: Vec<u64>,
}

/// The sets of codes of one name: of each part, and of each position at the start of words.
#[derive(Debug, Clone, Copy, Default)]
struct CodeSets {
    parts: [u32; PARTS],
    fronts: [u32; FRONT],
}

/// For every name of a block two sets of codes side by side.
type Table = [u64; BLOCK];

/// The number of tables that hold all sets of codes.
const TABLES: usize = PARTS / 2 + FRONT / 2;

/// All sets of codes of a name, two side by side.
type Pairs = [u64; TABLES];

const _: () = assert!(PARTS * PART == SHORT && FRONT == 2, "`pairs` relies on it");

impl CodeSets {
    /// Reads any text, character by character.
    #[inline(never)]
    fn of(text: &str) -> Self {
        let (mut sets, mut place) = (Self::default(), 0);
        for (at, c) in text.char_indices() {
            let bit = LetterCode::of(c).map_or(0, LetterCode::bit);
            sets.parts[(at / PART).min(PARTS - 1)] |= bit;
            if let Some(front) = sets.fronts.get_mut(place) {
                *front |= bit;
            }
            place = if c == ' ' { 0 } else { place + 1 };
        }
        sets
    }

    fn pairs(&self) -> Pairs {
        let mut pairs = [0; TABLES];
        let sets = self.parts.chunks_exact(2).chain(self.fronts.chunks_exact(2));
        for (pair, sets) in pairs.iter_mut().zip(sets) {
            *pair = u64::from(sets[0]) | u64::from(sets[1]) << LANE;
        }
        pairs
    }
}

/// The sets of codes of a short name of ASCII, which is the first `length` bytes.
#[inline(always)]
fn pairs<S: Simd>(simd: S, bytes: &[u8], length: usize) -> Pairs {
    let codes = codes(simd, window(simd, bytes), length);
    let gap = u8x64::splat(simd, GAP);
    let (last, last_but_one) = (gap.slide::<{ SHORT - 1 }>(codes), gap.slide::<{ SHORT - 2 }>(codes));
    let is_head = last.simd_eq(gap);
    let heads = sets(simd, is_head.select(codes, gap));
    // A letter directly behind a gap is not a second letter, even if a gap precedes that gap.
    let seconds = sets(simd, is_head.select(gap, last_but_one.simd_eq(gap).select(codes, gap)));
    let parts: [u64; PARTS] = sets(simd, codes).into();
    let fronts: [u64; PARTS] = (heads | seconds << LANE as u32).into();
    let mut pairs = [0; TABLES];
    for pair in 0..PARTS / 2 {
        pairs[pair] = parts[2 * pair] | parts[2 * pair + 1] << LANE;
    }
    pairs[PARTS / 2] = fronts.iter().fold(0, |all, front| all | front);
    pairs
}

impl LetterBitmap {
    /// Adds the names that are not indexed yet. `text` has all names end to end, and `ends` their ends, as byte offsets.
    pub fn extend(&mut self, text: &str, ends: &[u32]) {
        let blocks = ends.len().div_ceil(BLOCK) - self.ascii.len();
        self.parts.iter_mut().for_each(|all| all.reserve_exact(blocks));
        self.fronts.iter_mut().flatten().for_each(|all| all.reserve_exact(blocks));
        self.ascii.reserve_exact(blocks);
        dispatch!(Level::new(), simd => self.extend_by(simd, text, ends));
    }

    #[inline(always)]
    fn extend_by<S: Simd>(&mut self, simd: S, text: &str, ends: &[u32]) {
        let mut start = self.rows.checked_sub(1).map_or(0, |last| ends[last] as usize);
        while self.rows < ends.len() {
            let first = self.rows % BLOCK;
            if first == 0 {
                self.begin_block();
            }
            // By name at first; by code once they are transposed.
            let mut tables = [[0; BLOCK]; TABLES];
            let mut ascii = 0;
            for (row, &end) in (first..BLOCK).zip(&ends[self.rows..]) {
                let name = &text[start..end as usize];
                let is_ascii = name.is_ascii();
                let pairs = if is_ascii && name.len() <= SHORT {
                    pairs(simd, &text.as_bytes()[start..], name.len())
                } else {
                    CodeSets::of(name).pairs()
                };
                start = end as usize;
                for pair in 0..TABLES {
                    tables[pair][row] = pairs[pair];
                }
                ascii |= u64::from(is_ascii) << row;
                self.rows += 1;
            }
            for table in &mut tables {
                transpose(table);
            }
            self.put(&tables, ascii);
        }
    }

    fn begin_block(&mut self) {
        self.parts.iter_mut().for_each(|blocks| blocks.push([0; PARTS]));
        self.fronts.iter_mut().flatten().for_each(|blocks| blocks.push(0));
        self.ascii.push(0);
    }

    /// Adds transposed tables to the last block.
    fn put(&mut self, tables: &[Table; TABLES], ascii: u64) {
        let (parts, fronts) = tables.split_at(PARTS / 2);
        let set = |tables: &[Table], place: usize, code: usize| tables[place / 2][code + place % 2 * LANE];
        for (code, blocks) in self.parts.iter_mut().enumerate() {
            for (place, part) in blocks.last_mut().into_iter().flatten().enumerate() {
                *part |= set(parts, place, code);
            }
        }
        for (place, codes) in self.fronts.iter_mut().enumerate() {
            for (code, front) in codes.iter_mut().filter_map(|blocks| blocks.last_mut()).enumerate() {
                *front |= set(fronts, place, code);
            }
        }
        if let Some(last) = self.ascii.last_mut() {
            *last |= ascii;
        }
    }

    /// The number of names.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// The number of blocks; the last one may have fewer than [`BLOCK`] names.
    pub fn blocks(&self) -> usize {
        self.ascii.len()
    }

    /// The names of a block.
    #[inline]
    pub fn all(&self, block: usize) -> u64 {
        u64::first((self.rows - block * BLOCK).min(BLOCK) as u32)
    }

    /// For each part the names of a block in which a letter occurs there.
    #[inline]
    pub fn parts(&self, code: LetterCode, block: usize) -> &Parts {
        &self.parts[usize::from(code.0)][block]
    }

    /// The names of a block with a word that has a letter at position `place`, which has to be below [`FRONT`].
    #[inline]
    pub fn front(&self, place: usize, code: LetterCode, block: usize) -> u64 {
        self.fronts[place][usize::from(code.0)][block]
    }

    #[inline]
    pub fn ascii(&self, block: usize) -> u64 {
        self.ascii[block]
    }

    #[inline]
    pub fn is_ascii(&self, row: usize) -> bool {
        self.ascii[row / BLOCK] >> (row % BLOCK) & 1 == 1
    }
}

/// Transposes a matrix of bits: bit `c` of number `r` is swapped with bit `r` of number `c` (Hacker's Delight, 7-3).
#[inline(always)]
fn transpose(table: &mut Table) {
    swap_halves::<32>(table, 0x0000_0000_ffff_ffff);
    swap_halves::<16>(table, 0x0000_ffff_0000_ffff);
    swap_halves::<8>(table, 0x00ff_00ff_00ff_00ff);
    swap_halves::<4>(table, 0x0f0f_0f0f_0f0f_0f0f);
    swap_halves::<2>(table, 0x3333_3333_3333_3333);
    swap_halves::<1>(table, 0x5555_5555_5555_5555);
}

/// Swaps the upper right and the lower left quarter of every square of twice this width.
#[inline(always)]
fn swap_halves<const WIDTH: usize>(table: &mut Table, low: u64) {
    for square in table.chunks_exact_mut(2 * WIDTH) {
        let (upper, lower) = square.split_at_mut(WIDTH);
        for (upper, lower) in upper.iter_mut().zip(lower) {
            let other = (*upper >> WIDTH ^ *lower) & low;
            *upper ^= other << WIDTH;
            *lower ^= other;
        }
    }
}

#[cfg(test)]
impl LetterBitmap {
    /// Indexes some names.
    pub fn of(names: &[String]) -> Self {
        let mut letters = Self::default();
        let ends = names.iter().scan(0, |end, name| {
            *end += name.len() as u32;
            Some(*end)
        });
        letters.extend(&names.concat(), &ends.collect::<Vec<_>>());
        letters
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_exact_code_has_one_letter_and_every_other_has_some() {
        let letters = ('a'..='z').chain('0'..='9').chain(['é']);
        let codes: Vec<LetterCode> = letters.filter_map(LetterCode::of).collect();
        assert!(codes.iter().all(|code| usize::from(code.0) < CODES));
        for code in 0..CODES as u8 {
            let count = codes.iter().filter(|&&other| other == LetterCode(code)).count();
            assert!(if LetterCode(code).is_exact() { count == 1 } else { count >= 1 }, "{code} is of {count}");
        }
    }

    #[test]
    fn transposing_swaps_rows_and_columns() {
        let mut table = [0; BLOCK];
        let is_set = |row: usize, column: usize| (row * 7 + column * column).is_multiple_of(5);
        for (row, number) in table.iter_mut().enumerate() {
            *number = (0..64).filter(|&column| is_set(row, column)).fold(0, |bits, column| bits | 1 << column);
        }
        transpose(&mut table);
        for (column, number) in table.iter().enumerate() {
            for row in 0..64 {
                assert_eq!(number >> row & 1 == 1, is_set(row, column), "{row} {column}");
            }
        }
    }

    /// The parts in which a letter occurs, and its positions at the start of words, told from the text.
    fn told_from_text(text: &str, letter: char) -> (Vec<bool>, Vec<bool>) {
        let same = |c: char| c != ' ' && LetterCode::of(c) == LetterCode::of(letter);
        let part = |part: usize| text.char_indices().any(|(at, c)| same(c) && (at / PART).min(PARTS - 1) == part);
        let front = |place: usize| text.split(' ').filter_map(|word| word.chars().nth(place)).any(same);
        ((0..PARTS).map(part).collect(), (0..FRONT).map(front).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_letter_has_its_bits_however_names_are_portioned(
            texts in prop::collection::vec("([a-z0-9é]{1,9} ){0,9}[a-zс]{0,40}", 0..150),
            portion in 1..150_usize,
        ) {
            let mut letters = LetterBitmap::default();
            let (all, mut ends) = (texts.concat(), Vec::new());
            for texts in texts.chunks(portion) {
                for text in texts {
                    ends.push(ends.last().map_or(0, |&end| end) + text.len() as u32);
                }
                letters.extend(&all, &ends);
            }
            prop_assert_eq!((letters.len(), letters.blocks()), (texts.len(), texts.len().div_ceil(BLOCK)));
            for (row, text) in texts.iter().enumerate() {
                let (block, bit) = (row / BLOCK, row % BLOCK);
                let has = |bits: u64| bits >> bit & 1 == 1;
                prop_assert!(has(letters.all(block)));
                prop_assert_eq!(letters.is_ascii(row), text.is_ascii());
                for c in "azqk17éс".chars() {
                    let code = LetterCode::of(c).ok_or_else(|| TestCaseError::fail("no code"))?;
                    let parts = letters.parts(code, block).iter().map(|&bits| has(bits)).collect();
                    let fronts = (0..FRONT).map(|place| has(letters.front(place, code, block))).collect();
                    prop_assert_eq!((parts, fronts), told_from_text(text, c), "{} in {}", c, text);
                }
            }
            let all: u32 = (0..letters.blocks()).map(|block| letters.all(block).count_ones()).sum();
            prop_assert_eq!(all as usize, texts.len());
        }
    }
}
