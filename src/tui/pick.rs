//! The picker on the terminal, while standard output and input may be pipes.
//!
//! Invariant: nothing is printed here; what is chosen is in the picker that comes back.

use std::io;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::explore::messages;
use super::input::Post;
use super::loading::Loading;
use super::session;
use super::worker::Worker;
use crate::app::state::pick::{List, Picker, update};
use crate::app::{Effect, Msg};
use crate::keymap::Context;
use crate::tui::event_loop::{Conversation, Interface, Stopped};
use crate::tui::stdin_lines::{Intake, stdin_has_come};
use crate::view;
use crate::view::theme::Theme;

/// So long the first frame waits for the first lines.
const SOON: Duration = Duration::from_millis(5);

/// From where what can be chosen still comes.
pub enum Feed<E> {
    /// It is all there.
    Nothing,
    /// A dossier is being read.
    Dossier(Loading<E>),
    /// Lines are being read.
    Lines(Intake, fn(&io::Error) -> E),
}

impl<E: Send + 'static> Feed<E> {
    /// Takes what is there at once; what has yet to come begins to, where the first frame shows it.
    fn begin_soon(&self) -> io::Result<()> {
        match self {
            Self::Lines(intake, _) if !intake.read_first(stdin_has_come) => intake.begin(),
            Self::Nothing | Self::Dossier(_) | Self::Lines(..) => Ok(()),
        }
    }

    /// Has the loop woken for what comes, and waits a moment for what the first frame shows.
    fn watch(&self, post: Post) {
        match self {
            Self::Nothing => {}
            Self::Dossier(loading) => loading.watch(post),
            Self::Lines(intake, _) => {
                intake.watch(post);
                intake.wait_for_some(SOON);
            }
        }
    }

    /// Begins with all the rest.
    fn begin(&self) -> io::Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Dossier(loading) => loading.begin(),
            Self::Lines(intake, _) => intake.begin(),
        }
    }

    fn news(&self) -> Result<Vec<Msg<'static>>, E> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Dossier(loading) => messages(loading.news(), |_| {}),
            Self::Lines(intake, failed) => {
                let growth = intake.news().map_err(|error| failed(&error))?;
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

    fn band(&self) -> u16 {
        match self.list {
            // The card beside them would be made for each band.
            List::Entities(_) => u16::MAX,
            List::Lines(_) => 4,
        }
    }

    fn draw(&self, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
        view::draw_picker(self, theme, buf)
    }
}

/// Opens the picker and stays until something is chosen; none if it was left without.
///
/// # Errors
/// When there is no terminal, or it can no longer be drawn on; when what to choose from cannot be read.
///
/// # Panics
/// In debug builds, when a test asks for it.
pub fn pick<E: Send + 'static>(picker: Picker, feed: &Feed<E>, theme: &Theme) -> Result<Option<Picker>, Stopped<E>> {
    // While the terminal is not ours yet: where another reader takes what came, this one waits.
    feed.begin_soon()?;
    let (screen, inbox, feeders) = session::open()?;
    feed.watch(inbox.post());
    let worker = Worker::new(inbox.post());
    let mut first = vec![Msg::Resize(screen.size()?)];
    first.extend(feed.news().map_err(Stopped::Unread)?);
    let mut conversation = Conversation { interface: picker, screen, inbox, theme, worker, log: None };
    let begin = || {
        feeders.start()?;
        feed.begin()
    };
    let end = conversation.hold(first, begin, |_| feed.news())?;
    Ok((end == Effect::Choose).then_some(conversation.interface))
}
