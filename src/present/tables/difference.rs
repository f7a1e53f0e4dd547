//! The difference: what began, ended and changed between two dates.
//!
//! Invariant: the row of a change that is planned, alleged or only possible says so.

use super::data::{SortKey, TableCell, TableColumn, TableData, TableRow};
use super::spec::{Needs, Table, TableInput, TableSpec};
use crate::model::{Dossier, Modality, Vocabulary, When};
use crate::offices::Certainty;
use crate::present::difference_text;
use crate::present::wording::{cite_short, distinct, marks};
use crate::timeline::World;
use crate::timeline::chronology::touched_by;
use crate::timeline::difference::{Change, Difference, Part, difference};

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Difference",
    command: "diff",
    about: "Prints what began, ended and changed between two dates",
    needs: Needs::TwoDates,
    has_tab: false,
    build,
    ..TableSpec::PLAIN
});

/// Builds the table of changes, part by part; empty without two dates in order.
fn build(input: &TableInput<'_>) -> TableData {
    let world = input.world;
    let found = input.dates.and_then(|(from, to)| difference(world, from, to).ok());
    let Some(found) = found else { return TableData::default() };
    let keys = time_keys(&found);
    let parts = parts(&found);
    let rows = found.changes.iter().zip(keys).map(|(change, key)| row(world, &parts, change, key)).collect();
    let columns = vec![
        TableColumn::fixed("Part"),
        TableColumn::fixed("Change"),
        TableColumn::fixed("When"),
        TableColumn::words("What"),
        TableColumn::words("Before"),
        TableColumn::words("After"),
        TableColumn::words("Known"),
        TableColumn::extra("Source"),
    ];
    let title = format!("From {} to {}: {} against {}", found.from, found.to, found.a, found.b);
    TableData::new(title, columns, rows, notes(world, &found))
}

/// Returns the sort key of every change by time; undated changes come last in both directions.
fn time_keys(found: &Difference) -> Vec<SortKey> {
    let whens: Vec<Option<&When>> = found.changes.iter().map(|change| change.when.as_ref()).collect();
    whens.iter().map(|&when| SortKey::of_date(when, &whens)).collect()
}

/// Returns the parts in which something changed, in their order.
fn parts(found: &Difference) -> Vec<Part> {
    let mut parts: Vec<Part> = found.changes.iter().map(|change| change.part).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

fn row(world: &World, parts: &[Part], change: &Change, time: SortKey) -> TableRow {
    let dossier = world.dossier();
    let what = match (change.part, change.property) {
        (Part::Figures, Some(property)) => {
            format!("{}: {}", world.label(change.subject), dossier.property(property).label.to_lowercase())
        }
        (_, Some(_) | None) => world.label(change.subject).into_owned(),
    };
    let when = change.when.as_ref().map(When::stated).unwrap_or_default();
    let rank = parts.iter().position(|&part| part == change.part).unwrap_or(parts.len());
    TableRow {
        cells: vec![
            TableCell::keyed(change.part.label(dossier.vocabulary()), SortKey::Rank(rank)),
            TableCell::keyed(change.sign.as_str(), SortKey::Rank(change.sign as usize)),
            TableCell::keyed(when, time),
            TableCell::text(what),
            TableCell::text(difference_text::answer(world, &change.before)),
            TableCell::text(difference_text::answer(world, &change.after)),
            TableCell::text(known(dossier, change)),
            TableCell::text(sources(dossier, change)),
        ],
        entity: Some(change.subject),
        claims: change.claims.clone(),
        words: words(dossier, change),
    }
}

/// Returns the certainty of the change, "definite" or "possible", and its marks, such as "planned". A definite change
/// that is not actual has its marks alone.
fn known(dossier: &Dossier, change: &Change) -> String {
    let certainty = match (change.certainty, change.modality) {
        (Certainty::Definite, Modality::Actual) => Some("definite"),
        // A plan for a day that is certain is still a plan.
        (Certainty::Definite, Modality::Planned | Modality::Alleged | Modality::Denied) => None,
        (Certainty::Part | Certainty::Possible, _) => Some("possible"),
    };
    // The states of the holders of a post are beside their names.
    let decisive = change.property.and(change.claims.first());
    let marks = decisive.map(|&id| marks(dossier.claim(id))).unwrap_or_default();
    certainty.into_iter().chain(marks).collect::<Vec<_>>().join(", ")
}

/// Returns the places of the evidence of a change, each once.
fn sources(dossier: &Dossier, change: &Change) -> String {
    let places = change.claims.iter().flat_map(|&id| dossier.evidence(dossier.claim(id)));
    distinct(places.map(|place| cite_short(dossier, place))).join(" ")
}

/// Returns words for the filter: the labels of the entities that the subject touches.
fn words(dossier: &Dossier, change: &Change) -> String {
    let touched = touched_by(dossier, change.subject).into_iter().skip(1);
    touched.map(|entity| dossier.label(entity)).collect::<Vec<_>>().join(" ")
}

/// Returns the days compared, the number of changes in each part, and where the dossier ends.
fn notes(world: &World, found: &Difference) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if let Some(days) = found.days {
        notes.push(format!("What happened counts from {} to {}.", days.first, days.last));
    }
    let words = world.dossier().vocabulary();
    let counts: Vec<String> = parts(found).into_iter().map(|part| count(words, found, part)).collect();
    notes.push(if counts.is_empty() {
        "Nothing is known to have changed.".to_owned()
    } else {
        format!("{}.", counts.join(" · "))
    });
    if let Some(day) = found.horizon() {
        notes.push(format!("Cut to {day}: the documents speak of no later day."));
    }
    let horizon = world.dossier().meta().horizon.as_ref();
    if let Some(horizon) = horizon.filter(|horizon| horizon.latest().is_some_and(|last| last < found.a)) {
        notes.push(format!("The documents speak of no day after {}.", horizon.stated()));
    }
    notes
}

/// Returns the number of changes in a part: `Events 9 (3 possible, 2 planned)`.
fn count(words: &Vocabulary, found: &Difference, part: Part) -> String {
    let changes = || found.changes.iter().filter(|change| change.part == part);
    let all = changes().count();
    let possible = changes().filter(|change| change.certainty == Certainty::Possible).count();
    let mut qualified = vec![(possible, "possible")];
    for &modality in Modality::ALL.iter().filter(|&&modality| modality != Modality::Actual) {
        qualified.push((changes().filter(|change| change.modality == modality).count(), modality.as_str()));
    }
    let qualified: Vec<String> =
        qualified.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let qualified = if qualified.is_empty() { String::new() } else { format!(" ({})", qualified.join(", ")) };
    format!("{} {all}{qualified}", part.label(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author::{embedded, load};
    use crate::model::Moment;
    use crate::present::tables::SortBy;

    fn table(from: &str, to: &str) -> TableData {
        table_of(&World::new(load(&embedded()).0), from, to)
    }

    fn table_of(world: &World, from: &str, to: &str) -> TableData {
        let moment = |text| Moment::parse(text, None).unwrap();
        TABLE.build(world, None, Some((moment(from), moment(to))))
    }

    #[test]
    fn title_and_notes_say_what_was_really_compared() {
        let table = table("2021", "2030");
        assert_eq!(table.title, "From 2021 to 2030: 2021-01-01 against 2025-11-30");
        assert_eq!(
            table.notes,
            [
                "What happened counts from 2021-01-01 to 2025-11-30.",
                "Offices 2 · Services 9 (3 possible, 2 planned) · Programmes 3 (2 planned) · Agreements 4 · \
                 Events 10 (4 possible) · Figures 21 (14 possible, 3 planned).",
                "Cut to 2025-11-30: the documents speak of no later day.",
            ]
        );
    }

    #[test]
    fn where_nothing_changed_the_notes_say_so() {
        assert_eq!(table("2021-06-15", "2021-06-15").notes, ["Nothing is known to have changed."]);
        let beyond = table("2026", "2027").notes;
        assert_eq!(beyond.last().unwrap(), "The documents speak of no day after 2025-11.");
    }

    #[test]
    fn a_row_has_its_entity_its_claims_and_what_is_known() {
        let world = World::new(load(&embedded()).0);
        let table = table_of(&world, "2021", "2025");
        let row = |id: &str| {
            let entity = world.dossier().find(id);
            table.rows.iter().find(|row| row.entity == entity).unwrap()
        };
        let known = |id: &str| row(id).cells[6].text.clone();
        assert_eq!(known("facility/kalyani-opd"), "definite");
        assert_eq!(known("facility/mookerjee-ipd"), "possible, planned, inferred");
        assert_eq!(known("institution/school-for-skills"), "planned");
        let director = row("post/kalyani-director");
        let texts: Vec<&str> = director.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts[..3], ["Offices", "changed", "2025-09-22"]);
        // Sinha's two statements of his start, Singh's start and where he is seen.
        assert_eq!((director.claims.len(), texts[7]), (4, "C:75 C:49 C:216"));
        // The director's row has his institution among its words.
        assert!(table.select("offices kalyani executive", None).len() == 1);
    }

    #[test]
    fn sorted_by_time_all_parts_are_one_chronology() {
        let table = table("2021", "2025");
        let rows = table.select("definite", Some(SortBy { column: 2, descending: false }));
        let times: Vec<&str> = rows.iter().map(|&row| table.rows[row].cells[2].text.as_str()).collect();
        assert_eq!(times[0], "2021-01-27");
        assert!(times.iter().map(|time| &time[..4]).is_sorted());
    }
}
