//! The event loop: wait, take everything that has come, answer it, draw once.
//!
//! Invariant: there is no tick; without input the program sleeps in one wait.

use std::io;
use std::sync::Arc;

use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::layout::Size;

use super::input::Input;
use super::{clipboard, session, signals, terminal};
use crate::app::{App, Effect, Msg, update};
use crate::catalogue::Catalogue;
use crate::keymap;
use crate::model::Moment;
use crate::sources::library::Library;
use crate::text::clean;
use crate::view;
use crate::view::theme::Theme;

/// Opens the explorer, everything shown as of a moment where there is one, and stays until the reader quits.
///
/// # Errors
/// When there is no terminal, or it can no longer be drawn on.
///
/// # Panics
/// In debug builds, when a test asks for it.
pub fn explore(
    catalogue: Catalogue,
    library: Option<Arc<Library>>,
    as_of: Option<Moment>,
    theme: &Theme,
) -> io::Result<()> {
    let (mut screen, inbox) = session::open()?;
    let mut app = App::new(catalogue, screen.size()?);
    app.library = library;
    if as_of.is_some() {
        update(&mut app, Msg::AsOf(as_of));
    }
    loop {
        screen.draw(|frame| {
            if let Some(caret) = view::draw(&app, theme, frame.buffer_mut()) {
                frame.set_cursor_position(caret);
            }
        })?;
        for input in inbox.wait() {
            if matches!(input, Input::Key(_)) {
                assert!(!terminal::test_panic_requested(), "a test asked for this");
            }
            for effect in answer(&mut app, input)? {
                match effect {
                    Effect::Quit => return Ok(()),
                    Effect::Suspend => signals::suspend(),
                    Effect::Copy(text) => clipboard::copy(&mut screen, clean(&text))?,
                }
            }
        }
    }
}

/// What an input means to the state.
fn answer(app: &mut App, input: Input) -> io::Result<Vec<Effect>> {
    Ok(match input {
        Input::Key(key) => match keymap::resolve(app.context(), key) {
            Some(action) => update(app, Msg::Act(action)),
            None => Vec::new(),
        },
        Input::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => update(app, Msg::Click(mouse.column, mouse.row)),
            MouseEventKind::Drag(MouseButton::Left) => update(app, Msg::Drag(mouse.column, mouse.row)),
            _ => Vec::new(),
        },
        Input::Wheel(turn) => update(app, Msg::Wheel(turn.column, turn.row, turn.down.try_into().unwrap_or(0))),
        Input::Paste(text) => update(app, Msg::Paste(&text)),
        Input::Resize(width, height) => update(app, Msg::Resize(Size { width, height })),
        Input::Resumed => Vec::new(),
        Input::Lost(reason) => return Err(io::Error::other(reason)),
    })
}
