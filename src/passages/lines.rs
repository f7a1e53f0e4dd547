//! Classifies single lines of a document: headings, infobox rows, list items, dates.
//!
//! Invariant: every function looks only at the shape of a line, never at names of particular documents.

/// The most words that a heading without markup may have.
const TITLE_WORDS: usize = 14;

/// The longest heading in code points; a longer line is prose.
const HEADING_CHARS: usize = 200;

/// A heading of the form `== History ==`, at any level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WikiHeading {
    /// The text between the equals signs, with white space collapsed.
    pub name: String,
    /// The number of equals signs on the left; 1 for the title of a document.
    pub level: usize,
}

/// Parses a line as a wiki heading; the numbers of signs on both sides may differ.
pub(super) fn wiki_heading(line: &str) -> Option<WikiHeading> {
    let line = line.trim();
    let inner = line.strip_prefix('=')?.strip_suffix('=')?;
    let name = collapse(inner.trim_matches('='));
    let level = line.chars().take_while(|&sign| sign == '=').count();
    let is_name = name.contains(char::is_alphanumeric) && name.chars().count() <= HEADING_CHARS;
    is_name.then_some(WikiHeading { name, level })
}

/// Returns the text after the bullet of a list item (`- `, `* ` or `• `), or `None` if there is no bullet or text.
pub(super) fn item(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix(['-', '*', '•'])?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim())
}

/// Returns the key of an infobox row, `- Key: value`; the value may be empty.
pub(super) fn row_key(line: &str) -> Option<String> {
    let (key, value) = item(line)?.split_once(':')?;
    let ends = value.is_empty() || value.starts_with(char::is_whitespace);
    let key = collapse(key);
    (ends && !key.is_empty()).then_some(key)
}

/// Returns true if a line can be a title: short, not starting with a lower-case letter, without punctuation or a
/// quote at its end, and not a list item.
pub(super) fn is_title(line: &str) -> bool {
    let line = line.trim();
    let short = line.split_whitespace().count() <= TITLE_WORDS && line.chars().count() <= HEADING_CHARS;
    let opens = line.chars().find(|c| c.is_alphanumeric());
    let closes = line.trim_end_matches([')', ']', '}']).chars().next_back();
    short
        && opens.is_some_and(|c| !c.is_lowercase())
        && closes.is_some_and(|c| !".!?…।:;,\"'”’»".contains(c))
        && item(line).is_none()
}

/// Splits a text that starts with `date YYYY-MM-DD` into the white space before it, the date, and the rest, which
/// is empty or starts with white space.
pub(super) fn dateline(text: &str) -> Option<[&str; 3]> {
    const SHAPE: &str = "date 0000-00-00";
    let line = text.trim_start();
    let before = text.strip_suffix(line)?;
    let (date, rest) = line.split_at_checked(SHAPE.len())?;
    let fits = SHAPE.bytes().zip(date.bytes()).all(|(shape, byte)| match shape {
        b'0' => byte.is_ascii_digit(),
        shape => byte == shape,
    });
    let ends = rest.chars().next().is_none_or(char::is_whitespace);
    (fits && ends).then_some([before, date, rest])
}

/// Replaces every run of white space by one space and trims the text.
pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_the_text_between_equals_signs() {
        let cases = [
            ("= Wells =", Some(("Wells", 1))),
            ("==Wells==", Some(("Wells", 2))),
            ("  ====  Wells \t and  pails ====  ", Some(("Wells and pails", 4))),
            ("== a = b ==", Some(("a = b", 2))),
            ("====", None),
            ("=-=-=", None),
            ("=", None),
            ("", None),
            ("== Wells", None),
            ("Wells ==", None),
        ];
        for (line, expected) in cases {
            let found = wiki_heading(line);
            let found = found.as_ref().map(|heading| (heading.name.as_str(), heading.level));
            assert_eq!(found, expected, "{line}");
        }
        let long = format!("=={}==", "a".repeat(HEADING_CHARS + 1));
        assert_eq!(wiki_heading(&long), None);
    }

    #[test]
    fn an_item_has_a_bullet_a_space_and_some_text() {
        let cases = [
            ("- Rope", Some("Rope")),
            (" * Rope", Some("Rope")),
            ("• Rope", Some("Rope")),
            ("-Rope", None),
            ("-", None),
            ("- ", None),
            ("Rope", None),
            ("– Rope", None),
        ];
        for (line, expected) in cases {
            assert_eq!(item(line), expected, "{line}");
        }
    }

    #[test]
    fn a_row_has_a_key_and_a_colon() {
        let cases = [
            ("- Depth: 40 ft: or so", Some("Depth")),
            ("- Dug  by: hand", Some("Dug by")),
            ("- Owner:", Some("Owner")),
            ("- Open at 10:30", None),
            ("- : 40", None),
            ("- Rope", None),
            ("Depth: 40", None),
        ];
        for (line, expected) in cases {
            assert_eq!(row_key(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_title_is_short_and_has_no_punctuation_at_its_end() {
        for line in ["How to Dig", "40 Wells (New)", "Wells: Old and New", "कुएँ"] {
            assert!(is_title(line), "{line}");
        }
        let marks =
            ["Dig.", "Dig!", "Dig?", "Dig:", "Dig;", "Dig,", "Dig…", "“Dig”", "\"Dig\"", "Dig.)", "He said ‘dig’"];
        for line in marks.into_iter().chain(["", "***", "- Dig", "dig"]) {
            assert!(!is_title(line), "{line}");
        }
        assert!(is_title(&"Well ".repeat(TITLE_WORDS)));
        assert!(!is_title(&"Well ".repeat(TITLE_WORDS + 1)));
        assert!(!is_title(&"W".repeat(HEADING_CHARS + 1)));
    }

    #[test]
    fn a_date_line_opens_the_text() {
        let cases = [
            (" date 1911-05-04 Wells", Some([" ", "date 1911-05-04", " Wells"])),
            ("date 1911-05-04", Some(["", "date 1911-05-04", ""])),
            ("\n date 1911-05-04\nWells", Some(["\n ", "date 1911-05-04", "\nWells"])),
            ("date 1911-05-041", None),
            ("date 1911-05", None),
            ("date ????-05-04 ", None),
            ("Date 1911-05-04 ", None),
            ("Up to date 1911-05-04 ", None),
            ("date ١٩١١-05-04 ", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(dateline(text), expected, "{text}");
        }
    }
}
