//! Typed access to TOML tables, in which each value knows its place.
//!
//! Invariant: a key that was never read is reported when the fields are closed, so that a misspelt key is never
//! silently ignored.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::code::Code;
use super::defect::{Defect, suggestion};
use super::position::Position;
use super::source_file::SourceFile;
use super::written::{Unclosed, unclosed};

/// The greatest whole number of which every smaller one is kept exactly.
pub const MAX_INTEGER: i64 = (1 << 53) - 1;

/// A value of a file with its place.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    file: &'a SourceFile,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Node<'a> {
    /// Returns a defect at the place of this value.
    pub fn defect(&self, code: Code, found: impl Into<String>, remedy: impl Into<String>) -> Defect {
        Defect::new(code, self.position(), found, remedy)
    }

    /// Returns the position of this value.
    pub fn position(&self) -> Position {
        self.file.place(self.value.span().start)
    }

    /// Returns a defect for a value of the wrong type.
    pub fn unexpected(&self, expected: &str) -> Defect {
        self.defect(Code::WrongValue, format!("found {}", self.summary()), format!("expected {expected}"))
    }

    /// Returns the value if it is a text.
    pub fn as_text(&self) -> Option<&'a str> {
        self.value.get_ref().as_str()
    }

    /// Returns a defect for a value that is no number: of its own code for a whole number that is too large to be kept.
    pub fn unexpected_number(&self, expected: &str) -> Defect {
        let is_integer = self.value.get_ref().as_integer().is_some();
        if is_integer && self.integer().is_none() {
            self.integer_range(&self.summary())
        } else {
            self.unexpected(expected)
        }
    }

    /// Returns a defect for a whole number that is too large to be kept.
    pub fn integer_range(&self, digits: &str) -> Defect {
        let remedy = format!("expected a whole number from -{MAX_INTEGER} to {MAX_INTEGER}");
        self.defect(Code::IntegerRange, format!("found {digits}"), remedy)
    }

    /// Returns the value if it is a finite number that can be kept exactly.
    pub fn as_number(&self) -> Option<f64> {
        if let Some(integer) = self.integer() {
            return Some(integer as f64);
        }
        let number: f64 = self.value.get_ref().as_float()?.as_str().replace('_', "").parse().ok()?;
        number.is_finite().then_some(number)
    }

    /// Returns a number with a fraction or an exponent as it is written.
    pub fn as_float(&self) -> Option<&'a str> {
        self.value.get_ref().as_float().map(toml::de::DeFloat::as_str)
    }

    /// Returns the value if it is a whole number that can be kept exactly.
    fn integer(&self) -> Option<i64> {
        let integer = self.value.get_ref().as_integer()?;
        let number = i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()?;
        (-MAX_INTEGER..=MAX_INTEGER).contains(&number).then_some(number)
    }

    /// Returns the value if it is `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        self.value.get_ref().as_bool()
    }

    /// Returns the items if it is an array.
    pub fn as_array(&self) -> Option<Vec<Node<'a>>> {
        let array = self.value.get_ref().as_array()?;
        Some(array.iter().map(|value| Node { file: self.file, value }).collect())
    }

    /// Returns the items of an array, or the value itself as the only item.
    pub fn items(&self) -> Vec<Node<'a>> {
        self.as_array().unwrap_or_else(|| vec![*self])
    }

    /// Returns the fields if it is a table.
    pub fn as_table(&self) -> Option<Fields<'a>> {
        let table = self.value.get_ref().as_table()?;
        Some(Fields { file: self.file, table, span: self.value.span(), asked: Vec::new() })
    }

    fn summary(&self) -> String {
        match self.value.get_ref() {
            DeValue::String(text) => format!("\"{text}\""),
            DeValue::Integer(integer) => integer.as_str().to_owned(),
            DeValue::Float(float) => float.as_str().to_owned(),
            DeValue::Boolean(flag) => flag.to_string(),
            DeValue::Datetime(_) => "a TOML date (dates are written in quotes)".into(),
            DeValue::Array(_) => "a list".into(),
            DeValue::Table(_) => "a table".into(),
        }
    }
}

/// A parsed file.
#[derive(Debug)]
pub struct Parsed<'a> {
    file: &'a SourceFile,
    table: Spanned<DeTable<'a>>,
}

impl<'a> Parsed<'a> {
    /// Parses a file; whatever is sound is kept, and every error becomes a defect.
    pub fn new(file: &'a SourceFile, defects: &mut Vec<Defect>) -> Self {
        let (mut table, errors) = DeTable::parse_recoverable(&file.text);
        let mut statements: Vec<usize> = errors.iter().filter_map(|error| Some(error.span()?.start)).collect();
        statements.retain(|&at| begins_statement(&file.text, at));
        statements.sort_unstable();
        let unclosed = unclosed(&file.text, &statements);
        if let Some(Unclosed { table: head, open, next }) = unclosed {
            let is_list = file.text.get(open..).is_some_and(|text| text.starts_with('['));
            let (what, mark) = if is_list { ("list", ']') } else { ("table", '}') };
            let found = format!("this {what} is not closed before line {}", file.position(next).0);
            defects.push(Defect::new(Code::Syntax, file.place(open), found, format!("expected '{mark}'")));
            // What follows was taken for a part of it, so only the tables before the one in which it stands are read.
            table = DeTable::parse_recoverable(file.text.get(..head).unwrap_or_default()).0;
        }
        for error in errors {
            if let (Some(unclosed), Some(span)) = (&unclosed, error.span())
                && span.start >= unclosed.open
            {
                continue;
            }
            let at = error.span().map_or_else(|| Position::of_file(&file.name), |span| file.place(span.start));
            let found = error.message().lines().collect::<Vec<_>>().join(", ");
            defects.push(Defect { remedy: None, ..Defect::new(Code::Syntax, at, found, "") });
        }
        Self { file, table }
    }

    /// Returns the fields of the whole file.
    pub fn fields(&self) -> Fields<'_> {
        Fields { file: self.file, table: self.table.get_ref(), span: 0..0, asked: Vec::new() }
    }
}

/// Returns true if a place is the first in its line, and the line looks like the beginning of a statement: a header, or
/// a key with its value.
fn begins_statement(text: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else { return false };
    let before = before.chars().rev().find(|letter| !matches!(letter, ' ' | '\t'));
    if before.is_some_and(|letter| letter != '\n') {
        return false;
    }
    let line = rest.lines().next().unwrap_or_default();
    let is_part = |letter: char| letter.is_alphanumeric() || "_-.\"' ".contains(letter);
    let is_key = |key: &str| !key.is_empty() && key.chars().all(is_part);
    line.starts_with('[') || line.split_once('=').is_some_and(|(key, _)| is_key(key.trim()))
}

/// The fields of one table, and the keys that were read.
#[derive(Debug)]
pub struct Fields<'a> {
    file: &'a SourceFile,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    asked: Vec<&'a str>,
}

impl<'a> Fields<'a> {
    /// Returns the value of a key, if it is there, and marks the key as read.
    pub fn get(&mut self, key: &'a str) -> Option<Node<'a>> {
        self.asked.push(key);
        self.table.get(key).map(|value| Node { file: self.file, value })
    }

    /// Returns true if a key is there, without marking it as read.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Returns the text of a key, if it is there, without marking the key as read.
    pub fn value(&self, key: &str) -> Option<&'a str> {
        self.table.get(key)?.get_ref().as_str()
    }

    /// Returns the keys that are there, in the order of the file.
    pub fn keys(&self) -> Vec<&'a str> {
        let mut keys: Vec<_> = self.table.iter().map(|(key, _)| (key.span().start, key.get_ref().as_ref())).collect();
        keys.sort_unstable();
        keys.into_iter().map(|(_, key)| key).collect()
    }

    /// Reads a required text.
    pub fn text(&mut self, key: &'a str, defects: &mut Vec<Defect>) -> Option<&'a str> {
        if self.get(key).is_none() {
            defects.push(self.defect(Code::WrongValue, format!("no \"{key}\""), format!("expected {key} = \"…\"")));
            return None;
        }
        self.optional_text(key, defects)
    }

    /// Reads an optional text.
    pub fn optional_text(&mut self, key: &'a str, defects: &mut Vec<Defect>) -> Option<&'a str> {
        let node = self.get(key)?;
        let text = node.as_text();
        if text.is_none() {
            defects.push(node.unexpected("a text"));
        }
        text
    }

    /// Returns a defect of the whole table, at its head.
    pub fn defect(&self, code: Code, found: impl Into<String>, remedy: impl Into<String>) -> Defect {
        Defect::new(code, self.position(), found, remedy)
    }

    /// Returns the position of the head of the table.
    pub fn position(&self) -> Position {
        self.file.place(self.span.start)
    }

    /// Reports each key that was never read; `known` are further keys to suggest.
    pub fn close(self, known: &[&str], defects: &mut Vec<Defect>) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let candidates = self.asked.iter().chain(known).copied();
            let remedy = suggestion(name, candidates, || {
                let mut all: Vec<&str> = self.asked.iter().chain(known).copied().collect();
                all.sort_unstable();
                all.dedup();
                format!("expected one of: {}", all.join(", "))
            });
            let at = self.file.place(key.span().start);
            defects.push(Defect::new(Code::UnknownKey, at, format!("unknown key \"{name}\""), remedy));
        }
    }
}

/// Returns the tables of an array of tables (`[[key]]`).
pub fn tables_of<'a>(root: &mut Fields<'a>, key: &'a str, defects: &mut Vec<Defect>) -> Vec<Node<'a>> {
    let Some(node) = root.get(key) else { return Vec::new() };
    let Some(items) = node.as_array() else {
        let remedy = format!("expected [[{key}]] in double brackets");
        defects.push(node.defect(Code::WrongValue, format!("\"{key}\" is not a list of tables"), remedy));
        return Vec::new();
    };
    let (tables, others): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.as_table().is_some());
    defects.extend(others.iter().map(|item| item.unexpected("a table")));
    tables
}
