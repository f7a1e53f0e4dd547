//! Where the documents are: the argument, else the variable, else the configuration.
//!
//! Invariant: a configuration that cannot be read stops nothing but says why.

use std::env;
use std::fs;
use std::path::PathBuf;

use super::failure::Failure;
use crate::formats::author::SourceFile;
use crate::formats::config;
use crate::formats::defect::Defect;

/// The variable that names the folder of documents.
const VARIABLE: &str = "ANNALS_SOURCES";

/// The folder of documents, if one is named anywhere.
///
/// # Errors
/// Everything that is wrong with the configuration.
pub(super) fn sources(argument: Option<&PathBuf>) -> Result<Option<PathBuf>, Failure> {
    if let Some(folder) = argument {
        return Ok(Some(folder.clone()));
    }
    if let Some(folder) = env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        return Ok(Some(folder.into()));
    }
    let Some(path) = config_file() else { return Ok(None) };
    let Ok(text) = fs::read_to_string(&path) else { return Ok(None) };
    let (config, defects) = config::read(&SourceFile { name: path.to_string_lossy().into_owned(), text });
    if defects.is_empty() {
        return Ok(config.sources);
    }
    Err(Failure::Input(defects.iter().map(Defect::to_string).collect()))
}

/// `annals/config.toml` below the folder for configurations.
fn config_file() -> Option<PathBuf> {
    let named = env::var_os("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let base = named.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".config")))?;
    Some(base.join("annals").join("config.toml"))
}
