//! What typing means: into the finder, the help, or the filter of a pane.
//!
//! Invariant: every change of a text is answered by what it finds: at once, or where names
//! are searched, as soon as the answer is there.

use super::views::{show_lane_selection, show_sheet_selection, show_timeline_selection, tree_moved};
use crate::app::state::cursor::Cursor;
use crate::app::state::prompt::Prompt;
use crate::app::update::escape;
use crate::app::{App, Overlay};
use crate::keymap::action::{Edit, Pane};

pub(crate) fn pane_filter(app: &mut App) -> &mut Prompt {
    match app.focus {
        Pane::Tree => &mut app.tree.filter,
        Pane::Timeline => &mut app.timeline.filter,
        Pane::Lanes => &mut app.lanes.filter,
        Pane::Sheet => &mut app.sheet.filter,
        Pane::Detail => &mut app.detail.filter,
    }
}

/// What is being typed into.
pub(crate) fn prompt(app: &mut App) -> Option<&mut Prompt> {
    match app.overlay {
        Overlay::Finder(ref mut finder) => Some(&mut finder.prompt),
        Overlay::Help(ref mut help) => Some(&mut help.prompt),
        Overlay::Asking(ref mut asking) => Some(&mut asking.prompt),
        Overlay::None if app.filtering => Some(pane_filter(app)),
        Overlay::None | Overlay::Evidence(_) => None,
    }
}

pub(crate) fn edit_prompt(app: &mut App, edit: Edit) {
    let Some(prompt) = prompt(app) else { return };
    let was_empty = prompt.is_empty();
    if prompt.edit(edit) {
        typed(app);
    } else if was_empty && edit == Edit::Backspace {
        // Deleting nothing means: I did not want this.
        escape(app);
    }
}

pub(crate) fn paste(app: &mut App, text: &str) {
    if let Some(prompt) = prompt(app) {
        prompt.paste(text);
        typed(app);
    }
}

/// Answers a changed prompt.
pub(crate) fn typed(app: &mut App) {
    match &mut app.overlay {
        Overlay::Finder(finder) => finder.refresh(&app.world, &mut app.searches),
        Overlay::Help(help) => help.cursor = Cursor::default(),
        Overlay::Evidence(_) => {}
        Overlay::Asking(asking) => asking.error = None,
        Overlay::None => filter_changed(app),
    }
}

pub(crate) fn filter_changed(app: &mut App) {
    match app.focus {
        Pane::Tree => {
            if app.tree.refresh(&app.world, &mut app.searches) {
                tree_moved(app);
            }
        }
        Pane::Lanes => {
            if app.lanes.refilter(&app.world, &mut app.searches) {
                show_lane_selection(app);
            }
        }
        Pane::Timeline => {
            app.timeline.refilter(&app.world, app.as_of, &mut app.searches);
            if !app.timeline.is_searching() {
                show_timeline_selection(app);
            }
        }
        Pane::Sheet => {
            app.sheet.refresh();
            show_sheet_selection(app);
        }
        Pane::Detail => app.detail.refilter(),
    }
}

pub(crate) fn next_kind(app: &mut App) {
    if let Overlay::Finder(finder) = &mut app.overlay {
        finder.next_kind(&app.world, &mut app.searches);
    }
}
