//! `annals export`: the whole dossier in another format.
//!
//! Invariant: a file is written as a whole or stays as it was.

use std::io::{self, Write};
use std::path::Path;

use crate::cli::args::{ExportArgs, ExportFormat};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Output;
use crate::formats::csv::write_claims;
use crate::formats::jsonl::Contract;
use crate::model::Dossier;
use crate::store::{self, named};
use crate::timeline::World;

pub fn run(world: &World, args: &ExportArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let dossier = world.dossier();
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

fn export_claims(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    write_claims(dossier, dossier.entities(), out)
}
