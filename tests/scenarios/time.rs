//! Keys of time: zoom, as-of, going to a date, eras, lenses; and properties that hold for any keys.

use annals::app::{App, Msg, Overlay};
use annals::keymap::action::{Action, Motion, Question, View};
use annals::model::Moment;
use annals::present::tables::figures;
use annals::timeline::axis::{Axis, Scale};
use annals::timeline::chronology::{day, number, row_when};
use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use crate::support::scenario::{Screen, embedded, screen};

fn open() -> Screen {
    screen(120, 40)
}

/// Opens a prompt for time and enters a text.
fn answer(screen: &mut Screen, question: Question, text: &str) {
    screen.happens(Msg::Act(Action::Ask(question))).paste(text).happens(Msg::Act(Action::Open));
}

fn as_of(app: &App) -> Option<Moment> {
    app.as_of
}

fn moment(text: &str) -> Moment {
    Moment::parse(text, None).unwrap()
}

#[test]
fn a_bad_date_says_what_is_taken_and_changes_nothing() {
    for (question, typed, says) in [
        (Question::AsOf, "2021-02-30", "there is no such date; expected 2021, 2021-06"),
        (Question::AsOf, "soon", "\"soon\" is no date; expected"),
        (Question::GoTo, "13 2021", "is no date; expected"),
        (Question::Difference, "2021", "two dates are needed; expected such as 2021 2025"),
        (Question::Difference, "2025 2021", "2021 lies before 2025; expected the earlier date first"),
    ] {
        let mut screen = open();
        answer(&mut screen, Question::AsOf, "2019");
        let before = screen.text();
        answer(&mut screen, question, typed);
        let Overlay::Asking(asking) = &screen.app.overlay else { panic!("it does not ask:\n{}", screen.text()) };
        assert!(asking.error.as_deref().unwrap().contains(says), "{:?}", asking.error);
        screen.sees(&says[..6]).keys("⎋").is_as(&before);
    }
}

#[test]
fn an_empty_answer_takes_the_selected_day_and_then_turns_it_off() {
    let mut screen = open();
    screen.keys("@ ⏎").has(as_of, Some(moment("1957-01-01")));
    screen.keys("@ ⏎").has(as_of, None);
}

#[test]
fn escape_peels_the_lens_then_the_as_of_then_the_zoom() {
    let layers = |app: &App| {
        (
            (app.timeline.passed().len() < app.timeline.scope.len()),
            app.as_of.is_some(),
            app.timeline.zoom.window().is_some(),
        )
    };
    let mut screen = open();
    screen.keys("w w p @ 2021 ⏎").has(layers, (true, true, true));
    screen.keys("⎋").has(layers, (false, true, true));
    screen.keys("⎋").has(layers, (false, false, true));
    screen.keys("⎋").has(layers, (false, false, false));
}

#[test]
fn the_as_of_steps_by_its_own_unit_and_from_row_to_row() {
    let mut screen = open();
    answer(&mut screen, Question::AsOf, "2021-06");
    screen.keys("⇧→").has(as_of, Some(moment("2021-07")));
    screen.keys("⇧← ⇧←").has(as_of, Some(moment("2021-05")));
    // The library services of 27 March are the last dated entry before, the agreement of September is the next.
    screen.keys("(").has(as_of, Some(moment("2021-03-27")));
    screen.keys(")").has(as_of, Some(moment("2021-09-01")));
}

#[test]
fn going_to_a_date_selects_what_stands_nearest() {
    for (typed, row) in
        [("jan 2021", " 2021-01-27"), ("2018-01-20", " 2018-01-24"), ("1970", " 1957-··-··"), ("2021", " 2021-01-27")]
    {
        let mut screen = open();
        answer(&mut screen, Question::GoTo, typed);
        screen.sees(&format!("›{row}"));
    }
    let mut screen = open();
    answer(&mut screen, Question::GoTo, "2021-01-27");
    screen.keys("w w w w w");
    answer(&mut screen, Question::GoTo, "+6m");
    // A window of one month moves with the selection.
    screen.has(|app| app.timeline.zoom.window().unwrap().0, NaiveDate::from_ymd_opt(2021, 7, 1).unwrap());
}

#[test]
fn eras_are_the_times_between_long_silences() {
    let year = |app: &App| app.timeline.selected_day(&app.world).unwrap().year();
    let mut screen = open();
    for wanted in [1957, 1994, 2003, 2003] {
        screen.has(year, wanted).keys("}");
    }
    screen.keys("{ {").has(year, 1957);
}

#[test]
fn the_lens_shows_what_is_planned_alleged_and_inferred_in_turn() {
    let mut screen = open();
    let rows = screen.app.world.chronology().rows().to_vec();
    for (name, count) in [
        ("planned only", rows.iter().filter(|row| row.modality.as_str() == "planned").count()),
        (
            "alleged or denied only",
            rows.iter().filter(|row| ["alleged", "denied"].contains(&row.modality.as_str())).count(),
        ),
        ("inferred only", rows.iter().filter(|row| row.basis.as_str() == "inferred").count()),
    ] {
        screen.keys("p").has(|app| (app.timeline.lens.as_str(), app.timeline.lines.row_count()), (name, count));
    }
    screen.keys("p").has(|app| app.timeline.passed().len() < app.timeline.scope.len(), false);
}

#[test]
fn a_walk_through_a_lane_selects_its_rows() {
    let mut screen = open();
    screen.keys("f opd ⏎ 2").has(|app| app.view, View::Tenures);
    let first = screen.app.lanes.part;
    assert!(first.is_some(), "the lane stands where the row stood:\n{}", screen.text());
    screen.keys(".").has(|app| app.lanes.part == first, false);
    screen.keys(",").has(|app| app.lanes.part == first, true);
    screen.has(App::selected_day, NaiveDate::from_ymd_opt(2021, 1, 27));
}

#[test]
fn dragging_the_strip_moves_the_time_shown() {
    let window = |screen: &Screen| screen.app.timeline.zoom.window().unwrap();
    let mut screen = open();
    answer(&mut screen, Question::GoTo, "2015");
    screen.keys("w w w");
    let before = window(&screen);
    screen.click(60, 2);
    let held = window(&screen);
    screen.drag(20, 2);
    assert!(window(&screen).0 > held.0, "{before:?}");
    let level = screen.app.timeline.zoom.level;
    screen.wheel(60, 2, -1).has(|app| app.timeline.zoom.level > level, true);
}

#[test]
fn a_table_keeps_its_filter_and_its_order_when_the_as_of_moves() {
    let mut screen = open();
    screen.keys("5 / beds ⏎ S");
    let (filter, sort) = (screen.app.table.filter.text().to_owned(), screen.app.table.sort);
    let before = screen.app.table.order.len();
    answer(&mut screen, Question::AsOf, "2021-06-15");
    screen.has(|app| (app.table.filter.text().to_owned(), app.table.sort), (filter, sort));
    assert!(screen.app.table.order.len() < before);
    screen.sees("as of 2021-06-15");
    screen.keys("⎋ ⎋").has(|app| (app.as_of, app.view), (None, View::Table(figures::TABLE)));
}

fn time_action() -> impl Strategy<Value = Action> {
    prop::sample::select(vec![
        Action::Zoom(1),
        Action::Zoom(-1),
        Action::Pan(-1),
        Action::Pan(1),
        Action::Centre,
        Action::Scale,
        Action::Year(1),
        Action::Year(-1),
        Action::Era(1),
        Action::Era(-1),
        Action::Lens,
        Action::AsOf(-1),
        Action::AsOf(1),
        Action::AsOfRow(1),
        Action::AsOfRow(-1),
        Action::InLane(1),
        Action::InLane(-1),
        Action::Move(Motion::Down),
        Action::Move(Motion::PageDown),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_window_always_holds_the_selection(actions in prop::collection::vec(time_action(), 0..40)) {
        let mut screen = open();
        for action in actions {
            screen.happens(Msg::Act(action));
            let app = &screen.app;
            let Some(row) = app.timeline.selected_row() else { continue };
            let extent = app.world.chronology().extent(row);
            if let Some((first, last)) = app.timeline.zoom.window() {
                prop_assert!(extent.first <= number(last) && extent.last >= number(first), "{action:?}");
            }
        }
    }

    #[test]
    fn no_filter_and_no_lens_moves_an_entry(actions in prop::collection::vec(time_action(), 0..12), filter in "[a-z]{1,3}") {
        let mut screen = open();
        for action in actions {
            screen.happens(Msg::Act(action));
        }
        // The rows above the ruler and the labels below it. The ruler is left out, because the selection moves on it.
        let strip = |screen: &Screen| {
            let rows = screen.rows();
            (rows[1].clone(), rows[2].clone(), rows[4].clone())
        };
        let before = strip(&screen);
        screen.happens(Msg::Act(Action::Filter)).paste(&filter);
        prop_assert_eq!(&strip(&screen), &before);
        screen.keys("⎋ p");
        prop_assert_eq!(&strip(&screen), &before);
    }

    #[test]
    fn every_dated_entry_stands_inside_its_own_bounds_and_in_no_gap(width in 1u16..400, scale in 0usize..3, first in 0usize..60, rows in 1usize..60) {
        let world = embedded();
        let chronology = world.chronology();
        let all = chronology.rows().len();
        let (start, end) = (first.min(all - 1), (first + rows).min(all) - 1);
        let from = day(chronology.extent(start as u32).first).unwrap().with_ordinal(1).unwrap();
        let to = NaiveDate::from_ymd_opt(day(chronology.extent(end.max(start) as u32).first).unwrap().year(), 12, 31).unwrap();
        let scale = [Scale::Gaps, Scale::Linear, Scale::Recent][scale];
        let axis = Axis::new(from, to, width, scale, |year| chronology.years().binary_search(&year).is_ok());
        for row in start..=end.max(start) {
            let extent = chronology.extent(row as u32);
            let stands = day(extent.first).unwrap();
            let column = axis.column(stands).unwrap();
            let (left, right) = axis.days_at(column).unwrap();
            prop_assert!(left <= stands && stands <= right);
            // The column of the last possible day is not before that of the first.
            let last = axis.column(day(extent.last).unwrap().min(to)).unwrap();
            prop_assert!(column <= last);
            let gap = axis.segments().iter().find(|stretch| stretch.first <= stands && stands <= stretch.last).unwrap();
            prop_assert!(!gap.gap, "{stands} lies in a collapsed gap");
        }
    }

    #[test]
    fn counts_as_of_a_day_are_those_of_a_scan(year in 1950i32..2030, month in 1u32..13) {
        let world = embedded();
        let dossier = world.dossier();
        let moment = Moment::month(year, month).unwrap();
        let mut screen = open();
        answer(&mut screen, Question::AsOf, &moment.to_string());
        prop_assert_eq!(screen.app.as_of, Some(moment));
        let by_then = |row: &&annals::timeline::chronology::Row| {
            let when = row_when(dossier, row).unwrap();
            when.earliest().or(when.latest()).unwrap() <= moment.last()
        };
        let expected = world.chronology().rows().iter().filter(by_then).count();
        let shown = screen.text();
        let all = shown.lines().find(|line| line.contains("›  All")).unwrap();
        let count: usize = all.split("All").nth(1).unwrap().split('│').next().unwrap().trim().parse().unwrap();
        prop_assert_eq!(count, expected);
    }
}
