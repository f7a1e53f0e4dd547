//! The explorer in process: keys go in, a screen comes out.
//!
//! ```text
//! screen(120, 40).keys("f ramji ⏎").sees("Executive Director");
//! ```
//!
//! Invariant: a key is resolved as the program resolves it, every search is answered at once, and an
//! expectation that fails prints the whole screen.

use std::fmt::Debug;
use std::sync::OnceLock;

use annals::app::{App, Effect, Msg, update_at_once};
use annals::formats::author;
use annals::keymap;
use annals::timeline::World;
use annals::view::glyphs::Glyphs;
use annals::view::render::{cells, to_text};
use annals::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use super::keys;

/// The dossier that is compiled into the program, with its indexes.
pub fn embedded() -> World {
    static EMBEDDED: OnceLock<World> = OnceLock::new();
    EMBEDDED
        .get_or_init(|| {
            let (dossier, defects) = author::load(&author::embedded());
            assert_eq!(defects, []);
            World::new(dossier)
        })
        .clone()
}

/// The explorer with the embedded dossier on a screen of so many columns and rows.
pub fn screen(width: u16, height: u16) -> Screen {
    Screen::with(embedded(), width, height)
}

/// Presses keys; returns what the program has to do outside of its state.
pub fn press(app: &mut App, notation: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in keys::parse(notation) {
        if let Some(action) = keymap::resolve(app.context(), key) {
            effects.extend(update_at_once(app, Msg::Act(action)));
        }
    }
    effects
}

/// The explorer and its screen.
pub struct Screen {
    pub app: App,
    theme: Theme,
    /// Of the last verb.
    effects: Vec<Effect>,
}

impl Screen {
    /// The explorer with this dossier.
    pub fn with(world: World, width: u16, height: u16) -> Self {
        Self::of(App::new(world, Size { width, height }))
    }

    /// The explorer before any part of a dossier has been read.
    pub fn opening(width: u16, height: u16) -> Self {
        Self::of(App::opening(Size { width, height }))
    }

    fn of(app: App) -> Self {
        Self { app, theme: Theme::colours(), effects: Vec::new() }
    }

    /// Draws with other signs from now on.
    pub fn glyphs(&mut self, glyphs: Glyphs) -> &mut Self {
        self.theme = Theme::colours().with_glyphs(glyphs);
        self
    }

    /// Presses keys, written as in [`keys`].
    pub fn keys(&mut self, notation: &str) -> &mut Self {
        self.effects = press(&mut self.app, notation);
        self
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.happens(Msg::Paste(text))
    }

    /// Changes the size of the screen.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.happens(Msg::Resize(Size { width, height }))
    }

    /// Presses the mouse button on a cell, counted from 0.
    pub fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.happens(Msg::Click(column, row))
    }

    /// Presses the mouse button on the first cell of a text.
    #[track_caller]
    pub fn click_on(&mut self, text: &str) -> &mut Self {
        let (column, row) = self.place_of(text);
        self.click(column, row)
    }

    /// Moves the mouse with its button held to a cell.
    pub fn drag(&mut self, column: u16, row: u16) -> &mut Self {
        self.happens(Msg::Drag(column, row))
    }

    /// Turns the wheel by so many notches, down being positive.
    pub fn wheel(&mut self, column: u16, row: u16, notches: isize) -> &mut Self {
        self.happens(Msg::Wheel(column, row, notches))
    }

    /// Has anything happen; searches are answered at once.
    pub fn happens(&mut self, msg: Msg<'_>) -> &mut Self {
        self.effects = update_at_once(&mut self.app, msg);
        self
    }

    /// Has anything happen and leaves its searches unanswered; returns them with the other effects.
    pub fn begins(&mut self, msg: Msg<'_>) -> Vec<Effect> {
        annals::app::update(&mut self.app, msg)
    }

    /// Presses keys and leaves their searches unanswered; returns them with the other effects.
    pub fn begins_keys(&mut self, notation: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for key in keys::parse(notation) {
            if let Some(action) = keymap::resolve(self.app.context(), key) {
                effects.extend(self.begins(Msg::Act(action)));
            }
        }
        effects
    }

    /// What the last verb asked of the program.
    pub fn effects(&self) -> &[Effect] {
        &self.effects
    }

    /// The cells of the screen.
    pub fn cells(&self) -> Buffer {
        cells(&self.app, &self.theme)
    }

    /// The text of the screen, a line a row.
    pub fn text(&self) -> String {
        to_text(&self.cells())
    }

    /// The rows of the screen.
    pub fn rows(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }

    /// Expects the text in one row of the screen.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let shown = self.text();
        assert!(shown.lines().any(|row| row.contains(text)), "{text:?} is not on the screen:\n{shown}");
        self
    }

    /// Expects each of the texts.
    #[track_caller]
    pub fn sees_all(&mut self, texts: &[&str]) -> &mut Self {
        for text in texts {
            self.sees(text);
        }
        self
    }

    /// Expects the text in no row of the screen.
    #[track_caller]
    pub fn does_not_see(&mut self, text: &str) -> &mut Self {
        let shown = self.text();
        assert!(shown.lines().all(|row| !row.contains(text)), "{text:?} is on the screen:\n{shown}");
        self
    }

    /// Expects that the screen is as it was.
    #[track_caller]
    pub fn is_as(&mut self, before: &str) -> &mut Self {
        let shown = self.text();
        assert!(shown == before, "the screen is another one:\n{shown}\nbefore:\n{before}");
        self
    }

    /// Expects something of the state.
    #[track_caller]
    #[allow(clippy::needless_pass_by_value, reason = "it reads better than a reference to a literal")]
    pub fn has<T: PartialEq + Debug>(&mut self, what: impl Fn(&App) -> T, wanted: T) -> &mut Self {
        let found = what(&self.app);
        assert!(found == wanted, "{found:?}, expected {wanted:?}:\n{}", self.text());
        self
    }

    /// Column and row of the first cell of a text.
    #[track_caller]
    fn place_of(&self, text: &str) -> (u16, u16) {
        let shown = self.text();
        let found = shown.lines().zip(0..).find_map(|(line, row)| {
            let before = &line[..line.find(text)?];
            Some((before.chars().count() as u16, row))
        });
        found.unwrap_or_else(|| panic!("{text:?} is not on the screen:\n{shown}"))
    }
}
