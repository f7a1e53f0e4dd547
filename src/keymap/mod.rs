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
use crate::text::word::words;

words! {
    /// The context in which a binding holds.
    Context {
        /// Any pane of the main view.
        Panes = "in the panes",
        /// While something is typed: a filter, the finder, the help.
        Typing = "while typing",
        /// Over the evidence of a claim.
        Evidence = "over the evidence",
        /// While something is chosen for another program.
        Picking = "while picking",
    }
}

words! {
    /// Under which heading a binding is listed, in the order of listing.
    HelpGroup {
        /// Moving within a pane and between panes.
        Move = "Move",
        /// Opening things and coming back.
        Open = "Open",
        /// Finding and filtering.
        Find = "Find",
        /// The shown stretch of time.
        Time = "Time",
        /// The program itself.
        Program = "Program",
        /// Walking through a document.
        Evidence = "Evidence",
        /// Editing what is typed.
        Edit = "Typing",
        /// Choosing for another program.
        Pick = "Picking (`annals pick`)",
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
    pub group: HelpGroup,
    /// The action in words.
    pub description: &'static str,
    /// The word for the footer, if it belongs there.
    pub hint: Option<&'static str>,
}

const fn bind(group: HelpGroup, chords: &'static [Chord], action: Action, description: &'static str) -> Binding {
    let context = match group {
        HelpGroup::Move | HelpGroup::Open | HelpGroup::Find | HelpGroup::Time | HelpGroup::Program => Context::Panes,
        HelpGroup::Evidence => Context::Evidence,
        HelpGroup::Edit => Context::Typing,
        HelpGroup::Pick => Context::Picking,
    };
    Binding { chords, context, action, group, description, hint: None }
}

const fn hint(binding: Binding, word: &'static str) -> Binding {
    Binding { hint: Some(word), ..binding }
}

use KeyCode::{BackTab, Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};

/// The table.
pub static BINDINGS: &[Binding] = &[
    bind(HelpGroup::Move, &[ch('j'), key(Down), ctrl('n')], Action::Move(Motion::Down), "Next row"),
    bind(HelpGroup::Move, &[ch('k'), key(Up), ctrl('p')], Action::Move(Motion::Up), "Previous row"),
    bind(HelpGroup::Move, &[ctrl('d')], Action::Move(Motion::HalfDown), "Half a page down"),
    bind(HelpGroup::Move, &[ctrl('u')], Action::Move(Motion::HalfUp), "Half a page up"),
    bind(HelpGroup::Move, &[key(PageDown)], Action::Move(Motion::PageDown), "A page down"),
    bind(HelpGroup::Move, &[key(PageUp)], Action::Move(Motion::PageUp), "A page up"),
    bind(HelpGroup::Move, &[ch('g'), key(Home)], Action::Move(Motion::Top), "First row"),
    bind(HelpGroup::Move, &[ch('G'), key(End)], Action::Move(Motion::Bottom), "Last row"),
    hint(bind(HelpGroup::Move, &[ch('l'), key(Right), key(Tab)], Action::Focus(1), "Next pane"), "pane"),
    bind(HelpGroup::Move, &[ch('h'), key(Left), key(BackTab)], Action::Focus(-1), "Previous pane"),
    hint(bind(HelpGroup::Open, &[key(Enter)], Action::Open, "Open the row, or follow it"), "open"),
    bind(HelpGroup::Open, &[key(Backspace)], Action::Up, "Close the branch, or one level up"),
    hint(bind(HelpGroup::Open, &[ch('H')], Action::Back, "Back to what was shown before"), "back"),
    bind(HelpGroup::Open, &[ch('L')], Action::Forward, "Forward again"),
    bind(HelpGroup::Open, &[ch('z')], Action::Maximise, "Give the pane the whole screen, or back"),
    bind(HelpGroup::Open, &[ch('1')], Action::Show(View::Chronicle), "Chronicle: institutions, timeline, detail"),
    bind(HelpGroup::Open, &[ch('2')], Action::Show(View::Tenures), "Tenures: who held what, and all that lasts"),
    bind(HelpGroup::Open, &[ch('3')], table(matrix::TABLE), "Matrix: what stands in which row and column"),
    bind(HelpGroup::Open, &[ch('4')], table(agreements::TABLE), "Agreements: dates, parties, who signed"),
    bind(HelpGroup::Open, &[ch('5')], table(figures::TABLE), "Figures: every number with its unit"),
    bind(HelpGroup::Open, &[ch('6')], table(sources::TABLE), "Sources: the documents"),
    bind(HelpGroup::Open, &[ch('!')], table(conflicts::TABLE), "Conflicts: where claims differ"),
    bind(HelpGroup::Open, &[ch('i')], table(names::TABLE), "Names of what is shown, by source"),
    hint(bind(HelpGroup::Open, &[ch('e')], Action::Evidence, "Evidence of the selected line"), "evidence"),
    bind(HelpGroup::Open, &[ch('y')], Action::Copy, "Copy the selected line with its citation"),
    bind(HelpGroup::Open, &[ch('S')], Action::Sort, "Sort the table by the next column"),
    hint(bind(HelpGroup::Find, &[ch('f'), ctrl('k')], Action::Find, "Find anything of any kind"), "find"),
    hint(bind(HelpGroup::Find, &[ch('/')], Action::Filter, "Filter the pane"), "filter"),
    bind(HelpGroup::Find, &[ch('n')], Action::Move(Motion::Down), "Next match of the filter"),
    bind(HelpGroup::Find, &[ch('N')], Action::Move(Motion::Up), "Previous match of the filter"),
    bind(HelpGroup::Find, &[ch('u')], Action::Undated, "Go to the events without a date"),
    hint(bind(HelpGroup::Time, &[ch('w'), ch('+')], Action::Zoom(1), "Zoom in on the selected date"), "zoom"),
    bind(HelpGroup::Time, &[ch('s'), ch('-')], Action::Zoom(-1), "Zoom out"),
    bind(HelpGroup::Time, &[ch('0')], Action::ZoomAll, "Show all of the time"),
    bind(HelpGroup::Time, &[ch('a')], Action::Pan(-1), "Move the shown time to earlier"),
    bind(HelpGroup::Time, &[ch('d')], Action::Pan(1), "Move the shown time to later"),
    bind(HelpGroup::Time, &[ch('F')], Action::Centre, "Centre the selected date; again: fit the selection"),
    bind(HelpGroup::Time, &[ch('x')], Action::Scale, "Axis: gaps collapsed, linear, recent years larger"),
    bind(HelpGroup::Time, &[ch(']')], Action::Year(1), "Next year with a dated row"),
    bind(HelpGroup::Time, &[ch('[')], Action::Year(-1), "Previous year with a dated row"),
    bind(HelpGroup::Time, &[ch('}')], Action::Era(1), "Next era: behind the next long silence"),
    bind(HelpGroup::Time, &[ch('{')], Action::Era(-1), "Previous era"),
    bind(HelpGroup::Time, &[ch('.')], Action::InLane(1), "Next in the same lane: term, value, plan"),
    bind(HelpGroup::Time, &[ch(',')], Action::InLane(-1), "Previous in the same lane"),
    bind(HelpGroup::Time, &[ch('t')], Action::Ask(Question::GoTo), "Go to a date"),
    hint(bind(HelpGroup::Time, &[ch('@')], Action::Ask(Question::AsOf), "Show everything as of a date"), "as of"),
    bind(HelpGroup::Time, &[shift(Right)], Action::AsOf(1), "As-of: a day, month or year later"),
    bind(HelpGroup::Time, &[shift(Left)], Action::AsOf(-1), "As-of: a day, month or year earlier"),
    bind(HelpGroup::Time, &[ch(')')], Action::AsOfRow(1), "As-of: to the next dated row"),
    bind(HelpGroup::Time, &[ch('(')], Action::AsOfRow(-1), "As-of: to the previous dated row"),
    bind(HelpGroup::Time, &[ch('D')], Action::Ask(Question::Difference), "Difference of two dates"),
    bind(HelpGroup::Time, &[ch('p')], Action::Lens, "Plans only; then alleged, inferred, all"),
    hint(bind(HelpGroup::Program, &[ch('?')], Action::Help, "Show these keys"), "help"),
    bind(HelpGroup::Program, &[key(Esc)], Action::Escape, "Peel one layer: overlay, filter, lens, as-of, zoom, pane"),
    bind(HelpGroup::Program, &[ctrl('z')], Action::Suspend, "Stop until the shell continues it"),
    hint(bind(HelpGroup::Program, &[ch('q')], Action::Quit, "Quit"), "quit"),
    bind(HelpGroup::Program, &[ctrl('c')], Action::Interrupt, "Quit at once"),
    bind(HelpGroup::Evidence, &[ch('j'), key(Down), ctrl('n')], Action::Move(Motion::Down), "Next claim"),
    bind(HelpGroup::Evidence, &[ch('k'), key(Up), ctrl('p')], Action::Move(Motion::Up), "Previous claim"),
    bind(HelpGroup::Evidence, &[ch('g'), key(Home)], Action::Move(Motion::Top), "First claim"),
    bind(HelpGroup::Evidence, &[ch('G'), key(End)], Action::Move(Motion::Bottom), "Last claim"),
    bind(HelpGroup::Evidence, &[key(PageDown), ctrl('d')], Action::Move(Motion::PageDown), "A page of claims down"),
    bind(HelpGroup::Evidence, &[key(PageUp), ctrl('u')], Action::Move(Motion::PageUp), "A page of claims up"),
    bind(HelpGroup::Evidence, &[ch(']'), ch('l'), key(Right)], Action::Place(1), "Next place of the document"),
    bind(HelpGroup::Evidence, &[ch('['), ch('h'), key(Left)], Action::Place(-1), "Previous place of the document"),
    bind(HelpGroup::Evidence, &[ch('n')], Action::NextOfClaim, "Next place where the same claim is made"),
    bind(HelpGroup::Evidence, &[ch('}')], Action::Unclaimed(1), "Next place from which nothing is claimed"),
    bind(HelpGroup::Evidence, &[ch('{')], Action::Unclaimed(-1), "Previous place from which nothing is claimed"),
    bind(HelpGroup::Evidence, &[key(Enter)], Action::Open, "Go to what the claim is about"),
    bind(HelpGroup::Evidence, &[ch('y')], Action::Copy, "Copy the claim with its citation"),
    bind(HelpGroup::Evidence, &[key(Esc), ch('q'), ch('e')], Action::Escape, "Close"),
    bind(HelpGroup::Evidence, &[ctrl('z')], Action::Suspend, "Stop until the shell continues it"),
    bind(HelpGroup::Evidence, &[ctrl('c')], Action::Interrupt, "Quit at once"),
    bind(HelpGroup::Edit, &[key(Enter)], Action::Open, "Open the selected row, or keep the filter"),
    bind(HelpGroup::Edit, &[key(Esc), ctrl('g')], Action::Escape, "Close, or drop the filter"),
    bind(HelpGroup::Edit, &[key(Down), ctrl('n')], Action::Move(Motion::Down), "Next row"),
    bind(HelpGroup::Edit, &[key(Up), ctrl('p')], Action::Move(Motion::Up), "Previous row"),
    bind(HelpGroup::Edit, &[key(PageDown)], Action::Move(Motion::PageDown), "A page down"),
    bind(HelpGroup::Edit, &[key(PageUp)], Action::Move(Motion::PageUp), "A page up"),
    bind(HelpGroup::Edit, &[key(Tab)], Action::NextKind, "Narrow the finder to the next kind"),
    bind(HelpGroup::Edit, &[key(Backspace), ctrl('h')], Action::Edit(Edit::Backspace), "Delete the letter before"),
    bind(HelpGroup::Edit, &[key(Delete), ctrl('d')], Action::Edit(Edit::Delete), "Delete the letter after"),
    bind(HelpGroup::Edit, &[ctrl('w')], Action::Edit(Edit::DeleteWord), "Delete the word before"),
    bind(HelpGroup::Edit, &[ctrl('u')], Action::Edit(Edit::DeleteToStart), "Delete everything before"),
    bind(HelpGroup::Edit, &[key(Left), ctrl('b')], Action::Edit(Edit::Left), "One letter left"),
    bind(HelpGroup::Edit, &[key(Right), ctrl('f')], Action::Edit(Edit::Right), "One letter right"),
    bind(HelpGroup::Edit, &[key(Home), ctrl('a')], Action::Edit(Edit::Home), "To the start"),
    bind(HelpGroup::Edit, &[key(End), ctrl('e')], Action::Edit(Edit::End), "To the end"),
    bind(HelpGroup::Edit, &[ctrl('z')], Action::Suspend, "Stop until the shell continues it"),
    bind(HelpGroup::Edit, &[ctrl('c')], Action::Interrupt, "Quit at once"),
    hint(bind(HelpGroup::Pick, &[key(Enter)], Action::Open, "Print what is marked, else the selected row"), "choose"),
    hint(
        bind(HelpGroup::Pick, &[key(Tab)], Action::Mark(Motion::Down), "With --multi: mark or unmark, next row"),
        "mark",
    ),
    bind(HelpGroup::Pick, &[key(BackTab)], Action::Mark(Motion::Up), "With --multi: mark or unmark, previous row"),
    bind(HelpGroup::Pick, &[key(Down), ctrl('j'), ctrl('n')], Action::Move(Motion::Down), "Next row"),
    bind(HelpGroup::Pick, &[key(Up), ctrl('k'), ctrl('p')], Action::Move(Motion::Up), "Previous row"),
    bind(HelpGroup::Pick, &[key(PageDown)], Action::Move(Motion::PageDown), "A page down"),
    bind(HelpGroup::Pick, &[key(PageUp)], Action::Move(Motion::PageUp), "A page up"),
    hint(bind(HelpGroup::Pick, &[ctrl('t')], Action::NextKind, "Narrow a dossier to the next kind"), "kind"),
    bind(HelpGroup::Pick, &[key(Backspace), ctrl('h')], Action::Edit(Edit::Backspace), "Delete the letter before"),
    bind(HelpGroup::Pick, &[key(Delete), ctrl('d')], Action::Edit(Edit::Delete), "Delete the letter after"),
    bind(HelpGroup::Pick, &[ctrl('w')], Action::Edit(Edit::DeleteWord), "Delete the word before"),
    bind(HelpGroup::Pick, &[ctrl('u')], Action::Edit(Edit::DeleteToStart), "Delete everything before"),
    bind(HelpGroup::Pick, &[key(Left), ctrl('b')], Action::Edit(Edit::Left), "One letter left"),
    bind(HelpGroup::Pick, &[key(Right), ctrl('f')], Action::Edit(Edit::Right), "One letter right"),
    bind(HelpGroup::Pick, &[key(Home), ctrl('a')], Action::Edit(Edit::Home), "To the start"),
    bind(HelpGroup::Pick, &[key(End), ctrl('e')], Action::Edit(Edit::End), "To the end"),
    bind(HelpGroup::Pick, &[ctrl('z')], Action::Suspend, "Stop until the shell continues it"),
    hint(
        bind(HelpGroup::Pick, &[key(Esc), ctrl('g'), ctrl('c')], Action::Interrupt, "Print nothing (exit 130)"),
        "abort",
    ),
];

/// Returns the action that shows a table.
const fn table(table: Table) -> Action {
    Action::Show(View::Table(table))
}

/// Returns every view with the key that opens it, in the order of the table of bindings.
pub fn views() -> impl Iterator<Item = (String, View)> {
    let opens = |action| match action {
        Action::Show(view) => Some(view),
        Action::Ask(Question::Difference) => Some(View::Table(difference::TABLE)),
        _ => None,
    };
    BINDINGS.iter().filter_map(move |binding| Some((binding.chords.first()?.name(), opens(binding.action)?)))
}

/// Returns the action of a key, if it has one in this context.
pub fn resolve(context: Context, event: KeyEvent) -> Option<Action> {
    let chord = Chord::of(event);
    let bound =
        |chord: Chord| BINDINGS.iter().find(|binding| binding.context == context && binding.chords.contains(&chord));
    // Shift is ignored if no binding has it.
    if let Some(binding) = bound(chord).or_else(|| bound(chord.without_shift())) {
        return Some(binding.action);
    }
    match context {
        Context::Typing | Context::Picking => chord.letter().map(Action::Type),
        Context::Panes | Context::Evidence => None,
    }
}

impl Binding {
    /// Its chords as they are shown, with spaces between.
    pub fn keys(&self) -> String {
        self.chords.iter().map(|chord| chord.name()).collect::<Vec<_>>().join(" ")
    }
}

/// Returns the hints for the footer, in the order of the table.
pub fn hints(context: Context) -> impl Iterator<Item = (String, &'static str)> {
    BINDINGS
        .iter()
        .filter(move |binding| binding.context == context)
        .filter_map(|binding| Some((binding.chords.first()?.name(), binding.hint?)))
}

/// Returns the table as Markdown, for the README.
pub fn markdown() -> String {
    let mut out = String::new();
    for &group in HelpGroup::ALL {
        let rows: Vec<&Binding> = BINDINGS.iter().filter(|binding| binding.group == group).collect();
        let _ = writeln!(out, "| {} | |\n|---|---|", group.as_str());
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
        assert_eq!(resolve(Context::Panes, shifted), Some(Action::Move(Motion::Bottom)));
        let back = KeyEvent::new(BackTab, KeyModifiers::SHIFT);
        assert_eq!(resolve(Context::Panes, back), Some(Action::Focus(-1)));
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
        assert_eq!(resolve(Context::Typing, ch('q').event()), Some(Action::Type('q')));
        assert_eq!(resolve(Context::Panes, ch('Q').event()), None);
    }
}
