//! The value behind a field's colon: parts with commas between them, some in quotes.
//!
//! Invariant: no part is empty, and no quote stands at the ends of one.

/// One part of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Without its quotes.
    pub text: &'a str,
    /// Where that starts in the query, in bytes.
    pub at: usize,
}

impl Part<'_> {
    /// Where what the part ends with starts in the query.
    pub fn at_end(self, end: &str) -> usize {
        self.at.saturating_add(position(self.text, end))
    }
}

/// Where what a text ends with starts in it, in bytes.
pub fn position(text: &str, end: &str) -> usize {
    text.len().saturating_sub(end.len())
}

/// What stands behind a value: from a space or a bar outside of quotes on. A quote counts where a
/// part begins with it; one that is still open reaches to the end.
pub fn behind(text: &str) -> &str {
    let (_, mut rest) = split_part(text);
    while let Some(next) = rest.strip_prefix(',') {
        (_, rest) = split_part(next);
    }
    rest
}

/// A part, and what stands behind it, from the comma, space or bar on.
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

/// The parts of a value that starts at a byte of the query.
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
    fn a_value_ends_at_a_space_that_no_quote_holds() {
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
    fn parts_are_what_stands_between_commas_without_quotes() {
        let texts = |value| parts(value, 5).into_iter().map(|part| (part.text, part.at)).collect::<Vec<_>>();
        assert_eq!(texts("a,é,b"), [("a", 5), ("é", 7), ("b", 10)]);
        assert_eq!(texts("\"a, b\",c"), [("a, b", 6), ("c", 12)]);
        assert_eq!(texts("\"a b"), [("a b", 6)]);
        assert_eq!(texts(",,\"\","), []);
        assert_eq!(texts(""), []);
    }
}
