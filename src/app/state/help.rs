//! The help: every binding of the context, searchable; Enter does what it shows.
//!
//! Invariant: what is listed comes from the table of bindings alone.

use super::cursor::Cursor;
use super::prompt::Prompt;
use crate::keymap::action::Action;
use crate::keymap::{BINDINGS, Binding, Context};
use crate::text::fold::fold;

/// The state of the help.
#[derive(Debug, Clone, Default)]
pub struct Help {
    /// The typed text.
    pub prompt: Prompt,
    /// The selected row and the scroll offset.
    pub cursor: Cursor,
}

impl Help {
    /// Returns the bindings that are found, the one with the typed key first, the others in the order of the table.
    pub fn rows(&self) -> Vec<&'static Binding> {
        let wanted = fold(self.prompt.text());
        let holds = |binding: &&Binding| {
            let text = fold(&format!("{} {} {}", binding.group, binding.description, binding.context));
            let keys = binding.keys();
            wanted.is_empty()
                || keys.split(' ').any(|key| key == self.prompt.text())
                || wanted.split(' ').all(|word| text.contains(word))
        };
        let mut rows: Vec<&'static Binding> =
            BINDINGS.iter().filter(|binding| binding.context == Context::Panes).filter(holds).collect();
        // A typed key lists its own binding first.
        let is_key = |binding: &&Binding| binding.keys().split(' ').any(|key| key == self.prompt.text());
        rows.sort_by_key(|binding| !is_key(binding));
        rows
    }

    /// Returns the action of the selected binding.
    pub fn selected(&self) -> Option<Action> {
        self.rows().get(self.cursor.selected).map(|binding| binding.action)
    }
}
