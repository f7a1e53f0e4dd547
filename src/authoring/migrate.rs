//! Brings an authored folder of format 1 over to format 2: a line in `[dossier]`, new names at every use, and
//! declarations of the words that the general set lacks.
//!
//! Invariant: a plan exists only for files that say the same before and after; a folder of format 2 has none.

mod renames;

use std::path::Path;

use super::edits::{Change, Edit, apply};
use super::plan::{Plan, Refusal};
use crate::formats::author::{self, FORMAT};
use crate::formats::jsonl::export_bundle;
use crate::model::claim_id::DERIVED;
use crate::model::{Dossier, Term, Value};
use crate::soundness;
use crate::syntax::{Fields, Parsed, SourceFile, Token, Written, written};
use crate::vocabulary::{self, Base, InUse, Vocabulary};

/// The properties of format 1 that have another name in format 2.
const RENAMED: &[(&str, &str)] = &[("scope", "covers")];

/// The name of the file that gets the declarations.
const WORDS_FILE: &str = "vocabulary.toml";

/// The first lines of that file.
const WORDS_HEAD: &str = "\
# Words of format 1 that the general set lacks or has with another meaning.

[vocabulary]
base = \"general\"
";

/// Returns what brings a folder over to format 2; `None` if it has that already.
///
/// # Errors
///
/// All but [`Refusal::Changed`] and [`Refusal::Store`].
pub fn plan(folder: &Path) -> Result<Option<Plan>, Refusal> {
    let (files, unread) = author::read_folder(folder).map_err(|source| Refusal::Io { path: folder.into(), source })?;
    let (dossier, defects) = author::load_after(unread, &files);
    if !defects.is_empty() {
        return Err(Refusal::Defects(defects));
    }
    let Some(plan) = plan_of(folder, &files, &dossier, RENAMED)? else { return Ok(None) };
    let (errors, _) = soundness::content_errors(&files, &folder.to_string_lossy());
    if errors.is_empty() { Ok(Some(plan)) } else { Err(Refusal::Content(errors)) }
}

fn plan_of(
    folder: &Path,
    files: &[SourceFile],
    dossier: &Dossier,
    renamed: &[(&str, &str)],
) -> Result<Option<Plan>, Refusal> {
    let state = State::of(files);
    if state.is_current {
        return Ok(None);
    }
    // A dossier with words of its own keeps them and the set on which it is based.
    let renamed = if state.declares { &[] } else { renamed };
    let mut edits: Vec<Vec<Edit>> = Vec::new();
    let mut has_head = false;
    for file in files {
        let tokens = written(&file.text);
        let mut own = renames::edits(file, &tokens, dossier.vocabulary(), renamed);
        let head = head(file, &tokens, !has_head);
        has_head |= !head.is_empty();
        own.extend(head);
        edits.push(own);
    }
    if !has_head {
        return Err(Refusal::NoHead(folder.into()));
    }
    let mut plan = Plan { changes: Vec::new(), files: Vec::new() };
    let mut after: Vec<SourceFile> = Vec::new();
    for (file, mut edits) in files.iter().zip(edits) {
        let changed = SourceFile::new(&*file.name, apply(&file.text, &edits));
        after.push(changed.clone());
        if !edits.is_empty() {
            edits.sort_by_key(|edit| edit.bytes.start);
            plan.changes.extend(edits.into_iter().map(|edit| edit.change));
            plan.files.push((Some(file.clone()), changed));
        }
    }
    if !state.declares {
        let tables =
            dossier.vocabulary().renamed(renamed).carried(&in_use(dossier), &Vocabulary::built_in(Base::General));
        declare(folder, tables, &mut after, &mut plan);
    }
    compare(dossier, &after, renamed)?;
    Ok(Some(plan))
}

/// What the files of a sound dossier say of its format.
struct State {
    is_current: bool,
    /// True if a file declares words, so that the dossier does not have those of format 1 alone.
    declares: bool,
}

impl State {
    fn of(files: &[SourceFile]) -> Self {
        let parsed: Vec<Parsed<'_>> = files.iter().map(|file| Parsed::new(file, &mut Vec::new())).collect();
        let format = |parsed: &Parsed<'_>| {
            let mut head: Fields<'_> = parsed.fields().get("dossier")?.as_table()?;
            head.get("format")?.as_number()
        };
        Self {
            is_current: parsed.iter().find_map(format).is_some_and(|format| format > 1.0),
            declares: parsed.iter().any(|file| vocabulary::TABLES.iter().any(|table| file.fields().has(table))),
        }
    }
}

/// Returns the change that states the format in `[dossier]`; with `adds`, also where no format is stated.
fn head(file: &SourceFile, tokens: &[Written<'_>], adds: bool) -> Vec<Edit> {
    let value = |key: &str| tokens.iter().find(|one| one.what != Token::Key && one.is_at(&["dossier", key]));
    if let Some(format) = value("format") {
        return vec![Edit::replace(file, format.bytes.clone(), FORMAT.to_string())];
    }
    let key = tokens.iter().find(|one| one.what == Token::Key && one.is_at(&["dossier", "title"]));
    let (Some(key), Some(title), true) = (key, value("title"), adds) else { return Vec::new() };
    let line = format!("format = {FORMAT}");
    if title.is_inline {
        return vec![Edit::add(file, title.bytes.end, format!(", {line}"), &line, 0)];
    }
    let rest = file.text.get(title.bytes.end..).unwrap_or_default();
    let comment = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r').len();
    let before = file.text.get(..key.bytes.start).unwrap_or_default();
    // What stands before the key: an indentation, or the name of the table and a dot.
    let lead = before.rsplit('\n').next().unwrap_or_default();
    let text = format!("{}{lead}{line}", line_end(file));
    vec![Edit::add(file, title.bytes.end.saturating_add(comment), text, &line, 1)]
}

/// Returns how the lines of a file end.
fn line_end(file: &SourceFile) -> &'static str {
    if file.text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Returns the properties and measures that claims and checks use.
fn in_use(dossier: &Dossier) -> InUse {
    let mut used = InUse::default();
    for claim in dossier.all_claims() {
        used.properties.push(claim.property);
        if let Value::Number { unit, .. } = claim.value {
            used.measures.push(unit.measure());
        }
    }
    for term in dossier.checks().iter().flat_map(|check| dossier.terms(check)) {
        match term {
            Term::Slot { property, .. } => used.properties.push(*property),
            Term::Constant(quantity) => used.measures.extend(quantity.unit.map(vocabulary::Unit::measure)),
            Term::Count { filters, .. } => {
                used.properties.extend(dossier.filters(*filters).iter().map(|filter| filter.property));
            }
        }
    }
    used
}

/// Adds declarations to the file of words, which is made if it is not there.
fn declare(folder: &Path, tables: Vec<String>, after: &mut Vec<SourceFile>, plan: &mut Plan) {
    if tables.is_empty() {
        return;
    }
    let end = plan.files.first().map_or("\n", |(_, file)| line_end(file));
    let name = folder.join(WORDS_FILE).to_string_lossy().into_owned();
    let known = after.iter().position(|file| file.name == name);
    let mut text = known.and_then(|at| after.get(at)).map(|file| file.text.clone()).unwrap_or_default();
    if !text.is_empty() {
        text.push_str(if text.ends_with('\n') { end } else { "\n\n" });
    }
    text.push_str(&WORDS_HEAD.replace('\n', end));
    for table in tables {
        text.push_str(end);
        let line = u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1);
        let mut rows = table.lines();
        let head = rows.next().unwrap_or_default();
        let called = rows.next().and_then(|row| row.strip_prefix("name = ")).unwrap_or_default();
        let new = format!("{head} {called}");
        plan.changes.push(Change { file: name.clone(), line, old: String::new(), new });
        text.push_str(&table.replace('\n', end));
    }
    let file = SourceFile::new(name.as_str(), text);
    let before = known.and_then(|at| after.get_mut(at)).map(|row| std::mem::replace(row, file.clone()));
    if before.is_none() {
        after.push(file.clone());
    }
    // The file may be changed already; what was read is what has to be there.
    match plan.files.iter_mut().find(|(_, planned)| planned.name == name) {
        Some((_, planned)) => *planned = file,
        None => plan.files.push((before, file)),
    }
}

/// Checks that the changed files are a sound dossier that says the same.
fn compare(before: &Dossier, after: &[SourceFile], renamed: &[(&str, &str)]) -> Result<(), Refusal> {
    let (dossier, defects) = author::load(after);
    if !defects.is_empty() {
        return Err(Refusal::Unsound(defects));
    }
    if dossier.meta() != before.meta() {
        return Err(Refusal::Differs(format!("{:?}", before.meta()), format!("{:?}", dossier.meta())));
    }
    let mut old = exported(before);
    for (name, new) in renamed {
        // Within a text a quotation mark is escaped, so that this is a key with its value.
        old = old.replace(&format!("\"property\":\"{name}\""), &format!("\"property\":\"{new}\""));
    }
    let new = exported(&dossier);
    if old == new {
        return Ok(());
    }
    // The comma between two rows is no part of them.
    let rows = |text: &str| text.lines().map(|row| row.trim_end_matches(',').to_owned()).collect::<Vec<_>>();
    let (old, new) = (rows(&old), rows(&new));
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let row = |rows: &[String]| rows.get(same).cloned().unwrap_or_default();
    Err(Refusal::Differs(row(&old), row(&new)))
}

/// Returns what a dossier says as JSON, without its description and its vocabulary.
fn exported(dossier: &Dossier) -> String {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = export_bundle(dossier, &mut bytes);
    let text = String::from_utf8(bytes).unwrap_or_default();
    // Within a text a line end is escaped, so that this is the end of the head.
    without_ids(text.split_once("\n\"entities\":").map_or(&*text, |(_, rest)| rest))
}

/// Returns an export without the derived ids of claims, which follow from the names of properties.
fn without_ids(text: &str) -> String {
    let start = format!("\"id\":\"{DERIVED}");
    let mut parts = text.split(&*start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests;
