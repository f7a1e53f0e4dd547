//! Keys with their modifiers: as the terminal sends them, as scripts write them, as help shows them.
//!
//! Invariant: a chord is alike on every terminal, and the event of it is read as the same chord.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use KeyCode::{BackTab, Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};

/// A key with its modifiers. Shift is part of the character: `G`, not shift and `g`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

pub(super) const fn ch(c: char) -> Chord {
    Chord { code: KeyCode::Char(c), modifiers: KeyModifiers::NONE }
}

pub(super) const fn ctrl(c: char) -> Chord {
    Chord { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }
}

pub(super) const fn key(code: KeyCode) -> Chord {
    Chord { code, modifiers: KeyModifiers::NONE }
}

pub(super) const fn shift(code: KeyCode) -> Chord {
    Chord { code, modifiers: KeyModifiers::SHIFT }
}

impl Chord {
    /// Returns the chord of an event, alike on every terminal: shift belongs to the character.
    pub fn of(event: KeyEvent) -> Self {
        let mut modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        if matches!(event.code, Left | Right) {
            modifiers |= event.modifiers & KeyModifiers::SHIFT;
        }
        let code = match event.code {
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Char(c.to_ascii_lowercase()),
            Tab if event.modifiers.contains(KeyModifiers::SHIFT) => BackTab,
            code => code,
        };
        if code == BackTab {
            modifiers = KeyModifiers::NONE;
        }
        Self { code, modifiers }
    }

    /// Returns the key without shift.
    pub(super) fn without_shift(self) -> Self {
        Self { modifiers: self.modifiers.difference(KeyModifiers::SHIFT), ..self }
    }

    /// Returns the letter or sign that it types, if it is nothing else.
    pub(super) fn letter(self) -> Option<char> {
        self.code.as_char().filter(|_| self.modifiers.is_empty())
    }

    /// Returns the event that a terminal sends for this chord.
    pub fn event(self) -> KeyEvent {
        KeyEvent::new(self.code, self.modifiers)
    }

    /// Reads `j`, `C-d`, `A-j`, `<enter>`, `<pgdn>`, `S-<left>`: the notation of scripts.
    pub fn parse(word: &str) -> Option<Self> {
        let mut chars = word.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Some(ch(c));
        }
        for (prefix, modifier) in MODIFIERS {
            if let Some(rest) = word.strip_prefix(prefix) {
                return Self::parse(rest).map(|chord| Self { modifiers: chord.modifiers | modifier, ..chord });
            }
        }
        let name = word.strip_prefix('<')?.strip_suffix('>')?;
        NAMED.iter().find(|(known, _, _)| *known == name).map(|&(_, _, code)| key(code))
    }

    /// Returns the chord as [`parse`](Self::parse) reads it; `None` if it has no such name, as for F5.
    pub fn script(self) -> Option<String> {
        let named = NAMED.iter().find(|(_, _, code)| *code == self.code).map(|(name, _, _)| format!("<{name}>"));
        let sign = || self.code.as_char().filter(|c| !c.is_control()).map(String::from);
        let bare = named.or_else(sign)?;
        let held = MODIFIERS.iter().filter(|(_, modifier)| self.modifiers.contains(*modifier));
        Some(held.map(|(prefix, _)| *prefix).chain([bare.as_str()]).collect())
    }

    /// Returns the chord as help and README show it.
    pub fn name(self) -> String {
        let bare = match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) => c.to_string(),
            code => NAMED
                .iter()
                .find(|(_, _, known)| *known == code)
                .map_or_else(|| format!("{code:?}"), |(_, shown, _)| (*shown).to_owned()),
        };
        match self.modifiers {
            modifiers if modifiers.contains(KeyModifiers::CONTROL) => format!("C-{bare}"),
            modifiers if modifiers.contains(KeyModifiers::ALT) => format!("A-{bare}"),
            modifiers if modifiers.contains(KeyModifiers::SHIFT) => format!("⇧{bare}"),
            _ => bare,
        }
    }
}

/// The modifiers in scripts, in their order.
const MODIFIERS: [(&str, KeyModifiers); 3] =
    [("C-", KeyModifiers::CONTROL), ("A-", KeyModifiers::ALT), ("S-", KeyModifiers::SHIFT)];

/// Named keys: in scripts, as shown, as the terminal sends them.
const NAMED: &[(&str, &str, KeyCode)] = &[
    ("enter", "Enter", Enter),
    ("esc", "Esc", Esc),
    ("tab", "Tab", Tab),
    ("backtab", "⇧Tab", BackTab),
    ("backspace", "Backspace", Backspace),
    ("del", "Del", Delete),
    ("up", "↑", Up),
    ("down", "↓", Down),
    ("left", "←", Left),
    ("right", "→", Right),
    ("pgup", "PgUp", PageUp),
    ("pgdn", "PgDn", PageDown),
    ("home", "Home", Home),
    ("end", "End", End),
    ("space", "Space", KeyCode::Char(' ')),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_name_has_every_modifier() {
        for (script, shown) in [("j", "j"), ("C-d", "C-d"), ("A-j", "A-j"), ("S-<left>", "⇧←"), ("<enter>", "Enter")]
        {
            assert_eq!(Chord::parse(script).map(Chord::name).as_deref(), Some(shown));
        }
    }
}
