//! The reader's configuration: one small TOML file.
//!
//! Invariant: an unknown key is a defect, never silently ignored.

use std::path::PathBuf;

use toml::de::DeTable;

use super::author::SourceFile;
use super::defect::{Defect, suggestion};

/// The settings of a reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// The folder with the documents of the embedded dossier; `None` if it is not set.
    pub sources: Option<PathBuf>,
}

/// The keys that a configuration may have.
const KEYS: &[&str] = &["sources"];

/// Reads a configuration. Returns the sound settings and a defect for everything else.
pub fn read(file: &SourceFile) -> (Config, Vec<Defect>) {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let at = |offset: usize, found: String, remedy: Option<String>| {
        let (line, column) = file.position(offset);
        Defect { file: file.name.clone(), line, column, found, remedy }
    };
    let mut defects: Vec<Defect> = errors
        .iter()
        .map(|error| at(error.span().map_or(0, |span| span.start), error.message().replace('\n', ", "), None))
        .collect();
    let mut config = Config::default();
    for (key, value) in table.get_ref() {
        let name: &str = key.get_ref();
        match (name, value.get_ref().as_str()) {
            ("sources", Some(folder)) => config.sources = Some(folder.into()),
            ("sources", None) => {
                let remedy = "expected a folder in quotes".to_owned();
                defects.push(at(value.span().start, format!("found {}", value.get_ref().type_str()), Some(remedy)));
            }
            _ => {
                let remedy = suggestion(name, KEYS.iter().copied(), || format!("expected one of: {}", KEYS.join(", ")));
                defects.push(at(key.span().start, format!("unknown key \"{name}\""), Some(remedy)));
            }
        }
    }
    (config, defects)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("config.toml", text)
    }

    #[test]
    fn the_folder_of_sources_is_read() {
        let (config, defects) = read(&file("sources = \"papers\"\n"));
        assert_eq!(config.sources, Some("papers".into()));
        assert_eq!(defects, []);
    }

    #[test]
    fn every_mistake_is_named_with_its_place() {
        let (_, defects) = read(&file("source = \"x\"\n\nsources = 3\n"));
        let lines: Vec<String> = defects.iter().map(Defect::to_string).collect();
        assert_eq!(
            lines,
            [
                "config.toml:1:1: unknown key \"source\"; did you mean \"sources\"?",
                "config.toml:3:11: found integer; expected a folder in quotes",
            ]
        );
    }
}
