//! `annals id`: gives an id to every claim of a folder that has none.
//!
//! Invariant: with `--dry-run` no file changes.

use crate::authoring::ids::plan;
use crate::cli::args::IdArgs;
use crate::cli::commands::migrate::{carry_out, refused};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};

pub fn run(args: &IdArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let folder = args.folder.to_string_lossy();
    let plan = plan(&args.folder).map_err(refused)?;
    if plan.changes().is_empty() {
        out.line(Tone::Plain, &format!("{folder}: every claim has an id"))?;
        return Ok(Outcome::Found);
    }
    carry_out(&plan, &folder, args.dry_run, out)
}
