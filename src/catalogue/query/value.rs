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

/// How long a value is, in bytes: up to a space or a bar outside of quotes. A quote counts where a
/// part begins with it; one that is still open reaches to the end.
pub fn length(text: &str) -> usize {
    let mut at = 0;
    loop {
        let part = part_length(&text[at..]);
        at += part;
        if !text[at..].starts_with(',') {
            return at;
        }
        at += 1;
    }
}

/// Up to the comma, space or bar behind a part.
fn part_length(text: &str) -> usize {
    let ends = |c: char| c == ',' || c == '|' || c.is_whitespace();
    let quoted = match text.strip_prefix('"') {
        None => 0,
        Some(rest) => match rest.find('"') {
            None => return text.len(),
            Some(close) => close + 2,
        },
    };
    quoted + text[quoted..].find(ends).unwrap_or(text.len() - quoted)
}

/// The parts of a value that starts at a byte of the query.
pub fn parts(value: &str, start: usize) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at <= value.len() {
        let length = part_length(&value[at..]);
        let raw = &value[at..at + length];
        let open = raw.strip_prefix('"').unwrap_or(raw);
        let text = open.strip_suffix('"').unwrap_or(open);
        if !text.trim().is_empty() {
            found.push(Part { text, at: start + at + raw.len() - open.len() });
        }
        at += length + 1;
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
            assert_eq!(&text[..length(text)], value, "{text}");
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
