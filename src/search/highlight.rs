//! Which characters of a text made it match; for the rows on the screen only.
//!
//! Invariant: positions are of characters of the text as written, in order, each once and
//! within bounds; a mark is painted with its letter.

use super::chunk::Entry;
use super::typo;
use crate::query::{Atom, Form, Query};
use crate::search::fuzzy;
use crate::search::fuzzy::Token;
use crate::text::fold::{fold_line_mapped, fold_mapped, is_silent};

/// The characters of a name that a query matched.
///
/// Any name can be given, also one that does not answer the whole query: the words that it
/// answers are painted, scattered letters never.
pub fn highlights(name: &str, query: &Query) -> Vec<usize> {
    paint(name, query, Text::Name)
}

/// The characters of words about an entity that a query matched.
pub fn prose_highlights(prose: &str, query: &Query) -> Vec<usize> {
    paint(prose, query, Text::Prose)
}

/// The characters of a line that a query matched, see [`highlights`].
pub fn line_highlights(line: &str, query: &Query) -> Vec<usize> {
    paint(line, query, Text::Line)
}

/// Where the text comes from: in prose nothing is fuzzy, and a line is folded by rules of its own.
#[derive(Clone, Copy)]
enum Text {
    Name,
    Line,
    Prose,
}

fn paint(text: &str, query: &Query, from: Text) -> Vec<usize> {
    if query.wanted.is_empty() {
        return Vec::new();
    }
    let (folded, origins) = match from {
        Text::Name | Text::Prose => fold_mapped(text),
        Text::Line => fold_line_mapped(text),
    };
    let entry = Entry::new(&folded);
    let atoms = query.wanted.iter().flat_map(|term| &term.any);
    let mut positions: Vec<usize> = atoms
        .flat_map(|atom| matched(atom, entry, from))
        .filter_map(|position| origins.get(position).map(|&origin| origin as usize))
        .collect();
    positions.sort_unstable();
    positions.dedup();
    with_marks(text, &positions)
}

/// Adds the marks that follow a painted letter, so that no letter is torn apart.
fn with_marks(text: &str, positions: &[usize]) -> Vec<usize> {
    let mut painted = Vec::with_capacity(positions.len());
    let mut ahead = positions.iter().copied().peekable();
    let mut is_painting = false;
    for (index, c) in text.chars().enumerate() {
        is_painting = ahead.next_if_eq(&index).is_some() || is_painting && is_silent(c);
        if is_painting {
            painted.push(index);
        }
    }
    painted
}

/// The characters of the folded text that an atom matched.
fn matched(atom: &Atom, entry: Entry, from: Text) -> Vec<usize> {
    let folded = entry.text;
    let wanted = atom.token.text();
    let from_byte = |at: usize| {
        let start = folded[..at].chars().count();
        (start..start + atom.token.chars().len()).collect::<Vec<_>>()
    };
    let at_word = || entry.places(wanted).next();
    let exact = match atom.form {
        Form::Loose | Form::Within | Form::Phrase(_) => at_word(),
        Form::Start | Form::Whole => folded.starts_with(wanted).then_some(0),
        Form::End => folded.ends_with(wanted).then(|| folded.len() - wanted.len()),
    };
    if let Some(at) = exact {
        return from_byte(at);
    }
    match (atom.form, from) {
        (Form::Loose, Text::Name | Text::Line) => {
            let fit = fuzzy::fit(folded, &atom.token)
                .filter(|&(score, _)| !fuzzy::is_scattered(score, atom.token.chars().len()));
            fit.map_or_else(|| slipped(&atom.token, folded), |(_, positions)| positions)
        }
        (Form::Loose, Text::Prose) | (Form::Within, _) => folded.find(wanted).map(from_byte).unwrap_or_default(),
        (Form::Start | Form::End | Form::Whole | Form::Phrase(_), _) => Vec::new(),
    }
}

/// The first word that a token begins but for one slip, as far as the token goes.
fn slipped(token: &Token, folded: &str) -> Vec<usize> {
    if token.chars().len() < typo::SHORTEST {
        return Vec::new();
    }
    let mut start = 0;
    for word in folded.split(' ') {
        let word: Vec<char> = word.chars().collect();
        if typo::begins(token.chars(), &word) {
            return (start..start + word.len().min(token.chars().len())).collect();
        }
        start += word.len() + 1;
    }
    Vec::new()
}
