//! One file for each group of messages and actions.
//!
//! Invariant: a handler changes its own state and returns what it changed, for `sync` to carry to the other panes;
//! no handler calls another.

pub(super) mod arrivals;
pub(super) mod evidence;
pub(super) mod mouse;
pub(super) mod panes;
pub(super) mod time;
pub(super) mod views;
