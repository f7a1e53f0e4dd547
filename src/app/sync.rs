//! Updates all panes after a change; no other module does.
//!
//! A handler changes its own state and returns what it changed; [`sync`] then carries the change to every pane that
//! depends on it. Invariant: afterwards the timeline has the rows of the selected node, the table and the detail are
//! those of the shown moment, the detail shows the selection of [`App::leader`], and every cursor lies in its list
//! and on its page.

use super::state::App;
use super::state::layout::inner;
use super::state::table::TablePane;
use crate::keymap::action::{Action, Pane, View};
use crate::model::{ClaimId, EntityId};
use crate::present::tables::{Needs, TableRequest};
use crate::timeline::chronology::RowIndex;

/// A change that other panes depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed {
    /// No change on which another pane depends.
    Nothing,
    /// The entity or selection in the detail.
    Shown(Shown),
    /// The stretch of time that is shown.
    Window,
    /// The lens, which filters the rows of the timeline.
    Lens,
    /// The moment as of which everything is shown, and with it perhaps the selection.
    AsOf(Option<Shown>),
    /// The view, and with it perhaps the selection; if not, the view shows what it showed when it was left.
    View(Option<Shown>),
    /// The dossier itself.
    World,
}

/// The entity or selection to show in the detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The selection of a pane.
    Selection(Pane),
    /// An entity opened by itself.
    Entity(EntityId),
    /// An entity opened at a claim about it.
    Claim(ClaimId),
}

impl Changed {
    /// Returns the change of the selection of a pane.
    pub const fn selection(pane: Pane) -> Self {
        Self::Shown(Shown::Selection(pane))
    }

    /// Adds that the view changed, if it did.
    #[must_use]
    pub const fn and_view(self, is_turned: bool) -> Self {
        match self {
            Self::Nothing if is_turned => Self::View(None),
            Self::Shown(shown) if is_turned => Self::View(Some(shown)),
            other => other,
        }
    }
}

/// The effect of a mouse gesture or of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It changed this.
    Changed(Changed),
    /// The action of a key.
    Act(Action),
    /// The keys go to a pane.
    Focus(Pane),
    /// The selection is to be opened now: Enter was pressed before the answer arrived.
    Open,
}

/// Leaves the state as it is and tells the user a sentence.
pub(super) fn notify(app: &mut App, sentence: impl Into<String>) -> Changed {
    app.notice = Some(sentence.into());
    Changed::Nothing
}

/// Carries a change to all panes.
pub(super) fn sync(app: &mut App, changed: Changed) {
    let shown = match changed {
        Changed::Nothing => None,
        Changed::Shown(shown) => Some(shown),
        Changed::Window => {
            app.timeline.rearrange(app.as_of);
            rows_moved(app)
        }
        Changed::Lens => {
            app.timeline.relens(&app.world, app.as_of);
            rows_moved(app)
        }
        Changed::AsOf(shown) => as_of_changed(app, shown),
        Changed::View(shown) => Some(view_changed(app, shown)),
        Changed::World => Some(world_changed(app)),
    };
    if let Some(shown) = shown {
        show(app, shown);
    }
    settle(app);
}

/// Returns the selection of the timeline, which may have moved to a remaining row, if it is to be shown.
fn rows_moved(app: &App) -> Option<Shown> {
    let is_shown = app.view == View::Chronicle || app.leader == Some(Pane::Timeline);
    is_shown.then_some(Shown::Selection(Pane::Timeline))
}

fn as_of_changed(app: &mut App, shown: Option<Shown>) -> Option<Shown> {
    app.timeline.rearrange(app.as_of);
    if app.view.first_pane() == Pane::Table {
        match app.view.table().map(|table| table.spec().needs) {
            Some(Needs::Nothing | Needs::Entity | Needs::OneOf { .. }) => renew_table(app),
            // It has dates of its own.
            Some(Needs::TwoDates) | None => {}
        }
        return Some(Shown::Selection(Pane::Table));
    }
    if shown.is_none() {
        renew_detail(app);
    }
    shown
}

fn view_changed(app: &mut App, shown: Option<Shown>) -> Shown {
    let about = app.current();
    app.table = TablePane::new(&app.world, wanted_table(app, about), &mut app.searches);
    let first = app.view.first_pane();
    if first == Pane::Lanes {
        collect_lanes(app);
    }
    let left_at = app.left_at.filter(|_| app.view == View::Chronicle).map(Shown::Entity);
    shown.or(left_at).unwrap_or(Shown::Selection(first))
}

fn world_changed(app: &mut App) -> Shown {
    app.timeline.set_scope(&app.world, app.scope(), app.as_of, &mut app.searches);
    let current = app.current();
    if let Some(entity) = current {
        app.timeline.select_entity(&app.world, entity);
    } else if let Some(moment) = app.as_of.filter(|_| app.focus == Pane::Timeline) {
        app.timeline.select_last_by(moment);
    }
    match app.view.first_pane() {
        Pane::Table => renew_table(app),
        Pane::Lanes => {
            collect_lanes(app);
        }
        Pane::Tree | Pane::Timeline | Pane::Detail => {}
    }
    let entity = current.filter(|_| app.view == View::Chronicle).map(Shown::Entity);
    entity.unwrap_or(Shown::Selection(app.view.first_pane()))
}

/// Makes the table of the view anew, with its filter, its order and its selected row.
pub(super) fn renew_table(app: &mut App) {
    let wanted = wanted_table(app, app.table.about);
    app.table.renew(&app.world, wanted, &mut app.searches);
}

fn wanted_table(app: &App, about: Option<EntityId>) -> Option<TableRequest> {
    Some(TableRequest { table: app.view.table()?, about, dates: app.compared, matrix: app.matrix, as_of: app.as_of })
}

/// Collects the lanes of the selected node, unless they are at hand; of a large dossier they arrive later.
/// Returns true if they are there now and were not before.
pub(super) fn collect_lanes(app: &mut App) -> bool {
    app.lanes.set_scope(&app.world, app.scope().entity(), &mut app.searches)
}

/// Selects the part of a lane that has the claim of the selected row of the timeline.
pub(super) fn follow_row(app: &mut App) {
    if let Some(row) = app.timeline.selected_row() {
        app.lanes.follow(app.world.chronology().row(row).claim);
    }
}

fn show(app: &mut App, shown: Shown) {
    app.leader = match shown {
        // The detail leads no pane, itself the least.
        Shown::Selection(Pane::Detail) => return,
        Shown::Selection(pane) => Some(pane),
        Shown::Entity(_) | Shown::Claim(_) => None,
    };
    match shown {
        Shown::Entity(entity) => show_entity(app, entity),
        Shown::Claim(claim) => {
            show_entity(app, app.world.dossier().claim(claim).subject);
            app.detail.filter.clear();
            app.detail.refilter();
            app.detail.select_claim(claim);
        }
        Shown::Selection(Pane::Tree) => {
            app.timeline.set_scope(&app.world, app.scope(), app.as_of, &mut app.searches);
            match app.scope().entity() {
                Some(_) => renew_detail(app),
                None => show_row(app),
            }
        }
        Shown::Selection(Pane::Timeline) => show_row(app),
        Shown::Selection(Pane::Lanes) => show_lane(app),
        Shown::Selection(Pane::Table) => show_table_row(app),
        Shown::Selection(Pane::Detail) => {}
    }
}

fn show_entity(app: &mut App, entity: EntityId) {
    app.detail.show(&app.world, Some(entity), app.as_of);
    if app.timeline.select_entity(&app.world, entity) {
        follow_row(app);
    }
}

/// Shows in the detail the selection of its leader; without one, the entity stays.
pub(super) fn renew_detail(app: &mut App) {
    let entity = match app.leader {
        Some(Pane::Table) => {
            show_table_card(app);
            return;
        }
        Some(Pane::Tree) => app.scope().entity().or_else(|| app.timeline.selected_entity(&app.world)),
        Some(Pane::Timeline) => app.timeline.selected_entity(&app.world),
        Some(Pane::Lanes) => app.lanes.selected().map(|(entity, _)| entity),
        Some(Pane::Detail) | None => None,
    };
    if let Some(entity) = entity.or(app.current()) {
        app.detail.show(&app.world, Some(entity), app.as_of);
    }
}

/// Opens the detail at the claim of the selected row, and selects that claim in the lanes.
fn show_row(app: &mut App) {
    renew_detail(app);
    if let Some(row) = app.timeline.selected_row() {
        app.detail.select_claim(app.world.chronology().row(row).claim);
        follow_row(app);
    }
}

/// Moves the timeline and the detail to the selected part of the lanes, or to the beginning of the selected lane.
fn show_lane(app: &mut App) {
    let Some((_, claim)) = app.lanes.selected() else { return };
    if let Some(row) = app.lanes.claims().into_iter().find_map(|claim| row_of(app, claim)) {
        app.timeline.select_row(row);
    }
    renew_detail(app);
    if let Some(claim) = claim {
        app.detail.select_claim(claim);
    }
}

fn show_table_row(app: &mut App) {
    if let Some(claim) = show_table_card(app) {
        app.detail.select_claim(claim);
    }
}

/// Shows the card of the selected row of the table; returns the claim at which it opens.
fn show_table_card(app: &mut App) -> Option<ClaimId> {
    // While the table is being made, the card before it stays.
    if app.table.is_searching() {
        return None;
    }
    let card = app.table.card(&app.world, app.view, app.as_of);
    let open_at = card.as_ref().and_then(|card| card.open_at);
    app.detail.show_card(card.map(|card| card.card));
    open_at
}

/// Returns the row of the chronology for a claim; `None` if the claim has no date or no row.
fn row_of(app: &App, claim: ClaimId) -> Option<RowIndex> {
    app.world.chronology().row_of(app.world.dossier(), claim)
}

/// Brings every cursor into its list and onto its page, and collects the lanes if they are visible.
pub(super) fn settle(app: &mut App) {
    let Some(areas) = app.areas() else { return };
    if !areas.pane(Pane::Lanes).is_empty() && collect_lanes(app) {
        follow_row(app);
    }
    app.detail.set_width(usize::from(inner(areas.pane(Pane::Detail)).width));
    for &pane in Pane::ALL {
        let (len, height) = (app.len(pane), usize::from(app.list_area(&areas, pane).height));
        app.cursor(pane).settle(len, height);
    }
    app.overlay.settle(areas.overlay, &app.world);
}
