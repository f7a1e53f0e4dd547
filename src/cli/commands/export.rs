//! `annals export`: the whole dossier in another format.
//!
//! Invariant: a file is written as a whole or stays as it was.

use std::io::{self, Write};
use std::path::Path;

use crate::cli::args::{ExportArgs, ExportFormat};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Output;
use crate::formats::csv::write_claims;
use crate::formats::jsonl::{export_bundle, export_lines};
use crate::model::Dossier;
use crate::store::{self, named};
use crate::timeline::World;

pub fn run(world: &World, args: &ExportArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let dossier = world.dossier();
    let file = args.file.as_deref().filter(|file| *file != Path::new("-"));
    match (args.format, file) {
        (ExportFormat::Sqlite, Some(file)) => store::save(dossier, file).map_err(Failure::Store)?,
        (ExportFormat::Sqlite, None) => {
            let finding = "--format sqlite writes a file; expected its name: annals export --format sqlite FILE";
            return Err(Failure::input(finding));
        }
        (ExportFormat::Jsonl, Some(file)) => {
            named::save(file, |out| export_lines(dossier, out)).map_err(Failure::Store)?;
        }
        (ExportFormat::Jsonl, None) => export_lines(dossier, out.raw())?,
        (ExportFormat::Json, Some(file)) => {
            named::save(file, |out| export_bundle(dossier, out)).map_err(Failure::Store)?;
        }
        (ExportFormat::Json, None) => export_bundle(dossier, out.raw())?,
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
