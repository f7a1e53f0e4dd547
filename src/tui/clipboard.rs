//! Copies to the clipboard: through the terminal (OSC 52), and through a tool of the desktop, if any.
//!
//! Invariant: the event loop does not wait for a tool, no tool writes to the terminal, and the
//! text is clean, so that a shell into which it is pasted runs no line of it. It cannot be known
//! if the text arrived, so the user reads that it was sent.

use std::io::{self, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use super::terminal::Screen;
use crate::text::Clean;

/// Maximum size of a text in bytes; many terminals drop longer sequences.
const MAX_BYTES: usize = 74_000;

/// Tools with their arguments, each with the environment variable that its desktop sets.
const TOOLS: &[(&str, &[&str], &str)] = &[
    ("wl-copy", &[], "WAYLAND_DISPLAY"),
    ("xclip", &["-selection", "clipboard"], "DISPLAY"),
    ("pbcopy", &[], "__CFBundleIdentifier"),
];

/// Sends the beginning of a text, at most [`MAX_BYTES`], to the clipboard.
pub(super) fn copy(screen: &mut Screen, text: Clean<'_>) -> io::Result<()> {
    let text = text.head_of_bytes(MAX_BYTES);
    screen.copy(&text)?;
    if let Some((tool, arguments, _)) = TOOLS.iter().find(|(_, _, variable)| std::env::var_os(variable).is_some()) {
        run_tool(tool, arguments, text.into_owned());
    }
    Ok(())
}

/// Runs a tool on a thread of its own; a tool that is not installed is no error.
fn run_tool(tool: &'static str, arguments: &'static [&'static str], text: Clean<'static>) {
    let run = move || {
        let child = Command::new(tool)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = child {
            if let Some(mut input) = child.stdin.take() {
                let _ = input.write_all(text.as_bytes());
            }
            let _ = child.wait();
        }
    };
    // If there is no thread, the text was still sent to the terminal.
    let _ = thread::Builder::new().name("clipboard".into()).spawn(run);
}
