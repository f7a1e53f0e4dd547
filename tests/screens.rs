//! Every screen at four sizes, as text and with its styles; and that no sequence of keys breaks one.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::sync::OnceLock;

use annals::app::{App, Effect, Msg, Overlay, update_at_once as update};
use annals::formats::author;
use annals::keymap::{self, BINDINGS, Chord};
use annals::present::tables::{agreements, figures};
use annals::timeline::World;
use annals::view::glyphs::Glyphs;
use annals::view::render::{cells, to_style_map, to_text};
use annals::view::theme::Theme;
use keymap::action::Action;
use proptest::prelude::*;
use ratatui::layout::Size;

/// The sizes at which every screen is kept.
const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

fn world() -> World {
    static EMBEDDED: OnceLock<World> = OnceLock::new();
    EMBEDDED
        .get_or_init(|| {
            let (dossier, defects) = author::load(&author::embedded());
            assert_eq!(defects, []);
            World::new(dossier)
        })
        .clone()
}

fn open(width: u16, height: u16) -> App {
    App::new(world(), Size { width, height })
}

/// Presses keys in the notation of scripts: `/ o p d <enter>`.
fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for word in keys.split_whitespace() {
        let chord = Chord::parse(word).unwrap();
        if let Some(action) = keymap::resolve(app.context(), chord.event()) {
            effects.extend(update(app, Msg::Act(action)));
        }
    }
    effects
}

fn text(app: &App) -> String {
    to_text(&cells(app, &Theme::colours()))
}

#[test]
fn every_screen_is_as_it_was() {
    let screens = [
        ("start", ""),
        ("finder", "f r a m j i <space> s i n"),
        ("help", "?"),
        ("filtered", "/ o p d <enter>"),
        ("tree_open", "h j <enter> j j"),
        ("zoomed", "] ] ] ] ] ] w w w"),
        ("detail", "f o p d <enter>"),
        ("undated", "u"),
        ("matrix", "3"),
        ("agreements", "4"),
        ("figures", "5"),
        ("sources", "6"),
        ("conflicts", "!"),
        ("evidence", "] e"),
        ("tenures", "2 j"),
        ("as_of", "@ 2 0 2 1 - 0 6 - 1 5 <enter>"),
        ("planned", "p"),
        ("difference", "D 2 0 2 1 <space> 2 0 2 5 <enter>"),
        ("asked", "@ s o o n <enter>"),
    ];
    for (name, keys) in screens {
        for (width, height) in SIZES {
            let mut app = open(width, height);
            press(&mut app, keys);
            let buf = cells(&app, &Theme::colours());
            let shown = format!("{}\n{}", to_text(&buf), to_style_map(&buf));
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), shown);
        }
    }
}

/// The signs differ, the places do not: every tier at every size.
#[test]
fn axis_and_lanes_are_as_they_were_in_every_tier() {
    for (tier, glyphs) in [("unicode", Glyphs::Unicode), ("block", Glyphs::Block), ("ascii", Glyphs::Ascii)] {
        for (width, height) in [(80, 24), (120, 40), (200, 60)] {
            for (name, keys) in [("axis", "t 2 0 2 1 <enter> w w"), ("lanes", "2 @ 2 0 2 1 <enter>")] {
                let mut app = open(width, height);
                press(&mut app, keys);
                let buf = cells(&app, &Theme::colours().with_glyphs(glyphs));
                let shown = format!("{}\n{}", to_text(&buf), to_style_map(&buf));
                if glyphs == Glyphs::Ascii {
                    let frame = to_text(&buf).lines().next().unwrap().to_owned();
                    assert!(frame.is_ascii(), "{frame}");
                }
                insta::assert_snapshot!(format!("{name}_{tier}_{width}x{height}"), shown);
            }
        }
    }
}

#[test]
fn the_start_shows_three_panes_and_1957_first() {
    let screen = text(&open(120, 40));
    for pane in ["Institutions", "Timeline", "event"] {
        assert!(screen.contains(pane), "{pane}\n{screen}");
    }
    let first = screen.lines().find(|line| line.contains("-··-··")).unwrap();
    assert!(first.contains("1957-··-··"), "{screen}");
}

#[test]
fn a_filter_and_the_finder_put_what_is_meant_first() {
    for (typed, expected) in [
        ("r a m j i <space> s i n", "person/ramji-singh"),
        ("s i n g h <space> r a m j i", "person/ramji-singh"),
        ("o b g y", "unit/kalyani-obstetrics-gynaecology"),
        ("i i t k g p", "institution/iit-kharagpur"),
    ] {
        let mut app = open(120, 40);
        press(&mut app, &format!("f {typed}"));
        let Overlay::Finder(finder) = &app.overlay else { unreachable!("f opens the finder") };
        let found = finder.selected().map(|entity| app.world.dossier().id(entity).to_owned());
        assert_eq!(found.as_deref(), Some(expected), "f {typed}");

        let mut app = open(120, 40);
        press(&mut app, &format!("h / {typed}"));
        let shown = app.current().map(|entity| app.world.dossier().id(entity).to_owned());
        assert_eq!(shown.as_deref(), Some(expected), "/ {typed}");
    }
}

#[test]
fn escape_peels_one_layer_at_a_time_and_never_quits() {
    let mut app = open(120, 40);
    press(&mut app, "] ] w / o p d <enter> z ?");
    assert!(matches!(app.overlay, Overlay::Help(_)));
    press(&mut app, "<esc>");
    assert!(matches!(app.overlay, Overlay::None) && !app.timeline.filter.is_empty());
    press(&mut app, "<esc>");
    assert!(app.timeline.filter.is_empty() && app.timeline.zoom.window().is_some());
    press(&mut app, "<esc>");
    assert!(app.timeline.zoom.window().is_none() && app.maximised);
    press(&mut app, "<esc>");
    assert!(!app.maximised);
    assert_eq!(press(&mut app, "<esc> <esc> <esc>"), []);
    assert_eq!(press(&mut app, "q"), [Effect::Quit]);
}

#[test]
fn the_help_does_what_it_shows() {
    let mut app = open(120, 40);
    press(&mut app, "? w h o l e <enter>");
    assert!(app.maximised, "\"whole\" finds the binding that maximises");
}

#[test]
fn back_returns_to_what_was_shown_before() {
    let mut app = open(120, 40);
    press(&mut app, "f o p d <enter>");
    let opd = app.current();
    press(&mut app, "j j <enter>");
    assert_ne!(app.current(), opd);
    press(&mut app, "H");
    assert_eq!(app.current(), opd);
    press(&mut app, "L");
    assert_ne!(app.current(), opd);
}

#[test]
fn a_table_and_back_shows_what_was_shown_before() {
    let mut app = open(120, 40);
    press(&mut app, "f r a m j i <enter>");
    let before = app.current();
    press(&mut app, "6 1");
    assert_eq!(app.current(), before);
    press(&mut app, "4 i <esc>");
    assert_eq!(app.view, keymap::action::View::Table(agreements::TABLE));
}

#[test]
fn a_filter_finds_a_year_on_the_timeline() {
    let mut app = open(120, 40);
    press(&mut app, "/ 2 0 2 1 <enter>");
    let screen = text(&app);
    assert!(screen.contains("2021-01-27") && !screen.contains("2020-03-··"), "{screen}");
}

#[test]
fn keys_on_a_screen_too_small_to_be_drawn_change_nothing() {
    let mut app = open(39, 9);
    press(&mut app, "? f x");
    update(&mut app, Msg::Resize(Size { width: 120, height: 40 }));
    assert!(matches!(app.overlay, Overlay::None));
    assert!(text(&app).contains("1957-··-··"));
}

#[test]
fn a_filter_never_moves_the_axis() {
    let strip = |app: &App| text(app).lines().skip(3).take(2).map(|line| line.replace('▲', "┬")).collect::<Vec<_>>();
    let mut app = open(120, 40);
    let before = strip(&app);
    press(&mut app, "/ o p d <enter>");
    let after = strip(&app);
    assert_eq!(before[1], after[1]);
}

#[test]
fn silence_is_a_fact_about_the_scope_and_not_about_a_filter() {
    let mut app = open(120, 40);
    assert!(text(&app).contains("36 years without a dated event (1958–1993)"));
    press(&mut app, "/ k a l y a n i <enter>");
    assert!(!text(&app).contains("without a dated event"));
}

#[test]
fn a_click_selects_and_a_second_click_opens() {
    let mut app = open(120, 40);
    let screen = text(&app);
    let row = screen.lines().position(|line| line.contains("1994-09-26")).unwrap() as u16;
    update(&mut app, Msg::Click(40, row));
    assert!(text(&app).contains("Groundbreaking"));
    let first = app.current();
    update(&mut app, Msg::Click(40, row));
    assert_eq!(app.focus, keymap::action::Pane::Detail);
    assert_eq!(app.current(), first);
}

#[test]
fn a_click_on_a_tab_shows_its_view() {
    let mut app = open(120, 40);
    let column = text(&app).lines().next().unwrap().find("Figures").unwrap() as u16;
    update(&mut app, Msg::Click(column, 0));
    assert_eq!(app.view, keymap::action::View::Table(figures::TABLE));
    let mut narrow = open(60, 20);
    let column = text(&narrow).lines().next().unwrap().find("Detail").unwrap() as u16;
    update(&mut narrow, Msg::Click(column, 0));
    assert_eq!(narrow.focus, keymap::action::Pane::Detail);
}

#[test]
fn nothing_is_drawn_on_a_screen_that_is_too_small_but_a_word() {
    let app = open(39, 9);
    assert!(text(&app).contains("too small"));
}

fn any_action() -> impl Strategy<Value = Action> {
    (0..BINDINGS.len()).prop_map(|index| BINDINGS[index].action)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_on_any_screen_break_it(
        sizes in prop::collection::vec((0u16..300, 0u16..100), 1..4),
        actions in prop::collection::vec(prop_oneof![
            4 => any_action().prop_map(|action| (action, 0, 0)),
            1 => any::<char>().prop_map(|c| (Action::Type(c), 0, 0)),
            1 => (any_action(), 0u16..300, 0u16..100).prop_map(|(action, x, y)| (action, x, y)),
        ], 0..60),
    ) {
        let mut app = open(sizes[0].0, sizes[0].1);
        for (index, (action, column, row)) in actions.into_iter().enumerate() {
            update(&mut app, Msg::Act(action));
            if column + row > 0 {
                update(&mut app, Msg::Click(column, row));
                update(&mut app, Msg::Wheel(column, row, isize::try_from(row % 7).unwrap() - 3));
            }
            if index % 10 == 9 {
                let (width, height) = sizes[index / 10 % sizes.len()];
                update(&mut app, Msg::Resize(Size { width, height }));
            }
            if index % 5 == 0 {
                cells(&app, &Theme::plain());
            }
        }
        let items = app.timeline.lines().len();
        prop_assert!(app.timeline.cursor.selected < items.max(1));
        prop_assert!(app.tree.cursor.selected < app.tree.rows().len().max(1));
        cells(&app, &Theme::colours());
    }

    #[test]
    fn every_size_can_be_drawn(width in 0u16..=300, height in 0u16..=100) {
        for keys in ["", "f k", "?", "!", "] e"] {
            let mut app = open(width, height);
            press(&mut app, keys);
            cells(&app, &Theme::colours());
        }
    }
}
