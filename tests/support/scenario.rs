//! The explorer in process: tests press keys and examine the screen.
//!
//! ```text
//! screen(120, 40).keys("f ramji ⏎").sees("Executive Director");
//! ```
//!
//! Invariant: keys are resolved as in the program, every search is answered at once, and an expectation that fails
//! prints the whole screen.

use std::fmt::Debug;
use std::sync::OnceLock;

use annals::app::state::cursor::Cursor;
use annals::app::state::overlay::Overlay;
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

/// Returns the dossier that is compiled into the program, with its indexes.
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

/// Returns the explorer with the embedded dossier on a screen of `width` columns and `height` rows.
pub fn screen(width: u16, height: u16) -> Screen {
    Screen::with(embedded(), width, height)
}

/// Presses keys. Returns the effects, which the program would carry out outside of its state.
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
    /// The effects of the last verb.
    effects: Vec<Effect>,
}

impl Screen {
    /// Returns the explorer with the given dossier.
    pub fn with(world: World, width: u16, height: u16) -> Self {
        Self::of(App::new(world, Size { width, height }))
    }

    /// Returns the explorer before any part of a dossier has been read.
    pub fn opening(width: u16, height: u16) -> Self {
        Self::of(App::opening(Size { width, height }))
    }

    fn of(app: App) -> Self {
        Self { app, theme: Theme::colours(), effects: Vec::new() }
    }

    /// Draws with the given signs from now on.
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

    /// Moves the mouse to a cell with its button held.
    pub fn drag(&mut self, column: u16, row: u16) -> &mut Self {
        self.happens(Msg::Drag(column, row))
    }

    /// Turns the mouse wheel over a cell by a number of notches, positive ones downwards.
    pub fn wheel(&mut self, column: u16, row: u16, notches: isize) -> &mut Self {
        self.happens(Msg::Wheel(column, row, notches))
    }

    /// Handles a message, and answers its searches at once.
    pub fn happens(&mut self, msg: Msg<'_>) -> &mut Self {
        self.effects = update_at_once(&mut self.app, msg);
        self
    }

    /// Handles a message without answering its searches. Returns them with the other effects.
    pub fn begins(&mut self, msg: Msg<'_>) -> Vec<Effect> {
        annals::app::update(&mut self.app, msg)
    }

    /// Presses keys without answering their searches. Returns them with the other effects.
    pub fn begins_keys(&mut self, notation: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        for key in keys::parse(notation) {
            if let Some(action) = keymap::resolve(self.app.context(), key) {
                effects.extend(self.begins(Msg::Act(action)));
            }
        }
        effects
    }

    /// Returns the effects of the last verb.
    pub fn effects(&self) -> &[Effect] {
        &self.effects
    }

    /// Returns the cells of the screen.
    pub fn cells(&self) -> Buffer {
        cells(&self.app, &self.theme)
    }

    /// Returns the text of the screen, one line per row.
    pub fn text(&self) -> String {
        to_text(&self.cells())
    }

    /// Returns the rows of the screen.
    pub fn rows(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }

    /// Fails unless one row of the screen contains the text.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let shown = self.text();
        assert!(shown.lines().any(|row| row.contains(text)), "{text:?} is not on the screen:\n{shown}");
        self
    }

    /// Fails unless each of the texts is in a row of the screen.
    #[track_caller]
    pub fn sees_all(&mut self, texts: &[&str]) -> &mut Self {
        for text in texts {
            self.sees(text);
        }
        self
    }

    /// Fails if any row of the screen contains the text.
    #[track_caller]
    pub fn does_not_see(&mut self, text: &str) -> &mut Self {
        let shown = self.text();
        assert!(shown.lines().all(|row| !row.contains(text)), "{text:?} is on the screen:\n{shown}");
        self
    }

    /// Fails unless the screen equals an earlier one.
    #[track_caller]
    pub fn is_as(&mut self, before: &str) -> &mut Self {
        let shown = self.text();
        assert!(shown == before, "the screen is another one:\n{shown}\nbefore:\n{before}");
        self
    }

    /// Fails unless a property of the state has the wanted value.
    #[track_caller]
    #[allow(clippy::needless_pass_by_value, reason = "it reads better than a reference to a literal")]
    pub fn has<T: PartialEq + Debug>(&mut self, what: impl Fn(&App) -> T, wanted: T) -> &mut Self {
        let found = what(&self.app);
        assert!(found == wanted, "{found:?}, expected {wanted:?}:\n{}", self.text());
        self
    }

    /// Returns the column and the row of the first cell of a text.
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

/// Checks conditions that hold after every message: every cursor is within its rows, and the focused pane belongs to the
/// view.
pub fn check_cursors(app: &App) {
    let is_within = |cursor: Cursor, rows: usize| assert!(cursor.selected < rows.max(1), "{cursor:?} of {rows}");
    is_within(app.timeline.cursor, app.timeline.lines.len());
    is_within(app.tree.cursor, app.tree.rows.len());
    is_within(app.detail.cursor, app.detail.rows.len());
    is_within(app.table.cursor, app.table.order.len());
    is_within(app.lanes.cursor, app.lanes.len());
    match &app.overlay {
        Overlay::Finder(finder) => is_within(finder.cursor, finder.results.rows.len()),
        Overlay::Evidence(evidence) => is_within(evidence.cursor, evidence.claims().len()),
        Overlay::Help(help) => is_within(help.cursor, help.rows().len()),
        Overlay::None | Overlay::Asking(_) => {}
    }
    assert!(app.view.panes().contains(&app.focus), "{:?} has no {:?}", app.view, app.focus);
}
