//! JSON that is safe to print: characters that act on a terminal are written as `\uXXXX`.
//!
//! Invariant: a text reads back equal; outside escapes the output has no character that [`is_unsafe`] finds, and no
//! cell with more code points than allowed.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::{MAX_CELL_CHARS, is_unsafe};

/// Writes a value as one line of JSON, without a line break at the end.
///
/// # Errors
///
/// Errors of `out`, with their kind.
pub fn write_compact<W: Write, T: Serialize + ?Sized>(out: W, value: &T) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(out, Safe::around(CompactFormatter))).map_err(into_io)
}

/// Writes a value as indented JSON, without a line break at the end.
///
/// # Errors
///
/// Errors of `out`, with their kind.
pub fn write_pretty<W: Write, T: Serialize + ?Sized>(out: W, value: &T) -> io::Result<()> {
    value
        .serialize(&mut serde_json::Serializer::with_formatter(out, Safe::around(PrettyFormatter::new())))
        .map_err(into_io)
}

/// Converts an error, so that the kind of an I/O error, such as a closed pipe, is kept.
fn into_io(error: serde_json::Error) -> io::Error {
    io::Error::from(error)
}

/// The number of code points of one cell that are written unescaped; the quote or escape that follows may join them.
const CELL: usize = MAX_CELL_CHARS - 1;

/// A formatter that escapes more characters than the one it wraps.
struct Safe<F> {
    inner: F,
}

impl<F> Safe<F> {
    fn around(inner: F) -> Self {
        Self { inner }
    }
}

/// Passes the structure of a document on to the wrapped formatter.
macro_rules! pass_on {
    ($($name:ident($($flag:ident)?);)+) => {
        $(fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $flag: bool)?) -> io::Result<()> {
            self.inner.$name(out $(, $flag)?)
        })+
    };
}

impl<F: Formatter> Formatter for Safe<F> {
    pass_on! {
        begin_array();
        end_array();
        begin_array_value(first);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return out.write_all(fragment.as_bytes());
        }
        for cell in fragment.graphemes(true) {
            for (place, c) in cell.chars().enumerate() {
                if place < CELL && !is_unsafe(c) {
                    write!(out, "{c}")?;
                    continue;
                }
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clean;
    use proptest::prelude::*;

    fn written(value: &str) -> String {
        let mut out = Vec::new();
        write_compact(&mut out, value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn characters_that_act_on_a_terminal_are_escaped() {
        for (raw, shown) in [
            ("plain – ₹10 crore", "\"plain – ₹10 crore\""),
            ("\u{1b}]52;c;aGk=\u{7}", r#""\u001b]52;c;aGk=\u0007""#),
            ("\u{7f}\u{9b}2J", r#""\u007f\u009b2J""#),
            ("\u{202e}evil\u{2069}", r#""\u202eevil\u2069""#),
            ("a\u{2028}b\u{2029}", r#""a\u2028b\u2029""#),
            ("\u{feff}\u{200b}", r#""\ufeff\u200b""#),
            ("\u{e0041}", r#""\udb40\udc41""#),
            ("é e\u{301} 漢 “q” \"", "\"é e\u{301} 漢 “q” \\\"\""),
        ] {
            assert_eq!(written(raw), shown);
        }
    }

    #[test]
    fn a_flood_of_marks_is_escaped_from_the_cell_s_end_on() {
        let raw = format!("e{}", "\u{301}".repeat(50));
        let shown = written(&raw);
        assert_eq!(shown.matches('\u{301}').count(), CELL - 1);
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), raw);
    }

    #[test]
    fn a_closed_pipe_is_still_a_closed_pipe() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert_eq!(write_pretty(Closed, "x").unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }

    proptest! {
        #[test]
        fn every_text_reads_back(raw in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&written(&raw)).unwrap(), raw);
        }

        #[test]
        fn cleaning_finds_nothing_left_to_do(raw in "[\u{0}-\u{ff}\u{2000}-\u{206f}\u{feff}\u{e0000}-\u{e007f}a-z]{0,40}") {
            let shown = written(&raw);
            let cleaned = clean(&shown);
            prop_assert_eq!(cleaned.as_str(), shown.as_str());
        }
    }
}
