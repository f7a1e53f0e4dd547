//! The keys of time: zoom, pan, lens, go to a date, as-of, difference, walking a lane.
//!
//! Invariant: after each of them the selected row lies in the shown time.

use chrono::NaiveDate;

use crate::app::state::App;
use crate::app::state::overlay::Overlay;
use crate::app::state::question::two_moments;
use crate::app::state::timeline::Lens;
use crate::app::state::zoom::Zoom;
use crate::app::sync::{Changed, Shown, collect_lanes, follow_row, notify};
use crate::keymap::action::{Pane, Question, View};
use crate::model::Moment;
use crate::model::moment::{MomentError, STEPS};
use crate::present::tables::{difference, in_order};
use crate::timeline::chronology;
use crate::timeline::chronology::{RowIndex, number};

/// Returns the selected day, cut to the window; without a selection, the first day of the window or of the dossier.
fn here(app: &App) -> Option<NaiveDate> {
    let zoom = app.timeline.zoom;
    let selected = app.selected_day();
    // A row that began before the window is shown at its left edge, which counts as its day.
    let inside = zoom.window().map(|(first, last)| selected.unwrap_or(first).clamp(first, last));
    inside.or(selected).or(zoom.span.map(|(first, _)| first))
}

/// Zooms in by `steps` levels, or out by as many if they are negative.
pub(crate) fn zoom(app: &mut App, steps: isize) -> Changed {
    let Some(around) = here(app) else { return Changed::Nothing };
    app.timeline.zoom = app.timeline.zoom.zoomed(steps, around);
    Changed::Window
}

/// Shows all of the time.
pub(crate) fn show_all(app: &mut App) -> Changed {
    app.timeline.zoom = Zoom::all(app.timeline.zoom.span);
    Changed::Window
}

/// Moves the window by half of its width, to later (`1`) or to earlier (`-1`).
pub(crate) fn pan(app: &mut App, direction: isize) -> Changed {
    if app.timeline.zoom.window().is_none() {
        return notify(app, "All of the time is shown; zoom in first.");
    }
    app.timeline.zoom = app.timeline.zoom.panned(direction);
    Changed::Window
}

/// Returns the first and last day of the selected part of a lane, or of the selected row.
fn selected_days(app: &App) -> Option<(NaiveDate, NaiveDate)> {
    if let Some(day) = app.lanes.selected_day().filter(|_| app.view == View::Tenures) {
        return Some((day, day));
    }
    let extent = app.world.chronology().extent(app.timeline.selected_row()?);
    Some((chronology::day(extent.first)?, chronology::day(extent.last)?))
}

/// Moves the window so that the selection lies in its middle; if it does already, shows just the selection.
pub(crate) fn centre(app: &mut App) -> Changed {
    let Some((first, last)) = selected_days(app) else { return Changed::Nothing };
    let zoom = app.timeline.zoom;
    let centred = zoom.centred(first + (last - first) / 2);
    app.timeline.zoom = if centred == zoom { zoom.fitting(first, last) } else { centred };
    Changed::Window
}

/// Looks through another lens.
pub(crate) fn set_lens(app: &mut App, lens: Lens) -> Changed {
    app.timeline.lens = lens;
    Changed::Lens
}

/// Goes to the next (`1`) or previous (`-1`) year with a dated row.
pub(crate) fn step_year(app: &mut App, direction: isize) -> Changed {
    let row = here(app).and_then(|day| app.timeline.row_of_year(day, direction));
    go_to_row(app, row)
}

/// Goes to the next (`1`) or previous (`-1`) era.
pub(crate) fn step_era(app: &mut App, direction: isize) -> Changed {
    go_to_row(app, app.timeline.row_of_era(direction))
}

/// Selects a row, and moves the window to it if it lies outside.
fn go_to_row(app: &mut App, row: Option<RowIndex>) -> Changed {
    let Some(row) = row else { return notify(app, "Nothing dated lies that way.") };
    if !app.timeline.select_row(row)
        && let Some(day) = chronology::day(app.world.chronology().extent(row).first)
    {
        app.timeline.show_day(day, app.as_of);
        app.timeline.select_row(row);
    }
    Changed::selection(Pane::Timeline)
}

/// Answers the open question with the typed text, or shows why that is not an answer.
pub(crate) fn answer_question(app: &mut App) -> Changed {
    let Overlay::Asking(asking) = &app.overlay else { return Changed::Nothing };
    let text = asking.prompt.text().trim().to_owned();
    let selected = here(app).map(Moment::day);
    let from = app.as_of.or(selected);
    let stepped = |error: MomentError| format!("{error}, {STEPS}");
    let answered = match asking.question {
        // An empty answer turns the as-of date off; if there is none, it takes the selected day.
        Question::AsOf if text.is_empty() && app.as_of.is_some() => Ok(set_as_of(app, None)),
        Question::AsOf if text.is_empty() => match app.selected_day() {
            Some(day) => Ok(set_as_of(app, Some(Moment::day(day)))),
            None => Err(stepped(MomentError::Empty)),
        },
        Question::AsOf => Moment::parse(&text, from).map(|moment| set_as_of(app, Some(moment))).map_err(stepped),
        Question::GoTo => Moment::parse(&text, selected).map(|moment| go_to(app, moment)).map_err(stepped),
        Question::Difference => two_moments(&text, from).and_then(|pair| compare(app, pair)),
    };
    match (answered, &mut app.overlay) {
        (Err(error), Overlay::Asking(asking)) => {
            asking.error = Some(error);
            Changed::Nothing
        }
        (answered, overlay) => {
            *overlay = Overlay::None;
            answered.unwrap_or(Changed::Nothing)
        }
    }
}

/// Goes to a moment on the timeline: in the tenures view where that is open, else in the chronicle.
fn go_to(app: &mut App, moment: Moment) -> Changed {
    let mut is_turned = false;
    if app.view != View::Tenures {
        is_turned = app.turn_to(View::Chronicle);
        app.focus_on(Pane::Timeline);
    }
    let is_found = app.timeline.go_to(moment, app.as_of);
    if is_found { Changed::selection(Pane::Timeline) } else { Changed::Nothing }.and_view(is_turned)
}

fn compare(app: &mut App, (from, to): (Moment, Moment)) -> Result<Changed, String> {
    app.compared = Some(in_order(from, to).map_err(|error| error.to_string())?);
    Ok(Changed::Nothing.and_view(app.turn_to(View::Table(difference::TABLE))))
}

/// Shows everything as of a moment, in the timeline with the last row by then selected.
pub(crate) fn set_as_of(app: &mut App, moment: Option<Moment>) -> Changed {
    app.as_of = moment;
    let is_selected = app.focus == Pane::Timeline && moment.is_some_and(|moment| app.timeline.select_last_by(moment));
    Changed::AsOf(is_selected.then_some(Shown::Selection(Pane::Timeline)))
}

/// Moves the as-of by `steps` of its own unit: days, months or years.
pub(crate) fn step_as_of(app: &mut App, steps: i32) -> Changed {
    let next = match app.as_of {
        Some(moment) => moment.stepped(steps),
        None => here(app).map(Moment::day),
    };
    match next {
        Some(moment) => set_as_of(app, Some(moment)),
        None => notify(app, "The calendar ends here."),
    }
}

/// Moves the as-of to the next (`1`) or previous (`-1`) day on which a row is dated.
pub(crate) fn step_as_of_row(app: &mut App, direction: isize) -> Changed {
    let Some(from) = app.as_of.map(|moment| if direction > 0 { moment.last() } else { moment.first() }).or(here(app))
    else {
        return Changed::Nothing;
    };
    let rows = &app.timeline.scope;
    let position = if direction > 0 {
        Some(rows.by(number(from))).filter(|&position| position < rows.len())
    } else {
        rows.before(number(from)).checked_sub(1)
    };
    match position.and_then(|position| chronology::day(rows.first(position))) {
        Some(day) => set_as_of(app, Some(Moment::day(day))),
        None => notify(app, "Nothing dated lies that way."),
    }
}

/// Goes to the next (`1`) or previous (`-1`) part of the lane of the selection.
pub(crate) fn step_in_lane(app: &mut App, direction: isize) -> Changed {
    // Hidden lanes are not collected and do not follow the timeline, so both happen here.
    collect_lanes(app);
    if app.lanes.part.is_none() && app.view == View::Chronicle {
        follow_row(app);
        if app.lanes.part.is_none() {
            return notify(app, "The selected row stands in no lane.");
        }
    }
    if !app.lanes.step(direction) {
        return notify(app, "Nothing lies further that way in this lane.");
    }
    if let Some(day) = app.lanes.selected_day() {
        app.timeline.show_day(day, app.as_of);
        // A part without a row of its own is shown by selecting the row nearest in time.
        app.timeline.select_day(day);
    }
    Changed::selection(Pane::Lanes)
}
