//! The state of the explorer, one file a pane, overlay or prompt.
//!
//! Invariant: each file changes its own state only; `sync` brings the panes into step.

pub mod cursor;
pub mod detail;
pub mod evidence;
pub mod finder;
pub mod help;
pub mod history;
pub mod lanes;
pub mod layout;
pub mod pick;
pub mod prompt;
pub mod question;
pub mod table;
pub mod timeline;
pub mod tree;
pub mod zoom;
