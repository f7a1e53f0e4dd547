//! Splits the value of a field: parts separated by commas, optionally in quotes.
//!
//! Invariant: no part is empty or includes its quotes.

/// One part of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// The text without its quotes.
    pub text: &'a str,
    /// The byte offset of the text in the query.
    pub at: usize,
}

impl Part<'_> {
    /// Returns the byte offset in the query of `end`, which must be a suffix of the part.
    pub fn at_end(self, end: &str) -> usize {
        self.at.saturating_add(position(self.text, end))
    }
}

/// Returns the byte offset of `end`, a suffix of `text`.
pub fn position(text: &str, end: &str) -> usize {
    text.len().saturating_sub(end.len())
}

/// Returns the text after a value, which ends at a space or bar outside of quotes. Only a quote at the start of
/// a part counts; an unclosed one extends to the end.
pub fn behind(text: &str) -> &str {
    let (_, mut rest) = split_part(text);
    while let Some(next) = rest.strip_prefix(',') {
        (_, rest) = split_part(next);
    }
    rest
}

/// Splits off a part; the rest starts with the comma, space or bar after it.
fn split_part(text: &str) -> (&str, &str) {
    let unquoted = match text.strip_prefix('"').map(|rest| rest.split_once('"')) {
        None => text,
        Some(None) => return (text, ""),
        Some(Some((_, rest))) => rest,
    };
    let rest = unquoted.trim_start_matches(|c| !ends_part(c));
    text.split_at(position(text, rest))
}

fn ends_part(c: char) -> bool {
    c == ',' || c == '|' || c.is_whitespace()
}

/// Returns the parts of a value that starts at byte `start` of the query.
pub fn parts(value: &str, start: usize) -> Vec<Part<'_>> {
    let value = Part { text: value, at: start };
    let mut found = Vec::new();
    let mut next = Some(value.text);
    while let Some(rest) = next {
        let (raw, after) = split_part(rest);
        let raw = Part { text: raw, at: value.at_end(rest) };
        let open = raw.text.strip_prefix('"').unwrap_or(raw.text);
        let text = open.strip_suffix('"').unwrap_or(open);
        if !text.trim().is_empty() {
            found.push(Part { text, at: raw.at_end(open) });
        }
        next = after.strip_prefix(ends_part);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_at_a_space_outside_of_quotes() {
        for (text, value) in [
            ("a b", "a"),
            ("a,b c", "a,b"),
            ("\"a b\",c d", "\"a b\",c"),
            ("a,\"b | c\"|d", "a,\"b | c\""),
            ("\"a b", "\"a b"),
            ("a\"b c", "a\"b"),
            ("\"a\"b c", "\"a\"b"),
            ("", ""),
            (",, x", ",,"),
        ] {
            assert_eq!(format!("{value}{}", behind(text)), text);
        }
    }

    #[test]
    fn parts_are_separated_by_commas_and_lose_their_quotes() {
        let texts = |value| parts(value, 5).into_iter().map(|part| (part.text, part.at)).collect::<Vec<_>>();
        assert_eq!(texts("a,é,b"), [("a", 5), ("é", 7), ("b", 10)]);
        assert_eq!(texts("\"a, b\",c"), [("a, b", 6), ("c", 12)]);
        assert_eq!(texts("\"a b"), [("a b", 6)]);
        assert_eq!(texts(",,\"\","), []);
        assert_eq!(texts(""), []);
    }
}
