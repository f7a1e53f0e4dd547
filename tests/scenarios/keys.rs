//! Keys and the mouse in the panes, the finder, the filter and the help.

use annals::app::{App, Effect, Overlay};
use annals::keymap::action::{Pane, View};
use annals::model::EntityId;
use annals::present::tables::{agreements, figures};

use crate::support::scenario::{Screen, screen};

fn open() -> Screen {
    screen(120, 40)
}

fn overlay_is_closed(app: &App) -> bool {
    matches!(app.overlay, Overlay::None)
}

#[test]
fn the_start_shows_three_panes_and_1957_first() {
    let mut screen = open();
    screen.sees_all(&["Institutions", "Timeline", "event"]);
    let rows = screen.rows();
    let first = rows.iter().find(|row| row.contains("-··-··")).unwrap();
    assert!(first.contains("1957-··-··"), "{}", screen.text());
}

#[test]
fn a_person_is_found_with_what_the_person_did() {
    open().keys("f ramji ⏎").sees("Executive Director");
}

#[test]
fn what_is_asked_for_opens_at_the_claim_that_says_it() {
    for (typed, entity, said) in [
        ("motto", "institution/aiims-kalyani", "All can be achieved with good health"),
        ("postcode", "institution/roy-institute", "721306"),
        ("mentor", "institution/aiims-kalyani", "AIIMS Bhubaneswar"),
        ("books", "facility/kalyani-library", "800"),
        ("intake", "institution/aiims-kalyani", "211"),
    ] {
        let mut screen = open();
        let word = said.split(' ').next().unwrap_or_default();
        screen.keys(&format!("f {typed} ⏎")).has(|app| app.focus, Pane::Detail).sees(word);
        let app = &screen.app;
        assert_eq!(app.current().map(|entity| app.world.dossier().id(entity)), Some(entity), "{typed}");
        let marked = app.detail.selected().map(|line| line.text.clone()).unwrap_or_default();
        assert!(marked.contains(said), "{typed}: \"{marked}\" is marked");
    }
}

#[test]
fn a_filter_and_the_finder_put_what_is_meant_first() {
    for (typed, expected) in [
        ("ramji␣sin", "person/ramji-singh"),
        ("singh␣ramji", "person/ramji-singh"),
        ("obgy", "unit/kalyani-obstetrics-gynaecology"),
        ("iitkgp", "institution/iit-kharagpur"),
    ] {
        let id = |app: &App, entity: Option<EntityId>| entity.map(|entity| app.world.dossier().id(entity).to_owned());
        let selected = |app: &App| match &app.overlay {
            Overlay::Finder(finder) => id(app, finder.selected()),
            _ => None,
        };
        open().keys(&format!("f {typed}")).has(selected, Some(expected.to_owned()));
        open().keys(&format!("h / {typed}")).has(|app| id(app, app.current()), Some(expected.to_owned()));
    }
}

#[test]
fn escape_peels_one_layer_at_a_time_and_never_quits() {
    let has_filter = |app: &App| !app.timeline.filter.is_empty();
    let has_window = |app: &App| app.timeline.zoom.window().is_some();
    let mut screen = open();
    screen.keys("] ] w / opd ⏎ z ?").has(|app| matches!(app.overlay, Overlay::Help(_)), true);
    screen.keys("⎋").has(overlay_is_closed, true).has(has_filter, true);
    screen.keys("⎋").has(has_filter, false).has(has_window, true);
    screen.keys("⎋").has(has_window, false).has(|app| app.maximised, true);
    screen.keys("⎋").has(|app| app.maximised, false);
    assert_eq!(screen.keys("⎋ ⎋ ⎋").effects(), []);
    assert_eq!(screen.keys("q").effects(), [Effect::Quit]);
}

#[test]
fn the_help_does_what_it_shows() {
    // "whole" finds the key that maximises a pane.
    open().keys("? whole ⏎").has(|app| app.maximised, true);
}

#[test]
fn back_returns_to_what_was_shown_before() {
    let mut screen = open();
    screen.keys("f opd ⏎");
    let opd = screen.app.current();
    screen.keys("j j ⏎").has(|app| app.current() == opd, false);
    screen.keys("H").has(App::current, opd);
    screen.keys("L").has(|app| app.current() == opd, false);
}

#[test]
fn a_table_and_back_shows_what_was_shown_before() {
    let mut screen = open();
    screen.keys("f ramji ⏎");
    let before = screen.app.current();
    screen.keys("6 1").has(App::current, before);
    screen.keys("4 i ⎋").has(|app| app.view, View::Table(agreements::TABLE));
}

#[test]
fn a_filter_finds_a_year_on_the_timeline() {
    open().keys("/ 2021 ⏎").sees("2021-01-27").does_not_see("2020-03-··");
}

#[test]
fn keys_on_a_screen_too_small_to_be_drawn_change_nothing() {
    let mut screen = screen(39, 9);
    screen.sees("too small").keys("? f x");
    screen.resize(120, 40).has(overlay_is_closed, true).sees("1957-··-··");
}

#[test]
fn a_filter_never_moves_the_axis() {
    let mut screen = open();
    let before = screen.rows();
    screen.keys("/ opd ⏎");
    assert_eq!(before[4], screen.rows()[4]);
}

#[test]
fn silence_is_a_fact_about_the_scope_and_not_about_a_filter() {
    let mut screen = open();
    screen.sees("36 years without a dated event (1958–1993)");
    screen.keys("/ kalyani ⏎").does_not_see("without a dated event");
}

#[test]
fn a_click_selects_and_a_second_click_opens() {
    let mut screen = open();
    let row = screen.rows().iter().position(|row| row.contains("1994-09-26")).unwrap() as u16;
    screen.click(40, row).sees("Groundbreaking");
    let first = screen.app.current();
    screen.click(40, row).has(|app| (app.focus, app.current()), (Pane::Detail, first));
}

#[test]
fn a_click_on_a_tab_shows_its_view() {
    open().click_on("Figures").has(|app| app.view, View::Table(figures::TABLE));
    screen(60, 20).click_on("Detail").has(|app| app.focus, Pane::Detail);
}
