//! The event loop: waits, takes all that has come, updates the state, draws once.
//!
//! Invariant: there is no tick; without events the program sleeps. A search that is quick is
//! answered before the frame that follows the key, so that a key is one repaint; no frame
//! waits for one longer than `ANSWER_TIME`.

use std::io;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};

use super::events::{self, Events, Input};
use super::key_log::KeyLog;
use super::terminal::Screen;
use super::worker::Worker;
use super::{clipboard, input, signals, terminal};
use crate::app::{Effect, Msg};
use crate::keymap::action::Action;
use crate::keymap::{self, Context};
use crate::text::clean;
use crate::view::theme::Theme;

/// Maximum time that a frame waits for the answer to a search.
const ANSWER_TIME: Duration = Duration::from_millis(8);

/// A state with one function that changes it and one that draws it.
pub(super) trait Interface {
    /// Changes the state and returns what has to be done outside of it.
    fn update(&mut self, msg: Msg<'_>) -> Vec<Effect>;
    /// Returns the context in which keys are resolved.
    fn context(&self) -> Context;
    /// Returns true while the answer to a search is awaited.
    fn is_searching(&self) -> bool;
    /// Draws the state into an empty buffer of any size; returns the position of the caret, if there is one.
    fn draw(&self, theme: &Theme, buf: &mut Buffer) -> Option<Position>;
}

/// The reason why an interface ended without a decision of the user.
#[derive(Debug)]
pub enum Stopped<E> {
    /// There is no terminal, it can no longer be used, or a thread could not be started.
    Terminal(io::Error),
    /// The dossier or the lines cannot be read.
    Unread(E),
}

impl<E> From<io::Error> for Stopped<E> {
    fn from(error: io::Error) -> Self {
        Self::Terminal(error)
    }
}

/// Takes the terminal, and starts to handle signals and to read keys. Signals are caught before the terminal is
/// changed, so that none of them leaves it changed.
///
/// # Errors
/// Fails as [`terminal::enter`] does, and if signals cannot be handled or a thread cannot be started.
pub(super) fn open_terminal() -> io::Result<(Screen, Events)> {
    let events = events::channel();
    let caught = signals::catch()?;
    let screen = terminal::enter()?;
    signals::handle(caught, events.sender())?;
    signals::watch_terminal()?;
    input::read_terminal(events.sender())?;
    Ok((screen, events))
}

/// Runs an interface on the terminal.
pub(super) struct EventLoop<'a, I> {
    pub interface: I,
    /// The recording of the session, if one was requested.
    pub log: Option<KeyLog>,
    screen: Screen,
    events: Events,
    theme: &'a Theme,
    worker: Worker,
    /// The effect that ended the session; messages after it are ignored.
    end: Option<Effect>,
}

impl<'a, I: Interface> EventLoop<'a, I> {
    pub fn new(interface: I, screen: Screen, events: Events, theme: &'a Theme) -> Self {
        let worker = Worker::new(events.sender());
        Self { interface, log: None, screen, events, theme, worker, end: None }
    }

    /// Runs until an effect ends the session and returns it. `first` is handled before the first frame, `begin`
    /// is called after it; `news` returns messages of other threads after each wake-up.
    pub fn run<E>(
        &mut self,
        first: Vec<Msg<'static>>,
        begin: impl FnOnce() -> io::Result<()>,
        news: impl FnMut(&mut I) -> Result<Vec<Msg<'static>>, E>,
    ) -> Result<Effect, Stopped<E>> {
        let end = self.run_to_end(first, begin, news);
        if matches!(end, Err(Stopped::Terminal(_))) {
            // Ending together with the window is not a failure.
            signals::end_with_terminal();
        }
        end
    }

    fn run_to_end<E>(
        &mut self,
        first: Vec<Msg<'static>>,
        begin: impl FnOnce() -> io::Result<()>,
        mut news: impl FnMut(&mut I) -> Result<Vec<Msg<'static>>, E>,
    ) -> Result<Effect, Stopped<E>> {
        for msg in first {
            self.update(msg)?;
        }
        self.wait_for_answer()?;
        if let Some(end) = self.end.take() {
            return Ok(end);
        }
        self.draw()?;
        begin()?;
        loop {
            let mut inputs = self.events.wait();
            let start = Instant::now();
            loop {
                for input in inputs {
                    self.handle(input)?;
                }
                if self.end.is_none() {
                    for msg in news(&mut self.interface).map_err(Stopped::Unread)? {
                        self.update(msg)?;
                    }
                }
                while let Some(answer) = self.worker.answer() {
                    self.update(Msg::Found(answer))?;
                }
                if let Some(end) = self.end.take() {
                    return Ok(end);
                }
                let left = ANSWER_TIME.saturating_sub(start.elapsed());
                if left.is_zero() || !self.interface.is_searching() {
                    break;
                }
                inputs = self.events.wait_at_most(left);
            }
            self.draw()?;
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let (interface, theme) = (&self.interface, self.theme);
        self.screen.draw(|buf| interface.draw(theme, buf))
    }

    /// Records an event; a file that cannot be written ends the recording and not the session.
    fn record(&mut self, input: &Input) -> io::Result<()> {
        if let Some(log) = &mut self.log
            && let Err(error) = log.record(input)
        {
            self.log = None;
            self.update(Msg::Tell(format!("Keys are no longer recorded: {error}.")))?;
        }
        Ok(())
    }

    /// Handles an event, unless the session has ended.
    fn handle(&mut self, input: Input) -> io::Result<()> {
        if self.end.is_some() {
            return Ok(());
        }
        self.record(&input)?;
        match input {
            Input::Key(key) => {
                assert!(!terminal::test_panic_requested(), "a test asked for this");
                let Some(mut action) = keymap::resolve(self.interface.context(), key) else { return Ok(()) };
                if !is_typing(action) {
                    // The key acts on the result of what was typed before.
                    self.wait_for_answer()?;
                    let Some(current) = keymap::resolve(self.interface.context(), key) else { return Ok(()) };
                    action = current;
                }
                self.update(Msg::Act(action))?;
                if action == Action::Open {
                    // The next key acts on what this one opens.
                    self.wait_for_answer()?;
                }
                Ok(())
            }
            Input::Click(column, row) => self.update(Msg::Click(column, row)),
            Input::Drag(column, row) => self.update(Msg::Drag(column, row)),
            Input::Wheel(column, row, notches) => self.update(Msg::Wheel(column, row, notches.try_into().unwrap_or(0))),
            Input::Paste(text) => self.update(Msg::Paste(&text)),
            Input::Resize(width, height) => {
                self.screen.invalidate();
                self.update(Msg::Resize(Size { width, height }))
            }
            Input::Lost(reason) => Err(io::Error::other(reason)),
        }
    }

    /// Waits for the answer to the last search, at most `ANSWER_TIME`.
    fn wait_for_answer(&mut self) -> io::Result<()> {
        let start = Instant::now();
        while self.interface.is_searching()
            && let Some(answer) = self.worker.answer_within(ANSWER_TIME.saturating_sub(start.elapsed()))
        {
            self.update(Msg::Found(answer))?;
        }
        Ok(())
    }

    /// Changes the state and performs the effects, unless the session has ended.
    fn update(&mut self, msg: Msg<'_>) -> io::Result<()> {
        if self.end.is_some() {
            return Ok(());
        }
        for effect in self.interface.update(msg) {
            match effect {
                Effect::Quit | Effect::Choose => {
                    self.end = Some(effect);
                    break;
                }
                Effect::Suspend => signals::suspend(),
                Effect::Copy(text) => clipboard::copy(&mut self.screen, clean(&text))?,
                Effect::Search(request) => self.worker.request(*request)?,
            }
        }
        Ok(())
    }
}

/// Returns true if an action changes the typed text, and so the search, or does not depend on its answer.
fn is_typing(action: Action) -> bool {
    matches!(action, Action::Type(_) | Action::Edit(_) | Action::Interrupt | Action::Suspend)
}
