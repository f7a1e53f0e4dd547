//! The event loop: wait, take everything that has come, answer it, draw once.
//!
//! Invariant: there is no tick; without input and news the program sleeps in one wait. A
//! search that is quick is answered before the frame that follows the key, so that a key
//! is one repaint; no frame waits longer than [`MOMENT`] for one.

use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};

use super::input::{Inbox, Input};
use super::key_log::KeyLog;
use super::terminal::Screen;
use super::worker::Worker;
use super::{clipboard, signals, terminal};
use crate::app::{Effect, Msg};
use crate::keymap::action::Action;
use crate::keymap::{self, Context};
use crate::text::clean;
use crate::view::theme::Theme;

/// How long a frame waits for the answer to a search.
const MOMENT: Duration = Duration::from_millis(8);

/// A state with one door, and how it is drawn.
pub(super) trait Interface {
    /// Changes the state.
    fn update(&mut self, msg: Msg<'_>) -> Vec<Effect>;
    /// In which context keys are read.
    fn context(&self) -> Context;
    /// Whether an answer to a search is awaited.
    fn is_searching(&self) -> bool;
    /// How many rows are best drawn at once where all are told: all, unless a part of them costs but a part.
    fn band(&self) -> u16 {
        u16::MAX
    }
    /// Draws the state; tells where the caret stands.
    fn draw(&self, theme: &Theme, buf: &mut Buffer) -> Option<Position>;
}

/// Why an interface was left without a decision of the reader's.
#[derive(Debug)]
pub enum Stopped<E> {
    /// There is no terminal, or it no longer does its part.
    Terminal(io::Error),
    /// What was to be shown cannot be read.
    Unread(E),
}

impl<E> From<io::Error> for Stopped<E> {
    fn from(error: io::Error) -> Self {
        Self::Terminal(error)
    }
}

/// What makes a conversation.
pub(super) struct Conversation<'a, I> {
    pub interface: I,
    pub screen: Screen,
    pub inbox: Inbox,
    pub theme: &'a Theme,
    pub worker: Worker,
    /// Where the session is recorded, if it is.
    pub log: Option<KeyLog>,
}

impl<I: Interface> Conversation<'_, I> {
    /// Talks until an effect ends it, which is returned. `first` is said before the first frame, `begin` starts
    /// what was kept from being in its way, `news` gives the messages of those who woke the loop.
    pub fn hold<E>(
        &mut self,
        first: Vec<Msg<'static>>,
        begin: impl FnOnce() -> io::Result<()>,
        news: impl FnMut(&mut I) -> Result<Vec<Msg<'static>>, E>,
    ) -> Result<Effect, Stopped<E>> {
        let end = self.talk(first, begin, news);
        if matches!(end, Err(Stopped::Terminal(_))) {
            // To end with one's window is no failure.
            signals::end_with_terminal();
        }
        end
    }

    fn talk<E>(
        &mut self,
        first: Vec<Msg<'static>>,
        begin: impl FnOnce() -> io::Result<()>,
        mut news: impl FnMut(&mut I) -> Result<Vec<Msg<'static>>, E>,
    ) -> Result<Effect, Stopped<E>> {
        for msg in first {
            if let Some(end) = self.answer(msg)? {
                return Ok(end);
            }
        }
        if let Some(end) = self.settle()? {
            return Ok(end);
        }
        self.draw(begin)?;
        loop {
            let mut inputs = self.inbox.wait();
            let start = Instant::now();
            loop {
                for input in inputs {
                    self.record(&input)?;
                    if let Some(end) = self.hear(input)? {
                        return Ok(end);
                    }
                }
                for msg in news(&mut self.interface).map_err(Stopped::Unread)? {
                    if let Some(end) = self.answer(msg)? {
                        return Ok(end);
                    }
                }
                if let Some(end) = self.take_answers()? {
                    return Ok(end);
                }
                let left = MOMENT.saturating_sub(start.elapsed());
                if left.is_zero() || !self.interface.is_searching() {
                    break;
                }
                inputs = self.inbox.wait_at_most(left);
            }
            self.draw(|| Ok(()))?;
        }
    }

    /// Draws the state; what is to happen as soon as it is seen does not wait for a slow terminal.
    fn draw(&mut self, seen: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let (interface, theme) = (&self.interface, self.theme);
        self.screen.draw(interface.band(), |buf| interface.draw(theme, buf), seen)
    }

    /// Records an input; a file that cannot be written ends the recording and not the session.
    fn record(&mut self, input: &Input) -> io::Result<()> {
        if let Some(log) = &mut self.log
            && let Err(error) = log.record(input)
        {
            self.log = None;
            self.answer(Msg::Tell(format!("Keys are no longer recorded: {error}.")))?;
        }
        Ok(())
    }

    /// Takes an input for what it means now.
    fn hear(&mut self, input: Input) -> io::Result<Option<Effect>> {
        let end = match input {
            Input::Key(key) => {
                assert!(!terminal::test_panic_requested(), "a test asked for this");
                let Some(mut action) = keymap::resolve(self.interface.context(), key) else { return Ok(None) };
                if !is_typing(action) {
                    // It was meant for what is being found.
                    if let Some(end) = self.settle()? {
                        return Ok(Some(end));
                    }
                    let Some(meant) = keymap::resolve(self.interface.context(), key) else { return Ok(None) };
                    action = meant;
                }
                let ended = self.answer(Msg::Act(action))?;
                // And what follows Enter is meant for what it opens.
                if ended.is_none() && action == Action::Open { self.settle()? } else { ended }
            }
            Input::Mouse(mouse) => match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => self.answer(Msg::Click(mouse.column, mouse.row))?,
                MouseEventKind::Drag(MouseButton::Left) => self.answer(Msg::Drag(mouse.column, mouse.row))?,
                _ => None,
            },
            Input::Wheel(turn) => self.answer(Msg::Wheel(turn.column, turn.row, turn.down.try_into().unwrap_or(0)))?,
            Input::Paste(text) => self.answer(Msg::Paste(&text))?,
            Input::Resize(width, height) => {
                self.screen.forget();
                self.answer(Msg::Resize(Size { width, height }))?
            }
            Input::Resumed => None,
            Input::Lost(reason) => return Err(io::Error::other(reason)),
        };
        Ok(end)
    }

    /// Waits a moment for what is being found.
    fn settle(&mut self) -> io::Result<Option<Effect>> {
        let mut start = None;
        while self.interface.is_searching() {
            if let Some(end) = self.take_answers()? {
                return Ok(Some(end));
            }
            if !self.interface.is_searching() {
                break;
            }
            let start: &Instant = start.get_or_insert_with(Instant::now);
            let left = MOMENT.saturating_sub(start.elapsed());
            if left.is_zero() {
                break;
            }
            self.worker.wait_at_most(left);
        }
        Ok(None)
    }

    /// Takes the answers that are there, and those to what is asked because of them, if they are.
    fn take_answers(&mut self) -> io::Result<Option<Effect>> {
        loop {
            let answers = self.worker.answers();
            if answers.is_empty() {
                return Ok(None);
            }
            for answer in answers {
                if let Some(end) = self.answer(Msg::Found(answer))? {
                    return Ok(Some(end));
                }
            }
        }
    }

    /// Changes the state and does what has to happen; gives the effect that ends the conversation.
    fn answer(&mut self, msg: Msg<'_>) -> io::Result<Option<Effect>> {
        for effect in self.interface.update(msg) {
            match effect {
                Effect::Quit | Effect::Choose => return Ok(Some(effect)),
                Effect::Suspend => signals::suspend(),
                Effect::Copy(text) => clipboard::copy(&mut self.screen, clean(&text))?,
                Effect::Search(request) => self.worker.ask(*request)?,
            }
        }
        Ok(None)
    }
}

/// Whether an action changes what is typed, and so what is searched, and nothing else.
fn is_typing(action: Action) -> bool {
    matches!(action, Action::Type(_) | Action::Edit(_) | Action::Interrupt | Action::Suspend)
}
