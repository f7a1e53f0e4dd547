//! Which characters of a text matched; computed for rows on the screen only.
//!
//! Invariant: positions are those of characters of the text as written, from 0, in order, each once and within bounds. A
//! combining mark is highlighted with its letter.

use super::folded_text::FoldedText;
use super::fuzzy;
use super::pattern::{Atom, Form, Pattern};
use super::text_match::{front, is_long, run, tolerates_typo};
use super::typo;
use crate::text::fold::{fold_line_mapped, fold_mapped, is_silent};

/// The positions of the characters of a name that match.
///
/// The name need not match the whole pattern: the words that do match are highlighted, scattered letters never.
///
/// ```
/// use annals::search::{Pattern, highlights};
///
/// assert_eq!(highlights("North Harbour", &Pattern::words("harb")), [6, 7, 8, 9]);
/// assert_eq!(highlights("Café Élan", &Pattern::words("el")), [5, 6]);
/// ```
pub fn highlights(name: &str, pattern: &Pattern) -> Vec<usize> {
    highlights_of(name, &fold_mapped(name), pattern)
}

/// The positions of the characters of a line that match; see [`highlights`].
pub fn line_highlights(line: &str, pattern: &Pattern) -> Vec<usize> {
    highlights_of(line, &fold_line_mapped(line), pattern)
}

fn highlights_of(text: &str, (folded, origins): &(String, Vec<u32>), pattern: &Pattern) -> Vec<usize> {
    let folded = FoldedText::new(folded);
    let mut positions: Vec<usize> = pattern
        .wanted_atoms()
        .flat_map(|atom| matched(atom, folded))
        .filter_map(|position| origins.get(position).map(|&origin| origin as usize))
        .collect();
    positions.sort_unstable();
    positions.dedup();
    with_marks(text, &positions)
}

/// Adds the combining marks that follow a highlighted letter.
fn with_marks(text: &str, positions: &[usize]) -> Vec<usize> {
    let mut highlighted = Vec::with_capacity(positions.len());
    let mut ahead = positions.iter().copied().peekable();
    let mut is_inside = false;
    for (index, c) in text.chars().enumerate() {
        is_inside = ahead.next_if_eq(&index).is_some() || is_inside && is_silent(c);
        if is_inside {
            highlighted.push(index);
        }
    }
    highlighted
}

/// The positions of the characters of a folded text that an atom matches.
fn matched(atom: &Atom, text: FoldedText) -> Vec<usize> {
    let folded = text.text;
    let wanted = &atom.token.text;
    let from_byte = |at: usize| {
        let start = folded[..at].chars().count();
        (start..start + atom.token.chars.len()).collect::<Vec<_>>()
    };
    if is_long(folded) {
        let beyond = run(atom, text).map(from_byte);
        return beyond.unwrap_or_else(|| matched(atom, FoldedText::new(front(folded))));
    }
    let at_word = || text.word_starts(wanted).next();
    let exact = match atom.form {
        Form::Loose | Form::Within | Form::Phrase(_) => at_word(),
        Form::Start | Form::Whole => folded.starts_with(wanted).then_some(0),
        Form::End => folded.ends_with(wanted).then(|| folded.len() - wanted.len()),
    };
    if let Some(at) = exact {
        return from_byte(at);
    }
    match atom.form {
        Form::Loose => {
            let fit = fuzzy::positions(folded, &atom.token)
                .filter(|&(score, _)| !fuzzy::is_scattered(score, atom.token.chars.len()));
            fit.map_or_else(|| with_typo(atom, folded), |(_, positions)| positions)
        }
        Form::Within => folded.find(wanted).map(from_byte).unwrap_or_default(),
        Form::Start | Form::End | Form::Whole | Form::Phrase(_) => Vec::new(),
    }
}

/// The start of the first word that a token begins with one typing error, as long as the token.
fn with_typo(atom: &Atom, folded: &str) -> Vec<usize> {
    if !tolerates_typo(atom) {
        return Vec::new();
    }
    let token = &atom.token;
    let mut start = 0;
    for word in folded.split(' ') {
        let word: Vec<char> = word.chars().collect();
        if typo::begins(&token.chars, &word) {
            return (start..start + word.len().min(token.chars.len())).collect();
        }
        start += word.len() + 1;
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::vocabulary::testing::seeds;

    #[test]
    fn the_letters_that_matched_are_highlighted() {
        for (name, query, highlighted) in [
            ("Dr. Ramji Singh", "sin ram", "....xxx...xxx.."),
            ("Ear, E.N.T.", "ent", ".....x.x.x."),
            ("Obstetrics & Gynaecology", "obgy", "xx...........xx........."),
            ("Jürgen Müller", "muller", ".......xxxxxx"),
            ("Ju\u{308}rgen", "ju", "xxx...."),
            ("Straße", "strass", "xxxxx."),
            ("Cardiology", "cadrio", "xxxxxx...."),
            ("AIIMS Kalyani", "^aiims", "xxxxx........"),
            ("AIIMS Kalyani", "ani$", "..........xxx"),
            ("AIIMS Kalyani", "'lya", "........xxx.."),
            ("B. C. Roy Hospital", "\"bc roy\"", "x..xx.xxx........."),
            ("AIIMS Kalyani", "kal|roy !delhi", "......xxx...."),
            ("AIIMS Kalyani", "zzqx", "............."),
            ("Planned site moved from Raiganj to Kalyani", "rmaji", ".........................................."),
            ("", "a", ""),
        ] {
            let positions = highlights(name, Query::parse(query, seeds()).unwrap().pattern());
            let shown: String =
                (0..name.chars().count()).map(|at| if positions.contains(&at) { 'x' } else { '.' }).collect();
            assert_eq!(shown, highlighted, "{query} in {name}");
        }
    }
}
