//! Reads the vocabulary of a dossier from its files.
//!
//! Invariant: a dossier without a format that declares no words has those that format 1 had.

use crate::syntax::{Code, Defect, Fields, Node, suggestion};
use crate::vocabulary::{self, Base, Origin, Vocabulary};

/// The newest format of authored dossiers.
pub const FORMAT: u32 = 2;

/// Returns the built-in words on which these files are based, with those that they declare, and the format of the files.
pub(super) fn read(roots: &mut [Fields<'_>], defects: &mut Vec<Defect>) -> (Vocabulary, u32) {
    let format = format(roots, defects);
    let declares = roots.iter().any(|root| vocabulary::TABLES.iter().any(|table| root.has(table)));
    let base = base(roots, defects).unwrap_or(if format == 1 && !declares { Base::V1 } else { Base::General });
    (vocabulary::read(&Vocabulary::built_in(base), Origin::Dossier, roots, defects), format)
}

/// Returns the format that `[dossier] format` states; 1 if it does not.
fn format(roots: &mut [Fields<'_>], defects: &mut Vec<Defect>) -> u32 {
    let mut dossiers = roots.iter_mut().filter_map(|root| root.get("dossier")?.as_table());
    let Some(node) = dossiers.find_map(|mut fields| fields.get("format")) else { return 1 };
    match node.as_number() {
        Some(1.0) => 1,
        Some(number) if number > f64::from(FORMAT) && number.fract() == 0.0 => {
            let remedy = format!("this program reads formats 1 to {FORMAT}; a newer annals reads it");
            defects.push(node.defect(Code::WrongValue, format!("format {number}"), remedy));
            FORMAT
        }
        Some(number) if number >= 1.0 && number.fract() == 0.0 => FORMAT,
        Some(_) | None => {
            defects.push(node.unexpected("the number of a format, such as 2"));
            FORMAT
        }
    }
}

/// Returns the base that `[vocabulary] base` states.
fn base(roots: &mut [Fields<'_>], defects: &mut Vec<Defect>) -> Option<Base> {
    let mut found: Option<(Node<'_>, Option<Base>)> = None;
    for root in roots {
        let Some(node) = root.get("vocabulary") else { continue };
        let Some(mut fields) = node.as_table() else {
            defects.push(node.unexpected("a table [vocabulary]"));
            continue;
        };
        if let Some(word) = fields.optional_text("base", defects)
            && let Some(node) = fields.get("base")
        {
            let base = Base::parse(word);
            if base.is_none() {
                let words = Base::ALL.iter().map(|base| base.as_str());
                let remedy = suggestion(word, words, || "expected \"general\" or \"core\"".into());
                defects.push(node.defect(Code::UnknownWord, format!("unknown base \"{word}\""), remedy));
            }
            if let Some((first, _)) = found {
                let defect = node.defect(Code::DuplicateKey, "a second base", "expected one [vocabulary] in all files");
                defects.push(defect.with_second(first.position()));
            } else {
                found = Some((node, base));
            }
        }
        fields.close(&["base"], defects);
    }
    found.and_then(|(_, base)| base)
}
