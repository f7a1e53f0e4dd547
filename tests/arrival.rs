//! The explorer while answers and dossiers are still on their way: nothing is lost that was
//! typed or chosen, and nothing is opened that was not meant.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use annals::app::request::{Answer, Found, Request, answer};
use annals::app::{App, Completeness, Effect, Msg, Overlay, Progress, update, update_at_once};
use annals::keymap::action::{Action, Motion, Pane, View};
use annals::model::{Builder, Kind, NewClaim, NewValue, Property, When};
use annals::search::Stop;
use annals::timeline::World;
use annals::view::render::{cells, to_text};
use annals::view::theme::Theme;
use ratatui::layout::Size;

const SIZE: Size = Size { width: 120, height: 40 };

/// A dossier of some houses, with or without what is said of them.
fn houses(is_whole: bool) -> World {
    let mut builder = Builder::default();
    for (slug, label, year) in [("a", "North House", "1957"), ("b", "South House", "1994"), ("c", "Mill", "2003")] {
        if is_whole {
            // Texts that the names alone do not have come first, so that no number of a text stays the same.
            let event = builder.entity(Kind::Event, slug, &format!("Opening of {label}")).unwrap();
            let institution = builder.entity(Kind::Institution, slug, label).unwrap();
            let date = NewValue::Date(When::parse(year).unwrap());
            builder.claim(NewClaim::new(event, Property::When, date));
            builder.claim(NewClaim::new(event, Property::AtInstitution, NewValue::Entity(institution)));
            builder.claim(NewClaim::new(institution, Property::Description, NewValue::Text(format!("bricks {slug}"))));
        } else {
            builder.entity(Kind::Event, slug, &format!("Opening of {label}")).unwrap();
            builder.entity(Kind::Institution, slug, label).unwrap();
        }
    }
    World::new(builder.finish())
}

fn text(app: &App) -> String {
    to_text(&cells(app, &Theme::colours()))
}

fn type_in(app: &mut App, words: &str) -> Vec<Effect> {
    words.chars().flat_map(|c| update(app, Msg::Act(Action::Type(c)))).collect()
}

/// The search among effects that are nothing else.
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
    finder.results().rows.iter().map(|hit| label(hit.entity)).collect()
}

#[test]
fn while_it_reads_it_says_how_far_it_has_got() {
    let mut app = App::opening(SIZE);
    assert!(text(&app).contains("reading the dossier"));
    update(&mut app, Msg::Progress(Progress { read: 1_200_000, total: 4_000_000, has_names: false }));
    let shown = text(&app);
    assert!(shown.contains("reading: 1,200,000 of 4,000,000 rows"), "{shown}");
    update_at_once(&mut app, Msg::Arrived(houses(true), Completeness::Whole));
    let shown = text(&app);
    assert!(!shown.contains("reading") && shown.contains("Opening of North House"), "{shown}");
}

#[test]
fn an_arrival_shows_what_it_would_have_opened_with() {
    let mut late = App::opening(SIZE);
    update_at_once(&mut late, Msg::Arrived(houses(false), Completeness::Names));
    update_at_once(&mut late, Msg::Arrived(houses(true), Completeness::Whole));
    let early = App::new(houses(true), SIZE);
    assert_eq!(text(&late), text(&early));
}

#[test]
fn the_finder_works_on_names_and_keeps_prompt_and_selection_when_the_rest_comes() {
    let mut app = App::opening(SIZE);
    update_at_once(&mut app, Msg::Arrived(houses(false), Completeness::Names));
    update_at_once(&mut app, Msg::Act(Action::Find));
    update_at_once(&mut app, Msg::Paste("house"));
    update_at_once(&mut app, Msg::Act(Action::Move(Motion::Down)));
    let before = finder_rows(&app);
    assert_eq!(before[..2], ["North House", "South House"]);
    // Before the search of the whole is answered, and after it, the same house is selected.
    let effects = update(&mut app, Msg::Arrived(houses(true), Completeness::Whole));
    let shown = text(&app);
    assert!(shown.contains("› house") && shown.contains("›institution  South House"), "{shown}");
    assert_eq!(finder_rows(&app), before);
    let request = asked(&effects);
    update(&mut app, Msg::Found(answered(&request)));
    update_at_once(&mut app, Msg::Act(Action::Open));
    assert!(text(&app).contains("bricks"));
}

#[test]
fn what_was_opened_by_its_name_is_then_told_in_full() {
    let mut app = App::opening(SIZE);
    update_at_once(&mut app, Msg::Arrived(houses(false), Completeness::Names));
    let mill = app.world.dossier().find("institution/c").unwrap();
    update_at_once(&mut app, Msg::Show(mill));
    assert!(text(&app).contains("what is said of it is still being read"));
    update_at_once(&mut app, Msg::Act(Action::Evidence));
    assert!(app.notice.as_ref().unwrap().contains("still being read"));
    update_at_once(&mut app, Msg::Arrived(houses(true), Completeness::Whole));
    assert_eq!(app.current(), Some(mill));
    let shown = text(&app);
    assert!(shown.contains("bricks c") && !shown.contains("still being read"), "{shown}");
}

#[test]
fn view_and_filter_stay_when_the_rest_comes() {
    let mut app = App::opening(SIZE);
    update_at_once(&mut app, Msg::Act(Action::Filter));
    update_at_once(&mut app, Msg::Paste("mill"));
    update_at_once(&mut app, Msg::Act(Action::Open));
    update_at_once(&mut app, Msg::Arrived(houses(true), Completeness::Whole));
    assert_eq!((app.timeline.filter.text(), app.timeline.counts()), ("mill", (1, 3)));
    let mut app = App::opening(SIZE);
    update_at_once(&mut app, Msg::Act(Action::Show(View::Agreements)));
    update_at_once(&mut app, Msg::Arrived(houses(true), Completeness::Whole));
    assert_eq!((app.view, app.focus), (View::Agreements, Pane::Sheet));
}

#[test]
fn enter_typed_ahead_opens_what_was_typed() {
    let mut app = App::new(houses(true), SIZE);
    update_at_once(&mut app, Msg::Act(Action::Find));
    let request = asked(&type_in(&mut app, "m"));
    assert_eq!(update(&mut app, Msg::Act(Action::Open)), []);
    assert!(matches!(app.overlay, Overlay::Finder(_)), "the list is still an older one");
    update(&mut app, Msg::Found(answered(&request)));
    assert!(matches!(app.overlay, Overlay::None));
    assert_eq!(app.world.dossier().label(app.current().unwrap()), "Mill");
}

#[test]
fn a_letter_after_enter_takes_it_back() {
    let mut app = App::new(houses(true), SIZE);
    update_at_once(&mut app, Msg::Act(Action::Find));
    let first = asked(&type_in(&mut app, "m"));
    update(&mut app, Msg::Act(Action::Open));
    let second = asked(&type_in(&mut app, "i"));
    for request in [first, second] {
        update(&mut app, Msg::Found(answered(&request)));
        assert!(matches!(app.overlay, Overlay::Finder(_)));
    }
}

#[test]
fn an_older_answer_changes_nothing() {
    let mut app = App::new(houses(true), SIZE);
    update_at_once(&mut app, Msg::Act(Action::Find));
    let before = finder_rows(&app);
    let first = asked(&type_in(&mut app, "m"));
    let second = asked(&type_in(&mut app, "x"));
    update(&mut app, Msg::Found(answered(&first)));
    assert_eq!(finder_rows(&app), before);
    assert!(app.is_searching());
    update(&mut app, Msg::Found(answered(&second)));
    assert_eq!((finder_rows(&app).len(), app.is_searching()), (0, false));
}

#[test]
fn the_rest_of_an_answer_leaves_the_selection_where_it_is() {
    let mut app = App::new(houses(true), SIZE);
    update_at_once(&mut app, Msg::Act(Action::Find));
    let request = asked(&type_in(&mut app, "h"));
    let whole = answered(&request);
    let mut part = whole.clone();
    part.more = true;
    let Found::Entities(results) = &mut part.found else { unreachable!("entities") };
    results.rows.truncate(2);
    update(&mut app, Msg::Found(part));
    assert!(app.is_searching(), "the rest is still to come");
    update(&mut app, Msg::Act(Action::Move(Motion::Down)));
    let selected = |app: &App| match &app.overlay {
        Overlay::Finder(finder) => finder.selected(),
        _ => None,
    };
    let before = selected(&app);
    update(&mut app, Msg::Found(whole));
    assert_eq!((selected(&app), app.is_searching()), (before, false));
    assert!(before.is_some());
}

#[test]
fn a_filter_keeps_the_rows_until_its_own_are_known() {
    let mut app = App::new(houses(true), SIZE);
    update(&mut app, Msg::Act(Action::Filter));
    let request = asked(&type_in(&mut app, "m"));
    assert_eq!(app.timeline.counts(), (3, 3));
    assert!(text(&app).contains("/ Timeline"));
    update(&mut app, Msg::Found(answered(&request)));
    assert_eq!(app.timeline.counts(), (1, 3));
}
