//! The explorer without a terminal: its state, its messages, and how one changes the other.
//!
//! A key or a worker's answer arrives as a [`Msg`]; [`update`](fn@update) hands it to one of the `handlers`, which
//! changes its own part of the [`App`] and returns what it changed; `sync` brings the other panes into step. What is
//! to be done outside of the state comes back as [`Effect`]s.
//!
//! Invariant: [`update`](fn@update) is the only way to change an [`App`]; after it every cursor lies in its list and
//! on its page, so drawing needs no correction.

mod handlers;
pub mod message;
mod open;
pub mod request;
pub mod state;
mod sync;
mod update;

pub use message::{Completeness, Effect, Msg, Progress};
pub use state::App;
pub use state::overlay::Overlay;
pub use update::{at_once, update, update_at_once};

#[cfg(test)]
mod tests;
