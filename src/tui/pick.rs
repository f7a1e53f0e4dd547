//! The picker on the terminal, while standard output and standard input may be pipes.
//!
//! Invariant: nothing is printed here; the returned picker holds the choice.

use std::io;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::event_loop::{EventLoop, Interface, Stopped, open_terminal};
use super::explore::messages;
use super::loading::Loading;
use super::stdin_lines::StdinLines;
use super::terminal::Screen;
use crate::app::state::pick::{Picker, update};
use crate::app::{Effect, Msg};
use crate::keymap::Context;
use crate::view;
use crate::view::theme::Theme;

/// Maximum time that the first frame waits for lines, so that a short input is complete in it.
const FIRST_FRAME: Duration = Duration::from_millis(2);

/// The source of the rows that are still to arrive.
pub enum Feed<E> {
    /// Everything has arrived.
    Nothing,
    /// A dossier is being loaded.
    Dossier(Loading<E>),
    /// Lines are being read; the function converts an error of reading them.
    Lines(StdinLines, fn(&io::Error) -> E),
}

impl<E: Send + 'static> Feed<E> {
    fn news(&self) -> Result<Vec<Msg<'static>>, E> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Dossier(loading) => messages(loading.news(), |_| {}),
            Self::Lines(lines, failed) => {
                let growth = lines.news().map_err(|error| failed(&error))?;
                Ok(growth.map(Msg::Grown).into_iter().collect())
            }
        }
    }
}

impl Interface for Picker {
    fn update(&mut self, msg: Msg<'_>) -> Vec<Effect> {
        update(self, msg)
    }

    fn context(&self) -> Context {
        Context::Picking
    }

    fn is_searching(&self) -> bool {
        Picker::is_searching(self)
    }

    fn draw(&self, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
        view::draw_picker(self, theme, buf)
    }
}

/// Runs the picker until the user chooses or leaves; returns `None` if they left.
///
/// # Errors
/// If there is no terminal, or it can no longer be used; if the feed cannot be read.
///
/// # Panics
/// In debug builds, if a test asks for it.
pub fn pick<E: Send + 'static>(picker: Picker, feed: &Feed<E>, theme: &Theme) -> Result<Option<Picker>, Stopped<E>> {
    let (screen, events) = open_terminal()?;
    let mut first = vec![Msg::Resize(Screen::size()?)];
    match feed {
        Feed::Nothing => {}
        Feed::Dossier(loading) => {
            loading.watch(events.sender());
            first.extend(feed.news().map_err(Stopped::Unread)?);
        }
        Feed::Lines(lines, failed) => {
            lines.watch(events.sender());
            let growth = lines.all_within(FIRST_FRAME).map_err(|error| Stopped::Unread(failed(&error)))?;
            first.extend(growth.map(Msg::Grown));
        }
    }
    let begin = || match feed {
        Feed::Dossier(loading) => loading.begin(),
        Feed::Nothing | Feed::Lines(..) => Ok(()),
    };
    let mut event_loop = EventLoop::new(picker, screen, events, theme);
    let end = event_loop.run(first, begin, |_| feed.news())?;
    Ok((end == Effect::Choose).then_some(event_loop.interface))
}
