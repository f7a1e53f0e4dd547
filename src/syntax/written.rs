//! The keys and values of a TOML file as they are written: each with its bytes, for changes that leave all else alone.
//!
//! Invariant: what is returned is in the order of the file, and its bytes lie within the text, between characters.

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::decoder::ScalarKind;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};
use toml_parser::{Raw, Source};

/// The greatest depth of lists and tables within each other; deeper ones are not returned.
const MAX_DEPTH: u32 = 80;

/// A key or a plain value of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<'a> {
    /// The keys that lead to it from the head of the file, without the numbers of list items.
    pub path: Vec<Cow<'a, str>>,
    /// The bytes at which it is written, with its quotes.
    pub bytes: Range<usize>,
    /// What stands there.
    pub what: Token<'a>,
    /// True within a table in braces.
    pub is_inline: bool,
}

/// What is written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// The last key of the path.
    Key,
    /// A text, without its quotes.
    Text(Cow<'a, str>),
    /// A number, a flag or a date, as written.
    Other(&'a str),
}

impl Written<'_> {
    /// Returns true if these keys lead to it.
    pub fn is_at(&self, path: &[&str]) -> bool {
        self.path.iter().map(AsRef::as_ref).eq(path.iter().copied())
    }
}

/// Returns every key and every plain value of a TOML text. Of a text with errors, what can be told apart.
///
/// ```
/// use annals::syntax::written;
///
/// let text = "[a] # note\r\n'b'.c = [{ d = \"x\" }]\r\n";
/// let written = written(text);
/// let paths: Vec<String> = written.iter().map(|one| one.path.join(".")).collect();
/// assert_eq!(paths, ["a", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d"]);
/// assert_eq!(&text[written[1].bytes.clone()], "'b'");
/// assert_eq!(&text[written[4].bytes.clone()], "\"x\"");
/// ```
pub fn written(text: &str) -> Vec<Written<'_>> {
    let mut walk = Walk { text, ..Walk::default() };
    for event in &events(text) {
        walk.event(event);
    }
    walk.found
}

/// A list or a table in braces that is still open where another statement begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// The byte at which the table in which it stands begins; 0 before the first header.
    pub table: usize,
    /// The byte of its bracket or brace.
    pub open: usize,
    /// The byte of the statement.
    pub next: usize,
}

/// Returns the outermost list or table in braces that is open at one of these bytes, which ascend, if it was opened in an
/// earlier line: the first.
pub(super) fn unclosed(text: &str, statements: &[usize]) -> Option<Unclosed> {
    let (mut table, mut open) = (0, Vec::new());
    let mut statements = statements.iter().copied().peekable();
    for event in events(text) {
        let at = event.span().start();
        while let Some(next) = statements.next_if(|&next| next <= at) {
            if let Some(&open) = open.first()
                && text.get(open..next)?.contains('\n')
            {
                return Some(Unclosed { table, open, next });
            }
        }
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                table = at;
                open.clear();
            }
            EventKind::InlineTableOpen | EventKind::ArrayOpen => open.push(at),
            EventKind::InlineTableClose | EventKind::ArrayClose => drop(open.pop()),
            EventKind::SimpleKey
            | EventKind::KeySep
            | EventKind::KeyValSep
            | EventKind::Scalar
            | EventKind::ValueSep
            | EventKind::StdTableClose
            | EventKind::ArrayTableClose
            | EventKind::Whitespace
            | EventKind::Comment
            | EventKind::Newline
            | EventKind::Error => {}
        }
    }
    None
}

/// Returns the events of a text; of one with errors, what can be told apart.
fn events(text: &str) -> Vec<Event> {
    let tokens = Source::new(text).lex().into_vec();
    let mut events: Vec<Event> = Vec::new();
    let mut guarded = RecursionGuard::new(&mut events, MAX_DEPTH);
    parse_document(&tokens, &mut guarded, &mut ());
    events
}

/// The state between two events.
#[derive(Default)]
struct Walk<'a> {
    text: &'a str,
    found: Vec<Written<'a>>,
    /// The keys of the last header.
    header: Vec<Cow<'a, str>>,
    is_header: bool,
    /// The keys before the next `=` or the end of the header.
    pending: Vec<Cow<'a, str>>,
    /// The keys of the value that is read.
    current: Vec<Cow<'a, str>>,
    /// The lists and tables in braces that are open, outermost first.
    open: Vec<Open<'a>>,
}

/// A list or a table in braces.
struct Open<'a> {
    keys: Vec<Cow<'a, str>>,
    is_table: bool,
}

impl<'a> Walk<'a> {
    fn event(&mut self, event: &Event) {
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.is_header = true;
                self.pending.clear();
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => {
                self.is_header = false;
                self.header = std::mem::take(&mut self.pending);
            }
            EventKind::SimpleKey => self.key(event),
            EventKind::KeyValSep => {
                self.current = self.base();
                self.current.append(&mut self.pending);
            }
            EventKind::InlineTableOpen | EventKind::ArrayOpen => {
                let is_table = event.kind() == EventKind::InlineTableOpen;
                self.open.push(Open { keys: self.current.clone(), is_table });
            }
            EventKind::InlineTableClose | EventKind::ArrayClose => {
                self.current = self.open.pop().map(|open| open.keys).unwrap_or_default();
            }
            EventKind::Scalar => self.scalar(event),
            EventKind::Newline | EventKind::Error if self.open.is_empty() => self.pending.clear(),
            EventKind::KeySep
            | EventKind::ValueSep
            | EventKind::Whitespace
            | EventKind::Comment
            | EventKind::Newline
            | EventKind::Error => {}
        }
    }

    /// Returns the keys of the table in which the next key stands.
    fn base(&self) -> Vec<Cow<'a, str>> {
        self.open.last().map_or_else(|| self.header.clone(), |open| open.keys.clone())
    }

    fn key(&mut self, event: &Event) {
        let Some(raw) = self.raw(event) else { return };
        let mut key = Cow::Borrowed("");
        raw.decode_key(&mut key, &mut ());
        self.pending.push(key);
        let mut path = if self.is_header { Vec::new() } else { self.base() };
        path.extend(self.pending.iter().cloned());
        self.push(path, event, Token::Key);
    }

    fn scalar(&mut self, event: &Event) {
        let Some(raw) = self.raw(event) else { return };
        let mut text = Cow::Borrowed("");
        let what = match raw.decode_scalar(&mut text, &mut ()) {
            ScalarKind::String => Token::Text(text),
            ScalarKind::Boolean(_) | ScalarKind::DateTime | ScalarKind::Float | ScalarKind::Integer(_) => {
                Token::Other(raw.as_str())
            }
        };
        self.push(self.current.clone(), event, what);
    }

    fn raw(&self, event: &Event) -> Option<Raw<'a>> {
        let raw = self.text.get(event.span().start()..event.span().end())?;
        Some(Raw::new_unchecked(raw, event.encoding(), event.span()))
    }

    fn push(&mut self, path: Vec<Cow<'a, str>>, event: &Event, what: Token<'a>) {
        let bytes = event.span().start()..event.span().end();
        let is_inline = self.open.iter().any(|open| open.is_table);
        self.found.push(Written { path, bytes, what, is_inline });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns each path and what is written there.
    fn read(text: &str) -> Vec<String> {
        let show = |one: &Written<'_>| {
            let at = &text[one.bytes.clone()];
            let sign = if one.is_inline { "{" } else { "" };
            match &one.what {
                Token::Key => format!("{sign}{} <{at}>", one.path.join(".")),
                Token::Text(text) => format!("{sign}{} = {text:?} <{at}>", one.path.join(".")),
                Token::Other(other) => format!("{sign}{} = {other}", one.path.join(".")),
            }
        };
        written(text).iter().map(show).collect()
    }

    #[test]
    fn every_key_and_value_has_its_path_and_its_bytes() {
        let text = "top = 1\r\n[ a . \"b\" ] # c = 2\n'x y'.z = '''t\n'''\n[[list]]\nk = [ 1, { m.n = [\"é\\u0041\"], o = true }, 2 ]\nl = {}\n";
        assert_eq!(
            read(text),
            [
                "top <top>",
                "top = 1",
                "a <a>",
                "a.b <\"b\">",
                "a.b.x y <'x y'>",
                "a.b.x y.z <z>",
                "a.b.x y.z = \"t\\n\" <'''t\n'''>",
                "list <list>",
                "list.k <k>",
                "list.k = 1",
                "{list.k.m <m>",
                "{list.k.m.n <n>",
                "{list.k.m.n = \"éA\" <\"é\\u0041\">",
                "{list.k.o <o>",
                "{list.k.o = true",
                "list.k = 2",
                "list.l <l>",
            ]
        );
    }

    #[test]
    fn a_text_with_errors_is_read_as_far_as_it_goes() {
        for text in
            ["a = ", "a = [1,, {b", "[a\nb = 1", "= 1\nb = 2", &"[".repeat(500), &"a = [".repeat(500), "\u{feff}a = 1"]
        {
            for one in written(text) {
                assert!(text.get(one.bytes.clone()).is_some(), "{text}");
            }
        }
        assert_eq!(read("a =\nb = 2\n").last().map(String::as_str), Some("b = 2"));
    }
}
