//! Draws the evidence: above, the place in the document and its words; below, the claims made from them.
//!
//! Invariant: the selected claim is among those drawn, and so is its place if the document was read.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{Piece, blank, frame, line, line_right, piece};
use super::theme::Theme;
use super::{modality_mark, row_marker, tint_selected, visible};
use crate::app::App;
use crate::app::state::evidence::Evidence;
use crate::app::state::layout::evidence_parts;
use crate::model::Dossier;
use crate::present::wording::{statement_text, told_apart};
use crate::text::clean;

/// Draws the overlay.
pub(super) fn draw(app: &App, evidence: &Evidence, area: Rect, theme: &Theme, buf: &mut Buffer) {
    blank(buf, area);
    let dossier = app.world.dossier();
    let document = dossier.document(evidence.document);
    let stop = evidence.stop();
    let line_number = stop.line.map(|line| format!(" · line {line}")).unwrap_or_default();
    let title = format!(" {} · {} ", document.key, dossier.label(document.entity));
    let (at, all) = evidence.progress();
    let progress = piece(format!(" {at}/{all} "), theme.faint);
    frame(buf, area, theme.frame_focused, &[piece(title, theme.heading)], &[progress]);
    let (head, words, list, hints) = evidence_parts(area);
    let caution = if evidence.lacks_key() { " · not verified: no key pins/key" } else { "" };
    let place = format!(" {} / {}{line_number}{caution}", stop.section, stop.spot);
    line(buf, head, 0, &[piece(place, theme.text)]);
    draw_words(evidence, dossier, words, theme, buf);
    let count = evidence.claims().len();
    let title = match count {
        0 => nothing_claimed(evidence, dossier),
        1 => "1 claim is made from this place".to_owned(),
        _ => format!("{count} claims are made from this place"),
    };
    line(buf, list, 0, &[piece(format!(" {title}"), theme.heading)]);
    let rows = Rect { y: list.y + 1, height: list.height.saturating_sub(1), ..list };
    for (index, row) in visible(evidence.cursor.offset, count, rows.height) {
        let claim = dossier.claim(evidence.claims()[index]);
        let selected = index == evidence.cursor.selected;
        let pieces = [
            row_marker(selected, theme),
            modality_mark(claim.modality(), claim.basis(), theme),
            piece(
                format!(" {} · {}: ", app.world.label(claim.subject), dossier.property(claim.property).label),
                theme.text,
            ),
            piece(told_apart(&app.world, claim, statement_text(dossier, claim, None)), theme.text),
        ];
        line(buf, rows, row, &pieces);
        if selected {
            tint_selected(buf, rows, row, true, theme);
        }
    }
    let keys = " Enter go there   n same claim elsewhere   [ ] place   { } unclaimed   y copy   Esc close";
    line(buf, hints, 0, &[piece(keys, theme.faint)]);
}

/// Returns the reason why no claim is made from here: the place only gives a name, or carries no fact.
fn nothing_claimed(evidence: &Evidence, dossier: &Dossier) -> String {
    let stop = evidence.stop();
    let names: Vec<&str> = stop.names.iter().map(|&name| dossier.text(name)).collect();
    match (names.as_slice(), &stop.reason) {
        ([], None) => "No claim is made from this place.".to_owned(),
        ([], Some(reason)) => format!("No fact here: {reason}"),
        (names, _) => format!("Names taken from here: {}", names.join(" · ")),
    }
}

/// Draws the words, with the claimed unit between marks, and in it the words that bear the selected claim, or the reason why there are none.
fn draw_words(evidence: &Evidence, dossier: &Dossier, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let width = usize::from(area.width).saturating_sub(2);
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let Some((before, here, behind)) = evidence.words() else {
        let why = "The documents are not at hand: start with --sources FOLDER to read the words in place.";
        for (row, text) in (0..).zip(clean(why).wrap(width)) {
            line(buf, inside, row, &[piece(text, theme.faint)]);
        }
        return;
    };
    let bearing = evidence.bearing(dossier);
    let marked = format!("⟦{}⟧", marked(here, &bearing));
    let here = clean(&marked).wrap(width);
    let room = usize::from(area.height);
    let beside = room.saturating_sub(here.len()) / 2;
    let before = clean(before).wrap(width);
    let mut row = 0;
    let skipped = before.len().saturating_sub(beside);
    for text in before.into_iter().skip(skipped) {
        line(buf, inside, row, &[piece(text, theme.faint)]);
        row += 1;
    }
    let mut bears = false;
    for text in here {
        line(buf, inside, row, &pieces_of(&text, !bearing.is_empty(), &mut bears, theme));
        row += 1;
    }
    for text in clean(behind).wrap(width) {
        line(buf, inside, row, &[piece(text, theme.faint)]);
        row += 1;
    }
    if row > area.height {
        line_right(buf, inside, area.height.saturating_sub(1), &[piece(" …", theme.faint)]);
    }
}

/// The signs around words that bear a value.
const BEARING: [char; 2] = ['‹', '›'];

/// Returns words with signs around those that bear a value.
fn marked(words: &str, bearing: &[Range<usize>]) -> String {
    let mut marked = String::with_capacity(words.len());
    let mut end = 0;
    for bytes in bearing {
        let part = |bytes: Range<usize>| words.get(bytes).unwrap_or_default();
        marked.extend([part(end..bytes.start), "‹", part(bytes.clone()), "›"]);
        end = bytes.end;
    }
    marked + words.get(end..).unwrap_or_default()
}

/// Divides a line at the signs around the words that bear a value; `bears` is true if the line begins within such words,
/// and is brought to its end.
fn pieces_of<'a>(text: &'a str, has_bearing: bool, bears: &mut bool, theme: &Theme) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(BEARING[usize::from(*bears)]).filter(|_| has_bearing) {
        // The signs are painted as the words between them.
        let end = if *bears { at + BEARING[1].len_utf8() } else { at };
        let (before, behind) = rest.split_at(end);
        pieces.push(piece(before, if *bears { theme.bearing } else { theme.key }));
        rest = behind;
        *bears = !*bears;
    }
    pieces.push(piece(rest, if *bears { theme.bearing } else { theme.key }));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_bear_a_value_are_marked_across_lines() {
        let words = "It has forty beds, and 3 wards.";
        let marked = marked(words, &[7..17, 23..24]);
        assert_eq!(marked, "It has ‹forty beds›, and ‹3› wards.");
        let theme = Theme::plain();
        let mut bears = false;
        let mut found = Vec::new();
        for line in clean(&marked).wrap(14) {
            for piece in pieces_of(&line, true, &mut bears, &theme) {
                if piece.style == theme.bearing {
                    found.push(piece.text.into_owned());
                }
            }
        }
        assert_eq!(found, ["‹forty", "beds›", "‹3›"]);
        assert!(!bears);
        assert_eq!(pieces_of("a ‹b› c", false, &mut bears, &theme).len(), 1);
    }
}
