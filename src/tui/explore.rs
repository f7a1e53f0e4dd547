//! The explorer: opens at once, while what it shows may still be read.
//!
//! Invariant: a dossier that is read within [`SOON`] is whole in the first frame, and one
//! that cannot be read ends the explorer with the terminal given back. One that is long is
//! left alone until that frame is drawn.

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::key_log::KeyLog;
use super::loading::{Loading, News, Whole};
use super::session;
use super::worker::Worker;
use crate::app::{App, Completeness, Effect, Msg, update};
use crate::evidence::library::Library;
use crate::keymap::Context;
use crate::model::Moment;
use crate::tui::event_loop::{Conversation, Interface, Stopped};
use crate::view;
use crate::view::theme::Theme;

/// So long the first frame waits for the whole dossier.
const SOON: Duration = Duration::from_millis(30);

/// What is to be shown.
pub enum Opening<E> {
    /// It is there.
    Whole(Box<Whole>),
    /// It is being read, or will be from the first frame on.
    Loading(Loading<E>),
}

impl<E: Send + 'static> Opening<E> {
    /// The whole, if its reading has begun and ends soon enough for the first frame.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn settled(self) -> Result<Self, Stopped<E>> {
        match self {
            Self::Loading(loading) if loading.has_begun() => match loading.wait(SOON) {
                Some(end) => end.map(|whole| Self::Whole(whole.into())).map_err(Stopped::Unread),
                None => Ok(Self::Loading(loading)),
            },
            Self::Loading(_) | Self::Whole(_) => Ok(self),
        }
    }

    /// The whole, however long it takes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn whole(self) -> Result<Self, Stopped<E>> {
        if let Self::Loading(loading) = &self {
            loading.begin()?;
        }
        match self {
            Self::Loading(loading) => loading.finish().map(|whole| Self::Whole(whole.into())).map_err(Stopped::Unread),
            Self::Whole(_) => Ok(self),
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

/// Opens the explorer, everything shown as of a moment where there is one, and stays until the user quits. What the
/// user does is recorded if there is a log.
///
/// # Errors
/// When there is no terminal, or it can no longer be drawn on; when the dossier cannot be read.
///
/// # Panics
/// In debug builds, when a test asks for it.
pub fn explore<E: Send + 'static>(
    opening: Opening<E>,
    as_of: Option<Moment>,
    theme: &Theme,
    mut log: Option<KeyLog>,
) -> Result<(), Stopped<E>> {
    let opening = opening.settled()?;
    let (screen, inbox, feeders) = session::open()?;
    let size = screen.size()?;
    if let Some(log) = &mut log {
        log.start(size)?;
    }
    let (app, loading) = match opening {
        Opening::Whole(whole) => {
            let mut app = App::new(whole.world, size);
            app.library = whole.library;
            (app, None)
        }
        Opening::Loading(loading) => {
            loading.watch(inbox.post());
            (App::opening(size), Some(loading))
        }
    };
    let first = as_of.map(|moment| Msg::AsOf(Some(moment))).into_iter().collect();
    let worker = Worker::new(inbox.post());
    let mut conversation = Conversation { interface: app, screen, inbox, theme, worker, log };
    let begin = || {
        feeders.start()?;
        loading.as_ref().map_or(Ok(()), Loading::begin)
    };
    conversation.hold(first, begin, |app| match &loading {
        Some(loading) => messages(loading.news(), |whole| app.library = whole),
        None => Ok(Vec::new()),
    })?;
    Ok(())
}

/// News of a dossier as messages.
pub(super) fn messages<E>(
    news: News<E>,
    keep_library: impl FnOnce(Option<Arc<Library>>),
) -> Result<Vec<Msg<'static>>, E> {
    let mut messages = Vec::new();
    messages.extend(news.progress.map(Msg::Progress));
    match (news.end.transpose()?, news.names) {
        (Some(whole), _) => {
            keep_library(whole.library);
            messages.push(Msg::Arrived(whole.world, Completeness::Whole));
        }
        (None, Some(names)) => messages.push(Msg::Arrived(names, Completeness::Names)),
        (None, None) => {}
    }
    messages.extend(news.word.map(Msg::Tell));
    Ok(messages)
}
