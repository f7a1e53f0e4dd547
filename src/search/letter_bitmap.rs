//! A bitmap index of letters: for sixty-four names at once, in which parts of them a letter stands, and
//! whether it is the first or second of a word.
//!
//! A name has [`PARTS`] parts of [`PART`] bytes each; the last has all the rest. In each, every letter has
//! a bit, and the bits of sixty-four names stand in one number, name by name: so a few operations tell of
//! all of them which can have the letters of a word in their order, and which surely do, while no text is
//! touched. The letters that stand in the same part are what only the text tells.
//!
//! Invariant: a letter that a name has has its bit; [`Code::is_exact`] tells of which letters the converse
//! holds as well.

#![expect(clippy::inline_always, reason = "it has to become a part of what was made for the processor")]

use fearless_simd::{Bytes, Level, Select, Simd, SimdBase, SimdFrom, dispatch, u8x64, u64x8};

use super::masks::{Mask, SHORT};
use crate::text::window::window;

/// How many names a block has.
pub const BLOCK: usize = 64;

/// How many parts a name has, and how many bytes each of them.
pub const PARTS: usize = 8;
pub const PART: usize = 8;

/// Of how many letters of every word the places in it are known.
pub const FRONT: usize = 2;

/// How many letters are told apart, and how many could be in a set of them.
const CODES: usize = 31;
const ALL: u64 = (1 << CODES) - 1;
const LANE: usize = u32::BITS as usize;

/// The first code that is of several letters.
const SHARED: u8 = 26;

/// In which parts of the names of a block a letter stands.
pub type Parts = [u64; PARTS];

/// The number of a letter, or of several that are not told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code(u8);

impl Code {
    /// The code of a character of a folded text; none of the gap between words.
    pub const fn of(c: char) -> Option<Self> {
        Some(Self(match c {
            ' ' => return None,
            'a'..='z' => c as u8 - b'a',
            // Ten digits share four, and all other scripts the last.
            '0'..='9' => SHARED + (c as u8 - b'0') * 2 / 5,
            _ => CODES as u8 - 1,
        }))
    }

    /// Whether it is of a single letter.
    pub const fn is_exact(self) -> bool {
        self.0 < SHARED
    }

    /// The set of it alone.
    const fn bit(self) -> u32 {
        1 << self.0
    }
}

/// What stands for a gap among the codes of a name, as it is in no set of them.
const GAP: u8 = 63;

/// By the low half of a digit, its code; [`Code::of`] tells the same.
const DIGITS: [u8; SHORT] = {
    let mut codes = [0; SHORT];
    let mut at = 0;
    while at < SHORT {
        if let Some(Code(code)) = Code::of((b'0' + (at % 16) as u8) as char) {
            codes[at] = code;
        }
        at += 1;
    }
    codes
};

/// The codes of bytes, of which so many belong to a name of ASCII; behind it are gaps.
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

/// The number of each byte.
const PLACES: [u8; SHORT] = {
    let mut places = [0; SHORT];
    let mut at = 0;
    while at < SHORT {
        places[at] = at as u8;
        at += 1;
    }
    places
};

/// The set of the codes of each part.
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

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Letters {
    rows: usize,
    /// Per code and block.
    parts: [Vec<Parts>; CODES],
    /// Per place in a word, code and block, the names with a word that has the letter there.
    fronts: [[Vec<u64>; CODES]; FRONT],
    /// Per block, the names that are ASCII.
    ascii: Vec<u64>,
}

/// The letters of one name.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    parts: [u32; PARTS],
    fronts: [u32; FRONT],
}

/// Sets of codes, two side by side, of every name of a block.
type Table = [u64; BLOCK];

/// How many of these hold all marks.
const TABLES: usize = PARTS / 2 + FRONT / 2;

/// All marks of a name.
type Pairs = [u64; TABLES];

const _: () = assert!(PARTS * PART == SHORT && FRONT == 2, "short names are read so");

impl Marks {
    /// The letters of any text, one after the other.
    #[inline(never)]
    fn of(text: &str) -> Self {
        let (mut marks, mut place) = (Self::default(), 0);
        for (at, c) in text.char_indices() {
            let bit = Code::of(c).map_or(0, Code::bit);
            marks.parts[(at / PART).min(PARTS - 1)] |= bit;
            if let Some(front) = marks.fronts.get_mut(place) {
                *front |= bit;
            }
            place = if c == ' ' { 0 } else { place + 1 };
        }
        marks
    }

    /// All sets, two side by side.
    fn pairs(&self) -> Pairs {
        let mut pairs = [0; TABLES];
        let sets = self.parts.chunks_exact(2).chain(self.fronts.chunks_exact(2));
        for (pair, sets) in pairs.iter_mut().zip(sets) {
            *pair = u64::from(sets[0]) | u64::from(sets[1]) << LANE;
        }
        pairs
    }
}

/// All sets of the name that is so many bytes long and with which the bytes begin, two side by side.
#[inline(always)]
fn pairs<S: Simd>(simd: S, bytes: &[u8], length: usize) -> Pairs {
    let codes = codes(simd, window(simd, bytes), length);
    let gap = u8x64::splat(simd, GAP);
    let (last, last_but_one) = (gap.slide::<{ SHORT - 1 }>(codes), gap.slide::<{ SHORT - 2 }>(codes));
    let is_head = last.simd_eq(gap);
    let heads = sets(simd, is_head.select(codes, gap));
    // What is behind a gap is no second letter, even where it is a gap itself.
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

impl Letters {
    /// Adds names to those that are there: of names end to end, all of which end at `ends`, the last ones.
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
            // First per name, then per code.
            let mut tables = [[0; BLOCK]; TABLES];
            let mut ascii = 0;
            for (row, &end) in (first..BLOCK).zip(&ends[self.rows..]) {
                let name = &text[start..end as usize];
                let is_ascii = name.is_ascii();
                let pairs = if is_ascii && name.len() <= SHORT {
                    pairs(simd, &text.as_bytes()[start..], name.len())
                } else {
                    Marks::of(name).pairs()
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

    /// Adds what was read to the last block.
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

    /// How many names there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// How many blocks there are; the last may have fewer names.
    pub fn blocks(&self) -> usize {
        self.ascii.len()
    }

    /// The names that a block has.
    #[inline]
    pub fn all(&self, block: usize) -> u64 {
        u64::first((self.rows - block * BLOCK).min(BLOCK) as u32)
    }

    /// In which parts of its names a letter stands.
    #[inline]
    pub fn parts(&self, code: Code, block: usize) -> &Parts {
        &self.parts[usize::from(code.0)][block]
    }

    /// Which names have a word with a letter at this place, if that is one of the first [`FRONT`].
    #[inline]
    pub fn front(&self, place: usize, code: Code, block: usize) -> u64 {
        self.fronts[place][usize::from(code.0)][block]
    }

    /// Which names are ASCII.
    #[inline]
    pub fn ascii(&self, block: usize) -> u64 {
        self.ascii[block]
    }

    /// Whether a name is ASCII.
    #[inline]
    pub fn is_ascii(&self, row: usize) -> bool {
        self.ascii[row / BLOCK] >> (row % BLOCK) & 1 == 1
    }
}

/// Turns rows into columns: bit `c` of number `r` changes places with bit `r` of number `c`.
#[inline(always)]
fn transpose(table: &mut Table) {
    swap_halves::<32>(table, 0x0000_0000_ffff_ffff);
    swap_halves::<16>(table, 0x0000_ffff_0000_ffff);
    swap_halves::<8>(table, 0x00ff_00ff_00ff_00ff);
    swap_halves::<4>(table, 0x0f0f_0f0f_0f0f_0f0f);
    swap_halves::<2>(table, 0x3333_3333_3333_3333);
    swap_halves::<1>(table, 0x5555_5555_5555_5555);
}

/// In every square of twice this width, the upper right quarter changes places with the lower left one.
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
impl Letters {
    /// The letters of some names.
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
    fn every_code_is_of_one_letter_or_shared() {
        let letters = ('a'..='z').chain('0'..='9').chain(['é']);
        let codes: Vec<Code> = letters.filter_map(Code::of).collect();
        assert!(codes.iter().all(|code| usize::from(code.0) < CODES));
        for code in 0..CODES as u8 {
            let count = codes.iter().filter(|&&other| other == Code(code)).count();
            assert!(if Code(code).is_exact() { count == 1 } else { count >= 1 }, "{code} is of {count}");
        }
    }

    #[test]
    fn rows_become_columns() {
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

    /// In which parts a letter stands, and at which places of words, told by looking.
    fn looked(text: &str, letter: char) -> (Vec<bool>, Vec<bool>) {
        let same = |c: char| c != ' ' && Code::of(c) == Code::of(letter);
        let part = |part: usize| text.char_indices().any(|(at, c)| same(c) && (at / PART).min(PARTS - 1) == part);
        let front = |place: usize| text.split(' ').filter_map(|word| word.chars().nth(place)).any(same);
        ((0..PARTS).map(part).collect(), (0..FRONT).map(front).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_letter_has_its_bits_in_whatever_portions_names_come(
            texts in prop::collection::vec("([a-z0-9é]{1,9} ){0,9}[a-zс]{0,40}", 0..150),
            portion in 1..150_usize,
        ) {
            let mut letters = Letters::default();
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
                    let code = Code::of(c).ok_or_else(|| TestCaseError::fail("no code"))?;
                    let parts = letters.parts(code, block).iter().map(|&bits| has(bits)).collect();
                    let fronts = (0..FRONT).map(|place| has(letters.front(place, code, block))).collect();
                    prop_assert_eq!((parts, fronts), looked(text, c), "{} in {}", c, text);
                }
            }
            let all: u32 = (0..letters.blocks()).map(|block| letters.all(block).count_ones()).sum();
            prop_assert_eq!(all as usize, texts.len());
        }
    }
}
