//! A question on the last row: as of when, go to which date, the difference of which two.
//!
//! Invariant: an answer that is no date changes nothing but the message below it.

use super::prompt::Prompt;
use crate::keymap::action::Question;
use crate::model::Moment;

/// An open question.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The kind of the question.
    pub question: Question,
    /// The typed text.
    pub prompt: Prompt,
    /// The reason why the last answer was rejected.
    pub error: Option<String>,
}

impl Asking {
    /// Returns a question without an answer yet.
    pub fn new(question: Question) -> Self {
        Self { question, prompt: Prompt::default(), error: None }
    }
}

/// Reads two moments: `2021 2025`, `2021..2025`, `jun 2021, jul 2023`; the second may be a step from the first.
///
/// # Errors
///
/// A half that is no date, with the reason; a single date where two are needed.
pub fn two_moments(text: &str, from: Option<Moment>) -> Result<(Moment, Moment), String> {
    let halves = |(a, b): (&str, &str)| {
        let first = Moment::parse(a, from).map_err(|error| error.to_string())?;
        Ok((first, Moment::parse(b, Some(first)).map_err(|error| error.to_string())?))
    };
    for between in ["..", "→", " - ", " – ", " to ", ";"] {
        if let Some(found) = text.split_once(between) {
            return halves(found);
        }
    }
    // Without a sign between them, the first split that makes two dates.
    let mut gaps = text.match_indices(|c: char| c.is_whitespace() || c == ',');
    let split = gaps.find_map(|(at, gap)| {
        let (first, rest) = text.split_at(at);
        halves((first, rest.strip_prefix(gap)?)).ok()
    });
    split.ok_or_else(|| {
        let two = "two dates are needed; expected such as 2021 2025, or 2021-06..2023-07, or jun 2021 +2y";
        match Moment::parse(text, from) {
            Err(error) if !text.trim().contains(char::is_whitespace) && !text.trim().is_empty() => error.to_string(),
            Ok(_) | Err(_) => two.to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_dates_are_read_with_and_without_a_sign_between() {
        for (text, first, second) in [
            ("2021 2025", "2021", "2025"),
            ("2021..2025-07", "2021", "2025-07"),
            ("jun 2021 jul 2023", "2021-06", "2023-07"),
            ("15 jun 2021 to 2023", "2021-06-15", "2023"),
            ("2021, +2y", "2021", "2023"),
        ] {
            let read = two_moments(text, None).unwrap();
            assert_eq!((read.0.to_string().as_str(), read.1.to_string().as_str()), (first, second), "{text}");
        }
    }

    #[test]
    fn one_date_is_not_two() {
        for text in ["", "2021", "2021 2021-13", "soon later"] {
            let error = two_moments(text, None).unwrap_err();
            assert!(error.starts_with("two dates are needed; expected such as 2021 2025"), "{text}: {error}");
        }
        assert!(two_moments("2021..2021-13", None).unwrap_err().starts_with("\"2021-13\": there is no such date"));
    }
}
