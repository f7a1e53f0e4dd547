//! Documents split into sections, sentences, items and rows.
//!
//! Invariant: only shapes and counts are checked; this file quotes no sentence of a document.

use annals::model::Spot;
use annals::passages::{Unit, split};

use crate::support::documents::{self, around, document, documents};

fn items(units: &[Unit], section: &str) -> usize {
    units.iter().filter(|unit| unit.section == section && matches!(unit.place, Spot::Item(_))).count()
}

fn sections(units: &[Unit]) -> Vec<&str> {
    let headings = units.iter().filter(|unit| unit.place == Spot::Heading);
    headings.map(|unit| unit.section.as_str()).collect()
}

fn sentences(units: &[Unit], section: &str) -> Vec<(u16, u16)> {
    let places = units.iter().filter(|unit| unit.section == section).filter_map(|unit| match unit.place {
        Spot::Sentence { paragraph, sentence } => Some((paragraph, sentence)),
        Spot::Heading | Spot::Item(_) | Spot::Row(_) | Spot::Paragraph(_) => None,
    });
    places.collect()
}

#[test]
fn no_character_of_any_document_is_lost_or_taken_twice() {
    let Some(folder) = documents() else { return };
    for (name, text) in documents::texts(&folder) {
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let units = split(&text);
        let texts: String = units.iter().map(|unit| around(&text, unit)[1]).collect();
        assert_eq!(squeeze(&texts), squeeze(&text), "{name}");
    }
}

#[test]
fn the_lists_of_the_kalyani_article_have_their_lengths() {
    let Some(text) = document("002") else { return };
    let units = split(&text);
    let lists = [
        ("Departments and centers", 41),
        ("Doctor of Philosophy", 13),
        ("Super Speciality Medicine Courses", 8),
        ("Postgraduate courses", 27),
        ("Post-Doctoral Certificate Courses", 12),
        ("Undergraduate Programmes", 6),
    ];
    for (section, length) in lists {
        assert_eq!(items(&units, section), length, "{section}");
    }
    let rows = units.iter().filter(|unit| matches!(unit.place, Spot::Row(_))).count();
    assert_eq!((rows, sections(&units).len(), units.len()), (16, 26, 262));
}

#[test]
fn titles_initials_and_degrees_do_not_cut_the_articles() {
    let Some(text) = document("002") else { return };
    let units = split(&text);
    assert_eq!(sentences(&units, "Governance").len(), 9);
    assert_eq!(sentences(&units, "Courses"), [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1)]);
    assert_eq!(sentences(&units, "lead").iter().filter(|(paragraph, _)| *paragraph == 4).count(), 3);
    // Two sentences begin with a lower-case letter, and one full stop has no space after it.
    assert_eq!(sentences(&units, "Research and Collaborations").len(), 9);
    assert_eq!(sentences(&units, "Central library").len(), 7);
    assert_eq!(sentences(&units, "Logo").len(), 10);

    let Some(text) = document("004") else { return };
    let units = split(&text);
    assert_eq!(sentences(&units, "lead").iter().filter(|(paragraph, _)| *paragraph == 1).count(), 6);
    assert_eq!((items(&units, "See also"), sections(&units)), (2, vec!["lead", "infobox", "See also"]));
}

#[test]
fn a_report_begins_with_its_date_and_has_no_headings() {
    for number in ["000", "001"] {
        let Some(text) = document(number) else { return };
        let units = split(&text);
        let first = units.first().map(|unit| (unit.place.clone(), around(&text, unit)[1].starts_with("date ")));
        assert_eq!(first, Some((Spot::Row("date".to_owned()), true)), "{number}");
        assert!(sections(&units).is_empty(), "{number}");
    }
}

#[test]
fn the_titles_of_the_skills_article_are_its_four_sections() {
    let Some(text) = document("003") else { return };
    let units = split(&text);
    let words: Vec<usize> = sections(&units).iter().map(|section| section.split(' ').count()).collect();
    assert_eq!(words, [8, 4, 8, 5]);
    assert_eq!(units.iter().filter(|unit| matches!(unit.place, Spot::Item(_))).count(), 3);
}
