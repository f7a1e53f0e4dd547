//! What the keys of time promise, whatever is pressed in whatever order.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::sync::OnceLock;

use annals::app::{App, Msg, Overlay, update_at_once as update};
use annals::formats::author;
use annals::keymap::action::{Action, Motion, Question, View};
use annals::keymap::{self, Chord};
use annals::model::Moment;
use annals::timeline::World;
use annals::timeline::axis::{Axis, Scale};
use annals::timeline::chronology::{day, number, row_when};
use annals::view::render::{cells, to_text};
use annals::view::theme::Theme;
use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use ratatui::layout::Size;

fn world() -> World {
    static EMBEDDED: OnceLock<World> = OnceLock::new();
    EMBEDDED.get_or_init(|| World::new(author::load(&author::embedded()).0)).clone()
}

fn open() -> App {
    App::new(world(), Size { width: 120, height: 40 })
}

fn press(app: &mut App, keys: &str) {
    for word in keys.split_whitespace() {
        let chord = Chord::parse(word).unwrap();
        if let Some(action) = keymap::resolve(app.context(), chord.event()) {
            update(app, Msg::Act(action));
        }
    }
}

fn answer(app: &mut App, question: Question, text: &str) {
    update(app, Msg::Act(Action::Ask(question)));
    update(app, Msg::Paste(text));
    update(app, Msg::Act(Action::Open));
}

fn text(app: &App) -> String {
    to_text(&cells(app, &Theme::colours()))
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
        let mut app = open();
        answer(&mut app, Question::AsOf, "2019");
        let before = text(&app);
        answer(&mut app, question, typed);
        let Overlay::Asking(asking) = &app.overlay else { panic_with(&text(&app)) };
        assert!(asking.error.as_deref().unwrap().contains(says), "{:?}", asking.error);
        assert!(text(&app).contains(&says[..6]), "{}", text(&app));
        update(&mut app, Msg::Act(Action::Escape));
        assert_eq!(text(&app), before, "{typed}");
    }
}

#[expect(clippy::panic, reason = "the screen says what went wrong")]
fn panic_with(screen: &str) -> ! {
    panic!("{screen}");
}

#[test]
fn an_empty_answer_takes_the_selected_day_and_then_turns_it_off() {
    let mut app = open();
    press(&mut app, "@ <enter>");
    assert_eq!(app.as_of, Some(moment("1957-01-01")));
    press(&mut app, "@ <enter>");
    assert_eq!(app.as_of, None);
}

#[test]
fn escape_peels_the_lens_then_the_as_of_then_the_zoom() {
    let mut app = open();
    press(&mut app, "w w p @ 2 0 2 1 <enter>");
    let state = |app: &App| (app.timeline.is_filtered(), app.as_of.is_some(), app.timeline.zoom.window().is_some());
    assert_eq!(state(&app), (true, true, true));
    press(&mut app, "<esc>");
    assert_eq!(state(&app), (false, true, true));
    press(&mut app, "<esc>");
    assert_eq!(state(&app), (false, false, true));
    press(&mut app, "<esc>");
    assert_eq!(state(&app), (false, false, false));
}

#[test]
fn the_as_of_steps_by_its_own_unit_and_from_row_to_row() {
    let mut app = open();
    answer(&mut app, Question::AsOf, "2021-06");
    press(&mut app, "S-<right>");
    assert_eq!(app.as_of, Some(moment("2021-07")));
    press(&mut app, "S-<left> S-<left>");
    assert_eq!(app.as_of, Some(moment("2021-05")));
    // The library services of 27 March are the last dated thing before, the agreement of September the next.
    press(&mut app, "(");
    assert_eq!(app.as_of, Some(moment("2021-03-27")));
    press(&mut app, ")");
    assert_eq!(app.as_of, Some(moment("2021-09-01")));
}

#[test]
fn going_to_a_date_selects_what_stands_nearest() {
    for (typed, row) in
        [("jan 2021", " 2021-01-27"), ("2018-01-20", " 2018-01-24"), ("1970", " 1957-··-··"), ("2021", " 2021-01-27")]
    {
        let mut app = open();
        answer(&mut app, Question::GoTo, typed);
        assert!(text(&app).lines().any(|line| line.contains(&format!("›{row}"))), "{typed}\n{}", text(&app));
    }
    let mut app = open();
    answer(&mut app, Question::GoTo, "2021-01-27");
    press(&mut app, "w w w w w");
    answer(&mut app, Question::GoTo, "+6m");
    // A window of one month follows.
    assert_eq!(app.timeline.zoom.window().unwrap().0, NaiveDate::from_ymd_opt(2021, 7, 1).unwrap());
}

#[test]
fn eras_are_the_times_between_long_silences() {
    let mut app = open();
    let mut years = Vec::new();
    for _ in 0..4 {
        years.push(app.timeline.selected_day(&app.world).unwrap().year());
        press(&mut app, "}");
    }
    assert_eq!(years, [1957, 1994, 2003, 2003]);
    press(&mut app, "{ {");
    assert_eq!(app.timeline.selected_day(&app.world).unwrap().year(), 1957);
}

#[test]
fn the_lens_shows_what_is_planned_alleged_and_inferred_in_turn() {
    let mut app = open();
    let rows = app.world.chronology().rows().to_vec();
    for (name, count) in [
        ("planned only", rows.iter().filter(|row| row.modality.as_str() == "planned").count()),
        (
            "alleged or denied only",
            rows.iter().filter(|row| ["alleged", "denied"].contains(&row.modality.as_str())).count(),
        ),
        ("inferred only", rows.iter().filter(|row| row.basis.as_str() == "inferred").count()),
    ] {
        press(&mut app, "p");
        assert_eq!((app.timeline.lens.name(), app.timeline.lines().row_count()), (name, count));
    }
    press(&mut app, "p");
    assert!(!app.timeline.is_filtered());
}

#[test]
fn a_walk_through_a_lane_selects_its_rows() {
    let mut app = open();
    press(&mut app, "f o p d <enter> 2");
    assert_eq!(app.view, View::Tenures);
    let first = app.lanes.part();
    assert!(first.is_some(), "the lane stands where the row stood");
    press(&mut app, ".");
    assert_ne!(app.lanes.part(), first);
    press(&mut app, ",");
    assert_eq!(app.lanes.part(), first);
    assert_eq!(app.selected_day(), NaiveDate::from_ymd_opt(2021, 1, 27));
}

#[test]
fn dragging_the_strip_moves_the_time_shown() {
    let mut app = open();
    answer(&mut app, Question::GoTo, "2015");
    press(&mut app, "w w w");
    let before = app.timeline.zoom.window().unwrap();
    update(&mut app, Msg::Click(60, 2));
    let held = app.timeline.zoom.window().unwrap();
    update(&mut app, Msg::Drag(20, 2));
    assert!(app.timeline.zoom.window().unwrap().0 > held.0, "{before:?}");
    let level = app.timeline.zoom.level();
    update(&mut app, Msg::Wheel(60, 2, -1));
    assert!(app.timeline.zoom.level() > level);
}

fn time_action() -> impl Strategy<Value = Action> {
    prop::sample::select(vec![
        Action::ZoomIn,
        Action::ZoomOut,
        Action::PanEarlier,
        Action::PanLater,
        Action::Centre,
        Action::Scale,
        Action::NextYear,
        Action::PreviousYear,
        Action::NextEra,
        Action::PreviousEra,
        Action::Lens,
        Action::AsOfEarlier,
        Action::AsOfLater,
        Action::AsOfNextRow,
        Action::AsOfPreviousRow,
        Action::NextInLane,
        Action::PreviousInLane,
        Action::Move(Motion::Down),
        Action::Move(Motion::PageDown),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_window_always_holds_the_selection(actions in prop::collection::vec(time_action(), 0..40)) {
        let mut app = open();
        for action in actions {
            update(&mut app, Msg::Act(action));
            let Some(row) = app.timeline.selected_row() else { continue };
            let extent = app.world.chronology().extent(row);
            if let Some((first, last)) = app.timeline.zoom.window() {
                prop_assert!(extent.first <= number(last) && extent.last >= number(first), "{action:?}");
            }
        }
    }

    #[test]
    fn no_filter_and_no_lens_moves_an_entry(actions in prop::collection::vec(time_action(), 0..12), filter in "[a-z]{1,3}") {
        let mut app = open();
        for action in actions {
            update(&mut app, Msg::Act(action));
        }
        // What is drawn above the ruler, on which the selection moves, and the labels below it.
        let strip = |app: &App| {
            let screen = text(app);
            let rows: Vec<String> = screen.lines().take(5).map(str::to_owned).collect();
            (rows[1].clone(), rows[2].clone(), rows[4].clone())
        };
        let before = strip(&app);
        update(&mut app, Msg::Act(Action::Filter));
        update(&mut app, Msg::Paste(&filter));
        prop_assert_eq!(&strip(&app), &before);
        update(&mut app, Msg::Act(Action::Escape));
        update(&mut app, Msg::Act(Action::Lens));
        prop_assert_eq!(&strip(&app), &before);
    }

    #[test]
    fn every_dated_entry_stands_inside_its_own_bounds_and_in_no_gap(width in 1u16..400, scale in 0usize..3, first in 0usize..60, rows in 1usize..60) {
        let world = world();
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
            // The shading of a date never leaves its bounds by more than the column in which a bound lies.
            let last = axis.column(day(extent.last).unwrap().min(to)).unwrap();
            prop_assert!(column <= last);
            let gap = axis.stretches().iter().find(|stretch| stretch.first <= stands && stands <= stretch.last).unwrap();
            prop_assert!(!gap.gap, "{stands} lies in a collapsed gap");
        }
    }

    #[test]
    fn counts_as_of_a_day_are_those_of_a_scan(year in 1950i32..2030, month in 1u32..13) {
        let world = world();
        let dossier = world.dossier();
        let moment = Moment::month(year, month).unwrap();
        let mut app = open();
        answer(&mut app, Question::AsOf, &moment.to_string());
        prop_assert_eq!(app.as_of, Some(moment));
        let by_then = |row: &&annals::timeline::chronology::Row| {
            let when = row_when(dossier, row).unwrap();
            when.earliest().or(when.latest()).unwrap() <= moment.last()
        };
        let expected = world.chronology().rows().iter().filter(by_then).count();
        let shown = text(&app);
        let all = shown.lines().find(|line| line.contains("›  All")).unwrap();
        let count: usize = all.split("All").nth(1).unwrap().split('│').next().unwrap().trim().parse().unwrap();
        prop_assert_eq!(count, expected);
    }
}

#[test]
fn a_table_keeps_its_filter_and_its_order_when_the_as_of_moves() {
    let mut app = open();
    press(&mut app, "5 / b e d s <enter> S");
    let (filter, sort) = (app.sheet.filter.text().to_owned(), app.sheet.sort);
    let before = app.sheet.order().len();
    answer(&mut app, Question::AsOf, "2021-06-15");
    assert_eq!((app.sheet.filter.text(), app.sheet.sort), (filter.as_str(), sort));
    assert!(app.sheet.order().len() < before);
    assert!(text(&app).contains("as of 2021-06-15"), "{}", text(&app));
    press(&mut app, "<esc> <esc>");
    assert_eq!((app.as_of, app.view), (None, View::Figures));
}
