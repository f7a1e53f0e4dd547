//! Standard output: one buffered writer of text without terminal controls.
//!
//! Invariant: all text passes through [`clean`]; escape sequences are written only here, and only to a terminal.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::forms::Format;
use crate::formats::csv::Sheet;
use crate::formats::jsonl;
use crate::text::clean;

/// The emphasis of a text. No meaning depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// A heading, or the subject of the answer.
    Strong,
    /// Secondary information.
    Faint,
}

impl Tone {
    const fn codes(self) -> (&'static str, &'static str) {
        match self {
            Self::Plain => ("", ""),
            Self::Strong => ("\u{1b}[1m", "\u{1b}[0m"),
            Self::Faint => ("\u{1b}[2m", "\u{1b}[0m"),
        }
    }
}

/// The properties of standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    /// True if colours and emphasis are used.
    pub colour: bool,
    /// The width in columns, or `None` if lines may have any length.
    pub width: Option<usize>,
}

/// The width of a terminal that does not report one.
const DEFAULT_WIDTH: usize = 80;

/// The smallest width for which text is laid out.
const MIN_WIDTH: usize = 20;

impl Screen {
    /// Inspects standard output: anything but a terminal gets full lines without colours.
    pub fn detect(no_color: bool) -> Self {
        let stdout = io::stdout();
        if !stdout.is_terminal() {
            return Self::default();
        }
        Self { colour: colour_wanted(no_color), width: Some(columns().max(MIN_WIDTH)) }
    }
}

/// Returns true if a terminal should get colours.
pub fn colour_wanted(no_color: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    !no_color && !set("NO_COLOR") && !is_dumb()
}

/// Returns true if the terminal declares itself as `dumb`.
pub fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Returns the width of the terminal in columns.
fn columns() -> usize {
    match crossterm::terminal::size() {
        Ok((columns, _)) if columns > 0 => columns.into(),
        Ok(_) | Err(_) => DEFAULT_WIDTH,
    }
}

/// Tasks that take no longer than this show no status.
const UNNOTICED: Duration = Duration::from_millis(150);

/// A status line that is shown while a task takes long and removed at its end.
pub struct Status<W: Write> {
    /// `None` if standard error is not such a terminal.
    sink: Option<W>,
    began: Instant,
    is_shown: bool,
}

impl Status<io::Stderr> {
    /// Creates a status on standard error, if that is a terminal that can rewrite a line.
    pub fn on_stderr() -> Self {
        let stderr = io::stderr();
        Self::new((stderr.is_terminal() && !is_dumb()).then_some(stderr), Instant::now())
    }
}

impl<W: Write> Status<W> {
    fn new(sink: Option<W>, began: Instant) -> Self {
        Self { sink, began, is_shown: false }
    }

    /// Shows a status; write errors are ignored.
    pub fn show(&mut self, raw: &str) {
        if self.began.elapsed() < UNNOTICED {
            return;
        }
        if let Some(sink) = &mut self.sink {
            let text = clean(raw).fit(columns().saturating_sub(1));
            let _ = write!(sink, "\r{text}\u{1b}[K").and_then(|()| sink.flush());
            self.is_shown = true;
        }
    }
}

impl<W: Write> Drop for Status<W> {
    fn drop(&mut self) {
        if let Some(sink) = self.sink.as_mut().filter(|_| self.is_shown) {
            let _ = sink.write_all(b"\r\x1b[K").and_then(|()| sink.flush());
        }
    }
}

/// Cleans lines and writes them to standard error. Failures are ignored, because there is no other place to report them.
pub fn report<T: AsRef<str>>(lines: &[T]) {
    let mut text = String::new();
    for line in lines {
        text.push_str(clean(line.as_ref()).as_str());
        text.push('\n');
    }
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// A writer of clean text.
pub struct Output<'a> {
    sink: &'a mut dyn Write,
    pub screen: Screen,
}

impl<'a> Output<'a> {
    pub fn new(sink: &'a mut dyn Write, screen: Screen) -> Self {
        Self { sink, screen }
    }

    pub fn text(&mut self, tone: Tone, raw: &str) -> io::Result<()> {
        let text = clean(raw);
        let (on, off) = if self.screen.colour && !text.as_str().is_empty() { tone.codes() } else { ("", "") };
        write!(self.sink, "{on}{text}{off}")
    }

    pub fn end_line(&mut self) -> io::Result<()> {
        self.sink.write_all(b"\n")
    }

    /// Ends what was written as `xargs -0` expects it.
    pub fn end_item(&mut self) -> io::Result<()> {
        self.sink.write_all(b"\0")
    }

    pub fn line(&mut self, tone: Tone, raw: &str) -> io::Result<()> {
        self.text(tone, raw)?;
        self.end_line()
    }

    /// Writes text wrapped between words, each line indented by `indent` spaces.
    pub fn wrapped(&mut self, tone: Tone, indent: usize, raw: &str) -> io::Result<()> {
        let text = clean(raw);
        let lines = match self.screen.width {
            Some(width) => text.wrap(width.saturating_sub(indent).max(MIN_WIDTH / 2)),
            None => vec![text.into_inner().into_owned()],
        };
        for line in lines {
            self.text(Tone::Plain, &" ".repeat(indent))?;
            self.line(tone, &line)?;
        }
        Ok(())
    }

    /// Writes text after a lead, with continuation lines aligned after the lead.
    pub fn hanging(&mut self, tone: Tone, indent: usize, lead: &str, raw: &str) -> io::Result<()> {
        let text = clean(raw);
        let lead = clean(lead);
        let start = indent.saturating_add(lead.width());
        // A long lead leaves too few columns beside it, so the text starts below it.
        let (first, rest) = match self.screen.width {
            Some(width) if start <= width / 2 => (width.saturating_sub(start), start),
            Some(width) => (width.saturating_sub(start).max(1), indent.saturating_add(2)),
            None => (usize::MAX, start),
        };
        let room = self.screen.width.map_or(usize::MAX, |width| width.saturating_sub(rest).max(1));
        let lines = text.wrap_after(first, room);
        self.text(Tone::Plain, &" ".repeat(indent))?;
        let lead = if lines.is_empty() { lead.as_str().trim_end() } else { lead.as_str() };
        self.text(Tone::Faint, lead)?;
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.end_line()?;
                self.text(Tone::Plain, &" ".repeat(rest))?;
            }
            self.text(tone, line)?;
        }
        self.end_line()
    }

    /// Writes rows in a format: as text by `text`, as JSON objects, or as cells of CSV below a header.
    pub fn rows<'h, T: Serialize, C: AsRef<str>, R: IntoIterator<Item = C>>(
        &mut self,
        format: Format,
        text: impl FnOnce(&mut Self) -> io::Result<()>,
        objects: impl Iterator<Item = T>,
        header: impl IntoIterator<Item = &'h str>,
        cells: impl Iterator<Item = R>,
    ) -> io::Result<()> {
        match format {
            Format::Text => text(self),
            Format::Json => jsonl::write_array(self.raw(), objects),
            Format::Jsonl => jsonl::write_lines(self.raw(), objects),
            Format::Csv => {
                let mut sheet = Sheet::new(self.raw(), &header.into_iter().collect::<Vec<_>>())?;
                for row in cells {
                    sheet.row(&row.into_iter().collect::<Vec<_>>())?;
                }
                sheet.finish()
            }
        }
    }

    /// Writes a value as one JSON document of several lines.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        jsonl::write_pretty(self.raw(), value)?;
        self.end_line()
    }

    /// Returns the sink itself, for formats that escape text on their own.
    pub fn raw(&mut self) -> &mut dyn Write {
        self.sink
    }
}

/// Puts the name of the program before the first line of a message.
pub fn with_prefix(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let mark = |(index, line): (usize, String)| if index == 0 { format!("annals: {line}") } else { line };
    lines.into_iter().enumerate().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(screen: Screen, write: impl FnOnce(&mut Output<'_>) -> io::Result<()>) -> String {
        let mut sink = Vec::new();
        write(&mut Output::new(&mut sink, screen)).unwrap();
        String::from_utf8(sink).unwrap()
    }

    #[test]
    fn a_tone_is_written_only_in_colour() {
        let line = |colour| written(Screen { colour, width: None }, |out| out.line(Tone::Strong, "Heading"));
        assert_eq!(line(false), "Heading\n");
        assert_eq!(line(true), "\u{1b}[1mHeading\u{1b}[0m\n");
    }

    #[test]
    fn a_status_is_shown_for_a_long_task_and_removed_afterwards() {
        let shown = |began: Instant| {
            let mut sink = Vec::new();
            let mut status = Status::new(Some(&mut sink), began);
            status.show("1 of 2\u{1b}[2J");
            status.show("2 of 2");
            drop(status);
            String::from_utf8(sink).unwrap()
        };
        assert_eq!(shown(Instant::now() + Duration::from_secs(9)), "");
        let long_ago = Instant::now().checked_sub(UNNOTICED * 2).unwrap();
        assert_eq!(shown(long_ago), "\r1 of 2[2J\u{1b}[K\r2 of 2\u{1b}[K\r\u{1b}[K");
    }

    #[test]
    fn text_cannot_contain_escape_sequences() {
        let shown = written(Screen::default(), |out| out.line(Tone::Plain, "a\u{1b}[31mb\nc\u{9b}2J"));
        assert_eq!(shown, "a[31mb c2J\n");
    }

    #[test]
    fn wrapped_text_fits_the_screen_and_is_unbroken_without_one() {
        let text = "one two three four five six seven eight";
        let narrow = Screen { colour: false, width: Some(24) };
        let shown = written(narrow, |out| out.wrapped(Tone::Plain, 4, text));
        assert!(shown.lines().all(|line| line.starts_with("    ") && line.len() <= 24), "{shown}");
        assert_eq!(shown.split_whitespace().collect::<Vec<_>>().join(" "), text);
        assert_eq!(written(Screen::default(), |out| out.wrapped(Tone::Plain, 0, text)), format!("{text}\n"));
    }

    #[test]
    fn hanging_text_stays_after_its_lead_and_fits_the_screen() {
        let narrow = Screen { colour: false, width: Some(24) };
        let shown = written(narrow, |out| out.hanging(Tone::Plain, 2, "Start  ", "one two three four five"));
        assert_eq!(shown, "  Start  one two three\n         four five\n");
        let below = written(narrow, |out| out.hanging(Tone::Plain, 2, "A very long label  ", "one two three four"));
        assert_eq!(below, "  A very long label  one\n    two three four\n");
        let full = written(Screen::default(), |out| out.hanging(Tone::Plain, 2, "Start  ", "one two"));
        assert_eq!(full, "  Start  one two\n");
    }
}
