//! The terminal contract: the state that a program must restore in its terminal.
//!
//! Invariant: nothing here fails a test; the functions report the state of the terminal.

use super::session::{Session, Signal};

/// A text on the first screen.
pub const READY: &str = "Institutions";
pub const ENTER_SCREEN: &str = "\x1b[?1049h";
pub const LEAVE_SCREEN: &str = "\x1b[?1049l";

/// The signals that ask a program to end.
pub const DEADLY: [Signal; 4] = [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT];

impl Session {
    /// Reads all output, then returns the ways in which the terminal is not as it was before the program started.
    pub fn left_behind(&mut self) -> Vec<String> {
        self.catch_up();
        let terminal = self.terminal();
        let transcript = self.transcript();
        let (entered, left) = (transcript.matches(ENTER_SCREEN).count(), transcript.matches(LEAVE_SCREEN).count());
        let faults = [
            ("the settings differ", self.termios() != self.termios_before()),
            ("the alternate screen is on", terminal.alternate_screen()),
            ("the cursor is hidden", terminal.hide_cursor()),
            ("bracketed paste is on", terminal.bracketed_paste()),
            ("the mouse is reported", terminal.mouse_protocol_mode() != vt100::MouseProtocolMode::None),
            ("its encoding is set", terminal.mouse_protocol_encoding() != vt100::MouseProtocolEncoding::Default),
            ("a colour is set", terminal.fgcolor() != vt100::Color::Default),
            ("the screen was not left as often as entered", entered != left),
        ];
        faults.into_iter().filter(|(_, is_so)| *is_so).map(|(fault, _)| fault.to_owned()).collect()
    }
}

/// Returns true if any cell from column `first` on, counted from 0, has contents.
pub fn reaches_column(screen: &vt100::Screen, first: u16) -> bool {
    let (rows, columns) = screen.size();
    (0..rows.get())
        .any(|row| (first..columns.get()).any(|column| screen.cell(row, column).is_some_and(vt100::Cell::has_contents)))
}
