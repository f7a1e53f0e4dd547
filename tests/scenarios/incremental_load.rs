//! The explorer while answers and parts of the dossier are still missing: it keeps everything that was typed or chosen,
//! and opens nothing that was not meant.

use annals::app::request::{Answer, Found, Request, answer};
use annals::app::{App, Completeness, Effect, Msg, Overlay, Progress};
use annals::keymap::action::{Action, Pane, View};
use annals::model::{Builder, Core, CoreKind, NewClaim, NewValue, When};
use annals::present::tables::agreements;
use annals::search::Stop;
use annals::timeline::World;

use crate::support::scenario::Screen;

/// Returns a dossier of three institutions: with events and claims if `is_whole`, otherwise only names.
fn houses(is_whole: bool) -> World {
    let mut builder = Builder::default();
    for (slug, label, year) in [("a", "North House", "1957"), ("b", "South House", "1994"), ("c", "Windmill", "2003")] {
        if is_whole {
            // The events come first, so that adding them changes the numbers of all names.
            let event = builder.entity(CoreKind::Event, slug, &format!("Opening of {label}")).unwrap();
            let institution = builder.entity(CoreKind::Institution, slug, label).unwrap();
            let date = NewValue::Date(When::parse(year).unwrap());
            builder.claim(NewClaim::new(event, Core::When, date));
            builder.claim(NewClaim::new(event, Core::Institution, NewValue::Entity(institution)));
            builder.claim(NewClaim::new(institution, Core::Description, NewValue::Text(format!("bricks {slug}"))));
        } else {
            builder.entity(CoreKind::Event, slug, &format!("Opening of {label}")).unwrap();
            builder.entity(CoreKind::Institution, slug, label).unwrap();
        }
    }
    World::new(builder.finish())
}

/// Returns the explorer before any part of the dossier has arrived.
fn opening() -> Screen {
    Screen::opening(120, 40)
}

/// Returns the explorer with the whole dossier.
fn open() -> Screen {
    Screen::with(houses(true), 120, 40)
}

fn names_arrived<'a>() -> Msg<'a> {
    Msg::Arrived(houses(false), Completeness::Names)
}

fn all_arrived<'a>() -> Msg<'a> {
    Msg::Arrived(houses(true), Completeness::Whole)
}

/// Returns the search request, which must be the only effect.
fn asked(effects: &[Effect]) -> Request {
    match effects {
        [Effect::Search(request)] => (**request).clone(),
        other => unreachable!("one search: {other:?}"),
    }
}

fn answered(request: &Request) -> Answer {
    let mut answers = Vec::new();
    answer(request, &Stop::never(), &mut |answer| answers.push(answer));
    answers.pop().unwrap()
}

fn finder_rows(app: &App) -> Vec<String> {
    let Overlay::Finder(finder) = &app.overlay else { return Vec::new() };
    let label = |entity| app.world.dossier().label(entity).to_owned();
    finder.results.rows.iter().map(|hit| label(hit.entity)).collect()
}

fn finder_is_open(app: &App) -> bool {
    matches!(app.overlay, Overlay::Finder(_))
}

#[test]
fn while_it_reads_it_says_how_far_it_has_got() {
    let mut screen = opening();
    screen.sees("reading the dossier");
    screen.happens(Msg::Progress(Progress { read: 1_200_000, total: 4_000_000, has_names: false }));
    screen.sees("reading: 1,200,000 of 4,000,000 rows");
    screen.happens(all_arrived()).does_not_see("reading").sees("Opening of North House");
}

#[test]
fn an_arrival_shows_what_it_would_have_opened_with() {
    opening().happens(names_arrived()).happens(all_arrived()).is_as(&open().text());
}

#[test]
fn the_finder_works_on_names_and_keeps_prompt_and_selection_when_the_rest_comes() {
    let mut screen = opening();
    screen.happens(names_arrived()).keys("f").paste("house").keys("↓");
    let before = finder_rows(&screen.app);
    assert_eq!(before[..2], ["North House", "South House"]);
    // Before and after the search of the whole dossier is answered, the same institution is selected.
    let effects = screen.begins(all_arrived());
    screen.sees_all(&["› house", "›institution  South House"]).has(finder_rows, before);
    let request = asked(&effects);
    screen.begins(Msg::Found(answered(&request)));
    screen.keys("⏎").sees("bricks");
}

#[test]
fn what_was_opened_by_its_name_is_then_told_in_full() {
    let mut screen = opening();
    screen.happens(names_arrived());
    let mill = screen.app.world.dossier().find("institution/c").unwrap();
    screen.happens(Msg::Show(mill)).sees("what is said of it is still being read");
    screen.keys("e");
    assert!(screen.app.notice.as_ref().unwrap().contains("still being read"));
    screen.happens(all_arrived()).has(App::current, Some(mill));
    screen.sees("bricks c").does_not_see("still being read");
}

#[test]
fn view_and_filter_stay_when_the_rest_comes() {
    let filter = |app: &App| (app.timeline.filter.text().to_owned(), app.timeline.counts());
    let mut screen = opening();
    screen.keys("/").paste("windmill").keys("⏎").happens(all_arrived());
    screen.has(filter, ("windmill".to_owned(), (1, 3)));
    let mut screen = opening();
    screen.happens(Msg::Act(Action::Show(View::Table(agreements::TABLE)))).happens(all_arrived());
    screen.has(|app| (app.view, app.focus), (View::Table(agreements::TABLE), Pane::Table));
}

#[test]
fn enter_typed_ahead_opens_what_was_typed() {
    let mut screen = open();
    screen.keys("f");
    let request = asked(&screen.begins_keys("w"));
    assert_eq!(screen.begins_keys("⏎"), []);
    // The list on the screen is still the one for an older query.
    screen.has(finder_is_open, true);
    screen.begins(Msg::Found(answered(&request)));
    screen.has(|app| matches!(app.overlay, Overlay::None), true);
    screen.has(|app| app.world.dossier().label(app.current().unwrap()).to_owned(), "Windmill".to_owned());
}

#[test]
fn a_letter_after_enter_takes_it_back() {
    let mut screen = open();
    screen.keys("f");
    let first = asked(&screen.begins_keys("m"));
    screen.begins_keys("⏎");
    let second = asked(&screen.begins_keys("i"));
    for request in [first, second] {
        screen.begins(Msg::Found(answered(&request)));
        screen.has(finder_is_open, true);
    }
}

#[test]
fn an_older_answer_changes_nothing() {
    let mut screen = open();
    screen.keys("f");
    let before = finder_rows(&screen.app);
    let first = asked(&screen.begins_keys("m"));
    let second = asked(&screen.begins_keys("x"));
    screen.begins(Msg::Found(answered(&first)));
    screen.has(finder_rows, before).has(App::is_searching, true);
    screen.begins(Msg::Found(answered(&second)));
    screen.has(|app| (finder_rows(app).len(), app.is_searching()), (0, false));
}

#[test]
fn the_rest_of_an_answer_leaves_the_selection_where_it_is() {
    let selected = |app: &App| match &app.overlay {
        Overlay::Finder(finder) => finder.selected(),
        _ => None,
    };
    let mut screen = open();
    screen.keys("f");
    let request = asked(&screen.begins_keys("h"));
    let whole = answered(&request);
    let mut part = whole.clone();
    part.more = true;
    let Found::Entities(results) = &mut part.found else { unreachable!("entities") };
    results.rows.truncate(2);
    screen.begins(Msg::Found(part));
    // The rest of the answer is still missing.
    screen.has(App::is_searching, true);
    screen.begins_keys("↓");
    let before = selected(&screen.app);
    assert!(before.is_some());
    screen.begins(Msg::Found(whole));
    screen.has(|app| (selected(app), app.is_searching()), (before, false));
}

#[test]
fn a_filter_keeps_the_rows_until_its_own_are_known() {
    let mut screen = open();
    screen.begins_keys("/");
    let request = asked(&screen.begins_keys("m"));
    screen.has(|app| app.timeline.counts(), (3, 3)).sees("/ Timeline");
    screen.begins(Msg::Found(answered(&request)));
    screen.has(|app| app.timeline.counts(), (1, 3));
}
