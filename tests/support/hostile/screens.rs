//! All screens, at any size.
//!
//! Invariant: a screen is reached by keys only, as a user reaches it.

use annals::app::{App, Msg, update};
use annals::timeline::World;
use annals::view::glyphs::Glyphs;
use annals::view::render::cells;
use annals::view::theme::Theme;
use ratatui::layout::Size;

use super::dice::Dice;
use super::world::{embedded, world};
use crate::support::scenario::{check_cursors, press};

/// The keys that lead to each screen: every view, and everything that opens over a view.
pub const SCREENS: [&str; 22] = [
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
    "h j ⏎ z",
    "⇥ z",
    "/ opd",
    "f a",
    "?",
    "? whole",
    "] e",
    "@ soon ⏎",
    "D 2021␣2025 ⏎",
    "@ 2021 ⏎",
    "] ] ] ] w w u",
];

/// The largest size drawn, in columns and rows.
pub const LARGEST: (u16, u16) = (300, 100);

/// Returns the embedded dossier and a hostile one.
pub fn catalogues() -> [World; 2] {
    [World::new(embedded()), World::new(world(600, 3))]
}

/// Returns the theme with colours, and those of the two tiers with fewer signs.
pub fn themes() -> [Theme; 3] {
    [Theme::colours(), Theme::plain().with_glyphs(Glyphs::Ascii), Theme::colours().with_glyphs(Glyphs::Block)]
}

/// Returns the explorer on a screen, reached at a size that is large enough for it.
pub fn screen(world: &World, keys: &str) -> App {
    let mut app = App::new(world.clone(), Size { width: 120, height: 40 });
    press(&mut app, keys);
    app
}

/// Draws a screen at each of the sizes. Returns the number of frames drawn.
pub fn draw_at_each(world: &World, keys: &str, sizes: impl IntoIterator<Item = (u16, u16)>) -> usize {
    let mut app = screen(world, keys);
    let theme = Theme::colours();
    sizes.into_iter().map(|size| draw_at(&mut app, size, &theme)).count()
}

/// Draws one screen after another at `count` random sizes. Returns `count`.
pub fn draw_at_random(world: &World, seed: u64, count: usize) -> usize {
    let mut dice = Dice::new(seed);
    let themes = themes();
    let mut apps = SCREENS.map(|keys| screen(world, keys));
    for turn in 0..count {
        let size = (dice.below(usize::from(LARGEST.0) + 1) as u16, dice.below(usize::from(LARGEST.1) + 1) as u16);
        draw_at(&mut apps[turn % SCREENS.len()], size, &themes[turn % themes.len()]);
    }
    count
}

fn draw_at(app: &mut App, (width, height): (u16, u16), theme: &Theme) {
    update(app, Msg::Resize(Size { width, height }));
    let buf = cells(app, theme);
    assert_eq!((buf.area.width, buf.area.height), (width, height));
    check_cursors(app);
}
