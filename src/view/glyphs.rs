//! The signs of the screen in three tiers: Unicode, block characters of old consoles, ASCII.
//!
//! The time axis and the lanes take their signs from one table a tier, since signs are all
//! they show. Everything else is drawn with Unicode signs, and those that the terminal lacks
//! are replaced on the finished screen. Invariant: a sign is one column wide in every tier,
//! and signs that can meet in one lane differ, so that no meaning depends on colour.

use ratatui::buffer::Buffer;

use super::paint::{replace, widen};
use crate::text::word::words;

words! {
    /// The signs that the terminal can show, the richest set first.
    #[derive(Default)]
    Glyphs {
        /// Lines, dots and blocks of Unicode.
        #[default]
        Unicode = "unicode",
        /// The signs of code page 437, which old consoles have.
        Block = "block",
        /// Seven bits.
        Ascii = "ascii",
    }
}

/// Declares the signs: what each is for, then the sign in Unicode, in the block tier and in seven bits.
macro_rules! signs {
    ($($(#[$doc:meta])+ $name:ident: $type:ty = $unicode:expr, $block:expr, $ascii:expr;)+) => {
        /// The signs of a tier.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Signs { $($(#[$doc])+ pub $name: $type),+ }

        const UNICODE: Signs = Signs { $($name: $unicode),+ };
        const BLOCK: Signs = Signs { $($name: $block),+ };
        const ASCII: Signs = Signs { $($name: $ascii),+ };
    };
}

signs! {
    /// A bar that is stated.
    stated: &'static str = "━", "█", "=";
    /// A bar between two sightings.
    attested: &'static str = "═", "▓", "+";
    /// A bar of what is last known.
    last_known: &'static str = "┈", "▒", ".";
    /// A bar or a mark that may be here, depending on a date that is not exact.
    possible: &'static str = "░", "░", ":";
    /// A post without a holder.
    vacant: &'static str = "·", "·", "_";
    /// A time of which nothing is known.
    unknown: &'static str = "?", "?", "?";
    /// A sighting of a holder in office.
    seen: &'static str = "◆", "♦", "*";
    /// A plan.
    planned: &'static str = "○", "○", "o";
    /// Something happened.
    happened: &'static str = "●", "•", "@";
    /// The line from a plan to the next plan or the outcome.
    line: &'static str = "─", "─", "-";
    /// The head of that line.
    head: &'static str = "▶", "►", ">";
    /// Words go on.
    more: &'static str = "…", "~", "~";
    /// The height of a value: a blank for zero, then eight steps.
    levels: [&'static str; 9] =
        [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        [" ", "_", "_", "▄", "▄", "▄", "█", "█", "█"],
        [" ", "_", "_", "-", "-", "=", "=", "#", "#"];
    /// A year begins on the ruler.
    tick: &'static str = "┬", "┬", "+";
    /// The ruler.
    ruler: &'static str = "─", "─", "-";
    /// The edge of a collapsed gap of the ruler.
    gap: &'static str = "╱", "/", "/";
    /// The moment that is asked about, across all lanes.
    moment: &'static str = "┊", "│", "|";
    /// The selection on the ruler.
    here: &'static str = "▲", "▲", "^";
}

/// Each sign that is drawn, and its replacements in the block tier and in seven bits.
const REPLACED: &[(&str, &str, &str)] = &[
    ("│", "│", "|"),
    ("─", "─", "-"),
    ("┌", "┌", "+"),
    ("┐", "┐", "+"),
    ("└", "└", "+"),
    ("┘", "┘", "+"),
    ("├", "├", "+"),
    ("┤", "┤", "+"),
    ("┈", "─", "-"),
    ("═", "═", "="),
    ("›", ">", ">"),
    ("‹", "<", "<"),
    ("▸", "►", ">"),
    ("▾", "▼", "v"),
    ("▴", "▲", "^"),
    ("▎", "│", "|"),
    ("●", "•", "@"),
    ("○", "○", "o"),
    ("◌", "◘", "c"),
    ("✗", "x", "x"),
    ("·", "·", "."),
    ("…", "~", "~"),
    ("–", "-", "-"),
    ("—", "-", "-"),
    ("→", "→", ">"),
    ("←", "←", "<"),
    ("↑", "↑", "^"),
    ("↓", "↓", "v"),
    ("⇧", "^", "^"),
    ("≤", "≤", "<"),
    ("≥", "≥", ">"),
    ("≠", "#", "#"),
    ("×", "x", "x"),
    ("⟦", "[", "["),
    ("⟧", "]", "]"),
    ("’", "'", "'"),
    ("“", "\"", "\""),
    ("”", "\"", "\""),
];

impl Glyphs {
    /// Replaces on a finished screen the signs that the terminal cannot show.
    pub(super) fn reduce(self, buf: &mut Buffer) {
        if self == Self::Unicode {
            return;
        }
        if self == Self::Ascii {
            // "On or before" takes two signs if there is room for them.
            widen(buf, &[("≤", "<"), ("≥", ">")], "=");
        }
        replace(buf, |sign| {
            let &(_, block, ascii) = REPLACED.iter().find(|(drawn, _, _)| *drawn == sign)?;
            Some(if self == Self::Block { block } else { ascii })
        });
    }

    /// Returns the signs of the tier.
    pub(super) const fn signs(self) -> &'static Signs {
        match self {
            Self::Unicode => &UNICODE,
            Self::Block => &BLOCK,
            Self::Ascii => &ASCII,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    /// Returns the signs that can stand in one lane beside each other.
    fn of_a_lane(signs: &Signs) -> [&'static str; 12] {
        [
            signs.stated,
            signs.attested,
            signs.last_known,
            signs.possible,
            signs.vacant,
            signs.unknown,
            signs.seen,
            signs.planned,
            signs.happened,
            signs.line,
            signs.head,
            signs.moment,
        ]
    }

    fn all(signs: &Signs) -> Vec<&'static str> {
        let others = [signs.more, signs.tick, signs.ruler, signs.gap, signs.here];
        of_a_lane(signs).into_iter().chain(others).chain(signs.levels).collect()
    }

    #[test]
    fn what_replaces_a_sign_takes_one_column_and_is_of_its_tier() {
        for (sign, block, ascii) in REPLACED {
            assert!([sign, block, ascii].into_iter().all(|sign| width(sign) == 1), "{sign}");
            assert!(ascii.is_ascii(), "{sign}");
        }
    }

    #[test]
    fn every_sign_takes_one_column() {
        for &look in Glyphs::ALL {
            assert!(all(look.signs()).iter().all(|sign| width(sign) == 1), "{look:?}");
        }
    }

    #[test]
    fn no_two_signs_of_a_lane_are_the_same() {
        for &look in Glyphs::ALL {
            let mut signs = of_a_lane(look.signs());
            signs.sort_unstable();
            assert!(signs.windows(2).all(|pair| pair[0] != pair[1]), "{look:?}");
        }
    }

    #[test]
    fn each_tier_keeps_to_its_characters() {
        // From code page 437: blocks, single lines, and the pictures of its first 32 places.
        const CP437: &str = "█▓▒░▄▀▌▐■│─┬┴┼├┤└┘┌┐·•◘○◙♦♣♠♥►◄▲▼↑↓→←═║∙√";
        let within =
            |look: Glyphs, taken: fn(char) -> bool| all(look.signs()).iter().all(|sign| sign.chars().all(taken));
        assert!(within(Glyphs::Block, |c| c.is_ascii() || CP437.contains(c)));
        assert!(within(Glyphs::Ascii, |c| c.is_ascii()));
    }
}
