//! The reader's configuration: one small TOML file.
//!
//! Invariant: an unknown key is a defect, never silently ignored.

use std::path::PathBuf;

use crate::syntax::{Defect, Parsed, SourceFile};

/// The settings of a reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// The folder with the documents of the embedded dossier; `None` if it is not set.
    pub sources: Option<PathBuf>,
}

/// Reads a configuration. Returns the sound settings and a defect for everything else.
pub fn read(file: &SourceFile) -> (Config, Vec<Defect>) {
    let mut defects = Vec::new();
    let mut config = Config::default();
    let parsed = Parsed::new(file, &mut defects);
    let mut fields = parsed.fields();
    if let Some(node) = fields.get("sources") {
        match node.as_text() {
            Some(folder) => config.sources = Some(folder.into()),
            None => defects.push(node.unexpected("a folder in quotes")),
        }
    }
    fields.close(&[], &mut defects);
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
                "config.toml:3:11: error wrong-value: found 3; expected a folder in quotes",
                "config.toml:1:1: error unknown-key: unknown key \"source\"; did you mean \"sources\"?",
            ]
        );
    }
}
