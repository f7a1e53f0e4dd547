//! The evidence of a claim: opening it, walking through its document, copying a citation.
//!
//! Invariant: the text copied is the claim of the selected line, with all its sources.

use crate::app::message::Effect;
use crate::app::state::App;
use crate::app::state::evidence::Evidence;
use crate::app::state::overlay::Overlay;
use crate::app::state::timeline::Item;
use crate::app::sync::{Changed, notify};
use crate::keymap::action::Pane;
use crate::model::{ClaimId, EntityId};
use crate::present::wording::citation;

/// Returns the claim of the selected line, in the overlay or the focused pane.
fn selected_claim(app: &App) -> Option<ClaimId> {
    if let Overlay::Evidence(evidence) = &app.overlay {
        return evidence.selected();
    }
    let first_of = |entity: EntityId| app.world.dossier().claim_ids_of(entity).next();
    match app.focus {
        Pane::Tree => app.scope().entity().and_then(first_of),
        Pane::Timeline => match app.timeline.selected()? {
            Item::Row(row) => Some(app.world.chronology().row(row).claim),
            Item::Undated(entity) => first_of(entity),
            Item::Silence { .. } | Item::Now | Item::UndatedHead(_) => None,
        },
        Pane::Table => app.table.selected()?.claims.first().copied(),
        Pane::Lanes | Pane::Detail => app.detail.selected()?.claim,
    }
}

/// Opens the evidence of the selected claim; if there is none, the document in view.
pub(crate) fn open(app: &mut App) -> Changed {
    if app.progress.is_some() {
        return notify(app, "What is said is still being read.");
    }
    let shown = selected_claim(app)
        .and_then(|claim| Evidence::of_claim(&app.world, app.library.as_ref(), claim))
        .or_else(|| source_in_view(app));
    match shown {
        Some(evidence) => app.overlay = Overlay::Evidence(Box::new(evidence)),
        None => app.notice = Some("This line has no evidence of its own.".to_owned()),
    }
    Changed::Nothing
}

/// Returns the document in view, from its start.
fn source_in_view(app: &App) -> Option<Evidence> {
    let entity = app.current()?;
    let (id, _) = app.world.dossier().documents().find(|(_, document)| document.entity == entity)?;
    Evidence::of_document(&app.world, app.library.as_ref(), id)
}

/// Walks by `steps` places of the document.
pub(crate) fn walk(app: &mut App, steps: isize) -> Changed {
    if let Overlay::Evidence(evidence) = &mut app.overlay {
        evidence.walk(steps);
    }
    Changed::Nothing
}

/// Walks to the next (`1`) or previous (`-1`) place from which nothing is claimed.
pub(crate) fn walk_to_unclaimed(app: &mut App, direction: isize) -> Changed {
    if let Overlay::Evidence(evidence) = &mut app.overlay
        && !evidence.walk_to_unclaimed(direction)
    {
        app.notice = Some("No unclaimed place lies that way.".to_owned());
    }
    Changed::Nothing
}

/// Walks to the next place where the selected claim is made.
pub(crate) fn next_of_claim(app: &mut App) -> Changed {
    if let Overlay::Evidence(evidence) = &mut app.overlay {
        match evidence.next_of_claim(&app.world) {
            Some(there) => **evidence = there,
            None => app.notice = Some("This claim is made here alone.".to_owned()),
        }
    }
    Changed::Nothing
}

/// Copies the selected claim with its sources.
pub(crate) fn copy(app: &mut App) -> Changed {
    let Some(claim) = selected_claim(app) else { return notify(app, "Nothing that could be cited is selected.") };
    let text = citation(&app.world, app.world.dossier().claim(claim));
    app.effects.push(Effect::Copy(text));
    notify(app, "Sent to the clipboard, with its source.")
}
