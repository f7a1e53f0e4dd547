//! Reads the terminal and translates crossterm's events.
//!
//! Invariant: the terminal is read on a thread of its own, so that a half-finished escape
//! sequence, which makes the reader wait for the rest, does not freeze the interface.

use std::io;
use std::thread;

use crossterm::event::{Event, KeyEventKind, MouseButton, MouseEvent, MouseEventKind, read};

use super::events::{EventSender, Input};
use super::terminal;

/// Maximum size of a paste in bytes; longer ones are cut, since no field takes more.
const MAX_PASTE: usize = 64 * 1024;

/// Starts the thread that reads the terminal and sends events until the loop ends.
pub fn read_terminal(events: EventSender) -> io::Result<()> {
    let run = move || {
        if let Some(error) = terminal::tell_reader().err().or_else(|| read_events(&events)) {
            events.send(Input::Lost(error.to_string()));
        }
    };
    thread::Builder::new().name("input".into()).spawn(run)?;
    Ok(())
}

/// Sends events until the loop or the terminal is gone; returns any other reason why it cannot go on.
fn read_events(events: &EventSender) -> Option<io::Error> {
    loop {
        match read() {
            // On Unix a signal reports the size, and sooner.
            Ok(Event::Resize(columns, rows)) if cfg!(not(unix)) => events.send_size((columns, rows)),
            Ok(event) => {
                if !translate(event).is_none_or(|input| events.send(input)) {
                    return None;
                }
            }
            // The thread that watches the terminal ends the program.
            Err(_) if terminal::is_gone() => return None,
            Err(error) => return Some(error),
        }
    }
}

/// Translates an event; `None` if the interface ignores it.
fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => match key.kind {
            KeyEventKind::Press | KeyEventKind::Repeat => Some(Input::Key(key)),
            KeyEventKind::Release => None,
        },
        // Coordinates count from 1 in the protocol; crossterm turns an invalid 0 into the maximum.
        Event::Mouse(mouse) if mouse.column == u16::MAX || mouse.row == u16::MAX => None,
        Event::Mouse(MouseEvent { kind, column, row, .. }) => match kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(column, row)),
            MouseEventKind::Drag(MouseButton::Left) => Some(Input::Drag(column, row)),
            MouseEventKind::ScrollDown => Some(Input::Wheel(column, row, 1)),
            MouseEventKind::ScrollUp => Some(Input::Wheel(column, row, -1)),
            MouseEventKind::ScrollRight | MouseEventKind::ScrollLeft => Some(Input::Wheel(column, row, 0)),
            MouseEventKind::Down(_) | MouseEventKind::Up(_) | MouseEventKind::Drag(_) | MouseEventKind::Moved => None,
        },
        Event::Paste(mut text) => {
            let end = (0..=MAX_PASTE.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
            text.truncate(end.unwrap_or_default());
            text.shrink_to_fit();
            Some(Input::Paste(text))
        }
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
        Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    }

    #[test]
    fn the_release_of_a_key_is_ignored_and_a_repeat_is_not() {
        let mut key = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE);
        key.kind = KeyEventKind::Release;
        assert_eq!(translate(Event::Key(key)), None);
        key.kind = KeyEventKind::Repeat;
        assert_eq!(translate(Event::Key(key)), Some(Input::Key(key)));
    }

    #[test]
    fn a_turn_of_the_wheel_has_a_direction_and_a_cell() {
        use MouseEventKind::{ScrollDown, ScrollLeft, ScrollRight, ScrollUp};
        let turned = |kind| translate(mouse(kind, 3, 5));
        let directions = [ScrollDown, ScrollUp, ScrollRight, ScrollLeft].map(turned);
        assert_eq!(directions, [1, -1, 0, 0].map(|notches| Some(Input::Wheel(3, 5, notches))));
    }

    #[test]
    fn only_the_left_button_clicks_and_drags() {
        use MouseEventKind::{Down, Drag, Moved, Up};
        assert_eq!(translate(mouse(Down(MouseButton::Left), 3, 5)), Some(Input::Click(3, 5)));
        assert_eq!(translate(mouse(Drag(MouseButton::Left), 3, 5)), Some(Input::Drag(3, 5)));
        for kind in [Down(MouseButton::Right), Drag(MouseButton::Middle), Up(MouseButton::Left), Moved] {
            assert_eq!(translate(mouse(kind, 3, 5)), None);
        }
    }

    #[test]
    fn a_mouse_at_coordinate_0_is_ignored() {
        assert_eq!(translate(mouse(MouseEventKind::Moved, u16::MAX, 0)), None);
        assert_eq!(translate(mouse(MouseEventKind::ScrollUp, 0, u16::MAX)), None);
    }

    #[test]
    fn a_long_paste_is_cut_between_characters() {
        let Some(Input::Paste(text)) = translate(Event::Paste("झ".repeat(MAX_PASTE))) else {
            unreachable!("a paste stays a paste")
        };
        assert_eq!(text.len(), MAX_PASTE - MAX_PASTE % 3);
        assert_eq!(translate(Event::Paste("झ".into())), Some(Input::Paste("झ".into())));
    }
}
