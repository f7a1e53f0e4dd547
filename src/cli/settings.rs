//! The folder of the documents: from the argument, else the environment, else the configuration file.
//!
//! Invariant: a configuration that cannot be read is reported and stops nothing.

use std::env;
use std::io;
use std::path::PathBuf;

use super::failure::Failure;
use crate::formats::config;
use crate::formats::file::read_regular;
use crate::syntax::Defect;
use crate::syntax::SourceFile;

/// The environment variable that names the folder of documents.
const VARIABLE: &str = "ANNALS_SOURCES";

/// The largest configuration file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Returns the folder of documents, if one is configured.
pub(super) fn sources(argument: Option<&PathBuf>) -> Result<Option<PathBuf>, Failure> {
    if let Some(folder) = argument {
        return Ok(Some(folder.clone()));
    }
    if let Some(folder) = env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        return Ok(Some(folder.into()));
    }
    let Some(path) = config_file() else { return Ok(None) };
    let name = path.to_string_lossy().into_owned();
    let bytes = match read_regular(&path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(Failure::input(format!("{name}: {error}; expected a small TOML file, or none"))),
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Failure::input(format!("{name}: bytes that are not UTF-8; save the file as UTF-8")));
    };
    let (config, defects) = config::read(&SourceFile::new(name, text));
    if defects.is_empty() {
        return Ok(config.sources);
    }
    Err(Failure::Input(defects.iter().map(Defect::to_string).collect()))
}

/// Returns `annals/config.toml` in the user's configuration folder.
fn config_file() -> Option<PathBuf> {
    let named = env::var_os("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let base = named.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".config")))?;
    Some(base.join("annals").join("config.toml"))
}
