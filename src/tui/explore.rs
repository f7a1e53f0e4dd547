//! The explorer on the terminal. It opens at once, while its dossier may still be read.
//!
//! Invariant: a dossier that is read within [`FIRST_FRAME`] is complete in the first frame, and
//! one that cannot be read ends the explorer with the terminal given back. Reading a large one
//! begins after the first frame.

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::event_loop::{EventLoop, Interface, Stopped, open_terminal};
use super::key_log::KeyLog;
use super::loading::{Loaded, Loading, News};
use super::terminal::Screen;
use crate::app::{App, Completeness, Effect, Msg, update};
use crate::evidence::library::Library;
use crate::keymap::Context;
use crate::model::Moment;
use crate::view;
use crate::view::theme::Theme;

/// Maximum time that the first frame waits for a dossier.
const FIRST_FRAME: Duration = Duration::from_millis(30);

/// The dossier to show.
pub enum Opening<E> {
    /// It is loaded.
    Loaded(Box<Loaded>),
    /// It is being loaded, or will be from the first frame on.
    Loading(Loading<E>),
}

impl<E: Send + 'static> Opening<E> {
    /// Waits for a load that has begun, at most as long as the first frame may wait.
    ///
    /// # Errors
    /// If the dossier cannot be read.
    pub fn settled(self) -> Result<Self, Stopped<E>> {
        match self {
            Self::Loading(loading) if loading.has_begun() => match loading.wait(FIRST_FRAME) {
                Some(end) => end.map(|loaded| Self::Loaded(loaded.into())).map_err(Stopped::Unread),
                None => Ok(Self::Loading(loading)),
            },
            Self::Loading(_) | Self::Loaded(_) => Ok(self),
        }
    }

    /// Loads to the end.
    ///
    /// # Errors
    /// If the dossier cannot be read, or a thread cannot be started.
    pub fn finished(self) -> Result<Self, Stopped<E>> {
        match self {
            Self::Loading(loading) => loading.finish().map(|loaded| Self::Loaded(loaded.into())),
            Self::Loaded(_) => Ok(self),
        }
    }
}

impl Interface for App {
    fn update(&mut self, msg: Msg<'_>) -> Vec<Effect> {
        update(self, msg)
    }

    fn context(&self) -> Context {
        App::context(self)
    }

    fn is_searching(&self) -> bool {
        App::is_searching(self)
    }

    fn draw(&self, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
        view::draw(self, theme, buf)
    }
}

/// Runs the explorer until the user quits. With a moment, everything is shown as of that moment; with a log, what
/// the user does is recorded.
///
/// # Errors
/// If there is no terminal, or it can no longer be used; if the dossier cannot be read.
///
/// # Panics
/// In debug builds, if a test asks for it.
pub fn explore<E: Send + 'static>(
    opening: Opening<E>,
    as_of: Option<Moment>,
    theme: &Theme,
    mut log: Option<KeyLog>,
) -> Result<(), Stopped<E>> {
    let opening = opening.settled()?;
    let (screen, events) = open_terminal()?;
    let size = Screen::size()?;
    if let Some(log) = &mut log {
        log.start(size)?;
    }
    let (app, loading) = match opening {
        Opening::Loaded(loaded) => {
            let mut app = App::new(loaded.world, size);
            app.library = loaded.library;
            (app, None)
        }
        Opening::Loading(loading) => {
            loading.watch(events.sender());
            (App::opening(size), Some(loading))
        }
    };
    let first = as_of.map(|moment| Msg::AsOf(Some(moment))).into_iter().collect();
    let begin = || loading.as_ref().map_or(Ok(()), Loading::begin);
    let mut event_loop = EventLoop::new(app, screen, events, theme);
    event_loop.log = log;
    event_loop.run(first, begin, |app| match &loading {
        Some(loading) => messages(loading.news(), |library| app.library = library),
        None => Ok(Vec::new()),
    })?;
    Ok(())
}

/// Converts reports of a load into messages, and hands on the documents of the loaded dossier.
///
/// # Errors
/// If the dossier cannot be read.
pub(super) fn messages<E>(
    News { reports, end }: News<E>,
    set_library: impl FnOnce(Option<Arc<Library>>),
) -> Result<Vec<Msg<'static>>, E> {
    let mut messages = Vec::new();
    messages.extend(reports.progress.map(Msg::Progress));
    match (end.transpose()?, reports.names) {
        (Some(loaded), _) => {
            set_library(loaded.library);
            messages.push(Msg::Arrived(loaded.world, Completeness::Whole));
        }
        (None, Some(names)) => messages.push(Msg::Arrived(names, Completeness::Names)),
        (None, None) => {}
    }
    messages.extend(reports.notice.map(Msg::Tell));
    Ok(messages)
}
