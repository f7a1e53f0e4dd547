//! `annals pin`, and the part of `annals check` that reads the documents.
//!
//! Invariant: only `passages --words` writes text of documents; pins hold positions and digests.

mod grounded;
pub(crate) mod passages;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use self::grounded::Grounded;
use crate::cli::args::PinArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::load::Checked;
use crate::cli::output::{Output, Tone};
use crate::cli::report;
use crate::evidence::coverage::{Coverage, coverage};
use crate::evidence::grounding::Tallies;
use crate::evidence::library::{Bounds, Library, Reading};
use crate::evidence::pin::pin;
use crate::evidence::usage::Usage;
use crate::evidence::verify::{CheckedDocument, Finding, FindingCounts, TextState, verify};
use crate::formats::author::{self, Origins, Outdated, Row, StoredKey, pin_changes, split_pins, write_pins};
use crate::model::{Digests, DocumentId, Dossier};
use crate::soundness;
use crate::store;
use crate::syntax::Defect;
use crate::text::keyed::Key;

/// Reads the documents in `folder` of the dossier at `path`, with the key of its digests if that is there.
pub(crate) fn library(dossier: &Dossier, path: Option<&Path>, folder: &Path) -> Result<Arc<Library>, Failure> {
    let key = key_of(dossier, path)?.map(|stored| Arc::new(stored.key));
    let reading = Reading { bounds: bounds(path), key, place: &|_| None };
    let (library, defects) = Library::open_as(dossier, folder, reading);
    if defects.is_empty() { Ok(Arc::new(library)) } else { Err(failure(&defects)) }
}

/// Returns which files a dossier may name: any if people write it, be it the embedded one.
fn bounds(path: Option<&Path>) -> Bounds {
    if path.is_none_or(Path::is_dir) { Bounds::Stated } else { Bounds::Folder }
}

/// Returns a line for each document that lies outside of the folder.
fn outside(dossier: &Dossier, library: &Library) -> Vec<String> {
    let line = |(id, path): &(DocumentId, PathBuf)| {
        let entity = dossier.id(dossier.document(*id).entity);
        format!("{entity} is read from outside the folder of documents: {}", path.to_string_lossy())
    };
    library.outside().iter().map(line).collect()
}

fn failure(defects: &[Defect]) -> Failure {
    Failure::Input(defects.iter().map(Defect::to_string).collect())
}

/// Returns the key of the keyed digests of the dossier at `path`; `None` if it has plain ones, or no key is there.
fn key_of(dossier: &Dossier, path: Option<&Path>) -> Result<Option<StoredKey>, Failure> {
    match (dossier.meta().digests, path) {
        (Digests::Keyed, Some(path)) => author::read_key(path).map_err(|defect| failure(&[defect])),
        (Digests::Keyed, None) | (Digests::Plain, _) => Ok(None),
    }
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
    let (files, former) = split_pins(files, target);
    let (dossier, wrong) = author::load(&files);
    defects.extend(wrong);
    let is_unsound = defects.iter().any(Defect::is_error);
    let key = if is_unsound { None } else { pinning_key(&dossier, target, args)? };
    let reading = Reading { bounds: Bounds::Stated, key: key.as_ref().map(PinningKey::key), place: &|_| None };
    let (library, unread) = Library::open_as(&dossier, folder, reading);
    report(&outside(&dossier, &library));
    defects.extend(unread);
    defects.retain(Defect::is_error);
    if !defects.is_empty() {
        return Err(failure(&defects));
    }
    let pins = pin(&dossier, &library, &Origins::of(&dossier, &files)).map_err(|defects| failure(&defects))?;
    if args.dry_run {
        let text = write_pins(&dossier, &pins);
        out.raw().write_all(text.as_bytes())?;
        return Ok(Outcome::Found);
    }
    let changes = pin_changes(&dossier, &pins, &former, target).map_err(|defects| failure(&defects))?;
    if let Some(key) = &key {
        key.keep(target, out)?;
    }
    // Only regular files are replaced: in a folder from an untrusted source a name may be a link or a pipe.
    store::change_pins(target, &changes).map_err(Failure::Store)?;
    for Outdated { file, reason } in &changes.outdated {
        out.line(Tone::Plain, &format!("Removed {}: {reason}", target.join(file).to_string_lossy()))?;
    }
    let count: usize = pins.iter().map(|document| document.places.len()).sum();
    let (documents, folder) = (pins.len(), target.join(author::PINS_FOLDER));
    let files = match changes.written.len() {
        1 => "1 file written".to_owned(),
        written => format!("{written} files written"),
    };
    let pinned = format!("Pinned {count} places of {documents} documents in {}", folder.to_string_lossy());
    out.line(Tone::Plain, &format!("{pinned}: {files}, {} unchanged", changes.unchanged))?;
    Ok(Outcome::Found)
}

/// The key with which a dossier is pinned.
enum PinningKey {
    /// It was there.
    Stored(Arc<Key>),
    /// It was made for these pins, and is not saved yet.
    New(Arc<Key>),
}

impl PinningKey {
    fn key(&self) -> Arc<Key> {
        let (Self::Stored(key) | Self::New(key)) = self;
        Arc::clone(key)
    }

    /// Saves a new key, and keeps either out of version control.
    fn keep(&self, folder: &Path, out: &mut Output<'_>) -> Result<(), Failure> {
        match self {
            Self::Stored(_) => store::ignore_key(folder).map_err(Failure::Store),
            Self::New(key) => {
                store::save_key(folder, key).map_err(Failure::Store)?;
                let path = folder.join(author::KEY_FILE);
                let made = format!("Made {}: keep a copy; .gitignore leaves it out", path.to_string_lossy());
                Ok(out.line(Tone::Plain, &made)?)
            }
        }
    }
}

/// Returns the key for new pins: the one that is there, or a new one. `None` if digests are plain.
fn pinning_key(dossier: &Dossier, folder: &Path, args: &PinArgs) -> Result<Option<PinningKey>, Failure> {
    if dossier.meta().digests == Digests::Plain {
        return Ok(None);
    }
    if let Some(stored) = key_of(dossier, Some(folder))? {
        report(stored.exposed.as_slice());
        return Ok(Some(PinningKey::Stored(Arc::new(stored.key))));
    }
    if args.dry_run {
        let path = folder.join(author::KEY_FILE);
        let found =
            format!("{}: no key; expected one, as annals pin makes it without --dry-run", path.to_string_lossy());
        return Err(Failure::input(found));
    }
    let key = store::new_key(folder).map_err(Failure::Store)?;
    Ok(Some(PinningKey::New(Arc::new(key))))
}

/// The result of verifying a dossier against its documents.
#[derive(Serialize)]
pub(crate) struct Held {
    #[serde(skip)]
    pub(crate) sound: bool,
    /// The reason why keyed pins cannot be verified, or seem to be of another key.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// Documents that were read from outside of the folder.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outside: Vec<String>,
    /// Documents that could not be read.
    #[serde(skip)]
    pub(crate) defects: Vec<Defect>,
    /// What is found in the dossier with the documents at hand.
    #[serde(skip)]
    pub(crate) findings: Vec<soundness::Finding>,
    documents: Vec<CheckedDocument>,
    coverage: Coverage,
    grounding: Grounded,
}

impl Held {
    /// Returns true if a check fails for a reason that no defect has: pins could not be verified, or a passage is both
    /// cited and said to hold no fact.
    pub(crate) fn fails(&self) -> bool {
        self.key.is_some() || self.coverage.documents.iter().any(|document| !document.contested.is_empty())
    }

    /// Returns the number of places that were never pinned, so that nothing shows whether their words are the same.
    pub(crate) fn unpinned(&self) -> usize {
        self.documents.iter().map(|document| document.anchors.unpinned).sum()
    }
}

/// Verifies every claim of the dossier at `path` against the documents.
pub(crate) fn hold(checked: &Checked, path: Option<&Path>, folder: &Path) -> Result<Held, Failure> {
    let (dossier, written) = (checked.world.dossier(), checked.written.as_ref());
    // The other documents are still checked if one cannot be read.
    let stored = key_of(dossier, path)?;
    if let Some(stored) = &stored {
        report(stored.exposed.as_slice());
    }
    let has_key = stored.is_some();
    let key = stored.map(|stored| Arc::new(stored.key));
    let place = |id| written?.key(&Row::Document(id), "file").cloned();
    let (library, defects) = Library::open_as(dossier, folder, Reading { bounds: bounds(path), key, place: &place });
    let usage = Usage::new(dossier, &library);
    let documents = verify(dossier, &library);
    let coverage = coverage(dossier, &library, &usage, &Origins::default());
    let tallies = Tallies::new(dossier, &library, &usage);
    let grounding = Grounded::new(dossier, &library, &tallies);
    let sound = defects.is_empty()
        && coverage.is_sound()
        && documents.iter().all(CheckedDocument::is_sound)
        && grounding.unexplained() == 0;
    let key = about_key(dossier, has_key, path, &documents);
    let findings = soundness::documents::findings(dossier, &library, &usage, &tallies);
    let outside = outside(dossier, &library);
    Ok(Held { sound, key, outside, defects, findings, documents, coverage, grounding })
}

/// Returns why keyed pins cannot be verified, or that none of them fits the key.
fn about_key(dossier: &Dossier, has_key: bool, path: Option<&Path>, documents: &[CheckedDocument]) -> Option<String> {
    if dossier.meta().digests == Digests::Plain {
        return None;
    }
    let key = author::KEY_FILE;
    if !has_key {
        return Some(match path {
            Some(path) if path.is_dir() => format!("the pins are keyed, and there is no key {key}"),
            Some(_) | None => format!("the pins are keyed, and only the folder of the dossier has their key, {key}"),
        });
    }
    let found = |document: &CheckedDocument| {
        let FindingCounts { exact, moved, ambiguous, .. } = document.anchors;
        document.text == TextState::Same || exact > 0 || moved > 0 || ambiguous > 0
    };
    let is_pinned = |document: &CheckedDocument| document.text == TextState::Changed;
    (documents.iter().any(is_pinned) && !documents.iter().any(found))
        .then(|| format!("no digest fits: {key} may be another key than that of the pins"))
}

/// Prints how a dossier was verified.
pub(crate) fn print(held: &Held, out: &mut Output<'_>) -> io::Result<()> {
    out.line(Tone::Strong, "Held against the documents")?;
    if let Some(key) = &held.key {
        out.line(Tone::Plain, &format!("  {key}"))?;
    }
    for line in &held.outside {
        out.line(Tone::Plain, &format!("  {line}"))?;
    }
    for defect in &held.defects {
        out.line(Tone::Plain, &format!("  {defect}"))?;
    }
    for document in &held.documents {
        let tally = document.anchors;
        let text = match document.text {
            TextState::Same => "the text that was pinned",
            TextState::Changed => "another text than was pinned",
            TextState::Unpinned => "never pinned",
            TextState::Unverified => "cannot be verified",
            TextState::Unread => "not read",
            TextState::NoFile => "no file",
        };
        let counts = [
            (tally.exact, "exact"),
            (tally.moved, "moved"),
            (tally.ambiguous, "ambiguous"),
            (tally.missing, "missing"),
            (tally.unpinned, "not pinned"),
            (tally.unverified, "not verified"),
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
    held.grounding.print(out)?;
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
        Finding::Unverified => format!("cannot be verified: no key {}", author::KEY_FILE),
        Finding::Unread => "the document was not read".into(),
    }
}
