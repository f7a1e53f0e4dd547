//! Suggests an existing place for one that does not exist.
//!
//! Invariant: a suggested place exists in the document.

use crate::formats::defect::nearest;
use crate::model::Spot;
use crate::passages::document::SourceText;

/// Returns the most similar place: in the same section, or in the section with the most similar name. `None` if
/// no section is similar.
pub fn nearest_place(text: &SourceText, section: &str, spot: Spot<&str>) -> Option<String> {
    let sections = || text.sections().map(|(name, _)| name);
    let name = sections().find(|&name| name == section).or_else(|| nearest(section, sections()))?;
    let mut spots: Vec<Spot<&str>> = text.sections().find(|(other, _)| *other == name)?.1.collect();
    spots.sort_unstable();
    let near = spots.iter().min_by_key(|candidate| distance(spot, **candidate))?;
    Some(format!("{name} / {near}"))
}

/// Returns the distance of two spots of a section. Spots of another kind are farthest; numbers are compared by
/// difference, row names by normalised Damerau-Levenshtein distance.
fn distance(wanted: Spot<&str>, found: Spot<&str>) -> (u8, u16, u16) {
    match (wanted, found) {
        (Spot::Heading, Spot::Heading) => (0, 0, 0),
        (Spot::Row(wanted), Spot::Row(found)) => {
            let alike = strsim::normalized_damerau_levenshtein(&wanted.to_lowercase(), &found.to_lowercase());
            #[expect(clippy::cast_sign_loss, reason = "likeness lies between 0 and 1")]
            (0, (1000.0 * (1.0 - alike)) as u16, 0)
        }
        (Spot::Item(wanted), Spot::Item(found)) | (Spot::Paragraph(wanted), Spot::Paragraph(found)) => {
            (0, wanted.abs_diff(found), 0)
        }
        (Spot::Sentence { paragraph: a, sentence: x }, Spot::Sentence { paragraph: b, sentence: y }) => {
            (0, a.abs_diff(b), x.abs_diff(y))
        }
        (Spot::Sentence { paragraph: a, .. }, Spot::Paragraph(b)) => (1, a.abs_diff(b), 0),
        (Spot::Paragraph(a), Spot::Sentence { paragraph: b, sentence }) => (1, a.abs_diff(b), sentence),
        (
            Spot::Heading | Spot::Row(_) | Spot::Item(_) | Spot::Paragraph(_) | Spot::Sentence { .. },
            Spot::Heading | Spot::Row(_) | Spot::Item(_) | Spot::Paragraph(_) | Spot::Sentence { .. },
        ) => (2, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DOCUMENT;
    use super::*;

    #[test]
    fn the_nearest_place_of_the_same_kind_is_suggested() {
        let text = SourceText::new(DOCUMENT);
        for (written, meant) in [
            ("lead / p1 s3", Some("lead / p1 s2")),
            ("lead / p9 s9", Some("lead / p2 s1")),
            ("lead / p3", Some("lead / p2")),
            ("History / item 7", Some("History / item 2")),
            ("Histroy / item 1", Some("History / item 1")),
            ("history / heading", Some("History / heading")),
            ("infobox / row bed", Some("infobox / row Beds")),
            ("Teaching / p1 s1", Some("Teaching / heading")),
            ("Zoology / p1 s1", None),
        ] {
            let parts = written.rsplit_once(" / ").and_then(|(section, spot)| Some((section, Spot::parse(spot)?)));
            let near = parts.and_then(|(section, spot)| nearest_place(&text, section, spot));
            assert_eq!(near.as_deref(), meant, "{written}");
        }
    }
}
