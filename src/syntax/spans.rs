//! Where the values of a TOML text stand.
//!
//! Invariant: a place is made of bytes of the text, whatever errors it has.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueSpan {
    /// Its bytes; of a table with a head those of the head, of one that is written with dotted keys those of a key.
    pub bytes: Range<usize>,
    /// For a table that is written with dotted keys: how they begin.
    pub dotted: Option<Dotted>,
}

/// The dotted keys of a table, such as `length.value = 40`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dotted {
    /// The beginning of the first of them, up to the key within the table: `length.`.
    pub prefix: Range<usize>,
    /// True between braces, where keys are separated by commas and not by lines.
    pub is_inline: bool,
}

/// Returns the place of every value of a TOML text, lists and tables before what is in them; of a text with errors, the
/// places of what could be read.
pub fn value_spans(text: &str) -> Vec<ValueSpan> {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut spans = Vec::new();
    let mut waiting: Vec<Waiting<'_>> = of_table(table.get_ref(), false).collect();
    while let Some(Waiting { key, value, is_inline }) = waiting.pop() {
        let bytes = value.span();
        let first = text.get(bytes.clone()).and_then(|text| text.chars().next());
        let mut dotted = None;
        match value.get_ref() {
            DeValue::Array(items) => waiting.extend(items.iter().map(|value| Waiting { key: None, value, is_inline })),
            DeValue::Table(table) => {
                let begin = table.keys().map(|key| key.span().start).min();
                let prefix = key.zip(begin).map(|(start, end)| start..end);
                dotted =
                    prefix.filter(|_| !matches!(first, Some('[' | '{'))).map(|prefix| Dotted { prefix, is_inline });
                waiting.extend(of_table(table, is_inline || first == Some('{')));
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
        spans.push(ValueSpan { bytes, dotted });
    }
    spans
}

/// A value that is still to be visited.
struct Waiting<'a> {
    /// Where its key begins; an item of a list has none.
    key: Option<usize>,
    value: &'a Spanned<DeValue<'a>>,
    is_inline: bool,
}

fn of_table<'a>(table: &'a DeTable<'a>, is_inline: bool) -> impl Iterator<Item = Waiting<'a>> {
    table.iter().map(move |(key, value)| Waiting { key: Some(key.span().start), value, is_inline })
}
