//! Gives an id to every claim of a folder that has none.
//!
//! Invariant: the claims say the same afterwards; a claim that several tables state gets one id, in the first of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use super::edits::{Edit, apply};
use super::plan::{Plan, Refusal};
use crate::formats::author::{self, Row, Written};
use crate::model::claim_id::derived_id;
use crate::model::{Claim, ClaimId, Dossier};
use crate::syntax::{Defect, Dotted, SourceFile, ValueSpan, value_spans};

/// The length of the shortest id, in characters.
const SHORTEST: usize = 4;

/// Returns what gives an id to every claim of a folder that has none.
///
/// # Errors
///
/// All but [`Refusal::Changed`], [`Refusal::NoHead`] and [`Refusal::Store`].
pub fn plan(folder: &Path) -> Result<Plan, Refusal> {
    let (files, unread) = author::read_folder(folder).map_err(|source| Refusal::Io { path: folder.into(), source })?;
    let (dossier, written, defects) = author::load_written(unread, &files);
    let errors: Vec<Defect> = defects.into_iter().filter(Defect::is_error).collect();
    if !errors.is_empty() {
        return Err(Refusal::Defects(errors));
    }
    let mut plan = Plan::default();
    let mut after = Vec::new();
    let wanted = wanted(&dossier, &written);
    for file in files {
        let edits = wanted.get(&*file.name).map(|ids| edits(&file, ids)).unwrap_or_default();
        let changed = SourceFile::new(&*file.name, apply(&file.text, &edits));
        after.push(changed.clone());
        if !edits.is_empty() {
            plan.changes.extend(edits.into_iter().map(|edit| edit.change).filter(|change| !change.new.is_empty()));
            plan.files.push((Some(file), changed));
        }
    }
    compare(&dossier, &after)?;
    Ok(plan)
}

/// The ids that are to be written, by file, line and column of the value.
type Wanted<'a> = HashMap<&'a str, BTreeMap<(u32, u32), String>>;

fn wanted<'a>(dossier: &Dossier, written: &'a Written) -> Wanted<'a> {
    let own = |id: ClaimId| dossier.details(dossier.claim(id)).and_then(|details| details.id);
    let claims = || dossier.claims().map(|(id, _)| id);
    let mut taken: HashSet<String> = claims().filter_map(own).map(|id| dossier.text(id).to_owned()).collect();
    let mut wanted = Wanted::new();
    for claim in claims().filter(|&id| own(id).is_none()) {
        let Some(mark) = written.of(&Row::Claim(claim)).first() else { continue };
        let id = free(&derived_id(dossier, dossier.claim(claim)), &taken);
        taken.insert(id.clone());
        wanted.entry(&mark.at.file).or_default().insert((mark.at.line, mark.at.column), id);
    }
    wanted
}

/// Returns the shortest beginning of a derived id that is not taken, or the whole of it with a number.
fn free(derived: &str, taken: &HashSet<String>) -> String {
    let digits: String = derived.chars().filter(char::is_ascii_alphanumeric).collect();
    let beginnings = (SHORTEST..=digits.len()).filter_map(|length| digits.get(..length).map(str::to_owned));
    let numbered = (2_u32..).map(|number| format!("{digits}{number}"));
    beginnings.chain(numbered).find(|id| !taken.contains(id)).unwrap_or(digits)
}

/// Returns the changes that write these ids into a file, in the order of the file.
fn edits(file: &SourceFile, ids: &BTreeMap<(u32, u32), String>) -> Vec<Edit> {
    let mut spans: BTreeMap<(u32, u32), ValueSpan> = BTreeMap::new();
    for span in value_spans(&file.text) {
        // A list begins where its first item may begin only if the item is a list, too.
        spans.entry(file.position(span.bytes.start)).or_insert(span);
    }
    let found = ids.iter().filter_map(|(at, id)| Some((spans.get(at)?.clone(), id)));
    found
        .flat_map(|(span, id)| match span.dotted {
            Some(dotted) => vec![dotted_edit(file, &dotted, id)],
            None => edits_of(file, span.bytes, id),
        })
        .collect()
}

/// Returns the change that gives an id to a value with dotted keys: one more before the first of them.
fn dotted_edit(file: &SourceFile, dotted: &Dotted, id: &str) -> Edit {
    let prefix = file.text.get(dotted.prefix.clone()).unwrap_or_default();
    let key = format!("{prefix}id = \"{id}\"");
    let at = dotted.prefix.start;
    let end = if dotted.is_inline {
        ", ".to_owned()
    } else {
        let (before, rest) = file.text.split_at_checked(at).unwrap_or_default();
        let indent = before.rsplit('\n').next().unwrap_or_default();
        let is_dos = rest.split('\n').next().is_some_and(|line| line.ends_with('\r'));
        format!("{}{indent}", if is_dos { "\r\n" } else { "\n" })
    };
    Edit::add(file, at, format!("{key}{end}"), &key, 0)
}

/// Returns the changes that give an id to the value at these bytes.
fn edits_of(file: &SourceFile, span: Range<usize>, id: &str) -> Vec<Edit> {
    let text = file.text.get(span.clone()).unwrap_or_default();
    let key = format!("id = \"{id}\"");
    if text.starts_with('[') {
        // The head of a table, whose keys follow on lines of their own.
        let rest = file.text.get(span.start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let end = if line.ends_with('\r') { "\r\n" } else { "\n" };
        let at = span.start.saturating_add(line.trim_end_matches('\r').len());
        return vec![Edit::add(file, at, format!("{end}{key}"), &key, 1)];
    }
    if let Some(inner) = text.strip_suffix('}').filter(|inner| inner.starts_with('{')) {
        let kept = inner.trim_end();
        let at = span.start.saturating_add(kept.len());
        let comma = if kept.ends_with(',') { "" } else { "," };
        return vec![Edit::add(file, at, format!("{comma} {key}"), &key, 0)];
    }
    vec![
        Edit::add_silently(file, span.start, "{ value = ".to_owned()),
        Edit::add(file, span.end, format!(", {key} }}"), &key, 0),
    ]
}

/// Checks that the changed files are a sound dossier whose claims say the same, each with an id.
fn compare(before: &Dossier, after: &[SourceFile]) -> Result<(), Refusal> {
    let (dossier, defects) = author::load(after);
    let errors: Vec<Defect> = defects.into_iter().filter(Defect::is_error).collect();
    if !errors.is_empty() {
        return Err(Refusal::Unsound(errors));
    }
    let ids = |dossier: &Dossier| -> Vec<String> {
        dossier.all_claims().iter().map(|claim| derived_id(dossier, claim)).collect()
    };
    let (old, new) = (ids(before), ids(&dossier));
    if old == new {
        let has_none = |claim: &&Claim| dossier.details(claim).is_none_or(|details| details.id.is_none());
        return match dossier.all_claims().iter().find(has_none) {
            Some(claim) => {
                let property = dossier.vocabulary().name(claim.property);
                Err(Refusal::NoId(format!("{} {property}", dossier.id(claim.subject))))
            }
            None => Ok(()),
        };
    }
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let row = |rows: &[String]| rows.get(same).cloned().unwrap_or_default();
    Err(Refusal::Differs(row(&old), row(&new)))
}

#[cfg(test)]
mod tests;
