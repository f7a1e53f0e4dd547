//! Findings as defects: at the places where the rows are written, without those that are allowed there.
//!
//! Invariant: a finding is left out only if the dossier or a table of its rows allows its code.

use super::finding::{About, Declared, Finding};
use super::rules;
use crate::formats::author::{Row, Written, load_written, locator, slug};
use crate::model::{Dossier, EntityId, Place};
use crate::syntax::{Code, Defect, Position, SourceFile};
use crate::timeline::World;

/// Returns a defect for each finding that is not allowed, sorted by place.
///
/// Without `written`, as for a file of `SQLite`, the place is the file and the message begins with the id of the row; errors
/// of content are warnings then, because another program may have written them.
pub fn defects(dossier: &Dossier, findings: Vec<Finding>, written: Option<&Written>, file: &str) -> Vec<Defect> {
    let of = |finding| match written {
        Some(written) => located(dossier, finding, written, file),
        None => Some(named(dossier, finding, file)),
    };
    let mut defects: Vec<Defect> = findings.into_iter().filter_map(of).collect();
    defects.sort();
    defects
}

/// Returns the errors of content of authored files, with their places and without those that are allowed, and the format
/// of the files. Files of format 1 are loaded with them.
pub fn content_errors(files: &[SourceFile], file: &str) -> (Vec<Defect>, u32) {
    let (dossier, written, _) = load_written(Vec::new(), files);
    let world = World::new(dossier);
    let mut found = defects(world.dossier(), rules::errors(&world), Some(&written), file);
    found.retain(Defect::is_error);
    (found, written.format())
}

/// Returns a defect at the place of its row, unless it is allowed.
fn located(dossier: &Dossier, finding: Finding, written: &Written, file: &str) -> Option<Defect> {
    let Finding { code, severity, about, key, second, found, expected } = finding;
    let row = row(dossier, about);
    let other = second.map(|about| self::row(dossier, about));
    if written.allows(code, &row) || other.as_ref().is_some_and(|row| written.allows(code, row)) {
        return None;
    }
    // A claim that was merged of several is reported where it is not allowed.
    let mut marks = written.of(&row).iter().filter(|mark| !mark.allowed.has(code)).map(|mark| &mark.at);
    let first = marks.next();
    let at = key.and_then(|key| written.key(&row, key)).or(first).cloned();
    let at = at.unwrap_or_else(|| Position::of_file(file));
    let second = match &other {
        Some(row) => written.of(row).iter().map(|mark| &mark.at).find(|place| **place != at),
        None => marks.next(),
    };
    Some(Defect { severity, second: second.cloned(), ..Defect::new(code, at, found, expected) })
}

/// Returns a defect of the whole file, with the id of its row.
fn named(dossier: &Dossier, finding: Finding, file: &str) -> Defect {
    let Finding { code, severity, about, second, found, expected, .. } = finding;
    let severity = if severity == code.severity() { code.severity_of_import() } else { severity };
    let rows = match second.map(|about| name(dossier, about)) {
        Some(second) => format!("{} and {second}", name(dossier, about)),
        None => name(dossier, about),
    };
    let found = format!("{rows}: {found}");
    Defect { severity, ..Defect::of_file(code, file, found, expected) }
}

fn row(dossier: &Dossier, about: About) -> Row {
    match about {
        About::Dossier => Row::Dossier,
        About::Document(id) => Row::Document(id),
        About::Entity(id) => Row::Entity(id),
        About::Name(at) => Row::Name(at),
        About::Claim(id) => Row::Claim(id),
        About::Judgement(at) => Row::Judgement(at),
        About::Check(at) => Row::Check(at),
        About::Unclaimed(at) => Row::Unclaimed(at),
        About::Complete(at) => Row::Complete(at),
        About::Review(at) => Row::Review(at),
        About::Pins(id) => Row::Pins(id),
        About::Place(at) => Row::Place(at),
        About::Declaration(word) => {
            let (table, name) = declared(dossier, word);
            Row::Word(table, name.into())
        }
    }
}

/// Returns the table and the name of a declared word.
fn declared(dossier: &Dossier, word: Declared) -> (&'static str, &str) {
    let words = dossier.vocabulary();
    match word {
        Declared::Kind(id) => ("kind", &words.kind(id).name),
        Declared::Property(id) => ("property", words.name(id)),
        Declared::Measure(id) => ("measure", &words.measure(id).name),
        Declared::Matrix(at) => ("matrix", words.matrices().get(at).map_or("", |matrix| &matrix.name)),
    }
}

/// Returns how a row is named where it has no place.
fn name(dossier: &Dossier, about: About) -> String {
    let id = |entity: EntityId| dossier.id(entity).to_owned();
    match about {
        About::Dossier => "dossier".to_owned(),
        About::Document(document) | About::Pins(document) => id(dossier.document(document).entity),
        About::Place(at) => dossier.places().get(at).map(|place| place_name(dossier, place)).unwrap_or_default(),
        About::Entity(entity) => id(entity),
        About::Name(at) => dossier.all_names().get(at).map(|name| id(name.entity)).unwrap_or_default(),
        About::Claim(claim) => {
            let claim = dossier.claim(claim);
            format!("{} {}", dossier.id(claim.subject), dossier.property(claim.property).name)
        }
        About::Judgement(at) => {
            let pair = dossier.judgements().get(at).map(|row| format!("{} and {}", id(row.a), id(row.b)));
            pair.unwrap_or_default()
        }
        About::Check(at) => {
            dossier.checks().get(at).map(|check| dossier.text(check.label).to_owned()).unwrap_or_default()
        }
        About::Unclaimed(at) => {
            let place = dossier.unclaimed().nth(at).map(|(place, _)| place);
            let document = place.map(|place| dossier.document(place.document).entity);
            document.map(id).unwrap_or_default()
        }
        About::Complete(at) => {
            let row = dossier.completes().get(at);
            row.map(|row| format!("{} {}", dossier.id(row.of), dossier.text(row.list))).unwrap_or_default()
        }
        About::Review(at) => {
            dossier.reviews().get(at).map(|row| format!("review of {}", dossier.text(row.claim))).unwrap_or_default()
        }
        About::Declaration(word) => {
            let (table, name) = declared(dossier, word);
            format!("{table} {name}")
        }
    }
}

/// Returns a place with its document: `log: lead / p1 s2`.
fn place_name(dossier: &Dossier, place: &Place) -> String {
    format!("{}: {}", slug(dossier, dossier.document(place.document)), locator(dossier, place))
}

/// The most defects of one code that are reported.
pub const MOST: usize = 1_000;

/// Keeps at most [`MOST`] defects of each code, and returns how many of which code were left out.
pub fn limit(defects: &mut Vec<Defect>) -> Vec<(Code, usize)> {
    let mut counts = vec![0_usize; Code::ALL.len()];
    defects.retain(|defect| {
        let Some(count) = counts.get_mut(defect.code as usize) else { return true };
        *count = count.saturating_add(1);
        *count <= MOST
    });
    let over = Code::ALL.iter().zip(counts).map(|(code, count)| (*code, count.saturating_sub(MOST)));
    over.filter(|(_, count)| *count > 0).collect()
}
