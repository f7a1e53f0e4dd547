//! `annals pin`, `annals units`, and the part of `annals check` that reads the documents.
//!
//! Invariant: only `units --words` writes text of documents; pins hold positions and digests.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::cli::args::{PinArgs, UnitsArgs};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::evidence::coverage::{Coverage, coverage};
use crate::evidence::library::Library;
use crate::evidence::pin::pin;
use crate::evidence::usage::{Account, Usage};
use crate::evidence::verify::{CheckedDocument, Finding, TextState, verify};
use crate::formats::author::{self, Origins, without_pins, write_pins};
use crate::model::Dossier;
use crate::store::replace;
use crate::syntax::Defect;
use crate::syntax::SourceFile;
use crate::timeline::World;

/// Reads the documents of a dossier.
pub(crate) fn library(dossier: &Dossier, folder: &Path) -> Result<Arc<Library>, Failure> {
    let (library, defects) = Library::open(dossier, folder);
    if defects.is_empty() { Ok(Arc::new(library)) } else { Err(failure(&defects)) }
}

fn failure(defects: &[Defect]) -> Failure {
    Failure::Input(defects.iter().map(Defect::to_string).collect())
}

/// Writes the pins of an authored dossier beside its files; nothing if the dossier or a document has defects.
pub(crate) fn run_pin(
    args: &PinArgs,
    dossier: Option<&Path>,
    folder: &Path,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let Some(target) = dossier else {
        return Err(Failure::input("pin needs --dossier FOLDER: the folder of the TOML files that are to be pinned"));
    };
    let (files, mut defects) = author::read_folder(target).map_err(|error| {
        Failure::input(format!("{}: {error}; expected a folder of TOML files", target.to_string_lossy()))
    })?;
    let files: Vec<SourceFile> = without_pins(files);
    let (dossier, wrong) = author::load(&files);
    defects.extend(wrong);
    let (library, unread) = Library::open(&dossier, folder);
    defects.extend(unread);
    defects.retain(Defect::is_error);
    if !defects.is_empty() {
        return Err(failure(&defects));
    }
    let pins = pin(&dossier, &library, &Origins::of(&dossier, &files)).map_err(|defects| failure(&defects))?;
    let text = write_pins(&dossier, &pins);
    let count: usize = pins.iter().map(|document| document.places.len()).sum();
    if args.dry_run {
        out.raw().write_all(text.as_bytes())?;
        return Ok(Outcome::Found);
    }
    let path = target.join(author::PINS_FILE);
    // Only a regular file is replaced: in a folder from an untrusted source this name may be a link or a pipe.
    replace::save(&path, None, |file| file.write_all(text.as_bytes())).map_err(Failure::Store)?;
    out.line(Tone::Plain, &format!("Pinned {count} places of {} documents in {}", pins.len(), path.to_string_lossy()))?;
    Ok(Outcome::Found)
}

/// The result of verifying a dossier against its documents.
#[derive(Serialize)]
pub(crate) struct Held {
    #[serde(skip)]
    pub(crate) sound: bool,
    /// Documents that could not be read.
    #[serde(skip)]
    pub(crate) defects: Vec<Defect>,
    documents: Vec<CheckedDocument>,
    coverage: Coverage,
}

/// Verifies every claim against the documents.
pub(crate) fn hold(world: &World, folder: &Path) -> Held {
    let dossier = world.dossier();
    // The other documents are still checked if one cannot be read.
    let (library, defects) = Library::open(dossier, folder);
    let usage = Usage::new(dossier, &library);
    let documents = verify(dossier, &library);
    let coverage = coverage(dossier, &library, &usage, &Origins::default());
    let sound = defects.is_empty() && coverage.is_sound() && documents.iter().all(CheckedDocument::is_sound);
    Held { sound, defects, documents, coverage }
}

/// Prints how a dossier was verified.
pub(crate) fn print(held: &Held, out: &mut Output<'_>) -> io::Result<()> {
    out.line(Tone::Strong, "Held against the documents")?;
    for defect in &held.defects {
        out.line(Tone::Plain, &format!("  {defect}"))?;
    }
    for document in &held.documents {
        let tally = document.anchors;
        let text = match document.text {
            TextState::Same => "the text that was pinned",
            TextState::Changed => "another text than was pinned",
            TextState::Unpinned => "never pinned",
            TextState::Unread => "not read",
            TextState::NoFile => "no file",
        };
        let counts = [
            (tally.exact, "exact"),
            (tally.moved, "moved"),
            (tally.ambiguous, "ambiguous"),
            (tally.missing, "missing"),
            (tally.unpinned, "not pinned"),
            (tally.unread, "not read"),
        ];
        let counts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        out.line(Tone::Plain, &format!("  {}  {}: {text}; {}", document.key, document.document, counts.join(", ")))?;
        for place in document.places.iter().filter(|place| place.finding != Finding::Exact) {
            let line = place.line.map(|line| format!(", line {line}")).unwrap_or_default();
            out.line(Tone::Plain, &format!("     {}{line}: {}", place.place, finding_text(&place.finding)))?;
        }
    }
    out.line(Tone::Strong, "Units of the documents")?;
    for document in &held.coverage.documents {
        let counts = format!(
            "  {}  {} units: {} used, {} without a fact, {} open ({}%)",
            document.key,
            document.units,
            document.used,
            document.unclaimed,
            document.open.len(),
            document.percent
        );
        out.line(Tone::Plain, &counts)?;
        for unit in &document.open {
            out.line(Tone::Plain, &format!("     nothing is claimed from {} (line {})", unit.place, unit.line))?;
        }
        for unit in &document.contested {
            out.line(
                Tone::Plain,
                &format!("     both used and said to carry no fact: {} (line {})", unit.place, unit.line),
            )?;
        }
        for place in &document.nowhere {
            for defect in place.defects() {
                out.line(Tone::Plain, &format!("     {defect}"))?;
            }
        }
    }
    for claim in &held.coverage.claims_without_evidence {
        out.line(Tone::Plain, &format!("  without evidence: {} {}", claim.entity, claim.property))?;
    }
    let verdict = if held.sound { "Everything holds." } else { "Not everything holds." };
    out.line(Tone::Strong, verdict)
}

fn finding_text(finding: &Finding) -> String {
    match finding {
        Finding::Exact => "exact".into(),
        Finding::Moved { to } => format!("moved to {} (line {})", to.place, to.line),
        Finding::Ambiguous { among } => {
            let places: Vec<String> = among.iter().map(|to| format!("{} (line {})", to.place, to.line)).collect();
            format!("ambiguous: {}", places.join(" or "))
        }
        Finding::Missing => "missing: nowhere in the document are these words".into(),
        Finding::Unpinned => "not pinned; run annals pin".into(),
        Finding::Unread => "the document was not read".into(),
    }
}

/// A unit of a document and how it is used.
#[derive(Serialize)]
struct UnitObject<'a> {
    document: &'a str,
    section: &'a str,
    spot: String,
    line: u32,
    state: &'static str,
    claims: usize,
    names: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
}

/// Prints every unit of the documents with its place.
pub(crate) fn run_units(
    world: &World,
    args: &UnitsArgs,
    folder: &Path,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let dossier = world.dossier();
    let library = library(dossier, folder)?;
    let usage = Usage::new(dossier, &library);
    let mut rows = Vec::new();
    for (id, document) in dossier.documents() {
        let Some(text) = library.document(id) else { continue };
        for (number, (unit, used)) in text.units().iter().zip(usage.units(id)).enumerate() {
            let state = match used.account() {
                Account::Used => "used",
                Account::Unclaimed => "no fact",
                Account::Open => "open",
                Account::Contested => "contested",
            };
            if args.open && used.account() != Account::Open {
                continue;
            }
            rows.push(UnitObject {
                document: &document.key,
                section: &unit.section,
                spot: unit.place.to_string(),
                line: unit.line,
                state,
                claims: used.claims.len(),
                names: used.names.len(),
                words: args.words.then(|| text.unit_text(number)),
            });
        }
    }
    let text = |out: &mut Output<'_>| {
        rows.iter().try_for_each(|row| {
            let words = row.words.map(|words| format!("  {words}")).unwrap_or_default();
            let place = format!("{}: {} / {}", row.document, row.section, row.spot);
            let what = format!("line {}, {}, {} claims", row.line, row.state, row.claims);
            out.line(Tone::Plain, &format!("{place}  ({what}){words}"))
        })
    };
    let cells = rows.iter().map(|row| {
        let place = format!("{} / {}", row.section, row.spot);
        let [line, claims, names] = [row.line as usize, row.claims, row.names].map(|number| number.to_string());
        [row.document.into(), place, line, row.state.into(), claims, names, row.words.unwrap_or_default().into()]
    });
    let header = ["document", "place", "line", "state", "claims", "names", "words"];
    out.rows(args.format, text, rows.iter(), header, cells)?;
    Ok(Outcome::of(!rows.is_empty()))
}
