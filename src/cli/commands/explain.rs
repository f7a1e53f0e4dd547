//! `annals explain`: what a rule of verdicts or a code of a defect means, with an example.
//!
//! Invariant: every rule of [`crate::verdicts::Rule`] and every [`crate::syntax::Code`] has its paragraph.

use crate::cli::args::ExplainArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::syntax::suggestion;
use crate::text::pad;

/// One paragraph for each rule, which begins with its name.
const RULES: &str = include_str!("../../../assets/explain/verdicts.txt");

/// One paragraph for each code, which begins with it.
const CODES: &str = include_str!("../../../assets/explain/soundness.txt");

/// The width of the names in the list.
const NAME_COLUMNS: usize = 25;

/// The width of the words behind them: verdict, error, warning, note.
const SORT_COLUMNS: usize = 9;

/// What explains one rule or code.
struct Paragraph {
    name: &'static str,
    /// The word in brackets behind the name: `verdict`, or the severity of a code.
    sort: &'static str,
    /// What it means in a sentence.
    sentence: &'static str,
    text: &'static str,
}

pub(crate) fn run(args: &ExplainArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let Some(wanted) = &args.rule else {
        for Paragraph { name, sort, sentence, .. } in paragraphs() {
            let line = format!("{}{}{sentence}", pad(name, NAME_COLUMNS), pad(sort, SORT_COLUMNS));
            out.line(Tone::Plain, &line)?;
        }
        return Ok(Outcome::Found);
    };
    // A code and a rule may have one name, where both say the same.
    let found: Vec<Paragraph> = paragraphs().filter(|paragraph| paragraph.name.eq_ignore_ascii_case(wanted)).collect();
    if found.is_empty() {
        let remedy = suggestion(wanted, paragraphs().map(|paragraph| paragraph.name), || {
            "annals explain lists all of them".to_owned()
        });
        return Err(Failure::input(format!("no rule and no code is called \"{wanted}\"; {remedy}")));
    }
    for (number, paragraph) in found.iter().enumerate() {
        if number > 0 {
            out.end_line()?;
        }
        paragraph.text.lines().try_for_each(|line| out.line(Tone::Plain, line))?;
    }
    Ok(Outcome::Found)
}

/// Returns what explains each code, then each rule.
fn paragraphs() -> impl Iterator<Item = Paragraph> {
    CODES.split("\n\n").chain(RULES.split("\n\n")).filter_map(|text| {
        let (name, rest) = text.split_once(" (")?;
        let (sort, rest) = rest.split_once("): ")?;
        Some(Paragraph { name, sort, sentence: rest.lines().next()?, text: text.trim_end() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Code;
    use crate::verdicts::Rule;

    #[test]
    fn every_rule_and_code_is_explained_and_nothing_else_is() {
        let mut explained: Vec<(&str, &str)> = paragraphs().map(|paragraph| (paragraph.name, paragraph.sort)).collect();
        let rules = Rule::ALL.iter().map(|rule| (rule.id(), "verdict"));
        let mut all: Vec<(&str, &str)> =
            rules.chain(Code::ALL.iter().map(|code| (code.as_str(), code.severity().as_str()))).collect();
        explained.sort_unstable();
        all.sort_unstable();
        assert_eq!(explained, all);
    }

    #[test]
    fn a_paragraph_has_few_lines_and_an_example() {
        for Paragraph { name, sort, text, .. } in paragraphs() {
            let lines = text.lines().count();
            match sort {
                "verdict" => assert!(lines <= 10 && text.contains("Example:"), "{name}"),
                _ => assert!(lines <= 12 && text.contains("\nFault:\n") && text.contains("\nRemedy:\n"), "{name}"),
            }
            assert!(text.lines().all(|line| line.chars().count() <= 100), "{name}");
        }
    }
}
