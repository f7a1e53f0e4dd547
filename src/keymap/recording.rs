//! A session of the explorer as text: what was pressed, pasted and clicked, one event a line.
//!
//! ```text
//! # annals keys
//! size 120x40
//! glyphs unicode
//! f
//! r
//! <enter>
//! resize 80x24
//! paste "two\nlines"
//! mouse click 10 5
//! mouse drag 12 5
//! mouse wheel 10 5 -3
//! ```
//!
//! A key is written as [`Chord::parse`] reads it. Lines that begin with `# ` and empty lines are left out. Columns
//! and rows of the mouse count from 0; notches of the wheel are positive downwards.
//!
//! Invariant: what [`Header`] and [`Event`] print is read back as the same header and event.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use super::Chord;

/// The screen on which a session starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// The signs of the screen, one of [`TIERS`].
    pub glyphs: &'static str,
}

/// The names of the tiers of signs.
pub const TIERS: [&str; 3] = ["unicode", "block", "ascii"];

/// Something that the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Pressed a key.
    Key(Chord),
    /// Pasted a text.
    Paste(String),
    /// Resized the screen to this number of columns and rows.
    Resize(u16, u16),
    /// Pressed the left button on a column and row.
    Click(u16, u16),
    /// Moved to a column and row with the left button held.
    Drag(u16, u16),
    /// Turned the wheel down on a column and row, by this number of notches; up if negative.
    Wheel(u16, u16, i32),
}

/// A recorded session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The screen it started on.
    pub header: Header,
    /// The events in order.
    pub events: Vec<Event>,
}

/// A place where a text is no recording. Line and column count from 1, the column in characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: found {}, expected {expected}", quoted(found))]
pub struct RecordingError {
    /// The line.
    pub line: usize,
    /// The column in the line.
    pub column: usize,
    /// The text found there; empty at the end of the line.
    pub found: String,
    /// The text expected there instead.
    pub expected: &'static str,
}

/// Returns the words as a message quotes them; "nothing" if there are none.
fn quoted(found: &str) -> String {
    if found.is_empty() { "nothing".to_owned() } else { format!("\"{found}\"") }
}

impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (width, height) = self.size;
        write!(f, "# annals keys\nsize {width}x{height}\nglyphs {}\n", self.glyphs)
    }
}

/// Prints the event without a line break; nothing for a key that has no name, which no binding has either.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(chord) => f.write_str(&chord.script().unwrap_or_default()),
            Self::Paste(text) => {
                f.write_str("paste \"")?;
                text.chars().try_for_each(|c| match c {
                    '"' | '\\' => write!(f, "\\{c}"),
                    '\n' => f.write_str("\\n"),
                    c if c.is_control() => write!(f, "\\u{{{:x}}}", u32::from(c)),
                    c => f.write_char(c),
                })?;
                f.write_char('"')
            }
            Self::Resize(width, height) => write!(f, "resize {width}x{height}"),
            Self::Click(column, row) => write!(f, "mouse click {column} {row}"),
            Self::Drag(column, row) => write!(f, "mouse drag {column} {row}"),
            Self::Wheel(column, row, notches) => write!(f, "mouse wheel {column} {row} {notches}"),
        }
    }
}

const A_SIZE: &str = "columns and rows such as 120x40";
const AN_EVENT: &str = "a key such as j, C-d or <enter>, or resize, paste or mouse";

impl FromStr for Recording {
    type Err = RecordingError;

    /// Reads a recording.
    ///
    /// # Errors
    ///
    /// The first place that cannot be read.
    fn from_str(text: &str) -> Result<Self, RecordingError> {
        let numbered = text.lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with("# "));
        let mut lines = numbered.map(|(text, number)| Line::new(text, number));
        let end = || Line::new("", text.lines().count().saturating_add(1));
        let mut line = lines.next().unwrap_or_else(end);
        line.keyword("size", "size and its columns and rows, such as size 120x40")?;
        let size = line.size()?;
        line.end()?;
        let mut line = lines.next().unwrap_or_else(end);
        line.keyword("glyphs", "glyphs and their tier, such as glyphs unicode")?;
        let word = line.word();
        let tier = TIERS.into_iter().find(|&tier| tier == word);
        let glyphs = tier.ok_or_else(|| line.wrong(word, "unicode, block or ascii"))?;
        line.end()?;
        let events = lines.map(event).collect::<Result<_, _>>()?;
        Ok(Self { header: Header { size, glyphs }, events })
    }
}

fn event(mut line: Line<'_>) -> Result<Event, RecordingError> {
    // The word for a key is the whole line: a key may be any sign.
    if let Some(chord) = Chord::parse(line.text) {
        return Ok(Event::Key(chord));
    }
    let event = match line.word() {
        "resize" => {
            let (width, height) = line.size()?;
            Event::Resize(width, height)
        }
        "paste" => Event::Paste(line.quoted()?),
        "mouse" => match line.word() {
            "click" => Event::Click(line.cell()?, line.cell()?),
            "drag" => Event::Drag(line.cell()?, line.cell()?),
            "wheel" => Event::Wheel(line.cell()?, line.cell()?, line.number("a number of notches")?),
            word => return Err(line.wrong(word, "click, drag or wheel")),
        },
        word => return Err(line.wrong(word, AN_EVENT)),
    };
    line.end()?;
    Ok(event)
}

/// A line, and the rest of it that is not read yet.
struct Line<'a> {
    text: &'a str,
    number: usize,
    rest: &'a str,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, number: usize) -> Self {
        Self { text, number, rest: text }
    }

    /// Takes the next word; it is empty at the end of the line.
    fn word(&mut self) -> &'a str {
        let rest = self.rest.trim_start_matches(' ');
        let (word, behind) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
        self.rest = behind;
        word
    }

    /// Returns the error that the last word read is not the expected one.
    fn wrong(&self, word: &str, expected: &'static str) -> RecordingError {
        let start = self.text.len().saturating_sub(self.rest.len()).saturating_sub(word.len());
        let column = self.text.get(..start).unwrap_or_default().chars().count().saturating_add(1);
        RecordingError { line: self.number, column, found: word.to_owned(), expected }
    }

    fn keyword(&mut self, keyword: &str, expected: &'static str) -> Result<(), RecordingError> {
        let word = self.word();
        if word == keyword { Ok(()) } else { Err(self.wrong(word, expected)) }
    }

    fn number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, RecordingError> {
        let word = self.word();
        word.parse().map_err(|_| self.wrong(word, expected))
    }

    fn cell(&mut self) -> Result<u16, RecordingError> {
        self.number("a column and a row, from 0 to 65535")
    }

    fn size(&mut self) -> Result<(u16, u16), RecordingError> {
        let word = self.word();
        let size = word.split_once('x').and_then(|(width, height)| Some((side(width)?, side(height)?)));
        size.ok_or_else(|| self.wrong(word, A_SIZE))
    }

    /// Reads the rest of the line as a text between quotation marks, and returns it without its escapes.
    fn quoted(&mut self) -> Result<String, RecordingError> {
        const TEXT: &str =
            "a text in quotation marks, with \\\" \\\\ \\n and \\u{..} for what cannot stand there itself";
        let rest = self.rest.trim_start_matches(' ');
        self.rest = "";
        unquote(rest).ok_or_else(|| self.wrong(rest, TEXT))
    }

    fn end(&mut self) -> Result<(), RecordingError> {
        let word = self.word();
        if word.is_empty() { Ok(()) } else { Err(self.wrong(word, "the end of the line")) }
    }
}

/// Reads the width or height of a screen, at most 1000.
fn side(word: &str) -> Option<u16> {
    word.parse().ok().filter(|&side| side <= 1000)
}

fn unquote(quoted: &str) -> Option<String> {
    let mut rest = quoted.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = String::new();
    while let Some(c) = rest.next() {
        text.push(match c {
            '"' => return None,
            '\\' => match rest.next()? {
                'n' => '\n',
                'u' => {
                    let (digits, behind) = rest.as_str().strip_prefix('{')?.split_once('}')?;
                    rest = behind.chars();
                    char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
                }
                c @ ('"' | '\\') => c,
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::BINDINGS;
    use proptest::prelude::*;

    const HEADER: &str = "# annals keys\nsize 120x40\nglyphs unicode\n";

    fn event() -> impl Strategy<Value = Event> {
        let bound: Vec<Chord> = BINDINGS.iter().flat_map(|binding| binding.chords).copied().collect();
        prop_oneof![
            prop::sample::select(bound).prop_map(Event::Key),
            any::<char>()
                .prop_filter_map("a key", |c| Chord::parse(&c.to_string()).filter(|key| key.script().is_some()))
                .prop_map(Event::Key),
            any::<String>().prop_map(Event::Paste),
            (0u16..=1000, 0u16..=1000).prop_map(|(width, height)| Event::Resize(width, height)),
            any::<(u16, u16)>().prop_map(|(column, row)| Event::Click(column, row)),
            any::<(u16, u16)>().prop_map(|(column, row)| Event::Drag(column, row)),
            any::<(u16, u16, i32)>().prop_map(|(column, row, notches)| Event::Wheel(column, row, notches)),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(
            size in (0u16..=1000, 0u16..=1000), tier in 0usize..3, events in prop::collection::vec(event(), 0..20)
        ) {
            let header = Header { size, glyphs: TIERS[tier] };
            let text: String = events.iter().fold(header.to_string(), |text, event| format!("{text}{event}\n"));
            prop_assert_eq!(text.parse(), Ok(Recording { header, events }), "{}", text);
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,40}", lines in "[a-z #\"\\\\<>0-9x\n-]{0,60}") {
            let _ = format!("{HEADER}{text}").parse::<Recording>();
            let _ = format!("{HEADER}{lines}").parse::<Recording>();
            let _ = lines.parse::<Recording>();
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        for (text, told) in [
            ("", "1:1: found nothing, expected size and its columns and rows, such as size 120x40"),
            ("size 12", "1:6: found \"12\", expected columns and rows such as 120x40"),
            ("size 12x3000", "1:6: found \"12x3000\", expected columns and rows such as 120x40"),
            ("size 9x9\n", "2:1: found nothing, expected glyphs and their tier, such as glyphs unicode"),
            ("size 9x9\nglyphs latin", "2:8: found \"latin\", expected unicode, block or ascii"),
            ("size 9x9 x", "1:10: found \"x\", expected the end of the line"),
        ] {
            assert_eq!(text.parse::<Recording>().unwrap_err().to_string(), told);
        }
        for (line, told) in [
            ("<entr>", "5:1: found \"<entr>\", expected a key such as j, C-d or <enter>, or resize, paste or mouse"),
            ("mouse click 3", "5:14: found nothing, expected a column and a row, from 0 to 65535"),
            ("mouse move 3 4", "5:7: found \"move\", expected click, drag or wheel"),
            ("mouse wheel 3 4 é", "5:17: found \"é\", expected a number of notches"),
        ] {
            assert_eq!(format!("{HEADER}\n{line}").parse::<Recording>().unwrap_err().to_string(), told);
        }
        let error = format!("{HEADER}paste \"a\"b\"").parse::<Recording>().unwrap_err();
        assert_eq!((error.line, error.column, error.found.as_str()), (4, 7, "\"a\"b\""));
    }

    #[test]
    fn a_sign_that_begins_comments_is_a_key_by_itself() {
        let recording: Recording = format!("{HEADER}#\n# a comment\n").parse().unwrap();
        assert_eq!(recording.events, [Event::Key(Chord::parse("#").unwrap())]);
    }
}
