//! Typing: into the finder, the help, a question, or the filter of a pane.
//!
//! Invariant: every change of a text is answered by what it finds: at once, or where names are searched, as soon as
//! the answer is there.

use crate::app::state::App;
use crate::app::state::cursor::Cursor;
use crate::app::state::overlay::Overlay;
use crate::app::sync::Changed;
use crate::keymap::action::{Edit, Pane};

/// Inserts a character.
pub(crate) fn insert(app: &mut App, c: char) -> Changed {
    let Some(prompt) = app.prompt() else { return Changed::Nothing };
    prompt.insert(c);
    typed(app)
}

/// Inserts a pasted text.
pub(crate) fn paste(app: &mut App, text: &str) -> Changed {
    let Some(prompt) = app.prompt() else { return Changed::Nothing };
    prompt.paste(text);
    typed(app)
}

/// Edits the text, or moves the caret in it.
pub(crate) fn edit(app: &mut App, edit: Edit) -> Changed {
    let is_changed = app.prompt().is_some_and(|prompt| prompt.edit(edit));
    if is_changed { typed(app) } else { Changed::Nothing }
}

/// Answers a changed text.
fn typed(app: &mut App) -> Changed {
    match &mut app.overlay {
        Overlay::Finder(finder) => finder.refresh(&app.world, &mut app.searches),
        Overlay::Help(help) => help.cursor = Cursor::default(),
        Overlay::Evidence(_) => {}
        Overlay::Asking(asking) => asking.error = None,
        Overlay::None => return filter_changed(app),
    }
    Changed::Nothing
}

/// Ends the typing of a filter and empties it.
pub(crate) fn drop_filter(app: &mut App) -> Changed {
    app.filtering = false;
    app.filter().clear();
    filter_changed(app)
}

/// Applies the filter of the focused pane; its selection is shown once the filter is answered.
fn filter_changed(app: &mut App) -> Changed {
    let is_answered = match app.focus {
        Pane::Tree => app.tree.refresh(&app.world, &mut app.searches),
        Pane::Lanes => app.lanes.refilter(&app.world, &mut app.searches),
        Pane::Timeline => {
            app.timeline.refilter(&app.world, app.as_of, &mut app.searches);
            !app.timeline.is_searching()
        }
        Pane::Sheet => {
            app.sheet.refresh();
            true
        }
        Pane::Detail => {
            app.detail.refilter();
            true
        }
    };
    if is_answered { Changed::selection(app.focus) } else { Changed::Nothing }
}
