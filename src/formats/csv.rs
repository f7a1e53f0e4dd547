//! CSV for spreadsheets: one table, a header, cells that no spreadsheet runs as a formula.
//!
//! Invariant: every cell is safe to show, and none begins with a character that makes a spreadsheet take it for a
//! formula, unless the whole cell is a decimal number.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::model::id::{Sym, WhenId};
use crate::model::{Claim, ClaimId, Dossier, EntityId, Place, State, Value, When};
use crate::text::clean;

/// Writes rows of equal length under a header.
#[derive(Debug)]
pub struct Sheet<W: Write> {
    inner: csv::Writer<W>,
}

impl<W: Write> Sheet<W> {
    /// Writes the header: the names of the columns.
    ///
    /// # Errors
    ///
    /// Errors of `out`.
    pub fn new(out: W, header: &[&str]) -> io::Result<Self> {
        let mut sheet = Self { inner: csv::Writer::from_writer(out) };
        sheet.row(header)?;
        Ok(sheet)
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// Errors of the writer; a row of another length than the header.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) -> io::Result<()> {
        self.inner.write_record(cells.iter().map(|cell| defused(cell.as_ref()).into_owned())).map_err(into_io)
    }

    /// Flushes the buffer.
    ///
    /// # Errors
    ///
    /// Errors of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Converts an error, so that the kind of an I/O error, such as a closed pipe, is kept.
fn into_io(error: csv::Error) -> io::Error {
    if matches!(error.kind(), csv::ErrorKind::Io(_))
        && let csv::ErrorKind::Io(error) = error.into_kind()
    {
        return error;
    }
    io::Error::other("a row of another length than the header")
}

/// Returns a cell without control characters, with an apostrophe before what a spreadsheet would take for a formula.
fn defused(raw: &str) -> Cow<'_, str> {
    let text = clean(raw).into_inner();
    let starts_formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if (starts_formula(raw) || starts_formula(text.trim_start())) && !is_number(&text) {
        return Cow::Owned(format!("'{text}"));
    }
    text
}

/// Returns true if the whole cell is a decimal number.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'))
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// The columns of [`write_claims`].
const CLAIMS: [&str; 28] = [
    "id",
    "kind",
    "label",
    "property",
    "value",
    "number",
    "unit",
    "entity",
    "entity_label",
    "when",
    "when_label",
    "earliest",
    "latest",
    "start",
    "end",
    "as_of",
    "modality",
    "basis",
    "rank",
    "reason",
    "note",
    "evidence",
    "claim",
    "by",
    "said_in",
    "private",
    "state",
    "scope",
];

/// Writes one row for each claim of the entities, and one for an entity without claims.
///
/// # Errors
///
/// Errors of `out`.
pub fn write_claims(
    dossier: &Dossier,
    entities: impl IntoIterator<Item = EntityId>,
    out: impl Write,
) -> io::Result<()> {
    let mut sheet = Sheet::new(out, &CLAIMS)?;
    for id in entities {
        let head = head(dossier, id);
        let claims = dossier.claims_of(id);
        if claims.is_empty() {
            let mut row = head.to_vec();
            row.resize(CLAIMS.len(), String::new());
            sheet.row(&row)?;
        }
        for claim in claims {
            sheet.row(&[&head[..], &claim_cells(dossier, claim)].concat())?;
        }
    }
    sheet.finish()
}

/// Writes one row for each of these claims.
///
/// # Errors
///
/// Errors of `out`.
pub fn write_claims_of(dossier: &Dossier, claims: &[ClaimId], out: impl Write) -> io::Result<()> {
    let mut sheet = Sheet::new(out, &CLAIMS)?;
    for claim in claims.iter().map(|&id| dossier.claim(id)) {
        sheet.row(&[&head(dossier, claim.subject)[..], &claim_cells(dossier, claim)].concat())?;
    }
    sheet.finish()
}

/// Returns the cells of the subject of a claim.
fn head(dossier: &Dossier, id: EntityId) -> [String; 3] {
    [dossier.id(id), &dossier.kind(id).name, dossier.label(id)].map(str::to_owned)
}

/// Returns the cells of a claim that follow those of its subject.
fn claim_cells(dossier: &Dossier, claim: &Claim) -> [String; CLAIMS.len() - 3] {
    let text = |sym: Option<Sym>| sym.map(|sym| dossier.text(sym).to_owned()).unwrap_or_default();
    let edtf = |id: Option<WhenId>| id.map(|id| dossier.when(id).edtf().to_owned()).unwrap_or_default();
    let none = String::new;
    let details = dossier.details(claim);
    let scope: Vec<&str> =
        details.into_iter().flat_map(|details| &details.scope).map(|&part| dossier.reference(part)).collect();
    let [value, number, unit, entity, entity_label] = match claim.value {
        Value::Text(sym) => [text(Some(sym)), none(), none(), none(), none()],
        Value::Number { number, unit } => [
            none(),
            dossier.number_written(claim).unwrap_or_else(|| number.get().to_string()),
            dossier.unit(unit).into_owned(),
            none(),
            none(),
        ],
        Value::Entity(id) => [none(), none(), none(), dossier.id(id).to_owned(), dossier.label(id).to_owned()],
        Value::Date(_) | Value::Missing => [const { String::new() }; 5],
    };
    let [when, when_label, earliest, latest] = when_cells(dossier.date(claim));
    [
        dossier.vocabulary().name(claim.property).to_owned(),
        value,
        number,
        unit,
        entity,
        entity_label,
        when,
        when_label,
        earliest,
        latest,
        edtf(claim.start),
        edtf(claim.end),
        edtf(claim.as_of),
        claim.modality().as_str().to_owned(),
        claim.basis().as_str().to_owned(),
        claim.rank().as_str().to_owned(),
        text(claim.reason),
        dossier.note(claim).unwrap_or_default().to_owned(),
        evidence_cell(dossier, claim),
        dossier.claim_name(claim).into_owned(),
        dossier.speaker(claim).unwrap_or_default().to_owned(),
        text(details.and_then(|details| details.said_in)),
        if details.is_some_and(|details| details.is_private) { "private".into() } else { String::new() },
        details.and_then(|details| details.state).map(State::as_str).unwrap_or_default().to_owned(),
        scope.join("; "),
    ]
}

/// Returns a date in four cells: EDTF, label, first and last day; each is empty if there is none.
pub fn when_cells(when: Option<&When>) -> [String; 4] {
    let Some(when) = when else { return [const { String::new() }; 4] };
    [
        when.edtf().to_owned(),
        when.label().unwrap_or_default().to_owned(),
        when.earliest().map(|day| day.to_string()).unwrap_or_default(),
        when.latest().map(|day| day.to_string()).unwrap_or_default(),
    ]
}

/// Returns the places of a claim as they are written in authored files: `report: Founding / p1 s4; letter: lead / p2`.
pub fn evidence_cell(dossier: &Dossier, claim: &Claim) -> String {
    evidence_cell_of(dossier, [claim])
}

/// Returns the places of some claims as [`evidence_cell`] does, each once.
pub fn evidence_cell_of<'a>(dossier: &'a Dossier, claims: impl IntoIterator<Item = &'a Claim>) -> String {
    let place = |place: &Place| {
        let document = dossier.id(dossier.document(place.document).entity);
        let slug = document.split_once('/').map_or(document, |(_, slug)| slug);
        format!("{slug}: {} / {}", dossier.text(place.section), place.spot.map(|row| dossier.text(row)))
    };
    let mut places: Vec<String> = Vec::new();
    for text in claims.into_iter().flat_map(|claim| dossier.evidence(claim)).map(place) {
        if !places.contains(&text) {
            places.push(text);
        }
    }
    places.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, CoreKind, NewClaim, NewValue};
    use crate::vocabulary::testing::{property, unit};
    use proptest::prelude::*;

    #[test]
    fn a_formula_is_defused_and_a_number_is_not() {
        for (raw, cell) in [
            ("=1+1", "'=1+1"),
            ("+HYPERLINK(1)", "'+HYPERLINK(1)"),
            ("-cmd|x", "'-cmd|x"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("\r\n=1", "'  =1"),
            ("\u{200b}=1", "'=1"),
            ("  =1", "'  =1"),
            ("＝1+1", "'＝1+1"),
            ("-", "'-"),
            ("-inf", "'-inf"),
            ("-12.5", "-12.5"),
            ("+4e3", "+4e3"),
            ("865 + 78", "865 + 78"),
            ("AIIMS, Kalyani", "AIIMS, Kalyani"),
            ("\u{1b}[31mred", "[31mred"),
        ] {
            assert_eq!(defused(raw), cell, "{raw:?}");
        }
    }

    #[test]
    fn each_claim_is_a_row_and_so_is_an_entity_without_claims() {
        let mut builder = Builder::default();
        let school = builder.entity(CoreKind::Institution, "school", "=School, \"new\"").unwrap();
        builder.entity(CoreKind::Person, "silent", "Silent").unwrap();
        builder.claim(NewClaim::new(school, property("beds"), NewValue::Number(-4.0, unit("beds"))));
        builder.claim(NewClaim::new(
            school,
            property("announced"),
            NewValue::Date(When::parse("[..2014-06]").unwrap()),
        ));
        let dossier = builder.finish();
        let mut out = Vec::new();
        write_claims(&dossier, dossier.entities(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        let label = "\"'=School, \"\"new\"\"\"";
        assert_eq!(
            lines,
            [
                format!(
                    "institution/school,institution,{label},announced,,,,,,[..2014-06],,,2014-06-30,,,,actual,stated,normal,,,,~sjlanlon,,,,,"
                ),
                format!(
                    "institution/school,institution,{label},beds,,-4,beds,,,,,,,,,,actual,stated,normal,,,,~b3oqkryc,,,,,"
                ),
                format!("person/silent,person,Silent{}", ",".repeat(CLAIMS.len() - 3)),
            ]
        );
    }

    #[test]
    fn a_closed_pipe_is_still_a_closed_pipe() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut sheet = Sheet::new(Closed, &["a"]).unwrap();
        let error = loop {
            if let Err(error) = sheet.row(&["x".repeat(1000)]) {
                break error;
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula(raw in "[=+@\\-\t\r\u{200b}0-9a-z .]{0,12}") {
            let cell = defused(&raw).into_owned();
            let formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
            prop_assert!(!formula || cell.trim_start().parse::<f64>().is_ok(), "{cell:?}");
        }
    }
}
