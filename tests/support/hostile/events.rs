//! Random events of all kinds in random order for the explorer.
//!
//! Invariant: after every event the cursors of the timeline and the tree are within their rows.

use annals::app::{App, Msg, update};
use annals::keymap::action::{Action, View};
use annals::keymap::{BINDINGS, views};
use annals::model::Moment;
use annals::timeline::World;
use annals::view::render::cells;
use annals::view::theme::Theme;
use ratatui::buffer::Cell;
use ratatui::layout::Size;

use super::dice::Dice;
use super::words::argument;
use crate::support::escapes::harm;
use crate::support::scenario::{check_cursors, press};

/// The screen is drawn after every `DRAWN`-th event.
const DRAWN: usize = 16;
/// The explorer is restarted after this many events, so that it does not stay on a screen with no way out.
const LIFE: usize = 2_000;
const SIZE: Size = Size { width: 100, height: 30 };

/// Sends `count` random events to the explorer.
pub fn live_through(world: &World, seed: u64, count: usize) {
    let mut dice = Dice::new(seed);
    let mut app = App::new(world.clone(), SIZE);
    for turn in 0..count {
        happen(&mut app, &mut dice);
        check_cursors(&app);
        if turn % DRAWN == 0 {
            let buf = cells(&app, &Theme::colours());
            assert!(buf.content().iter().map(Cell::symbol).all(|cell| harm(cell).is_none()));
        }
        if turn % LIFE == LIFE - 1 {
            app = App::new(world.clone(), SIZE);
        }
    }
}

/// Sends one random event.
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
            let count = app.world.dossier().entities().len();
            let entity = app.world.dossier().entities().nth(dice.below(count.max(1)));
            if let Some(entity) = entity {
                update(app, Msg::Show(entity));
            }
        }
        8 => drop(update(
            app,
            Msg::Act(Action::Type(*dice.of(&['a', '2', ' ', '"', ':', '-', 'é', '漢', '\u{301}', '*']))),
        )),
        9 => {
            let views: Vec<View> = views().map(|(_, view)| view).collect();
            drop(update(app, Msg::Act(Action::Show(*dice.of(&views)))));
        }
        10 => drop(press(app, dice.of::<&str>(&["@ 2021 ⏎", "D 1957␣2025 ⏎", "t 1999 ⏎"]))),
        _ => drop(update(app, Msg::Act(dice.of(BINDINGS).action))),
    }
}
