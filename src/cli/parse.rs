//! Parses the arguments.
//!
//! Building clap's definition of all commands and their help takes longer than drawing a screen. Therefore simple
//! arguments that open a screen are parsed without it.
//!
//! Invariant: arguments parsed without the definition mean the same with it. It parses everything else: other
//! commands, other ways to write an option, help, and errors.

use std::ffi::{OsStr, OsString};

use clap::Parser;

use super::args::{Cli, Command, Global, PickArgs};
use super::forms::Format;
use crate::view::glyphs::Glyphs;

/// Parses the arguments; the first one is the name of the program.
///
/// # Errors
///
/// Returns an error for invalid arguments, and for help and version.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    match parse_screen(&args) {
        Some(cli) => Ok(cli),
        None => Cli::try_parse_from(args),
    }
}

/// Parses arguments that open the explorer or the picker, with each option and value as a separate word.
fn parse_screen(args: &[OsString]) -> Option<Cli> {
    let mut words = args.get(1..)?.iter().map(OsString::as_os_str);
    let mut global = Global { dossier: None, sources: None, as_of: None, no_color: false, glyphs: Glyphs::Unicode };
    let mut picks = None;
    while let Some(word) = words.next() {
        match (word.to_str()?, &mut picks) {
            ("--dossier", _) if global.dossier.is_none() => global.dossier = Some(value(words.next())?.into()),
            ("--sources", _) if global.sources.is_none() => global.sources = Some(value(words.next())?.into()),
            ("--no-color", _) if !global.no_color => global.no_color = true,
            ("pick", none @ None) => *none = Some(PICK_ANY),
            ("-", Some(pick)) if pick.lines.is_none() => pick.lines = Some("-".to_owned()),
            ("-q" | "--query", Some(pick)) if pick.query.is_none() => {
                pick.query = Some(value(words.next())?.to_str()?.to_owned());
            }
            ("-m" | "--multi", Some(pick)) if !pick.multi => pick.multi = true,
            ("-1" | "--select-1", Some(pick)) if !pick.select_1 => pick.select_1 = true,
            ("-0" | "--exit-0", Some(pick)) if !pick.exit_0 => pick.exit_0 = true,
            _ => return None,
        }
    }
    Some(Cli { global, log_keys: None, command: picks.map(Command::Pick) })
}

/// The picker without options.
const PICK_ANY: PickArgs = PickArgs {
    lines: None,
    query: None,
    multi: false,
    kind: None,
    select_1: false,
    exit_0: false,
    format: Format::Text,
};

/// Returns the word if it is certainly a value and not an option.
fn value(word: Option<&OsStr>) -> Option<&OsStr> {
    word.filter(|word| !word.is_empty() && !word.as_encoded_bytes().starts_with(b"-"))
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failure here is the test's failure")]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn common_arguments_are_parsed_without_the_definition() {
        let lines = [
            "annals",
            "annals --no-color --dossier a.db",
            "annals --dossier pick --sources list",
            "annals pick",
            "annals pick -",
            "annals --dossier list pick --no-color",
            "annals pick - --query one -m -1 -0 --no-color",
            "annals pick -q two --multi --dossier a.db --exit-0 --select-1",
        ];
        for line in lines {
            assert!(parse_screen(&words(line)).is_some(), "{line}");
        }
    }

    #[test]
    fn arguments_parsed_without_the_definition_mean_the_same_with_it() {
        let parts =
            ["", "pick", "-", "--query", "-q", "one", "-m", "--multi", "-1", "--exit-0", "--dossier", "--no-color"];
        let mut read = 0;
        for number in 0..parts.len().pow(4) {
            let part = |place| parts[number / parts.len().pow(place) % parts.len()];
            let line = format!("annals {} {} {} {}", part(0), part(1), part(2), part(3));
            if let Some(screen) = parse_screen(&words(&line)) {
                let whole = Cli::try_parse_from(words(&line)).expect(&line);
                assert_eq!(format!("{screen:?}"), format!("{whole:?}"), "{line}");
                read += 1;
            }
        }
        assert!(read > 100, "{read}");
    }

    #[test]
    fn all_other_arguments_are_left_to_the_definition() {
        let lines = [
            "annals list person",
            "annals help",
            "annals help pick",
            "annals --help",
            "annals -h",
            "annals --version",
            "annals pick --help",
            "annals pick -h",
            "annals pic",
            "annals pick --kin person",
            "annals pick --kind nobody",
            "annals pick - -",
            "annals --as-of never",
            "annals --dossier",
            "annals --dossier --no-color",
            "annals --no-color --no-color",
            "annals pick -qtwo --format jsonl --glyphs=block",
            "annals pick -m -m",
            "annals pick pick",
            "annals -m",
        ];
        for line in lines {
            assert!(parse_screen(&words(line)).is_none(), "{line}");
            let [whole, both] = [Cli::try_parse_from(words(line)), parse(words(line))].map(|read| match read {
                Ok(cli) => format!("{cli:?}"),
                Err(error) => error.render().to_string(),
            });
            assert_eq!(both, whole, "{line}");
        }
    }
}
