//! `annals passages`: every passage of the documents, with its place.
//!
//! Invariant: the words of a document are written only if they are asked for.

use std::path::Path;

use serde::Serialize;

use super::{library, outside};
use crate::cli::args::{Format, PassagesArgs};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::cli::report;
use crate::evidence::grounding::{Grounder, Stated};
use crate::evidence::usage::{Account, Usage};
use crate::model::{ClaimId, DocumentId, Dossier};
use crate::passages::document::SourceText;
use crate::timeline::World;

/// A unit of a document and how it is used.
#[derive(Serialize)]
struct PassageObject<'a> {
    document: &'a str,
    section: &'a str,
    spot: String,
    line: u32,
    state: &'static str,
    claims: usize,
    names: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    /// The words that bear the values of claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bearing: Vec<BearingObject>,
}

/// Words of a document that bear the value of a claim, in code points from the start of its text.
#[derive(Serialize)]
struct BearingObject {
    claim: String,
    start: usize,
    length: usize,
}

/// Returns the words of a unit that bear the values of claims.
fn bearing(
    dossier: &Dossier,
    grounder: &Grounder<'_>,
    text: &SourceText,
    document: DocumentId,
    unit: usize,
    claims: &[ClaimId],
) -> Vec<BearingObject> {
    let (words, bytes) = (text.unit_text(unit), text.unit_bytes(unit));
    let first = text.units().get(unit).map_or(0, |unit| unit.start as usize);
    let points = |end: usize| words.get(..end.saturating_sub(bytes.start)).map_or(0, |before| before.chars().count());
    let of_claim = |&id: &ClaimId| {
        let claim = dossier.claim(id);
        let stated = Stated::of(dossier, claim)?;
        let found = grounder.bearing(&stated, document, unit..unit.saturating_add(1)).into_iter();
        Some(found.map(move |found| {
            let (start, end) = (points(found.start), points(found.end));
            let (start, length) = (first.saturating_add(start), end.saturating_sub(start));
            BearingObject { claim: dossier.claim_name(claim).to_string(), start, length }
        }))
    };
    claims.iter().filter_map(of_claim).flatten().collect()
}

/// Prints every passage of the documents with its place.
pub(crate) fn run(
    world: &World,
    args: &PassagesArgs,
    path: Option<&Path>,
    folder: &Path,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let dossier = world.dossier();
    let library = library(dossier, path, folder)?;
    report(&outside(dossier, &library));
    let usage = Usage::new(dossier, &library);
    let grounder = Grounder::new(dossier, &library);
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
            rows.push(PassageObject {
                document: &document.key,
                section: &unit.section,
                spot: unit.place.to_string(),
                line: unit.line,
                state,
                claims: used.claims.len(),
                names: used.names.len(),
                words: args.words.then(|| text.unit_text(number)),
                bearing: match args.format {
                    Format::Json | Format::Jsonl => bearing(dossier, &grounder, text, id, number, &used.claims),
                    Format::Text | Format::Csv => Vec::new(),
                },
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
