//! The one table of bindings, and the way from a key to an action.
//!
//! The resolver, the footer, the help, `annals keys` and the README's section on keys
//! all read this table. Invariant: within one context no chord means two things.

pub mod action;
mod chord;
pub mod recording;

use std::fmt::Write as _;

use crossterm::event::{KeyCode, KeyEvent};

pub use self::chord::Chord;
use self::chord::{ch, ctrl, key, shift};
use crate::keymap::action::{Action, Edit, Motion, Question, View};
use crate::present::tables::{Table, agreements, conflicts, difference, figures, matrix, names, sources};

/// The context in which a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Any pane of the main view.
    Panes,
    /// While something is typed: a filter, the finder, the help.
    Typing,
    /// Over the evidence of a claim.
    Evidence,
    /// While something is chosen for another program.
    Picking,
}

impl Context {
    /// The context in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Panes => "in the panes",
            Self::Typing => "while typing",
            Self::Evidence => "over the evidence",
            Self::Picking => "while picking",
        }
    }
}

/// Under which heading a binding is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Moving within a pane and between panes.
    Move,
    /// Opening things and coming back.
    Open,
    /// Finding and filtering.
    Find,
    /// The shown stretch of time.
    Time,
    /// The program itself.
    Program,
    /// Walking through a document.
    Evidence,
    /// Editing what is typed.
    Edit,
    /// Choosing for another program.
    Pick,
}

impl Group {
    /// Every group, in the order of listing.
    pub const ALL: [Self; 8] =
        [Self::Move, Self::Open, Self::Find, Self::Time, Self::Program, Self::Evidence, Self::Edit, Self::Pick];

    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Open => "Open",
            Self::Find => "Find",
            Self::Time => "Time",
            Self::Program => "Program",
            Self::Evidence => "Evidence",
            Self::Edit => "Typing",
            Self::Pick => "Picking (`annals pick`)",
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The chords, each of which does it.
    pub chords: &'static [Chord],
    /// The context in which it holds.
    pub context: Context,
    /// The action.
    pub action: Action,
    /// Under which heading it is listed.
    pub group: Group,
    /// The action in words.
    pub description: &'static str,
    /// The word for the footer, if it belongs there.
    pub hint: Option<&'static str>,
}

const fn bind(
    context: Context,
    group: Group,
    chords: &'static [Chord],
    action: Action,
    description: &'static str,
) -> Binding {
    Binding { chords, context, action, group, description, hint: None }
}

const fn hint(binding: Binding, word: &'static str) -> Binding {
    Binding { hint: Some(word), ..binding }
}

use Context::{Evidence, Panes, Picking, Typing};
use KeyCode::{BackTab, Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};

/// The table.
pub static BINDINGS: &[Binding] = &[
    bind(Panes, Group::Move, &[ch('j'), key(Down), ctrl('n')], Action::Move(Motion::Down), "Next row"),
    bind(Panes, Group::Move, &[ch('k'), key(Up), ctrl('p')], Action::Move(Motion::Up), "Previous row"),
    bind(Panes, Group::Move, &[ctrl('d')], Action::Move(Motion::HalfDown), "Half a page down"),
    bind(Panes, Group::Move, &[ctrl('u')], Action::Move(Motion::HalfUp), "Half a page up"),
    bind(Panes, Group::Move, &[key(PageDown)], Action::Move(Motion::PageDown), "A page down"),
    bind(Panes, Group::Move, &[key(PageUp)], Action::Move(Motion::PageUp), "A page up"),
    bind(Panes, Group::Move, &[ch('g'), key(Home)], Action::Move(Motion::Top), "First row"),
    bind(Panes, Group::Move, &[ch('G'), key(End)], Action::Move(Motion::Bottom), "Last row"),
    hint(bind(Panes, Group::Move, &[ch('l'), key(Right), key(Tab)], Action::FocusNext, "Next pane"), "pane"),
    bind(Panes, Group::Move, &[ch('h'), key(Left), key(BackTab)], Action::FocusPrevious, "Previous pane"),
    hint(bind(Panes, Group::Open, &[key(Enter)], Action::Open, "Open the row, or follow it"), "open"),
    bind(Panes, Group::Open, &[key(Backspace)], Action::Up, "Close the branch, or one level up"),
    hint(bind(Panes, Group::Open, &[ch('H')], Action::Back, "Back to what was shown before"), "back"),
    bind(Panes, Group::Open, &[ch('L')], Action::Forward, "Forward again"),
    bind(Panes, Group::Open, &[ch('z')], Action::Maximise, "Give the pane the whole screen, or back"),
    bind(Panes, Group::Open, &[ch('1')], Action::Show(View::Chronicle), "Chronicle: institutions, timeline, detail"),
    bind(Panes, Group::Open, &[ch('2')], Action::Show(View::Tenures), "Tenures: who held what, and all that lasts"),
    bind(Panes, Group::Open, &[ch('3')], table(matrix::TABLE), "Matrix: departments and what they teach"),
    bind(Panes, Group::Open, &[ch('4')], table(agreements::TABLE), "Agreements: dates, parties, who signed"),
    bind(Panes, Group::Open, &[ch('5')], table(figures::TABLE), "Figures: every number with its unit"),
    bind(Panes, Group::Open, &[ch('6')], table(sources::TABLE), "Sources: the documents"),
    bind(Panes, Group::Open, &[ch('!')], table(conflicts::TABLE), "Conflicts: where claims differ"),
    bind(Panes, Group::Open, &[ch('i')], table(names::TABLE), "Names of what is shown, by source"),
    hint(bind(Panes, Group::Open, &[ch('e')], Action::Evidence, "Evidence of the selected line"), "evidence"),
    bind(Panes, Group::Open, &[ch('y')], Action::Copy, "Copy the selected line with its citation"),
    bind(Panes, Group::Open, &[ch('S')], Action::Sort, "Sort the table by the next column"),
    hint(bind(Panes, Group::Find, &[ch('f'), ctrl('k')], Action::Find, "Find anything of any kind"), "find"),
    hint(bind(Panes, Group::Find, &[ch('/')], Action::Filter, "Filter the pane"), "filter"),
    bind(Panes, Group::Find, &[ch('n')], Action::NextMatch, "Next match of the filter"),
    bind(Panes, Group::Find, &[ch('N')], Action::PreviousMatch, "Previous match of the filter"),
    bind(Panes, Group::Find, &[ch('u')], Action::Undated, "Go to the events without a date"),
    hint(bind(Panes, Group::Time, &[ch('w'), ch('+')], Action::ZoomIn, "Zoom in on the selected date"), "zoom"),
    bind(Panes, Group::Time, &[ch('s'), ch('-')], Action::ZoomOut, "Zoom out"),
    bind(Panes, Group::Time, &[ch('0')], Action::ZoomAll, "Show all of the time"),
    bind(Panes, Group::Time, &[ch('a')], Action::PanEarlier, "Move the shown time to earlier"),
    bind(Panes, Group::Time, &[ch('d')], Action::PanLater, "Move the shown time to later"),
    bind(Panes, Group::Time, &[ch('F')], Action::Centre, "Centre the selected date; again: fit the selection"),
    bind(Panes, Group::Time, &[ch('x')], Action::Scale, "Axis: gaps collapsed, linear, recent years larger"),
    bind(Panes, Group::Time, &[ch(']')], Action::NextYear, "Next year with a dated row"),
    bind(Panes, Group::Time, &[ch('[')], Action::PreviousYear, "Previous year with a dated row"),
    bind(Panes, Group::Time, &[ch('}')], Action::NextEra, "Next era: behind the next long silence"),
    bind(Panes, Group::Time, &[ch('{')], Action::PreviousEra, "Previous era"),
    bind(Panes, Group::Time, &[ch('.')], Action::NextInLane, "Next in the same lane: term, value, plan"),
    bind(Panes, Group::Time, &[ch(',')], Action::PreviousInLane, "Previous in the same lane"),
    bind(Panes, Group::Time, &[ch('t')], Action::Ask(Question::GoTo), "Go to a date"),
    hint(bind(Panes, Group::Time, &[ch('@')], Action::Ask(Question::AsOf), "Show everything as of a date"), "as of"),
    bind(Panes, Group::Time, &[shift(Right)], Action::AsOfLater, "As-of: a day, month or year later"),
    bind(Panes, Group::Time, &[shift(Left)], Action::AsOfEarlier, "As-of: a day, month or year earlier"),
    bind(Panes, Group::Time, &[ch(')')], Action::AsOfNextRow, "As-of: to the next dated row"),
    bind(Panes, Group::Time, &[ch('(')], Action::AsOfPreviousRow, "As-of: to the previous dated row"),
    bind(Panes, Group::Time, &[ch('D')], Action::Ask(Question::Difference), "Difference of two dates"),
    bind(Panes, Group::Time, &[ch('p')], Action::Lens, "Plans only; then alleged, inferred, all"),
    hint(bind(Panes, Group::Program, &[ch('?')], Action::Help, "Show these keys"), "help"),
    bind(
        Panes,
        Group::Program,
        &[key(Esc)],
        Action::Escape,
        "Peel one layer: overlay, filter, lens, as-of, zoom, pane",
    ),
    bind(Panes, Group::Program, &[ctrl('z')], Action::Suspend, "Stop until the shell continues it"),
    hint(bind(Panes, Group::Program, &[ch('q')], Action::Quit, "Quit"), "quit"),
    bind(Panes, Group::Program, &[ctrl('c')], Action::Interrupt, "Quit at once"),
    bind(Evidence, Group::Evidence, &[ch('j'), key(Down), ctrl('n')], Action::Move(Motion::Down), "Next claim"),
    bind(Evidence, Group::Evidence, &[ch('k'), key(Up), ctrl('p')], Action::Move(Motion::Up), "Previous claim"),
    bind(Evidence, Group::Evidence, &[ch('g'), key(Home)], Action::Move(Motion::Top), "First claim"),
    bind(Evidence, Group::Evidence, &[ch('G'), key(End)], Action::Move(Motion::Bottom), "Last claim"),
    bind(
        Evidence,
        Group::Evidence,
        &[key(PageDown), ctrl('d')],
        Action::Move(Motion::PageDown),
        "A page of claims down",
    ),
    bind(Evidence, Group::Evidence, &[key(PageUp), ctrl('u')], Action::Move(Motion::PageUp), "A page of claims up"),
    bind(Evidence, Group::Evidence, &[ch(']'), ch('l'), key(Right)], Action::NextPlace, "Next place of the document"),
    bind(
        Evidence,
        Group::Evidence,
        &[ch('['), ch('h'), key(Left)],
        Action::PreviousPlace,
        "Previous place of the document",
    ),
    bind(Evidence, Group::Evidence, &[ch('n')], Action::NextOfClaim, "Next place where the same claim is made"),
    bind(Evidence, Group::Evidence, &[ch('}')], Action::NextUnclaimed, "Next place from which nothing is claimed"),
    bind(
        Evidence,
        Group::Evidence,
        &[ch('{')],
        Action::PreviousUnclaimed,
        "Previous place from which nothing is claimed",
    ),
    bind(Evidence, Group::Evidence, &[key(Enter)], Action::Open, "Go to what the claim is about"),
    bind(Evidence, Group::Evidence, &[ch('y')], Action::Copy, "Copy the claim with its citation"),
    bind(Evidence, Group::Evidence, &[key(Esc), ch('q'), ch('e')], Action::Escape, "Close"),
    bind(Evidence, Group::Evidence, &[ctrl('z')], Action::Suspend, "Stop until the shell continues it"),
    bind(Evidence, Group::Evidence, &[ctrl('c')], Action::Interrupt, "Quit at once"),
    bind(Typing, Group::Edit, &[key(Enter)], Action::Open, "Open the selected row, or keep the filter"),
    bind(Typing, Group::Edit, &[key(Esc), ctrl('g')], Action::Escape, "Close, or drop the filter"),
    bind(Typing, Group::Edit, &[key(Down), ctrl('n')], Action::Move(Motion::Down), "Next row"),
    bind(Typing, Group::Edit, &[key(Up), ctrl('p')], Action::Move(Motion::Up), "Previous row"),
    bind(Typing, Group::Edit, &[key(PageDown)], Action::Move(Motion::PageDown), "A page down"),
    bind(Typing, Group::Edit, &[key(PageUp)], Action::Move(Motion::PageUp), "A page up"),
    bind(Typing, Group::Edit, &[key(Tab)], Action::NextKind, "Narrow the finder to the next kind"),
    bind(Typing, Group::Edit, &[key(Backspace), ctrl('h')], Action::Edit(Edit::Backspace), "Delete the letter before"),
    bind(Typing, Group::Edit, &[key(Delete), ctrl('d')], Action::Edit(Edit::Delete), "Delete the letter after"),
    bind(Typing, Group::Edit, &[ctrl('w')], Action::Edit(Edit::DeleteWord), "Delete the word before"),
    bind(Typing, Group::Edit, &[ctrl('u')], Action::Edit(Edit::DeleteToStart), "Delete everything before"),
    bind(Typing, Group::Edit, &[key(Left), ctrl('b')], Action::Edit(Edit::Left), "One letter left"),
    bind(Typing, Group::Edit, &[key(Right), ctrl('f')], Action::Edit(Edit::Right), "One letter right"),
    bind(Typing, Group::Edit, &[key(Home), ctrl('a')], Action::Edit(Edit::Home), "To the start"),
    bind(Typing, Group::Edit, &[key(End), ctrl('e')], Action::Edit(Edit::End), "To the end"),
    bind(Typing, Group::Edit, &[ctrl('z')], Action::Suspend, "Stop until the shell continues it"),
    bind(Typing, Group::Edit, &[ctrl('c')], Action::Interrupt, "Quit at once"),
    hint(
        bind(Picking, Group::Pick, &[key(Enter)], Action::Open, "Print what is marked, else the selected row"),
        "choose",
    ),
    hint(bind(Picking, Group::Pick, &[key(Tab)], Action::MarkDown, "With --multi: mark or unmark, next row"), "mark"),
    bind(Picking, Group::Pick, &[key(BackTab)], Action::MarkUp, "With --multi: mark or unmark, previous row"),
    bind(Picking, Group::Pick, &[key(Down), ctrl('j'), ctrl('n')], Action::Move(Motion::Down), "Next row"),
    bind(Picking, Group::Pick, &[key(Up), ctrl('k'), ctrl('p')], Action::Move(Motion::Up), "Previous row"),
    bind(Picking, Group::Pick, &[key(PageDown)], Action::Move(Motion::PageDown), "A page down"),
    bind(Picking, Group::Pick, &[key(PageUp)], Action::Move(Motion::PageUp), "A page up"),
    hint(bind(Picking, Group::Pick, &[ctrl('t')], Action::NextKind, "Narrow a dossier to the next kind"), "kind"),
    bind(Picking, Group::Pick, &[key(Backspace), ctrl('h')], Action::Edit(Edit::Backspace), "Delete the letter before"),
    bind(Picking, Group::Pick, &[key(Delete), ctrl('d')], Action::Edit(Edit::Delete), "Delete the letter after"),
    bind(Picking, Group::Pick, &[ctrl('w')], Action::Edit(Edit::DeleteWord), "Delete the word before"),
    bind(Picking, Group::Pick, &[ctrl('u')], Action::Edit(Edit::DeleteToStart), "Delete everything before"),
    bind(Picking, Group::Pick, &[key(Left), ctrl('b')], Action::Edit(Edit::Left), "One letter left"),
    bind(Picking, Group::Pick, &[key(Right), ctrl('f')], Action::Edit(Edit::Right), "One letter right"),
    bind(Picking, Group::Pick, &[key(Home), ctrl('a')], Action::Edit(Edit::Home), "To the start"),
    bind(Picking, Group::Pick, &[key(End), ctrl('e')], Action::Edit(Edit::End), "To the end"),
    bind(Picking, Group::Pick, &[ctrl('z')], Action::Suspend, "Stop until the shell continues it"),
    hint(
        bind(Picking, Group::Pick, &[key(Esc), ctrl('g'), ctrl('c')], Action::Interrupt, "Print nothing (exit 130)"),
        "abort",
    ),
];

/// The action that shows a table.
const fn table(table: Table) -> Action {
    Action::Show(View::Table(table))
}

/// Every view with the key that opens it, in the order of the table of bindings.
pub fn views() -> impl Iterator<Item = (String, View)> {
    let opens = |action| match action {
        Action::Show(view) => Some(view),
        Action::Ask(Question::Difference) => Some(View::Table(difference::TABLE)),
        _ => None,
    };
    BINDINGS.iter().filter_map(move |binding| Some((binding.chords.first()?.name(), opens(binding.action)?)))
}

/// The action of a key, if it has one in this context.
pub fn resolve(context: Context, event: KeyEvent) -> Option<Action> {
    let chord = Chord::of(event);
    let bound =
        |chord: Chord| BINDINGS.iter().find(|binding| binding.context == context && binding.chords.contains(&chord));
    // Shift is ignored if no binding has it.
    if let Some(binding) = bound(chord).or_else(|| bound(chord.without_shift())) {
        return Some(binding.action);
    }
    match context {
        Typing | Picking => chord.letter().map(Action::Type),
        Panes | Evidence => None,
    }
}

impl Binding {
    /// Its chords as they are shown, with spaces between.
    pub fn keys(&self) -> String {
        self.chords.iter().map(|chord| chord.name()).collect::<Vec<_>>().join(" ")
    }
}

/// The hints for the footer, in the order of the table.
pub fn hints(context: Context) -> impl Iterator<Item = (String, &'static str)> {
    BINDINGS
        .iter()
        .filter(move |binding| binding.context == context)
        .filter_map(|binding| Some((binding.chords.first()?.name(), binding.hint?)))
}

/// The table as Markdown, for the README.
pub fn markdown() -> String {
    let mut out = String::new();
    for group in Group::ALL {
        let rows: Vec<&Binding> = BINDINGS.iter().filter(|binding| binding.group == group).collect();
        let _ = writeln!(out, "| {} | |\n|---|---|", group.title());
        for binding in rows {
            let keys: Vec<String> = binding.chords.iter().map(|chord| format!("`{}`", chord.name())).collect();
            let _ = writeln!(out, "| {} | {} |", keys.join(" ").replace('|', "\\|"), binding.description);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use crossterm::event::KeyModifiers;

    use super::*;

    #[test]
    fn no_chord_means_two_things_in_one_context() {
        for (index, binding) in BINDINGS.iter().enumerate() {
            for other in &BINDINGS[index + 1..] {
                let clash = binding.chords.iter().find(|chord| other.chords.contains(chord));
                assert!(
                    binding.context != other.context || clash.is_none(),
                    "{} and {}",
                    binding.description,
                    other.description
                );
            }
        }
    }

    #[test]
    fn every_binding_can_be_reached_by_its_own_key() {
        for binding in BINDINGS {
            for chord in binding.chords {
                assert_eq!(resolve(binding.context, chord.event()), Some(binding.action), "{}", binding.description);
            }
        }
    }

    #[test]
    fn shift_is_part_of_the_character() {
        let shifted = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(resolve(Panes, shifted), Some(Action::Move(Motion::Bottom)));
        let back = KeyEvent::new(BackTab, KeyModifiers::SHIFT);
        assert_eq!(resolve(Panes, back), Some(Action::FocusPrevious));
    }

    #[test]
    fn scripts_read_every_notation() {
        for (word, shown) in [
            ("j", "j"),
            ("C-d", "C-d"),
            ("<enter>", "Enter"),
            ("<pgdn>", "PgDn"),
            ("<space>", "Space"),
            ("S-<left>", "⇧←"),
        ] {
            assert_eq!(Chord::parse(word).unwrap().name(), shown);
        }
        assert_eq!(Chord::parse("<nokey>"), None);
        assert_eq!(Chord::parse("jj"), None);
    }

    #[test]
    fn letters_are_typed_while_typing() {
        assert_eq!(resolve(Typing, ch('q').event()), Some(Action::Type('q')));
        assert_eq!(resolve(Panes, ch('Q').event()), None);
    }
}
