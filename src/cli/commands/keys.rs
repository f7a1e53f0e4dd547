//! `annals keys`: prints the table of key bindings.
//!
//! Invariant: the keys and their words are those of the bindings, in their order.

use crate::cli::args::{KeysArgs, KeysFormat};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::keymap::{BINDINGS, HelpGroup, markdown};
use crate::text::pad;

const KEY_COLUMNS: usize = 20;

pub(crate) fn run(args: &KeysArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    match args.format {
        KeysFormat::Markdown => out.raw().write_all(markdown().as_bytes())?,
        KeysFormat::Text => {
            for &group in HelpGroup::ALL {
                out.line(Tone::Strong, group.as_str())?;
                for binding in BINDINGS.iter().filter(|binding| binding.group == group) {
                    out.text(Tone::Plain, &format!("  {} ", pad(&binding.keys(), KEY_COLUMNS)))?;
                    out.line(Tone::Plain, binding.description)?;
                }
            }
        }
    }
    Ok(Outcome::Found)
}
