//! One file for each group of messages and actions.
//!
//! Invariant: a handler changes what its message is about, and returns which of that the other panes have to follow;
//! `sync` does the rest. No handler calls another.

pub(super) mod arrivals;
pub(super) mod evidence;
pub(super) mod mouse;
pub(super) mod panes;
pub(super) mod time;
pub(super) mod views;
