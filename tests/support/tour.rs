//! A tour of the screens of the real program, and its output during the tour.
//!
//! Invariant: only the sequences that the program may send are removed from a transcript.

use std::path::Path;

use super::session::{Session, Signal};

/// Returns everything that the program writes while its screens are visited one by one.
pub fn all_screens(dossier: &Path) -> String {
    let mut session = Session::spawn((100, 30), &["--dossier", dossier.to_str().unwrap()], &[]);
    session.wait_for("Institutions");
    for (turn, keys) in
        ["j", "j", "e", "\u{1b}", "2", "3", "4", "5", "6", "!", "1", "f", "a", "\r", "y", "h", "\r", "j", "i", "y"]
            .into_iter()
            .enumerate()
    {
        let (frames, _) = session.frames();
        session.send(keys);
        // A key may change nothing, but a new size always causes a repaint.
        session.resize(101 - turn as u16 % 2, 30);
        session.wait_frame_after(frames);
    }
    session.send("1/");
    session.paste("\u{1b}]0;x\u{7}\u{202e}pasted");
    // The terminal itself would echo input that the program has not read when it ends.
    session.wait_for("pasted");
    session.kill(Signal::TERM);
    session.wait_ended();
    session.catch_up();
    session.transcript()
}

/// Removes the sequences that the program may send from a transcript. Fails at any other sequence.
pub fn without_our_own(transcript: &str) -> String {
    let mut out = String::new();
    let mut rest = transcript;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out += before;
        // Positions, styles, modes and erasing; and the clipboard, whose text is in Base64.
        let csi = after.strip_prefix('[').map(|text| text.trim_start_matches(|c: char| "0123456789;?".contains(c)));
        let osc = after
            .strip_prefix("]52;c;")
            .map(|text| text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+/=".contains(c)));
        rest = match (csi, osc) {
            (Some(text), _) if text.starts_with(['H', 'J', 'K', 'm', 'h', 'l', 'X', 'q']) => &text[1..],
            (_, Some(text)) => text.strip_prefix("\u{1b}\\").or_else(|| text.strip_prefix('\u{7}')).unwrap_or("\u{1b}"),
            _ => panic!("a foreign sequence: {:?}", after.chars().take(40).collect::<String>()),
        };
    }
    out + rest
}
