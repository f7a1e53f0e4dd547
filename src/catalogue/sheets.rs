//! The sheets of the table views, made from the tables of the catalogue.
//!
//! Invariant: a sheet says nothing that its table does not; order and wording alone are
//! decided here.

use super::Catalogue;
use super::card::{Card, Line, Section, cite_claim, marks, quantity, statement_text, value_text};
use super::matrix::{self, Link, Matrix};
use super::office::Holding;
use super::sheet::{Cell, Column, Key, Row, Sheet};
use super::tables::{self, Agreement, Presence};
use super::verdict::{self, CheckResult, Outcome, Side, SlotVerdict};
use crate::model::{ClaimId, DocumentId, Dossier, EntityId, Verdict};

/// Agreements in the order of time: when, what, between whom, and who was there in which office.
pub fn agreements(catalogue: &Catalogue) -> Sheet {
    let dossier = catalogue.dossier();
    let rows: Vec<Row> = tables::agreements(catalogue)
        .iter()
        .enumerate()
        .map(|(rank, row)| agreement_row(catalogue, rank, row))
        .collect();
    Sheet {
        title: "Agreements".into(),
        columns: vec![
            Column::fixed("Date"),
            Column::words("Agreement"),
            Column::words("Parties"),
            Column::words("Signed by, in the presence of"),
            Column::fixed("Source"),
        ],
        notes: missing_note(dossier, "agreement", rows.len()),
        rows,
    }
}

fn agreement_row(catalogue: &Catalogue, rank: usize, row: &Agreement) -> Row {
    let dossier = catalogue.dossier();
    let parties: Vec<&str> = row.parties.iter().map(|party| catalogue.short_label(party.entity)).collect();
    let present: Vec<String> =
        row.signatories.iter().chain(&row.witnesses).map(|presence| presence_text(catalogue, presence)).collect();
    let date = row.when(dossier).map(crate::model::When::stated).unwrap_or_default();
    let cited = row.date.or_else(|| row.parties.iter().find_map(|party| party.claims.first().copied()));
    let claims: Vec<ClaimId> = row.date.into_iter().chain(row.scopes.iter().copied()).collect();
    Row {
        cells: vec![
            Cell::keyed(date, Key::Rank(rank)),
            Cell::text(dossier.label(row.entity)),
            Cell::text(parties.join(", ")),
            Cell::text(present.join("; ")),
            Cell::text(cited.map(|claim| cite_claim(dossier, dossier.claim(claim))).unwrap_or_default()),
        ],
        entity: Some(row.entity),
        claims,
        words: format!(
            "{} {}",
            row.modality,
            row.parties.iter().map(|party| dossier.label(party.entity)).collect::<Vec<_>>().join(" ")
        ),
    }
}

/// A person with the office held on that day: `Ramji Singh (Executive Director, AIIMS Kalyani: attested)`.
fn presence_text(catalogue: &Catalogue, presence: &Presence) -> String {
    let dossier = catalogue.dossier();
    let name = dossier.label(presence.person.unwrap_or(presence.entity));
    let offices: Vec<String> = presence.offices.iter().map(|holding| office_text(dossier, holding)).collect();
    if offices.is_empty() { name.to_owned() } else { format!("{name} ({})", offices.join("; ")) }
}

fn office_text(dossier: &Dossier, holding: &Holding) -> String {
    format!("{}: {}", dossier.label(holding.post), holding.state.as_str())
}

/// Every number with its unit, what it counts, when, and whether it is planned or in service.
pub fn figures(catalogue: &Catalogue) -> Sheet {
    let dossier = catalogue.dossier();
    let rows: Vec<Row> = tables::figures(catalogue)
        .iter()
        .map(|figure| {
            let claim = dossier.claim(figure.claim);
            let number = match figure.number {
                Some(number) => Cell::keyed(quantity(number, figure.unit), Key::Number(number)),
                None => Cell::keyed(value_text(dossier, claim), Key::Last),
            };
            let when = figure.refers_to().map(|when| dossier.when(when).stated()).unwrap_or_default();
            Row {
                cells: vec![
                    Cell::keyed(dossier.label(figure.subject), Key::Text),
                    Cell::keyed(figure.property.spec().label, Key::Rank(figure.property as usize)),
                    number,
                    Cell::text(when),
                    Cell::text(state(figure.modality, figure.basis)),
                    Cell::text(cite_claim(dossier, claim)),
                ],
                entity: Some(figure.subject),
                claims: vec![figure.claim],
                words: figure.words(catalogue),
            }
        })
        .collect();
    Sheet {
        title: "Figures".into(),
        columns: vec![
            Column::words("Of"),
            Column::words("What"),
            Column::number("Figure"),
            Column::fixed("When"),
            Column::fixed("State"),
            Column::fixed("Source"),
        ],
        notes: missing_note(dossier, "figure", rows.len()),
        rows,
    }
}

/// How a figure stands to reality, in a word: planned figures are not in service.
fn state(modality: crate::model::Modality, basis: crate::model::Basis) -> &'static str {
    use crate::model::{Basis, Modality};
    match (modality, basis) {
        (Modality::Actual, Basis::Stated | Basis::Listed) => "stated",
        (Modality::Actual, Basis::Counted) => "counted",
        (Modality::Actual, Basis::Inferred) => "inferred",
        (Modality::Planned, _) => "planned",
        (Modality::Alleged, _) => "alleged",
        (Modality::Denied, _) => "denied",
    }
}

/// The documents: what they are, and how much of the dossier rests on each.
pub fn sources(catalogue: &Catalogue) -> Sheet {
    let dossier = catalogue.dossier();
    let number = |count: usize| Cell::keyed(count.to_string(), Key::Number(count as f64));
    let rows = tables::sources(catalogue)
        .into_iter()
        .map(|source| {
            let document = dossier.document(source.document);
            let published = document.published.as_ref().map(crate::model::When::stated);
            Row {
                cells: vec![
                    Cell::text(&document.key),
                    Cell::text(dossier.label(source.entity)),
                    Cell::text(document.kind.clone().unwrap_or_default()),
                    Cell::text(published.unwrap_or_default()),
                    number(source.claims.len()),
                    number(source.alone),
                    number(source.entities.len()),
                    number(source.names),
                    number(source.unclaimed),
                ],
                entity: Some(source.entity),
                claims: Vec::new(),
                words: document.publisher.clone().unwrap_or_default(),
            }
        })
        .collect();
    Sheet {
        title: "Sources".into(),
        columns: vec![
            Column::fixed("Key"),
            Column::words("Title"),
            Column::words("Kind"),
            Column::fixed("Published"),
            Column::number("Claims"),
            Column::number("Alone"),
            Column::number("Entities"),
            Column::number("Names"),
            Column::number("No fact"),
        ],
        rows,
        notes: vec![
            "Alone: claims that no other document makes. No fact: places that carry none, each with its reason.".into(),
            "e walks through the document of the selected row.".into(),
        ],
    }
}

/// The names of one entity by source, or of every entity that has several.
pub fn names(catalogue: &Catalogue, about: Option<EntityId>) -> Sheet {
    let dossier = catalogue.dossier();
    let all = match about {
        Some(entity) => vec![tables::names_of(catalogue, entity)],
        None => tables::names_by_source(catalogue),
    };
    let documents: Vec<DocumentId> = dossier.documents().map(|(id, _)| id).collect();
    let mut columns = vec![Column::words("Entity"), Column::words("Name"), Column::fixed("Sort")];
    columns.extend(documents.iter().map(|&id| Column::fixed(&dossier.document(id).key)));
    let mut rows = Vec::new();
    for names in &all {
        for name in &names.rows {
            let sort = name.kind.map_or("label", crate::model::NameKind::as_str);
            let mut cells = vec![Cell::text(dossier.label(names.entity)), Cell::text(&name.name), Cell::text(sort)];
            for &document in &documents {
                let lines: Vec<String> = name
                    .places_in(document)
                    .map(|place| match place.pin {
                        Some(pin) => pin.line.to_string(),
                        None => place.spot.map(|row| dossier.text(row)).to_string(),
                    })
                    .collect();
                cells.push(Cell::text(lines.join(",")));
            }
            rows.push(Row { cells, entity: Some(names.entity), claims: Vec::new(), words: String::new() });
        }
    }
    let title = match about {
        Some(entity) => format!("Names of {}", dossier.label(entity)),
        None => "Names".into(),
    };
    let unproven = all.iter().flat_map(|names| &names.rows).filter(|name| name.is_unproven()).count();
    let mut notes = vec!["Under each source stand the lines that use the name.".to_owned()];
    if unproven > 0 {
        notes.push(format!("{unproven} without evidence: our own wording."));
    }
    Sheet { title, columns, rows, notes }
}

/// What a sheet says where the documents give it nothing to show.
fn missing_note(dossier: &Dossier, what: &str, rows: usize) -> Vec<String> {
    if rows > 0 { Vec::new() } else { vec![format!("{} holds no {what}.", dossier.meta().title)] }
}

/// Which department teaches what: of the institution in view, else of the one with the most programmes.
pub fn matrix(catalogue: &Catalogue, about: Option<EntityId>) -> Sheet {
    let Some(institution) = school(catalogue, about) else {
        return Sheet { title: "Matrix".into(), ..Sheet::default() };
    };
    let dossier = catalogue.dossier();
    let matrix = matrix::matrix(catalogue, institution);
    let mut columns = vec![Column::words("Department")];
    columns.extend(matrix.columns.iter().map(|column| Column::number(&column.heading)));
    columns.extend(matrix.clinic.as_ref().map(|clinic| Column::number(&clinic.heading)));
    columns.push(Column::fixed(""));
    let rows = matrix.rows.iter().map(|row| matrix_row(catalogue, &matrix, row)).collect();
    Sheet {
        title: format!("Departments and what they teach · {}", catalogue.short_label(institution)),
        columns,
        rows,
        notes: matrix_notes(dossier, &matrix),
    }
}

/// The institution whose matrix is meant.
fn school(catalogue: &Catalogue, about: Option<EntityId>) -> Option<EntityId> {
    let schools = matrix::with_programmes(catalogue);
    let home = about.and_then(|entity| catalogue.home(entity));
    [about, home].into_iter().flatten().find(|entity| schools.contains(entity)).or_else(|| schools.first().copied())
}

fn matrix_row(catalogue: &Catalogue, matrix: &Matrix, row: &matrix::Row) -> Row {
    let dossier = catalogue.dossier();
    let label = row.entity().map_or("(department not stated)", |entity| dossier.label(entity));
    let mut words = row.words(dossier);
    let mut cells = vec![Cell::text(label)];
    for (column, offers) in matrix.columns.iter().zip(&row.cells) {
        let inferred = offers.iter().any(|offer| offer.link == Link::Inferred);
        let sign = if inferred { "~" } else { "" };
        let text = if offers.is_empty() { String::new() } else { format!("{sign}{}", offers.len()) };
        if !offers.is_empty() {
            words.push(' ');
            words.push_str(&column.heading);
        }
        cells.push(Cell::keyed(text, if offers.is_empty() { Key::Last } else { Key::Number(offers.len() as f64) }));
    }
    if let Some(clinic) = &matrix.clinic {
        let took_part = !row.clinic.is_empty();
        if took_part {
            words.push(' ');
            words.push_str(&clinic.heading);
        }
        cells.push(if took_part { Cell::keyed("●", Key::Number(1.0)) } else { Cell::text("") });
    }
    cells.push(Cell::text(if row.is_bare() { "none listed" } else { "" }));
    let claims = row.cells.iter().flatten().filter_map(|offer| offer.department.or(offer.level)).collect();
    Row { cells, entity: row.entity(), claims, words }
}

/// The totals, what the signs mean, and what the prose says instead.
fn matrix_notes(dossier: &Dossier, matrix: &Matrix) -> Vec<String> {
    let totals: Vec<String> =
        matrix.columns.iter().map(|column| format!("{} {}", column.heading, column.programmes)).collect();
    let clinic = matrix.clinic.as_ref().map(|clinic| format!(" · {} {}", clinic.heading, clinic.departments));
    let departments = matrix.departments().count();
    let mut notes = vec![
        format!(
            "Totals: {departments} departments · {} programmes: {}{}",
            matrix.programmes,
            totals.join(" · "),
            clinic.unwrap_or_default()
        ),
        "~ the department was inferred from the title · ● took part in the first clinic".into(),
    ];
    for check in &matrix.checks {
        let sign = if check.agrees() { "✓" } else { "≠" };
        let cited = cite_claim(dossier, dossier.claim(check.claim));
        notes.push(format!("{sign} {cited} says {} {}; listed here: {}", check.said, check.what, check.counted));
    }
    notes
}

/// Where claims differ, the gravest first, then the sums and ratios that the documents imply.
pub fn conflicts(catalogue: &Catalogue) -> Sheet {
    let judged: Vec<SlotVerdict> = verdict::verdicts(catalogue).into_iter().filter(differs).collect();
    let checks = verdict::checks(catalogue);
    let mut rows: Vec<Row> = judged.iter().map(|slot| conflict_row(catalogue, slot)).collect();
    rows.extend(checks.iter().map(|check| check_row(catalogue, check)));
    let counts = Verdict::ALL.iter().filter_map(|&verdict| {
        let count = judged.iter().filter(|slot| slot.verdict == verdict).count();
        (count > 0).then(|| format!("{count} {} {verdict}", verdict::sign(verdict)))
    });
    let holding = checks.iter().filter(|check| check.outcome == Outcome::Holds).count();
    let sums = format!("{holding} of {} sums hold", checks.len());
    Sheet {
        title: "Conflicts".into(),
        columns: vec![
            Column::fixed("Verdict"),
            Column::words("Of"),
            Column::words("What"),
            Column::words("One side"),
            Column::words("Other side"),
            Column::fixed("Rule"),
        ],
        rows,
        notes: vec![counts.chain([sums]).collect::<Vec<_>>().join(" · ")],
    }
}

/// Whether a verdict is about claims that are not the same.
fn differs(slot: &SlotVerdict) -> bool {
    match slot.verdict {
        Verdict::Conflicts | Verdict::Slipped | Verdict::Fulfilled | Verdict::Series | Verdict::Refines => true,
        Verdict::Agrees | Verdict::Noted => false,
    }
}

fn conflict_row(catalogue: &Catalogue, slot: &SlotVerdict) -> Row {
    let dossier = catalogue.dossier();
    let pair = slot.decisive();
    Row {
        cells: vec![
            Cell::keyed(format!("{} {}", verdict::sign(slot.verdict), slot.verdict), Key::Rank(slot.verdict as usize)),
            Cell::text(catalogue.short_label(slot.subject)),
            Cell::text(slot.property.spec().label),
            Cell::text(side_text(dossier, pair.a)),
            Cell::text(side_text(dossier, pair.b)),
            Cell::text(pair.rule.id()),
        ],
        entity: Some(slot.subject),
        claims: pair
            .claims()
            .chain(slot.claims.iter().copied().filter(|&claim| !pair.claims().any(|other| other == claim)))
            .collect(),
        words: verdict::explain(dossier, slot.property, pair),
    }
}

/// A side of a pair: what is said, and where.
fn side_text(dossier: &Dossier, side: Side) -> String {
    match side {
        Side::Claim(claim) => {
            let claim = dossier.claim(claim);
            let planned = marks(claim).join(", ");
            let marks = if planned.is_empty() { planned } else { format!(" ({planned})") };
            format!("{}{marks} {}", value_text(dossier, claim), cite_claim(dossier, claim))
        }
        Side::List(count) => format!("{count} listed here"),
    }
}

fn check_row(catalogue: &Catalogue, result: &CheckResult) -> Row {
    let dossier = catalogue.dossier();
    let check = &dossier.checks()[result.check];
    let subject = result.claims.first().map(|&claim| dossier.claim(claim).subject);
    Row {
        cells: vec![
            Cell::keyed(
                format!("{} {}", result.outcome.sign(), result.outcome.as_str()),
                Key::Rank(Verdict::ALL.len() + result.outcome as usize),
            ),
            Cell::text(subject.map(|subject| catalogue.short_label(subject)).unwrap_or_default()),
            Cell::text(dossier.text(check.label)),
            Cell::text(&result.words),
            Cell::text(""),
            Cell::text("arithmetic"),
        ],
        entity: subject,
        claims: result.claims.clone(),
        words: String::new(),
    }
}

/// The card of a row of the conflicts: the verdict, both sides, and what else the slot holds.
pub fn conflict_card(catalogue: &Catalogue, row: &Row) -> Option<Card> {
    let dossier = catalogue.dossier();
    let entity = row.entity?;
    let line = |label: &str, id: ClaimId| {
        let claim = dossier.claim(id);
        Line {
            label: label.to_owned(),
            text: statement_text(dossier, claim, None),
            claim: Some(id),
            cite: cite_claim(dossier, claim),
            target: Some(claim.subject),
            ..Line::default()
        }
    };
    let words = |text: &str| Line { flush: true, text: text.to_owned(), ..Line::default() };
    let first = dossier.claim(*row.claims.first()?);
    let slot = verdict::verdict_of(catalogue, first.subject, first.property).filter(|_| !row.words.is_empty());
    let Some(slot) = slot else {
        let lines = row.claims.iter().map(|&id| line(dossier.claim(id).property.spec().label, id)).collect();
        let sum = row.cells.get(3).map(|cell| words(&cell.text));
        let sections = vec![
            Section { title: "Arithmetic".into(), lines: sum.into_iter().collect() },
            Section { title: "Figures".into(), lines },
        ];
        return Some(Card { entity, names: Vec::new(), sections });
    };
    let pair = slot.decisive();
    let both: Vec<ClaimId> = pair.claims().collect();
    let others = slot.claims.iter().chain(&slot.left_out).copied().filter(|claim| !both.contains(claim));
    let mut sections = vec![
        Section {
            title: format!("{} {}", verdict::sign(slot.verdict), slot.verdict),
            lines: vec![
                words(&verdict::explain(dossier, slot.property, pair)),
                words(&format!("Rule {}: {}", pair.rule.id(), pair.rule.sentence())),
            ],
        },
        Section {
            title: "Both sides".into(),
            lines: both.iter().zip(["One", "Other"]).map(|(&id, label)| line(label, id)).collect(),
        },
        Section { title: "Else said of it".into(), lines: others.map(|id| line("", id)).collect() },
    ];
    sections.retain(|section| !section.lines.is_empty());
    Some(Card { entity, names: Vec::new(), sections })
}
