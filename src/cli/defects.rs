//! Defects as a command prints them: lines, JSON objects, and the workflow commands of GitHub.
//!
//! Invariant: every form names file, line, column, severity and code, and no text of a file can end a line or a field.

use std::fmt::Write as _;

use serde::Serialize;

use crate::syntax::{Code, Defect, Position, Severity};
use crate::text::clean;

/// The defects that a command shows, and how many of which codes it does not.
pub struct Shown {
    /// Sorted by file, line and column.
    pub defects: Vec<Defect>,
    /// The number of further defects of a code.
    pub omitted: Vec<(Code, usize)>,
}

/// A defect as JSON; line and column start at 1 and are absent if the whole file is meant.
#[derive(Serialize)]
pub struct DefectObject<'a> {
    severity: Severity,
    code: Code,
    #[serde(flatten)]
    at: &'a Position,
    found: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    /// The place of the other of two things that do not go together.
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<&'a Position>,
}

impl<'a> DefectObject<'a> {
    fn new(defect: &'a Defect) -> Self {
        let Defect { at, code, severity, found, remedy, second } = defect;
        // The name of the field says so already.
        let expected = remedy.as_deref().map(|remedy| remedy.strip_prefix("expected ").unwrap_or(remedy));
        Self { severity: *severity, code: *code, at, found, expected, second: second.as_ref() }
    }
}

/// The number of defects of a code that are left out.
#[derive(Serialize)]
pub struct OmittedObject {
    code: Code,
    count: usize,
}

impl Shown {
    /// Returns the number of defects of a severity, with those that are left out.
    pub fn count(&self, severity: Severity) -> usize {
        let shown = self.defects.iter().filter(|defect| defect.severity == severity).count();
        let omitted = self.omitted.iter().filter(|(code, _)| code.severity() == severity).map(|(_, count)| count);
        shown.saturating_add(omitted.sum())
    }

    /// Returns a line for each defect, then one for each code of which there are more.
    pub fn lines(&self) -> Vec<String> {
        let more = |(code, count): &(Code, usize)| format!("annals: {count} more of {code} are not shown");
        self.defects.iter().map(Defect::to_string).chain(self.omitted.iter().map(more)).collect()
    }

    /// Returns the defects for a report in JSON.
    pub fn objects(&self) -> Vec<DefectObject<'_>> {
        self.defects.iter().map(DefectObject::new).collect()
    }

    /// Returns how many of which codes are left out, for a report in JSON.
    pub fn omitted(&self) -> Vec<OmittedObject> {
        self.omitted.iter().map(|&(code, count)| OmittedObject { code, count }).collect()
    }

    /// Returns a workflow command of GitHub for each defect, which shows it beside the line of the file.
    pub fn workflow_commands(&self) -> Vec<String> {
        let more = |(code, count): &(Code, usize)| format!("::notice title={code}::{count} more are not shown");
        self.defects.iter().map(workflow_command).chain(self.omitted.iter().map(more)).collect()
    }
}

/// Returns `::error file=FILE,line=LINE,col=COLUMN,title=CODE::FOUND; EXPECTED`.
fn workflow_command(defect: &Defect) -> String {
    let command = match defect.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut line = format!("::{command} file={}", property(clean(&defect.at.file).as_str()));
    for (key, number) in [("line", defect.at.line), ("col", defect.at.column)] {
        if number > 0 {
            // Writing to a text cannot fail.
            let _ = write!(line, ",{key}={number}");
        }
    }
    let mut message = defect.found.clone();
    if let Some(remedy) = &defect.remedy {
        let _ = write!(message, "; {remedy}");
    }
    if let Some(second) = &defect.second {
        let _ = write!(message, " ({second})");
    }
    let _ = write!(line, ",title={}::{}", defect.code, escaped(clean(&message).as_str()));
    line
}

/// Escapes a message: `%` and the ends of lines.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, which a comma or colon would end.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defect(file: &str, line: u32, found: &str) -> Defect {
        Defect::new(Code::Orphan, Position { file: file.into(), line, column: line }, found, "expected a link")
    }

    #[test]
    fn a_workflow_command_escapes_what_would_end_it() {
        let shown = Shown { defects: vec![defect("a,b:c%.toml", 3, "50 %\n::error::forged")], omitted: Vec::new() };
        assert_eq!(
            shown.workflow_commands(),
            ["::notice file=a%2Cb%3Ac%25.toml,line=3,col=3,title=orphan::50 %25 ::error::forged; expected a link"]
        );
        let whole = Defect { severity: Severity::Error, ..defect("a.toml", 0, "x") }.with_second(Position {
            file: "b.toml".into(),
            line: 1,
            column: 2,
        });
        let shown = Shown { defects: vec![whole], omitted: vec![(Code::Orphan, 7)] };
        let expected = [
            "::error file=a.toml,title=orphan::x; expected a link (b.toml:1:2)",
            "::notice title=orphan::7 more are not shown",
        ];
        assert_eq!(shown.workflow_commands(), expected);
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let shown =
            Shown { defects: vec![defect("a.toml", 1, "x")], omitted: vec![(Code::Orphan, 7), (Code::NoPost, 2)] };
        assert_eq!(
            (shown.count(Severity::Note), shown.count(Severity::Warning), shown.count(Severity::Error)),
            (8, 2, 0)
        );
        assert_eq!(
            shown.lines()[1..],
            ["annals: 7 more of orphan are not shown", "annals: 2 more of no-post are not shown"]
        );
    }
}
