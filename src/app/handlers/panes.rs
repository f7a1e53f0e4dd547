//! Moving within the panes and between them, and typing: into the finder, the help, a question, or a filter.
//!
//! Invariant: a movement ends on a row that can be selected, if the list has one; a changed text is answered by what
//! it finds, at once or, where names are searched, as soon as the answer is there.

use crate::app::state::App;
use crate::app::state::cursor::Cursor;
use crate::app::state::overlay::Overlay;
use crate::app::sync::{Changed, notify};
use crate::keymap::action::{Edit, Motion, Pane, View};
use crate::query::Query;

/// Gives the keys to a pane. Its selection is shown only once it moves, or if the detail is empty.
pub(crate) fn focus(app: &mut App, pane: Pane) -> Changed {
    app.focus_on(pane);
    match pane {
        Pane::Timeline if app.detail.card.is_none() => Changed::selection(pane),
        Pane::Tree | Pane::Timeline | Pane::Table | Pane::Lanes | Pane::Detail => Changed::Nothing,
    }
}

/// Moves in the overlay if there is one, else in the focused pane. A page is as high as the list.
pub(crate) fn move_by(app: &mut App, motion: Motion) -> Changed {
    let Some(areas) = app.areas() else { return Changed::Nothing };
    if app.overlay.is_none() {
        let pane = app.focus;
        let height = usize::from(app.list_area(&areas, pane).height);
        app.step(pane, motion.rows(height));
        return Changed::selection(pane);
    }
    let height = usize::from(app.overlay.list_area(areas.overlay).height);
    if let Some((cursor, len)) = app.overlay.list() {
        cursor.step(motion.rows(height), len, |_| true);
    }
    Changed::Nothing
}

/// Ends the typing of a filter, unless it is a query that cannot be parsed; the footer shows the error.
pub(crate) fn keep_filter(app: &mut App) {
    let is_query = matches!(app.focus, Pane::Tree | Pane::Timeline);
    let text = app.filter().text().to_owned();
    app.filtering = is_query && Query::parse(&text, app.world.dossier().vocabulary()).is_err();
}

/// Narrows the finder to the next kind.
pub(crate) fn next_kind(app: &mut App) -> Changed {
    if let Overlay::Finder(finder) = &mut app.overlay {
        finder.next_kind(&app.world, &mut app.searches);
    }
    Changed::Nothing
}

/// Sorts the table by its next column.
pub(crate) fn sort(app: &mut App) -> Changed {
    if matches!(app.view, View::Chronicle | View::Tenures) {
        return notify(app, "A timeline stays in the order of time.");
    }
    app.table.next_sort();
    app.notice = Some(match app.table.sort {
        Some(sort) => format!("Sorted by {}.", app.table.data.columns[sort.column].name),
        None => "In the order that reads best.".to_owned(),
    });
    Changed::selection(Pane::Table)
}

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
        Pane::Table => {
            app.table.refresh();
            true
        }
        Pane::Detail => {
            app.detail.refilter();
            true
        }
    };
    if is_answered { Changed::selection(app.focus) } else { Changed::Nothing }
}
