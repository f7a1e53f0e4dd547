//! Records what the user does in the explorer, for `annals debug keys`.
//!
//! Invariant: an event is in the file before it is answered, so that the one that ends in a panic is there too.

use std::io::{self, Write};

use ratatui::layout::Size;

use super::events::Input;
use crate::keymap::Chord;
use crate::keymap::recording::{Event, Header};

/// A session that is being recorded.
pub struct KeyLog {
    file: Box<dyn Write>,
    glyphs: &'static str,
}

impl KeyLog {
    /// Records into an empty file, unbuffered, the keys of a screen with these signs, one of
    /// [`TIERS`](crate::keymap::recording::TIERS).
    pub fn new(file: Box<dyn Write>, glyphs: &'static str) -> Self {
        Self { file, glyphs }
    }

    /// Writes how the session starts.
    pub(super) fn start(&mut self, size: Size) -> io::Result<()> {
        let header = Header { size: (size.width, size.height), glyphs: self.glyphs };
        self.file.write_all(header.to_string().as_bytes())
    }

    /// Writes an input, if it changes anything.
    pub(super) fn record(&mut self, input: &Input) -> io::Result<()> {
        let Some(event) = event(input) else { return Ok(()) };
        self.file.write_all(format!("{event}\n").as_bytes())
    }
}

fn event(input: &Input) -> Option<Event> {
    match input {
        Input::Key(key) => {
            let chord = Chord::of(*key);
            // A key without a name has no binding either.
            chord.script().map(|_| Event::Key(chord))
        }
        Input::Click(column, row) => Some(Event::Click(*column, *row)),
        Input::Drag(column, row) => Some(Event::Drag(*column, *row)),
        Input::Wheel(column, row, notches) => Some(Event::Wheel(*column, *row, *notches)),
        Input::Paste(text) => Some(Event::Paste(text.clone())),
        Input::Resize(width, height) => Some(Event::Resize(*width, *height)),
        Input::Lost(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Seek as _};

    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;
    use crate::keymap::recording::Recording;

    #[test]
    fn what_is_recorded_can_be_read_and_what_changes_nothing_is_left_out() {
        let mut file = tempfile::tempfile().unwrap();
        let mut log = KeyLog::new(Box::new(file.try_clone().unwrap()), "block");
        log.start(Size { width: 120, height: 40 }).unwrap();
        let modifiers = KeyModifiers::NONE;
        for input in [
            Input::Key(KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT)),
            Input::Key(KeyEvent::new(KeyCode::F(5), modifiers)),
            Input::Key(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::CONTROL | KeyModifiers::ALT)),
            Input::Paste("a \"b\"\n\u{1b}".into()),
            Input::Click(3, 4),
            Input::Drag(3, 4),
            Input::Wheel(5, 6, -2),
            Input::Resize(80, 24),
        ] {
            log.record(&input).unwrap();
        }
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();
        let expected = "# annals keys\nsize 120x40\nglyphs block\nG\nC-A-x\npaste \"a \\\"b\\\"\\n\\u{1b}\"\n\
            mouse click 3 4\nmouse drag 3 4\nmouse wheel 5 6 -2\nresize 80x24\n";
        assert_eq!(text, expected);
        assert_eq!(text.parse::<Recording>().unwrap().events.len(), 7);
    }
}
