//! `annals export`: the whole dossier in another format.
//!
//! Invariant: a file is written as a whole or stays as it was.

use std::io::{self, Write};
use std::path::Path;

use crate::cli::args::{ExportArgs, ExportFormat};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Output;
use crate::cli::report;
use crate::formats::csv::write_claims;
use crate::formats::jsonl::Contract;
use crate::model::Dossier;
use crate::model::public::Public;
use crate::store::{self, named};
use crate::timeline::World;

pub fn run(world: &World, args: &ExportArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let public = if args.public { Some(public(world.dossier())?) } else { None };
    let dossier = public.as_ref().unwrap_or(world.dossier());
    let file = args.file.as_deref().filter(|file| *file != Path::new("-"));
    let contract = || {
        let contract = Contract::new(dossier);
        if args.no_digests { contract.without_digests() } else { contract }
    };
    match (args.format, file) {
        (ExportFormat::Sqlite, Some(file)) => {
            // A place in SQLite has either a whole pin or none.
            let bare = args.no_digests.then(|| dossier.without_pins());
            store::save(bare.as_ref().unwrap_or(dossier), file).map_err(Failure::Store)?;
        }
        (ExportFormat::Sqlite, None) => {
            let finding = "--format sqlite writes a file; expected its name: annals export --format sqlite FILE";
            return Err(Failure::input(finding));
        }
        (ExportFormat::Jsonl, Some(file)) => {
            named::save(file, |out| contract().export_lines(out)).map_err(Failure::Store)?;
        }
        (ExportFormat::Jsonl, None) => contract().export_lines(out.raw())?,
        (ExportFormat::Json, Some(file)) => {
            named::save(file, |out| contract().export_bundle(out)).map_err(Failure::Store)?;
        }
        (ExportFormat::Json, None) => contract().export_bundle(out.raw())?,
        (ExportFormat::Csv, Some(file)) => {
            named::save(file, |out| export_claims(dossier, out)).map_err(Failure::Store)?;
        }
        (ExportFormat::Csv, None) => export_claims(dossier, out.raw())?,
    }
    Ok(Outcome::Found)
}

/// Returns the part of a dossier that may leave it, and tells on standard error what is left out.
fn public(dossier: &Dossier) -> Result<Dossier, Failure> {
    let public = dossier.public().map_err(|texts| {
        let mut lines = vec!["the description of the dossier names what is private; reword it:".to_owned()];
        lines.extend(texts);
        Failure::Input(lines)
    })?;
    report(&left_out(dossier, &public));
    Ok(public.dossier)
}

/// The most entities and claims that are listed as left out, of each.
const MAX_LISTED: usize = 1_000;

/// Returns a line for everything that was left out, and one with their numbers.
fn left_out(dossier: &Dossier, public: &Public) -> Vec<String> {
    let more = |count: usize| (count > MAX_LISTED).then(|| format!("  and {} more", count.saturating_sub(MAX_LISTED)));
    let entities = public.entities.iter().map(|(&id, why)| format!("  {}: {why}", dossier.id(id)));
    let claims = public.claims.iter().map(|(&id, why)| {
        let claim = dossier.claim(id);
        let property = dossier.vocabulary().name(claim.property);
        format!("  {} {property} of {}: {why}", dossier.claim_name(claim), dossier.id(claim.subject))
    });
    let counts = [
        (public.entities.len(), "entity", "entities"),
        (public.claims.len(), "claim of others", "claims of others"),
        (public.names, "name of others", "names of others"),
        (public.others, "check, judgement, list, review or place", "checks, judgements, lists, reviews and places"),
    ];
    let words = counts.map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }));
    let mut lines = vec![format!("annals: left out {}", words.join(", "))];
    lines.extend(entities.take(MAX_LISTED).chain(more(public.entities.len())));
    lines.extend(claims.take(MAX_LISTED).chain(more(public.claims.len())));
    lines
}

fn export_claims(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    write_claims(dossier, dossier.entities(), out)
}
