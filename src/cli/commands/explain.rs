//! `annals explain`: what a rule of verdicts means, with an example.
//!
//! Invariant: every rule of [`crate::verdicts::Rule`] has its paragraph.

use crate::cli::args::ExplainArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::syntax::suggestion;
use crate::text::pad;

/// One paragraph for each rule, which begins with its name.
const RULES: &str = include_str!("../../../assets/explain/verdicts.txt");

/// The width of the names in the list.
const NAME_COLUMNS: usize = 20;

pub(crate) fn run(args: &ExplainArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let Some(wanted) = &args.rule else {
        for (name, paragraph) in paragraphs() {
            let sentence = paragraph.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, rest)| rest);
            out.line(Tone::Plain, &format!("{}{sentence}", pad(name, NAME_COLUMNS)))?;
        }
        return Ok(Outcome::Found);
    };
    let found = paragraphs().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    let Some((_, paragraph)) = found else {
        let names: Vec<&str> = paragraphs().map(|(name, _)| name).collect();
        let remedy = suggestion(wanted, names.iter().copied(), || format!("expected one of: {}", names.join(", ")));
        return Err(Failure::input(format!("no rule is called \"{wanted}\"; {remedy}")));
    };
    for line in paragraph.lines() {
        out.line(Tone::Plain, line)?;
    }
    Ok(Outcome::Found)
}

/// Returns the name of each rule, and its paragraph.
fn paragraphs() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.split("\n\n").filter_map(|paragraph| Some((paragraph.split_once(" (")?.0, paragraph.trim_end())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdicts::Rule;

    #[test]
    fn every_rule_is_explained_in_ten_lines_and_nothing_else_is() {
        let mut explained: Vec<&str> = paragraphs().map(|(name, _)| name).collect();
        let mut rules: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        explained.sort_unstable();
        rules.sort_unstable();
        assert_eq!(explained, rules);
        for (name, paragraph) in paragraphs() {
            assert!(paragraph.lines().count() <= 10 && paragraph.contains("Example:"), "{name}");
        }
    }
}
