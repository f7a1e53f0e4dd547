//! What the keys of time do: zoom, pan, go to a date, as-of, difference, walking a lane.
//!
//! Invariant: after each of them the selected row lies in the shown time, and timeline,
//! axis, lanes and detail speak of the same selection.

use chrono::NaiveDate;

use super::views::{as_of_changed, follow_row, show_lane_selection, show_timeline_selection, show_view};
use crate::app::state::question::two_moments;
use crate::app::update::focus;
use crate::app::{App, Overlay};
use crate::keymap::action::{Pane, Question, View};
use crate::model::moment::{MomentError, STEPS};
use crate::model::{ClaimId, Moment};
use crate::timeline::chronology;
use crate::timeline::chronology::{RowIndex, number};
use crate::timeline::difference::Reversed;

/// The day around which the reader is.
fn here(app: &App) -> Option<NaiveDate> {
    let zoom = app.timeline.zoom;
    let selected = app.selected_day();
    // A row may reach into the window from before; the reader is where it is seen.
    let inside = zoom.window().map(|(first, last)| selected.unwrap_or(first).clamp(first, last));
    inside.or(selected).or(zoom.span().map(|(first, _)| first))
}

pub(crate) fn zoom(app: &mut App, steps: isize) {
    let Some(around) = here(app) else { return };
    app.timeline.zoom = app.timeline.zoom.zoomed(steps, around);
    window_changed(app);
}

pub(crate) fn pan(app: &mut App, direction: isize) {
    if app.timeline.zoom.window().is_none() {
        app.notice = Some("All of the time is shown; zoom in first.".to_owned());
        return;
    }
    app.timeline.zoom = app.timeline.zoom.panned(direction);
    window_changed(app);
}

/// The days of the selected part of a lane, or of the selected row.
fn selected_days(app: &App) -> Option<(NaiveDate, NaiveDate)> {
    if let Some(day) = app.lanes.selected_day().filter(|_| app.view == View::Tenures) {
        return Some((day, day));
    }
    let extent = app.world.chronology().extent(app.timeline.selected_row()?);
    Some((chronology::day(extent.first)?, chronology::day(extent.last)?))
}

/// The selection in the middle; where it is there already, nothing but the selection.
pub(crate) fn centre(app: &mut App) {
    let Some((first, last)) = selected_days(app) else { return };
    let zoom = app.timeline.zoom;
    let centred = zoom.centred(first + (last - first) / 2);
    app.timeline.zoom = if centred == zoom { zoom.fitting(first, last) } else { centred };
    window_changed(app);
}

pub(crate) fn window_changed(app: &mut App) {
    app.timeline.rearrange(app.as_of);
    rearranged(app);
}

/// The detail follows where the selection went.
pub(crate) fn rearranged(app: &mut App) {
    if app.view == View::Chronicle {
        show_timeline_selection(app);
    }
}

pub(crate) fn step_year(app: &mut App, direction: isize) {
    let row = here(app).and_then(|day| app.timeline.row_of_year(day, direction));
    go_to_row(app, row);
}

pub(crate) fn step_era(app: &mut App, direction: isize) {
    go_to_row(app, app.timeline.row_of_era(direction));
}

/// Selects a row, moving the window to it where it stands outside.
fn go_to_row(app: &mut App, row: Option<RowIndex>) {
    let Some(row) = row else {
        app.notice = Some("Nothing dated lies that way.".to_owned());
        return;
    };
    if !app.timeline.select_row(row)
        && let Some(day) = chronology::day(app.world.chronology().extent(row).first)
    {
        show_day(app, day);
        app.timeline.select_row(row);
    }
    show_timeline_selection(app);
}

/// Selects the first row that lies in a moment, else the nearest; moves the window where it lies outside.
pub(crate) fn go_to(app: &mut App, moment: Moment) {
    show_day(app, moment.first());
    let rows = app.timeline.passed();
    let (first, last) = (number(moment.first()), number(moment.last()));
    let inside = (rows.before(first)..rows.by(last)).find(|&position| rows.last(position) <= last);
    let row = inside.map(|position| rows.row(position));
    if row.is_some_and(|row| app.timeline.select_row(row)) || app.timeline.select_day(moment.first()) {
        show_timeline_selection(app);
    }
}

/// Moves the window to a day outside of it.
fn show_day(app: &mut App, day: NaiveDate) {
    let zoom = app.timeline.zoom;
    if zoom.window().is_some_and(|(first, last)| !(first..=last).contains(&day)) {
        app.timeline.zoom = zoom.centred(day);
        app.timeline.rearrange(app.as_of);
    }
}

/// Takes what was typed for an answer; what is none is told so below it.
pub(crate) fn answer_question(app: &mut App) {
    let Overlay::Asking(asking) = &app.overlay else { return };
    let text = asking.prompt.text().trim().to_owned();
    let selected = here(app).map(Moment::day);
    let from = app.as_of.or(selected);
    let answered = match asking.question {
        // Nothing typed turns it off, or on where the reader is.
        Question::AsOf if text.is_empty() && app.as_of.is_some() => {
            set_as_of(app, None);
            Ok(())
        }
        Question::AsOf if text.is_empty() => match app.selected_day() {
            Some(day) => {
                set_as_of(app, Some(Moment::day(day)));
                Ok(())
            }
            None => Err(MomentError::Empty),
        },
        Question::AsOf => Moment::parse(&text, from).map(|moment| set_as_of(app, Some(moment))),
        Question::GoTo => Moment::parse(&text, selected).map(|moment| {
            if app.view != View::Tenures {
                show_view(app, View::Chronicle);
                focus(app, Pane::Timeline);
            }
            go_to(app, moment);
        }),
        Question::Difference => {
            let answered = two_moments(&text, from).and_then(|pair| compare(app, pair));
            refuse(app, answered);
            return;
        }
    };
    refuse(app, answered.map_err(|error| format!("{error}, {STEPS}")));
}

/// Closes the question, or says what was wrong with the answer.
fn refuse(app: &mut App, answered: Result<(), String>) {
    match (answered, &mut app.overlay) {
        (Err(error), Overlay::Asking(asking)) => asking.error = Some(error),
        (Ok(()) | Err(_), _) => app.overlay = Overlay::None,
    }
}

fn compare(app: &mut App, (a, b): (Moment, Moment)) -> Result<(), String> {
    if b.last() < a.first() {
        return Err(Reversed { from: a, to: b }.to_string());
    }
    app.compared = Some((a, b));
    show_view(app, View::Difference);
    Ok(())
}

/// Shows everything as of a moment, with the last row by then selected.
pub(crate) fn set_as_of(app: &mut App, moment: Option<Moment>) {
    app.as_of = moment;
    if let Some(moment) = moment.filter(|_| app.view == View::Chronicle) {
        as_of_changed(app);
        let last = app.timeline.passed().by(number(moment.last())).checked_sub(1);
        if let Some(row) = last.map(|position| app.timeline.passed().row(position))
            && app.focus == Pane::Timeline
            && app.timeline.select_row(row)
        {
            show_timeline_selection(app);
        }
        return;
    }
    as_of_changed(app);
}

pub(crate) fn step_as_of(app: &mut App, steps: i32) {
    let next = match app.as_of {
        Some(moment) => moment.stepped(steps),
        None => here(app).map(Moment::day),
    };
    match next {
        Some(moment) => set_as_of(app, Some(moment)),
        None => app.notice = Some("The calendar ends here.".to_owned()),
    }
}

/// To the next day on which something is dated, or the previous one.
pub(crate) fn step_as_of_row(app: &mut App, direction: isize) {
    let Some(from) = app.as_of.map(|moment| if direction > 0 { moment.last() } else { moment.first() }).or(here(app))
    else {
        return;
    };
    let rows = app.timeline.scope();
    let position = if direction > 0 {
        Some(rows.by(number(from))).filter(|&position| position < rows.len())
    } else {
        rows.before(number(from)).checked_sub(1)
    };
    match position.and_then(|position| chronology::day(rows.first(position))) {
        Some(day) => set_as_of(app, Some(Moment::day(day))),
        None => app.notice = Some("Nothing dated lies that way.".to_owned()),
    }
}

/// To the next or previous part of the lane of the selection.
pub(crate) fn step_in_lane(app: &mut App, direction: isize) {
    app.lanes.set_scope(&app.world, app.scope().entity(), &mut app.searches);
    if app.lanes.part().is_none() && app.view == View::Chronicle {
        follow_row(app);
        if app.lanes.part().is_none() {
            app.notice = Some("The selected row stands in no lane.".to_owned());
            return;
        }
    }
    if !app.lanes.step(direction) {
        app.notice = Some("Nothing lies further that way in this lane.".to_owned());
        return;
    }
    if let Some(day) = app.lanes.selected_day() {
        let part = app.lanes.part();
        show_day(app, day);
        // What has no row of its own is looked for among its neighbours in time.
        app.timeline.select_day(day);
        app.lanes.reselect(part);
    }
    show_lane_selection(app);
}

/// The row of the timeline that stands for a claim.
pub(crate) fn row_of(app: &App, claim: ClaimId) -> Option<RowIndex> {
    let (chronology, dossier) = (app.world.chronology(), app.world.dossier());
    let said = dossier.claim(claim);
    said.property.spec().happening?;
    let extent = chronology::Extent::of(dossier.date(said)?)?;
    let rows = chronology.touching(said.subject);
    let from = rows.partition_point(|&row| chronology.extent(row).first < extent.first);
    let on_the_day = rows[from..].iter().copied().take_while(|&row| chronology.extent(row).first == extent.first);
    on_the_day.into_iter().find(|&row| chronology.row(row).claim == claim)
}
