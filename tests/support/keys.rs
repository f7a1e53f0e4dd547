//! The notation for keys in tests, for example `f ramji ⏎`.
//!
//! Spaces separate words; the letters and signs of a word are typed one by one. Named keys are `⏎` Enter, `⎋` Esc,
//! `⇥` Tab, `⌫` Backspace, `⌦` Delete, `␣` Space, `← → ↑ ↓`, `⇞ ⇟` page up and down, `⇱ ⇲` Home and End; `⇧` comes
//! before a named key. `C-x` (a control key) and `F1` to `F12` are words of their own.
//!
//! Invariant: the same notation means the same keys in process and in a terminal.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The named keys: the sign, the event, and the bytes that a terminal sends.
const NAMED: [(char, KeyCode, &str); 15] = [
    ('⏎', KeyCode::Enter, "\r"),
    ('⎋', KeyCode::Esc, "\x1b"),
    ('⇥', KeyCode::Tab, "\t"),
    ('⌫', KeyCode::Backspace, "\x7f"),
    ('⌦', KeyCode::Delete, "\x1b[3~"),
    ('␣', KeyCode::Char(' '), " "),
    ('←', KeyCode::Left, "\x1b[D"),
    ('→', KeyCode::Right, "\x1b[C"),
    ('↑', KeyCode::Up, "\x1b[A"),
    ('↓', KeyCode::Down, "\x1b[B"),
    ('⇞', KeyCode::PageUp, "\x1b[5~"),
    ('⇟', KeyCode::PageDown, "\x1b[6~"),
    ('⇱', KeyCode::Home, "\x1b[H"),
    ('⇲', KeyCode::End, "\x1b[F"),
    ('⇤', KeyCode::BackTab, "\x1b[Z"),
];

/// The bytes that a terminal sends for F1 to F12.
const FUNCTION: [&str; 12] = [
    "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~", "\x1b[21~",
    "\x1b[23~", "\x1b[24~",
];

/// Returns the keys of a notation, in order.
///
/// # Panics
/// If `⇧` is not followed by a named key.
pub fn parse(notation: &str) -> Vec<KeyEvent> {
    notation.split_whitespace().flat_map(word).collect()
}

fn word(word: &str) -> Vec<KeyEvent> {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    let rest: Vec<char> = word.chars().collect();
    match rest[..] {
        ['C', '-', c] => return vec![KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)],
        ['F', _] | ['F', '1', _] => {
            if let Ok(number @ 1..=12) = word[1..].parse() {
                return vec![plain(KeyCode::F(number))];
            }
        }
        _ => {}
    }
    let mut keys = Vec::new();
    let mut chars = rest.into_iter();
    while let Some(c) = chars.next() {
        let named = |c: char| NAMED.iter().find(|(sign, ..)| *sign == c).map(|(_, code, _)| *code);
        keys.push(match c {
            '⇧' => {
                let code = chars.next().and_then(named).expect("a named key behind ⇧");
                let code = if code == KeyCode::Tab { KeyCode::BackTab } else { code };
                KeyEvent::new(code, KeyModifiers::SHIFT)
            }
            c => plain(named(c).unwrap_or(KeyCode::Char(c))),
        });
    }
    keys
}

/// Returns the bytes that a terminal sends for a key.
pub fn bytes(key: KeyEvent) -> Vec<u8> {
    let named = NAMED.iter().find(|(_, code, _)| *code == key.code).map(|(.., bytes)| *bytes);
    match (key.code, named) {
        (KeyCode::Char(c), _) if key.modifiers.contains(KeyModifiers::CONTROL) => vec![c as u8 & 0x1f],
        (KeyCode::Left | KeyCode::Right | KeyCode::Up | KeyCode::Down, Some(bytes))
            if key.modifiers.contains(KeyModifiers::SHIFT) =>
        {
            bytes.replace("\x1b[", "\x1b[1;2").into_bytes()
        }
        (_, Some(bytes)) => bytes.as_bytes().to_vec(),
        (KeyCode::F(number), _) => FUNCTION[usize::from(number) - 1].as_bytes().to_vec(),
        (KeyCode::Char(c), _) => c.to_string().into_bytes(),
        (other, _) => panic!("{other:?} is no key of the notation"),
    }
}
