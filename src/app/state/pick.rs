//! The picker: a finder on the whole screen, whose choice is printed.
//!
//! It chooses among the entities of a dossier or among lines of text, while either may still be arriving.
//!
//! Invariant: [`update`] is the only way to change a [`Picker`]; marks stay whatever is typed, in the order in which
//! they were set.

mod lines;

use ratatui::layout::{Rect, Size};

use super::cursor::Cursor;
use super::finder::{Finder, turned};
use super::layout::pick_parts;
use super::prompt::Prompt;
use crate::app::message::{Completeness, Effect, Growth, Msg, Progress};
use crate::app::request::{Answer, Found, Searches};
use crate::graph::names::Hit;
use crate::keymap::action::{Action, Motion};
use crate::model::KindId;
use crate::timeline::World;

pub use lines::LineList;

/// The rows to choose from.
#[derive(Debug, Clone)]
pub enum List {
    /// The entities of a dossier.
    Entities(Box<Entities>),
    /// Lines of text.
    Lines(Box<LineList>),
}

/// The entities of a dossier that may still be read.
#[derive(Debug, Clone)]
pub struct Entities {
    /// The dossier, as far as it is there.
    pub world: World,
    /// The typed text and its hits.
    pub finder: Finder,
    /// The progress of reading the dossier; `None` once it is whole.
    pub progress: Option<Progress>,
}

/// One thing chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// An entity, and how it was found.
    Entity(Hit),
    /// A line by its number.
    Line(u32),
}

impl Choice {
    /// Returns true if both are the same entity or line, however it was found.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Entity(hit), Self::Entity(other)) => hit.entity == other.entity,
            (Self::Line(line), Self::Line(other)) => line == other,
            (Self::Entity(_), Self::Line(_)) | (Self::Line(_), Self::Entity(_)) => false,
        }
    }
}

/// The state of the picker.
#[derive(Debug, Clone)]
pub struct Picker {
    /// The size of the screen.
    pub size: Size,
    /// The rows to choose from.
    pub list: List,
    /// A sentence for the user, shown until the next key.
    pub notice: Option<String>,
    /// True if several rows may be chosen.
    pub is_multi: bool,
    marked: Vec<Choice>,
    searches: Searches,
}

impl Picker {
    /// Returns a picker among the entities of a dossier, still being read where there is progress.
    pub fn of_entities(
        world: World,
        progress: Option<Progress>,
        kind: Option<KindId>,
        query: &str,
        is_multi: bool,
    ) -> Self {
        let mut searches = Searches::default();
        let mut finder = Finder::default();
        finder.kind = kind;
        finder.prompt.paste(query);
        finder.refresh(&world, &mut searches);
        let list = List::Entities(Box::new(Entities { world, finder, progress }));
        Self { size: Size::default(), list, notice: None, is_multi, marked: Vec::new(), searches }
    }

    /// Returns a picker among lines, all of which are still to come.
    pub fn of_lines(query: &str, is_multi: bool) -> Self {
        let list = List::Lines(Box::new(LineList::new(query)));
        let searches = Searches::default();
        Self { size: Size::default(), list, notice: None, is_multi, marked: Vec::new(), searches }
    }

    /// Returns the typed text.
    pub fn prompt(&self) -> &Prompt {
        match &self.list {
            List::Entities(entities) => &entities.finder.prompt,
            List::Lines(list) => &list.prompt,
        }
    }

    /// Returns the selected row and the scroll offset.
    pub fn cursor(&self) -> Cursor {
        match &self.list {
            List::Entities(entities) => entities.finder.cursor,
            List::Lines(list) => list.cursor,
        }
    }

    /// Returns the number of rows fetched so far.
    pub fn len(&self) -> usize {
        match &self.list {
            List::Entities(entities) => entities.finder.results.rows.len(),
            List::Lines(list) => list.rows().len(),
        }
    }

    /// Returns the number of rows of the list, fetched or not.
    pub fn listed(&self) -> usize {
        match &self.list {
            List::Entities(entities) => entities.finder.results.rows.len(),
            List::Lines(list) => list.listed(),
        }
    }

    /// Returns true if no row is fetched.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of all matches known so far.
    pub fn total(&self) -> usize {
        match &self.list {
            List::Entities(entities) => entities.finder.results.total(),
            List::Lines(list) => list.total(),
        }
    }

    /// Returns true while an answer to a search is awaited.
    pub fn is_searching(&self) -> bool {
        match &self.list {
            List::Entities(entities) => entities.finder.is_searching(),
            List::Lines(list) => list.is_searching(),
        }
    }

    /// Returns true while more rows may arrive.
    pub fn is_reading(&self) -> bool {
        match &self.list {
            List::Entities(entities) => entities.progress.is_some(),
            List::Lines(list) => list.is_reading,
        }
    }

    /// Returns the number of marks.
    pub fn marked(&self) -> usize {
        self.marked.len()
    }

    /// Returns true if the choice in a row is marked.
    pub fn is_marked(&self, row: usize) -> bool {
        self.at(row).is_some_and(|choice| self.marked.iter().any(|marked| marked.is(&choice)))
    }

    /// Returns the marked choices; without marks, the selected one, if any.
    pub fn choices(&self) -> Vec<Choice> {
        if self.marked.is_empty() { self.at(self.cursor().selected).into_iter().collect() } else { self.marked.clone() }
    }

    /// Returns the list's rectangle.
    pub fn list_area(&self) -> Rect {
        pick_parts(self.size, matches!(self.list, List::Entities(_))).list
    }

    fn at(&self, row: usize) -> Option<Choice> {
        match &self.list {
            List::Entities(entities) => entities.finder.results.rows.get(row).copied().map(Choice::Entity),
            List::Lines(list) => list.rows().get(row).copied().map(Choice::Line),
        }
    }

    fn input(&mut self) -> (&mut Prompt, &mut Cursor) {
        match &mut self.list {
            List::Entities(entities) => (&mut entities.finder.prompt, &mut entities.finder.cursor),
            List::Lines(list) => (&mut list.prompt, &mut list.cursor),
        }
    }

    /// Answers a changed prompt.
    fn typed(&mut self) {
        match &mut self.list {
            List::Entities(entities) => entities.finder.refresh(&entities.world, &mut self.searches),
            List::Lines(list) => list.refresh(&mut self.searches),
        }
    }

    fn step(&mut self, rows: isize) {
        match &mut self.list {
            List::Entities(entities) => {
                let len = entities.finder.results.rows.len();
                entities.finder.cursor.step(rows, len, |_| true);
            }
            List::Lines(list) => list.step(rows, &mut self.searches),
        }
    }

    fn mark(&mut self, then: Motion) {
        if !self.is_multi {
            self.notice = Some("One is chosen here; with --multi, several.".to_owned());
            return;
        }
        let Some(choice) = self.at(self.cursor().selected) else { return };
        match self.marked.iter().position(|marked| marked.is(&choice)) {
            Some(place) => drop(self.marked.remove(place)),
            None => self.marked.push(choice),
        }
        self.step(then.rows(1));
    }

    /// Chooses the marked or selected rows. If an answer may still change the selection, waits for it.
    fn choose(&mut self) -> Vec<Effect> {
        let is_ready = !self.marked.is_empty()
            || match &mut self.list {
                List::Entities(entities) => entities.finder.is_ready_to_open(),
                List::Lines(list) => list.is_ready_to_choose(),
            };
        if !is_ready {
            return Vec::new();
        }
        if self.choices().is_empty() && self.is_reading() {
            self.notice = Some("Nothing matches yet, but more is being read.".to_owned());
            return Vec::new();
        }
        vec![Effect::Choose]
    }

    fn settle(&mut self) {
        let (len, height) = (self.len(), usize::from(self.list_area().height));
        self.input().1.settle(len, height);
        match &mut self.list {
            List::Entities(entities) => entities.finder.follow(&entities.world),
            List::Lines(list) => list.fill(height, &mut self.searches),
        }
    }
}

/// Handles a message, and returns the effects that the caller has to perform.
pub fn update(picker: &mut Picker, msg: Msg<'_>) -> Vec<Effect> {
    if msg.is_from_the_user() {
        picker.notice = None;
    }
    let mut effects = match msg {
        Msg::Act(action) => act(picker, action),
        Msg::Click(column, row) => click(picker, column, row),
        Msg::Wheel(_, _, notches) => {
            picker.step(notches);
            Vec::new()
        }
        Msg::Paste(text) => {
            picker.input().0.paste(text);
            picker.typed();
            Vec::new()
        }
        Msg::Resize(size) => {
            picker.size = size;
            Vec::new()
        }
        Msg::Tell(word) => {
            picker.notice = Some(word);
            Vec::new()
        }
        Msg::Found(answer) => found(picker, answer),
        Msg::Grown(growth) => grown(picker, growth),
        Msg::Progress(progress) => {
            if let List::Entities(entities) = &mut picker.list
                && let Some(known) = &mut entities.progress
            {
                *known = progress;
            }
            Vec::new()
        }
        Msg::Arrived(world, completeness) => {
            if let List::Entities(entities) = &mut picker.list {
                if completeness == Completeness::Whole {
                    entities.progress = None;
                }
                let before = std::mem::replace(&mut entities.world, world);
                entities.finder.turn_to(&before, &entities.world, &mut picker.searches);
                let turned = |choice: &Choice| match choice {
                    Choice::Entity(hit) => turned(hit, &before, &entities.world).map(Choice::Entity),
                    Choice::Line(_) => Some(*choice),
                };
                picker.marked = picker.marked.iter().filter_map(turned).collect();
            }
            Vec::new()
        }
        // The picker has no strip, no detail and no as-of.
        Msg::Drag(..) | Msg::Show(_) | Msg::AsOf(_) => Vec::new(),
    };
    picker.settle();
    effects.extend(picker.searches.take().map(Effect::Search));
    effects
}

fn act(picker: &mut Picker, action: Action) -> Vec<Effect> {
    match action {
        Action::Escape | Action::Interrupt | Action::Quit => return vec![Effect::Quit],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Open => return picker.choose(),
        Action::Move(motion) => picker.step(motion.rows(usize::from(picker.list_area().height))),
        Action::Mark(motion) => picker.mark(motion),
        Action::Type(c) => {
            picker.input().0.insert(c);
            picker.typed();
        }
        Action::Edit(edit) if picker.input().0.edit(edit) => picker.typed(),
        Action::NextKind => match &mut picker.list {
            List::Entities(entities) => entities.finder.next_kind(&entities.world, &mut picker.searches),
            List::Lines(_) => picker.notice = Some("Lines are all of one kind.".to_owned()),
        },
        // The table of keys has no others here.
        _ => {}
    }
    Vec::new()
}

/// Selects the clicked row; chooses it if it was selected already.
fn click(picker: &mut Picker, column: u16, row: u16) -> Vec<Effect> {
    let area = picker.list_area();
    let index = picker.cursor().offset + usize::from(row.saturating_sub(area.y));
    if !area.contains((column, row).into()) || index >= picker.len() {
        return Vec::new();
    }
    if index == picker.cursor().selected {
        return picker.choose();
    }
    picker.input().1.selected = index;
    Vec::new()
}

fn found(picker: &mut Picker, answer: Answer) -> Vec<Effect> {
    let chooses = match (&mut picker.list, answer.found) {
        (List::Entities(entities), Found::Entities(results)) => {
            entities.finder.found(answer.generation, results, answer.reasons, answer.more)
        }
        (List::Lines(list), Found::Lines(results)) => list.found(answer.generation, results, &mut picker.searches),
        (
            List::Entities(_) | List::Lines(_),
            Found::Entities(_) | Found::Rows(_) | Found::Lines(_) | Found::Lanes(_) | Found::Table(_),
        ) => false,
    };
    if chooses { picker.choose() } else { Vec::new() }
}

fn grown(picker: &mut Picker, growth: Growth) -> Vec<Effect> {
    let List::Lines(list) = &mut picker.list else { return Vec::new() };
    list.grow(growth, &mut picker.searches);
    // Whatever will be typed: there is nothing to choose from.
    if list.is_barren() { vec![Effect::Choose] } else { Vec::new() }
}

#[cfg(test)]
mod tests;
