//! The clipboard: by the terminal (OSC 52), and by the desktop's own tool where there is one.
//!
//! Invariant: nothing waits for a tool, no tool writes to the terminal, and what is copied
//! is clean, so that a shell into which it is pasted runs no line of it. Whether the
//! text arrived cannot be known, so the reader is told that it was sent.

use std::io::{self, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use super::terminal::Screen;
use crate::text::Clean;

/// The most bytes that are sent; many terminals drop longer sequences whole.
const MAX_BYTES: usize = 74_000;

/// Desktop tools, each with the variable that its desktop sets.
const TOOLS: &[(&str, &[&str], &str)] = &[
    ("wl-copy", &[], "WAYLAND_DISPLAY"),
    ("xclip", &["-selection", "clipboard"], "DISPLAY"),
    ("pbcopy", &[], "__CFBundleIdentifier"),
];

/// Sends a text to the clipboard.
///
/// # Errors
/// When the terminal does not take the bytes.
pub(super) fn copy(screen: &mut Screen, text: Clean<'_>) -> io::Result<()> {
    let text = text.head_of_bytes(MAX_BYTES);
    screen.copy(&text)?;
    if let Some((tool, arguments, _)) = TOOLS.iter().find(|(_, _, variable)| std::env::var_os(variable).is_some()) {
        hand_to(tool, arguments, text.into_owned());
    }
    Ok(())
}

/// Hands the text to a tool in a thread of its own; a tool that is not installed is no error.
fn hand_to(tool: &'static str, arguments: &'static [&'static str], text: Clean<'static>) {
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
    // Without a thread the text has still gone to the terminal.
    let _ = thread::Builder::new().name("clipboard".into()).spawn(run);
}
