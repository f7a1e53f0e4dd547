//! `annals index`: stores the names and texts of a large dossier beside it, so that they can be searched at once.
//!
//! Invariant: the index is written as a whole or stays as it was, and the dossier is not modified.

use std::fs::Metadata;
use std::path::Path;

use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::graph::name_cache;
use crate::store::{self, replace};
use crate::timeline::World;

/// Runs the command; `load` reads the dossier.
pub fn run(
    dossier: Option<&Path>,
    load: impl FnOnce() -> Result<World, Failure>,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let Some(path) = dossier.filter(|path| !path.is_dir()) else {
        let finding = "only a dossier in one SQLite file has an index; expected annals --dossier FILE index";
        return Err(Failure::input(finding));
    };
    let state = || store::state(path).map_err(Failure::Store);
    let changing = || {
        let finding = "is being changed by another program, or was not closed; expected a dossier at rest";
        Failure::input(format!("{}: {finding}", path.display()))
    };
    let before = state()?.ok_or_else(changing)?;
    let world = load()?;
    if state()?.as_ref() != Some(&before) {
        return Err(changing());
    }
    let target = store::index_path(path).map_err(Failure::Store)?;
    let permissions = std::fs::metadata(path).as_ref().map(Metadata::permissions).ok();
    replace::save(&target, permissions, |out| name_cache::write(&world, &before, out)).map_err(Failure::Store)?;
    let entities = world.dossier().entities().len();
    out.line(Tone::Plain, &format!("{}: the names of {entities} entities", target.display()))?;
    Ok(Outcome::Found)
}
