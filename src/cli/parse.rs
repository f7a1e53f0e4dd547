//! What was typed, as the type of the command line.
//!
//! To build the whole definition, with the help of each command, takes longer than to draw a
//! screen. So what opens one is read by a definition of its own, which knows nothing else.
//!
//! Invariant: what is read that way means the same to the whole definition, which has the word
//! on all else: other commands, help, and mistakes.

use std::ffi::OsString;

use clap::{Args, Command, FromArgMatches, Parser};

use super::args::{Cli, Global, PickArgs};

/// What the arguments say, the name of the program being the first of them.
///
/// # Errors
///
/// What cannot be parsed, and what asks for help or the version.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let args: Vec<OsString> = args.into_iter().collect();
    match parse_screen(&args) {
        Some(cli) => Ok(cli),
        None => Cli::try_parse_from(args),
    }
}

/// What opens a screen, and is no mistake: the explorer or the picker.
fn parse_screen(args: &[OsString]) -> Option<Cli> {
    let bare = |name| Command::new(name).disable_help_flag(true);
    let pick = PickArgs::augment_args(bare("pick"));
    let screens = Global::augment_args(bare("annals")).disable_help_subcommand(true).subcommand(pick);
    let mut matches = screens.try_get_matches_from(args).ok()?;
    Cli::from_arg_matches_mut(&mut matches).ok()
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a failure here is the test's failure")]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn a_screen_is_read_as_by_the_whole_definition() {
        let lines = [
            "annals",
            "annals --no-color --glyphs ascii --as-of 2021-06",
            "annals --dossier pick --sources list",
            "annals pick",
            "annals pick -",
            "annals --dossier list pick --kind person",
            "annals pick - --query one -m -1 -0 --no-color",
            "annals pick -qtwo --multi --format jsonl --as-of 2021 --glyphs=block",
            "annals pick --dossier a.db --exit-0 --select-1 -- -",
        ];
        for line in lines {
            let whole = Cli::try_parse_from(words(line)).expect(line);
            let screen = parse_screen(&words(line)).expect(line);
            assert_eq!(format!("{screen:?}"), format!("{whole:?}"), "{line}");
        }
    }

    #[test]
    fn all_else_is_left_to_the_whole_definition() {
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
