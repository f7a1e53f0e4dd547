//! Every screen at every small size and at thousands of others, and whatever may happen to the
//! program in any order: nothing panics, and every cursor stays where there is something.
//!
//! Half of it runs on the embedded dossier, half on one in which everything is hostile.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod hostile;

use std::thread;

use annals::app::action::{Action, View};
use annals::app::{App, Msg, update};
use annals::catalogue::Catalogue;
use annals::keymap::{self, BINDINGS, Chord};
use annals::model::Moment;
use annals::view::glyphs::Glyphs;
use annals::view::render::cells;
use annals::view::theme::Theme;
use hostile::dice::Dice;
use hostile::words::{argument, harm};
use hostile::world::{embedded, world};
use ratatui::layout::Size;

/// The keys that lead to each screen: every view, and everything that lies over one.
const SCREENS: [&str; 22] = [
    "",
    "2",
    "2 j j",
    "3",
    "4",
    "5",
    "6",
    "!",
    "i",
    "4 i",
    "z",
    "h j <enter> z",
    "<tab> z",
    "/ o p d",
    "f a",
    "?",
    "? w h o l e",
    "] e",
    "@ s o o n <enter>",
    "D 2 0 2 1 <space> 2 0 2 5 <enter>",
    "@ 2 0 2 1 <enter>",
    "] ] ] ] w w u",
];

/// Sizes drawn from the whole range, for each dossier.
const RANDOM_SIZES: usize = 5_000;

/// Messages sent to each dossier; a screen is drawn after one of so many.
const MESSAGES: usize = 25_000;
const DRAWN: usize = 16;

fn catalogues() -> [Catalogue; 2] {
    [Catalogue::new(embedded()), Catalogue::new(world(600, 3))]
}

fn press(app: &mut App, keys: &str) {
    for word in keys.split_whitespace() {
        let chord = Chord::parse(word).unwrap();
        if let Some(action) = keymap::resolve(app.context(), chord.event()) {
            update(app, Msg::Act(action));
        }
    }
}

/// A screen, reached at a size at which it can be.
fn screen(catalogue: &Catalogue, keys: &str) -> App {
    let mut app = App::new(catalogue.clone(), Size { width: 120, height: 40 });
    press(&mut app, keys);
    app
}

fn draw_at(app: &mut App, width: u16, height: u16, theme: &Theme) {
    update(app, Msg::Resize(Size { width, height }));
    let buf = cells(app, theme);
    assert_eq!((buf.area.width, buf.area.height), (width, height));
    check(app);
}

/// What has to hold after every message.
fn check(app: &App) {
    assert!(app.timeline.cursor.selected < app.timeline.lines().len().max(1));
    assert!(app.tree.cursor.selected < app.tree.rows().len().max(1));
    assert!(app.view.panes().contains(&app.focus), "{:?} has no {:?}", app.view, app.focus);
}

#[test]
fn every_screen_at_every_size_up_to_60_by_20() {
    thread::scope(|scope| {
        for catalogue in catalogues() {
            scope.spawn(move || {
                let theme = Theme::colours();
                for keys in SCREENS {
                    let mut app = screen(&catalogue, keys);
                    for height in 0..=20 {
                        for width in 0..=60 {
                            draw_at(&mut app, width, height, &theme);
                        }
                    }
                }
            });
        }
    });
}

#[test]
fn every_screen_at_ten_thousand_sizes() {
    thread::scope(|scope| {
        for (catalogue, seed) in catalogues().into_iter().zip(0..) {
            scope.spawn(move || {
                let mut dice = Dice::new(seed);
                let themes = [
                    Theme::colours(),
                    Theme::plain().with_glyphs(Glyphs::Ascii),
                    Theme::colours().with_glyphs(Glyphs::Block),
                ];
                let mut apps = SCREENS.map(|keys| screen(&catalogue, keys));
                for turn in 0..RANDOM_SIZES {
                    let (width, height) = (dice.below(301) as u16, dice.below(101) as u16);
                    let app = &mut apps[turn % SCREENS.len()];
                    draw_at(app, width, height, &themes[turn % themes.len()]);
                }
            });
        }
    });
}

/// Anything that may happen, told as it would be in a failure.
fn happen(app: &mut App, dice: &mut Dice) {
    let (column, row) = (dice.below(310) as u16, dice.below(110) as u16);
    match dice.below(20) {
        0 => drop(update(app, Msg::Click(column % app.size.width.max(1), row % app.size.height.max(1)))),
        1 => drop(update(app, Msg::Click(column, row))),
        2 => drop(update(app, Msg::Drag(column, row))),
        3 => drop(update(app, Msg::Wheel(column, row, *dice.of(&[-1, 1, 40, -40, isize::MAX, isize::MIN])))),
        4 => drop(update(app, Msg::Paste(&argument(dice)))),
        5 => drop(update(app, Msg::Resize(Size { width: column, height: row }))),
        6 => {
            let moments = ["1957", "2021-06", "2021-06-15", "0000", "9999"].map(|text| Moment::parse(text, None).ok());
            update(app, Msg::AsOf(*dice.of(&moments)));
        }
        7 => {
            let count = app.catalogue.dossier().entities().len();
            let entity = app.catalogue.dossier().entities().nth(dice.below(count.max(1)));
            if let Some(entity) = entity {
                update(app, Msg::Show(entity));
            }
        }
        8 => drop(update(
            app,
            Msg::Act(Action::Type(*dice.of(&['a', '2', ' ', '"', ':', '-', 'é', '漢', '\u{301}', '*']))),
        )),
        9 => drop(update(app, Msg::Act(Action::Show(*dice.of(&[View::Names, View::Difference, View::Tenures]))))),
        10 => press(
            app,
            dice.of::<&str>(&["@ 2 0 2 1 <enter>", "D 1 9 5 7 <space> 2 0 2 5 <enter>", "t 1 9 9 9 <enter>"]),
        ),
        _ => drop(update(app, Msg::Act(dice.of(BINDINGS).action))),
    }
}

#[test]
fn whatever_happens_in_whatever_order() {
    thread::scope(|scope| {
        for (catalogue, seed) in catalogues().into_iter().zip(100..) {
            scope.spawn(move || {
                let mut dice = Dice::new(seed);
                let mut app = App::new(catalogue.clone(), Size { width: 100, height: 30 });
                for turn in 0..MESSAGES {
                    happen(&mut app, &mut dice);
                    check(&app);
                    if turn % DRAWN == 0 {
                        let buf = cells(&app, &Theme::colours());
                        assert!(buf.content().iter().all(|cell| harm(cell.symbol()).is_none()));
                    }
                    // From the start again, so that no screen is the last one.
                    if turn % 2_000 == 1_999 {
                        app = App::new(catalogue.clone(), Size { width: 100, height: 30 });
                    }
                }
            });
        }
    });
}
