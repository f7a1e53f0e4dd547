//! Reads the terminal and translates crossterm's events.
//!
//! Invariant: the terminal is read on a thread of its own, so that a half-finished escape
//! sequence, which makes the reader wait for the rest, does not freeze the interface.

use std::io;
use std::thread;

use crossterm::event::{Event, KeyEventKind, MouseEvent, MouseEventKind, read};

use super::events::{EventSender, Input, Wheel};
use super::terminal;

/// Maximum size of a paste in bytes; longer ones are cut, since no field takes more.
const MAX_PASTE: usize = 64 * 1024;

/// Starts the thread that reads the terminal and sends events until the loop ends.
///
/// # Errors
/// If the thread cannot be started.
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
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(wheel(mouse, 1, 0)),
            MouseEventKind::ScrollUp => Some(wheel(mouse, -1, 0)),
            MouseEventKind::ScrollRight => Some(wheel(mouse, 0, 1)),
            MouseEventKind::ScrollLeft => Some(wheel(mouse, 0, -1)),
            MouseEventKind::Down(_) | MouseEventKind::Up(_) | MouseEventKind::Drag(_) | MouseEventKind::Moved => {
                Some(Input::Mouse(mouse))
            }
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

fn wheel(mouse: MouseEvent, down: i32, right: i32) -> Input {
    let MouseEvent { column, row, modifiers, kind: _ } = mouse;
    Input::Wheel(Wheel { down, right, column, row, modifiers })
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
        let turned = |kind| match translate(mouse(kind, 3, 5)) {
            Some(Input::Wheel(Wheel { down, right, column: 3, row: 5, .. })) => (down, right),
            other => unreachable!("a turn of the wheel: {other:?}"),
        };
        let directions = [ScrollDown, ScrollUp, ScrollRight, ScrollLeft].map(turned);
        assert_eq!(directions, [(1, 0), (-1, 0), (0, 1), (0, -1)]);
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
