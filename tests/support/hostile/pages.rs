//! Every page of every screen of a dossier, and texts pasted over them: nothing on the screen acts on a terminal, and
//! no cell holds too many characters.
//!
//! Invariant: the screen is checked against a list of characters that does not come from the crate.

use annals::app::{App, Effect, Msg, update};
use annals::keymap;
use annals::keymap::action::{Action, Motion, View};
use annals::present::tables::difference;
use annals::timeline::World;
use annals::view::render::cells;
use annals::view::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;

use super::dice::Dice;
use super::words::argument;
use super::world::world;
use crate::support::escapes::{MAX_CELL_CHARS, harm};
use crate::support::scenario::press;

/// The detail is drawn for every `DETAIL`-th record; the other screens show all records.
const DETAIL: usize = 40;

/// The keys that open a prompt.
const PROMPTS: [&str; 6] = ["/", "f", "?", "@", "t", "D"];

fn look(app: &App, what: &str) -> Buffer {
    let buf = cells(app, &Theme::colours());
    for cell in buf.content().iter().map(Cell::symbol).filter(|cell| cell.len() > 1) {
        assert!(cell.chars().count() <= MAX_CELL_CHARS && harm(cell).is_none(), "{what}: {cell:?}");
    }
    buf
}

/// Draws page after page until the screen no longer changes. Returns the number of pages drawn.
fn leaf_through(app: &mut App, what: &str) -> usize {
    let mut before = look(app, what);
    let mut frames = 1;
    loop {
        update(app, Msg::Act(Action::Move(Motion::PageDown)));
        let after = look(app, what);
        frames += 1;
        if after == before {
            return frames;
        }
        before = after;
    }
}

/// Pages through every screen of a hostile dossier with `records` records. Returns the number of frames drawn.
pub fn draw_everything(records: usize, seed: u64) -> usize {
    let world = World::new(world(records, seed));
    let size = Size { width: 160, height: 100 };
    let mut app = App::new(world.clone(), size);
    let mut frames = 2;
    // The differences need two days, and are drawn below.
    for (_, view) in keymap::views().filter(|&(_, view)| view != View::Table(difference::TABLE)) {
        update(&mut app, Msg::Act(Action::Show(view)));
        frames += leaf_through(&mut app, view.title());
    }
    press(&mut app, "1 h");
    for _ in 0..40 {
        press(&mut app, "⏎ j");
    }
    frames += leaf_through(&mut app, "tree");
    press(&mut app, "⎋ ⎋ ⎋ D 1957␣2025 ⏎");
    frames += leaf_through(&mut app, "difference");
    press(&mut app, "1 @ 2010 ⏎");
    frames += leaf_through(&mut app, "as of");
    press(&mut app, "@ ⏎ f a");
    frames += leaf_through(&mut app, "finder");
    press(&mut app, "⎋ e");
    look(&app, "evidence");

    let mut narrow = App::new(world, Size { width: 70, height: 40 });
    let entities: Vec<_> = narrow.world.dossier().entities().step_by(DETAIL).collect();
    for (turn, entity) in entities.into_iter().enumerate() {
        update(&mut narrow, Msg::Show(entity));
        look(&narrow, "detail");
        frames += 1;
        if turn % 20 == 0 {
            press(&mut narrow, "e");
            look(&narrow, "evidence");
            let copied = press(&mut narrow, "y");
            assert!(copied.iter().all(|effect| matches!(effect, Effect::Copy(_))));
            press(&mut narrow, "⎋");
        }
    }
    frames
}

/// Pastes hostile texts into every prompt, `count` into each. Returns the number of frames drawn.
pub fn type_everywhere(count: usize) -> usize {
    let mut dice = Dice::new(7);
    let mut app = App::new(World::new(world(300, 7)), Size { width: 90, height: 30 });
    for _ in 0..count {
        for opening in PROMPTS {
            press(&mut app, opening);
            let pasted = argument(&mut dice).repeat(1 + dice.below(4));
            update(&mut app, Msg::Paste(&pasted));
            look(&app, "prompt");
            press(&mut app, "⏎");
            look(&app, "answer");
            press(&mut app, "⎋ ⎋ ⎋");
        }
    }
    count * PROMPTS.len() * 2
}
