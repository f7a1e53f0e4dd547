//! What a table allows: `allow = ["CODE"]`.
//!
//! Invariant: only what leaves a dossier readable can be allowed; any other code in a list is a defect.

use super::code::{Code, Severity};
use super::defect::{Defect, suggestion};
use super::node::Fields;

/// A set of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Codes(u128);

// Each code is a bit.
const _: () = assert!(Code::ALL.len() <= 128);

impl Codes {
    /// Returns true if a code is in the set.
    pub const fn has(self, code: Code) -> bool {
        self.0 & 1 << code as u8 != 0
    }

    /// Returns the set with one more code.
    #[must_use]
    pub const fn with(self, code: Code) -> Self {
        Self(self.0 | 1 << code as u8)
    }

    /// Returns the codes of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Reads `allow` of a table: the codes that are not reported of what it holds.
pub fn allowed(fields: &mut Fields<'_>, defects: &mut Vec<Defect>) -> Codes {
    let mut codes = Codes::default();
    let Some(node) = fields.get("allow") else { return codes };
    for item in node.items() {
        let Some(word) = item.as_text() else {
            defects.push(item.unexpected("a code in quotes, such as \"orphan\""));
            continue;
        };
        match Code::parse(word) {
            Some(code) if code.can_be_allowed() => codes = codes.with(code),
            Some(code) => {
                let found = format!("\"{code}\" is an error without which nothing can be loaded");
                defects.push(item.defect(
                    Code::WrongValue,
                    found,
                    "only a warning, a note or doubtful content is allowed",
                ));
            }
            None => {
                let words = Code::ALL.iter().filter(|code| code.can_be_allowed()).map(|code| code.as_str());
                let remedy = suggestion(word, words, || "annals explain lists all codes".into());
                defects.push(item.defect(Code::UnknownWord, format!("unknown code \"{word}\""), remedy));
            }
        }
    }
    codes
}

impl Code {
    /// Returns true if a table may allow it: it is no error, or only one of content.
    pub fn can_be_allowed(self) -> bool {
        self.severity_of_import() != Severity::Error
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Parsed, SourceFile};
    use super::*;

    fn read(text: &str) -> (Codes, Vec<String>) {
        let file = SourceFile::new("a.toml", text);
        let mut defects = Vec::new();
        let parsed = Parsed::new(&file, &mut defects);
        let codes = allowed(&mut parsed.fields(), &mut defects);
        (codes, defects.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_list_and_a_single_code_are_read() {
        let (codes, defects) = read("allow = [\"orphan\", \"unclaimed-passages\"]\n");
        assert_eq!(defects, [""; 0]);
        let of: Vec<&Code> = Code::ALL.iter().filter(|code| codes.has(**code)).collect();
        assert_eq!(of, [&Code::Orphan, &Code::UnclaimedPassages]);
        assert_eq!(read("allow = \"no-evidence\"\n").0, Codes::default().with(Code::NoEvidence));
        assert_eq!(read("x = 1\n").0, Codes::default());
    }

    #[test]
    fn other_codes_are_defects() {
        let said = |text| read(text).1;
        let unknown = "a.toml:1:10: error unknown-word: unknown code \"orphn\"; did you mean \"orphan\"?";
        assert_eq!(said("allow = [\"orphn\"]\n"), [unknown]);
        assert!(said("allow = \"syntax\"\n")[0].contains("error wrong-value: \"syntax\" is an error"));
        assert!(said("allow = [1]\n")[0].contains("found 1; expected a code"));
    }
}
