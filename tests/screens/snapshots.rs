//! Snapshots of every screen at four sizes, and of the axis and the lanes in three tiers of signs.
//!
//! A snapshot holds one screen at all its sizes: its text, then its styles, one letter per cell; the meaning of the
//! letters is listed at the end. After an intended change run with `INSTA_UPDATE=always` and review the difference.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annals::view::glyphs::Glyphs;
use annals::view::render::{style_words, to_text};
use ratatui::buffer::Buffer;

use crate::support::scenario::screen;

/// The sizes of the snapshots, in columns and rows.
const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

/// The letter of each style. A plain cell is a dot.
const LETTERS: [(&str, char); 19] = [
    ("bold", 'b'),
    ("bold dim", 'e'),
    ("bold reversed", 'R'),
    ("dim", 'd'),
    ("reversed", 'r'),
    ("blue", 'l'),
    ("blue bold", 'L'),
    ("blue dim", 'i'),
    ("cyan", 'c'),
    ("cyan bold", 'C'),
    ("cyan dim", 'n'),
    ("green", 'g'),
    ("green bold", 'G'),
    ("green dim", 'h'),
    ("magenta", 'm'),
    ("magenta bold", 'M'),
    ("red bold", 'A'),
    ("red bold dim", 'a'),
    ("red bold reversed", 'X'),
];

/// One screen at several sizes, in the format of its file.
#[derive(Default)]
struct Picture {
    text: String,
    legend: BTreeMap<char, String>,
}

impl Picture {
    /// Adds the screen at one size or in one tier.
    fn add(&mut self, heading: &str, buf: &Buffer) {
        let _ = write!(self.text, "━━ {heading}\n{}━━ {heading}, styles\n", to_text(buf));
        for row in buf.content.chunks(usize::from(buf.area.width)) {
            let line: String = row.iter().map(|cell| self.letter(&style_words(cell))).collect();
            self.text.push_str(line.trim_end_matches('.'));
            self.text.push('\n');
        }
    }

    /// The letter of a style.
    fn letter(&mut self, words: &str) -> char {
        if words.is_empty() {
            return '.';
        }
        let known = LETTERS.iter().find(|(known, _)| *known == words);
        let letter = known.unwrap_or_else(|| panic!("\"{words}\" has no letter: add one to LETTERS")).1;
        self.legend.insert(letter, words.to_owned());
        letter
    }

    /// Compares the picture with the snapshot file of this name.
    fn assert_is_as_it_was(mut self, name: &str) {
        self.text.push_str("━━ letters of styles\n");
        for (letter, words) in &self.legend {
            let _ = writeln!(self.text, "{letter} = {words}");
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, self.text));
    }
}

/// Defines a test for each screen, so that all changed screens are reported at once.
macro_rules! screens {
    ($($name:ident = $keys:literal;)+) => {
        $(#[test]
        fn $name() {
            every_size(stringify!($name), $keys);
        })+
    };
}

screens! {
    start = "";
    finder = "f ramji␣sin";
    help = "?";
    filtered = "/ opd ⏎";
    tree_open = "h j ⏎ j j";
    zoomed = "] ] ] ] ] ] w w w";
    detail = "f opd ⏎";
    undated = "u";
    matrix = "3";
    agreements = "4";
    figures = "5";
    sources = "6";
    conflicts = "!";
    evidence = "] e";
    tenures = "2 j";
    as_of = "@ 2021-06-15 ⏎";
    planned = "p";
    difference = "D 2021␣2025 ⏎";
    asked = "@ soon ⏎";
}

fn every_size(name: &str, keys: &str) {
    let mut picture = Picture::default();
    for (width, height) in SIZES {
        picture.add(&format!("{width}×{height}"), &screen(width, height).keys(keys).cells());
    }
    picture.assert_is_as_it_was(name);
}

/// The signs of the tiers differ, the positions do not: every tier at every size.
#[test]
fn axis() {
    every_tier("axis", "t 2021 ⏎ w w");
}

/// Every tier of the lanes at every size.
#[test]
fn lanes() {
    every_tier("lanes", "2 @ 2021 ⏎");
}

fn every_tier(name: &str, keys: &str) {
    let mut picture = Picture::default();
    for (tier, glyphs) in [("unicode", Glyphs::Unicode), ("block", Glyphs::Block), ("ascii", Glyphs::Ascii)] {
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            let buf = screen(width, height).glyphs(glyphs).keys(keys).cells();
            if glyphs == Glyphs::Ascii {
                let frame = to_text(&buf).lines().next().unwrap_or_default().to_owned();
                assert!(!frame.is_empty() && frame.is_ascii(), "{frame}");
            }
            picture.add(&format!("{tier} {width}×{height}"), &buf);
        }
    }
    picture.assert_is_as_it_was(name);
}
