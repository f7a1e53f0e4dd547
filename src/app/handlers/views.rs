//! Opening views and entities, and the way back.
//!
//! Invariant: an entity that was left by opening another one is in the history.

use crate::app::state::App;
use crate::app::sync::{Changed, Shown, notify};
use crate::keymap::action::{Pane, View};
use crate::model::EntityId;

/// Opens a view; a table that is about an entity shows the one in view.
pub(crate) fn show_view(app: &mut App, view: View) -> Changed {
    Changed::Nothing.and_view(app.turn_to(view))
}

/// Opens an entity in the detail without an entry in the history.
pub(crate) fn show(entity: EntityId) -> Changed {
    Changed::Shown(Shown::Entity(entity))
}

/// Opens an entity in the detail.
pub(crate) fn visit(app: &mut App, entity: EntityId) -> Changed {
    leave(app, app.current(), entity);
    show(entity)
}

/// Opens an entity, or what a claim is about, in the detail of the chronicle.
pub(crate) fn visit_in_chronicle(app: &mut App, shown: Shown) -> Changed {
    let entity = match shown {
        Shown::Entity(entity) => entity,
        Shown::Claim(claim) => app.world.dossier().claim(claim).subject,
        Shown::Selection(_) => return Changed::Shown(shown),
    };
    let from = if app.view == View::Chronicle {
        app.current()
    } else {
        app.left_at.or_else(|| app.timeline.selected_entity(&app.world))
    };
    let is_turned = app.turn_to(View::Chronicle);
    leave(app, from, entity);
    app.focus = Pane::Detail;
    Changed::Shown(shown).and_view(is_turned)
}

/// Notes in the history that the user goes from one entity to another.
fn leave(app: &mut App, from: Option<EntityId>, to: EntityId) {
    if let Some(from) = from.filter(|&from| from != to) {
        app.history.leave(from);
    }
}

/// Goes back to the entity before this one.
pub(crate) fn back(app: &mut App) -> Changed {
    let to = app.history.back(app.current());
    travel(app, to, "Nothing lies further back.")
}

/// Goes forward again.
pub(crate) fn forward(app: &mut App) -> Changed {
    let to = app.history.forward(app.current());
    travel(app, to, "Nothing lies further forward.")
}

fn travel(app: &mut App, to: Option<EntityId>, nothing: &str) -> Changed {
    match to {
        Some(entity) => show(entity),
        None => notify(app, nothing),
    }
}

/// Goes to the events without a date.
pub(crate) fn undated(app: &mut App) -> Changed {
    let is_turned = app.turn_to(View::Chronicle);
    app.focus_on(Pane::Timeline);
    let changed = if app.timeline.select_undated() {
        Changed::selection(Pane::Timeline)
    } else {
        notify(app, "Every event shown here has a date.")
    };
    changed.and_view(is_turned)
}
