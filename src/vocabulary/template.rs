//! Sentences with placeholders: `{subject} is opened[ by {performed-by}]`.
//!
//! Invariant: a template has a placeholder for the subject, and every bracket of it is closed.

/// A sentence with placeholders. An optional part in brackets goes if a placeholder in it has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    text: Box<str>,
    /// The words after the subject, up to the next placeholder or optional part.
    words: Box<str>,
}

/// The reason why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A bracket is opened and not closed, closed and not opened, or opened twice.
    #[error("a bracket has no partner")]
    Bracket,
    /// No placeholder for the subject.
    #[error("no {{subject}}")]
    NoSubject,
}

/// The placeholder of the subject's label.
const SUBJECT: &str = "{subject}";

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// Unbalanced brackets, or no `{subject}`.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        for (open, close) in [('{', '}'), ('[', ']')] {
            let mut is_open = false;
            for sign in text.chars().filter(|sign| [open, close].contains(sign)) {
                if is_open == (sign == open) {
                    return Err(TemplateError::Bracket);
                }
                is_open = !is_open;
            }
            if is_open {
                return Err(TemplateError::Bracket);
            }
        }
        let (_, after) = text.split_once(SUBJECT).ok_or(TemplateError::NoSubject)?;
        let end = after.find(['[', '{']).unwrap_or(after.len());
        let words = after.get(..end).unwrap_or_default().trim_start_matches(':').trim();
        Ok(Self { text: text.into(), words: words.into() })
    }

    /// Returns the template as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the words after the subject, without optional parts; empty if there are none.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Returns the names of its placeholders.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
    }

    /// Returns the sentence with the values of its placeholders; one without a value is empty, and an optional part with
    /// such a placeholder goes.
    pub fn fill(&self, value: impl Fn(&str) -> Option<String>) -> String {
        let mut filled = String::new();
        for (number, piece) in self.text.split(['[', ']']).enumerate() {
            let (text, is_whole) = fill(piece, &value);
            let is_optional = number % 2 == 1;
            if is_whole || !is_optional {
                filled.push_str(&text);
            }
        }
        filled
    }
}

/// Fills the placeholders of a piece; false if one has no value.
fn fill(piece: &str, value: &impl Fn(&str) -> Option<String>) -> (String, bool) {
    let mut pieces = piece.split('{');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    let mut is_whole = true;
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        match value(name) {
            Some(value) => text.push_str(&value),
            None => is_whole = false,
        }
        text.push_str(rest);
    }
    (text, is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, values: &[(&str, &str)]) -> String {
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Template::parse(template).unwrap().fill(value)
    }

    #[test]
    fn an_optional_part_goes_if_a_placeholder_in_it_is_empty() {
        let template = "{subject} is opened[ by {performer}][ at {place}].";
        let subject = ("subject", "The bridge");
        assert_eq!(filled(template, &[subject, ("performer", "Ada")]), "The bridge is opened by Ada.");
        assert_eq!(filled(template, &[subject, ("place", "Rye")]), "The bridge is opened at Rye.");
        assert_eq!(filled(template, &[subject]), "The bridge is opened.");
        assert_eq!(filled("{subject}{value}!", &[subject]), "The bridge!");
    }

    #[test]
    fn the_words_are_those_after_the_subject() {
        for (template, words) in [
            ("{subject}: announced", "announced"),
            ("{subject} is opened[ by {x}]", "is opened"),
            ("{subject}", ""),
            ("On this day {subject} opens {value}", "opens"),
        ] {
            assert_eq!(Template::parse(template).unwrap().words(), words);
        }
    }

    #[test]
    fn a_template_that_cannot_be_filled_is_refused() {
        for text in ["{subject", "subject}", "{{subject}}", "{subject}[", "{subject}]", "{subject}[[a]]"] {
            assert_eq!(Template::parse(text), Err(TemplateError::Bracket), "{text}");
        }
        assert_eq!(Template::parse("is opened"), Err(TemplateError::NoSubject));
        assert_eq!(
            Template::parse("{subject} {a}[{b}]").unwrap().placeholders().collect::<Vec<_>>(),
            ["subject", "a", "b"]
        );
    }
}
