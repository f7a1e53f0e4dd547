//! What the terminal tells us, in the terms of the event loop.
//!
//! It is read on a thread of its own, since a half-finished sequence makes the reader
//! wait for the rest of it.
//!
//! Invariant: an event that is dropped or merged leaves the sum and the last state of
//! what happened as they were.

use std::io;
use std::thread;

use crossterm::event::{Event, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent, MouseEventKind, read};

use super::terminal;

pub use crate::tui::events::{Inbox, Post, inbox};

/// The most bytes of a paste that are kept: no field of ours takes more.
const PASTE: usize = 64 * 1024;

/// What the event loop reacts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key went down, or repeats while it is held.
    Key(KeyEvent),
    /// A button or a drag; the wheel has its own.
    Mouse(MouseEvent),
    /// The wheel turned: by so many notches down and right in all, at a cell.
    Wheel(Wheel),
    /// Pasted text, at most 64 KiB of it.
    Paste(String),
    /// The terminal now has so many columns and rows; either may be 0.
    Resize(u16, u16),
    /// The program runs again after a stop; the next frame is painted wholly by itself.
    Resumed,
    /// The terminal can no longer be read, with the reason; the program should end.
    Lost(String),
}

/// Turns of the wheel at one place, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wheel {
    /// Notches down; up is negative.
    pub down: i32,
    /// Notches to the right; left is negative.
    pub right: i32,
    /// The cell under the pointer, from 0.
    pub column: u16,
    /// The cell under the pointer, from 0.
    pub row: u16,
    /// Shift, Alt and Ctrl.
    pub modifiers: KeyModifiers,
}

/// Reads the terminal on a thread of its own into the inbox.
///
/// # Errors
/// When the thread cannot be started.
pub fn read_terminal(post: Post) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || {
        if let Err(error) = terminal::tell_reader() {
            return post.notice(Input::Lost(error.to_string()));
        }
        loop {
            match read() {
                Ok(event) => {
                    let heard = translate(event).is_none_or(|input| post.deliver(input));
                    if !heard {
                        return;
                    }
                }
                // Of a terminal that is gone, its own watcher makes an end.
                Err(_) if terminal::is_gone() => return,
                Err(error) => return post.notice(Input::Lost(error.to_string())),
            }
        }
    })?;
    Ok(())
}

/// What an event means to us, if anything.
fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => match key.kind {
            KeyEventKind::Press | KeyEventKind::Repeat => Some(Input::Key(key)),
            KeyEventKind::Release => None,
        },
        // Coordinates of 0, which count from 1 on the wire, come out as the maximum.
        Event::Mouse(mouse) if mouse.column == u16::MAX || mouse.row == u16::MAX => None,
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(turn(mouse, 1, 0)),
            MouseEventKind::ScrollUp => Some(turn(mouse, -1, 0)),
            MouseEventKind::ScrollRight => Some(turn(mouse, 0, 1)),
            MouseEventKind::ScrollLeft => Some(turn(mouse, 0, -1)),
            MouseEventKind::Down(_) | MouseEventKind::Up(_) | MouseEventKind::Drag(_) | MouseEventKind::Moved => {
                Some(Input::Mouse(mouse))
            }
        },
        Event::Paste(mut text) => {
            let end = (0..=PASTE.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
            text.truncate(end.unwrap_or_default());
            text.shrink_to_fit();
            Some(Input::Paste(text))
        }
        // Where there are signals, they tell us of it, and sooner.
        Event::Resize(columns, rows) => cfg!(not(unix)).then_some(Input::Resize(columns, rows)),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn turn(mouse: MouseEvent, down: i32, right: i32) -> Input {
    let MouseEvent { column, row, modifiers, kind: _ } = mouse;
    Input::Wheel(Wheel { down, right, column, row, modifiers })
}

/// Appends an event, or merges it into those before it when only the sum or the last matters.
pub(super) fn push(events: &mut Vec<Input>, next: Input) {
    match (events.last_mut(), &next) {
        (Some(Input::Wheel(last)), Input::Wheel(more)) if last.same_place(more) => {
            last.down = last.down.saturating_add(more.down);
            last.right = last.right.saturating_add(more.right);
            return;
        }
        (Some(Input::Mouse(last)), Input::Mouse(more)) if is_motion(*last) && last.kind == more.kind => {
            *last = *more;
            return;
        }
        _ => {}
    }
    match next {
        Input::Resize(..) => events.retain(|event| !matches!(event, Input::Resize(..))),
        Input::Resumed => events.retain(|event| *event != Input::Resumed),
        Input::Key(_) | Input::Mouse(_) | Input::Wheel(_) | Input::Paste(_) | Input::Lost(_) => {}
    }
    events.push(next);
}

fn is_motion(mouse: MouseEvent) -> bool {
    matches!(mouse.kind, MouseEventKind::Drag(_) | MouseEventKind::Moved)
}

impl Wheel {
    fn same_place(&self, other: &Self) -> bool {
        (self.column, self.row, self.modifiers) == (other.column, other.row, other.modifiers)
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, MouseButton};

    use super::*;

    fn key(character: char) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE))
    }

    fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
        Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    }

    fn heard(events: impl IntoIterator<Item = Event>) -> Vec<Input> {
        let mut inputs = Vec::new();
        events.into_iter().filter_map(translate).for_each(|input| push(&mut inputs, input));
        inputs
    }

    fn wheel(down: i32, right: i32, column: u16, row: u16) -> Input {
        Input::Wheel(Wheel { down, right, column, row, modifiers: KeyModifiers::NONE })
    }

    #[test]
    fn keys_are_never_merged() {
        assert_eq!(heard([key('j'), key('j')]).len(), 2);
    }

    #[test]
    fn a_key_going_up_is_not_heard() {
        let mut up = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE);
        up.kind = KeyEventKind::Release;
        assert_eq!(translate(Event::Key(up)), None);
        up.kind = KeyEventKind::Repeat;
        assert_eq!(translate(Event::Key(up)), Some(Input::Key(up)));
    }

    #[test]
    fn turns_of_the_wheel_at_one_cell_are_summed() {
        use MouseEventKind::{ScrollDown, ScrollLeft, ScrollUp};
        let turns = [ScrollDown, ScrollDown, ScrollUp, ScrollDown, ScrollLeft];
        let elsewhere = mouse(ScrollDown, 4, 5);
        let events = turns.map(|kind| mouse(kind, 3, 5)).into_iter().chain([elsewhere]);
        assert_eq!(heard(events), [wheel(2, -1, 3, 5), wheel(1, 0, 4, 5)]);
    }

    #[test]
    fn of_a_drag_only_the_last_place_counts_and_its_ends_both_do() {
        use MouseEventKind::{Down, Drag, Up};
        let left = MouseButton::Left;
        let events = [Down(left), Drag(left), Drag(left), Up(left)];
        let events = events.into_iter().zip(0..).map(|(kind, column)| mouse(kind, column, 0));
        let columns: Vec<_> =
            heard(events).iter().map(|input| if let Input::Mouse(mouse) = input { mouse.column } else { 99 }).collect();
        assert_eq!(columns, [0, 2, 3]);
    }

    #[test]
    fn a_mouse_outside_every_screen_is_not_heard() {
        assert_eq!(translate(mouse(MouseEventKind::Moved, u16::MAX, 0)), None);
        assert_eq!(translate(mouse(MouseEventKind::ScrollUp, 0, u16::MAX)), None);
    }

    #[test]
    fn a_long_paste_is_cut_between_characters() {
        let Some(Input::Paste(text)) = translate(Event::Paste("झ".repeat(PASTE))) else {
            unreachable!("a paste stays a paste")
        };
        assert_eq!(text.len(), PASTE - PASTE % 3);
        assert_eq!(translate(Event::Paste("झ".into())), Some(Input::Paste("झ".into())));
    }
}
