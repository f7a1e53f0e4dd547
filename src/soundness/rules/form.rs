//! Values whose form is wrong: numbers in texts, shares of more than a whole, addresses, identifiers, languages, licences,
//! what is blank, and what has no evidence.
//!
//! Invariant: each value is judged by itself and by the range of its property.

mod language;

use iri_string::types::IriStr;
use spdx::identifiers::{EXCEPTIONS, LICENSES};
use spdx::{Expression, ParseMode};

use self::language::is_language_tag;
use super::report::Report;
use crate::model::texts::{RowText, TextRow};
use crate::model::{Claim, ClaimId, CoreKind, Range, SourceKey, Value};
use crate::soundness::{About, Code, Finding};
use crate::text::{clean, width};
use crate::vocabulary::TextForm;

/// The share above one that is still taken as rounding of a binary fraction.
const ROUNDING: f64 = 1e-9;

pub(super) fn find(report: &mut Report<'_>) {
    entities(report);
    names(report);
    for (id, claim) in report.dossier.claims() {
        if report.dossier.evidence(claim).len() == 0 {
            let found = format!("\"{}\" without evidence", report.dossier.property(claim.property).name);
            report.add(Finding::new(Code::NoEvidence, About::Claim(id), found, EXPECTED_PLACE));
        }
        for RowText { key, text } in report.dossier.texts_of(claim) {
            blank_text(report, About::Claim(id), key, text);
        }
        value_form(report, id, claim);
    }
    checks(report);
    for (row, RowText { key, text }) in report.dossier.row_texts() {
        // Those of claims stand beside what else is found of them.
        if !matches!(row, TextRow::Claim(_)) {
            blank_text(report, row.into(), key, text);
        }
    }
    documents(report);
    if let Some(licence) = &report.dossier.meta().licence {
        licence_form(report, About::Dossier, licence);
    }
}

const EXPECTED_PLACE: &str = "expected at = \"SECTION / PLACE\"";

/// Finds labels that show nothing, and entities of which no document says anything.
fn entities(report: &mut Report<'_>) {
    let dossier = report.dossier;
    for entity in dossier.entities() {
        let label = dossier.label(entity);
        let kind = dossier.core_kind(entity);
        // A tenure without a label has neither person nor post, which is told by itself.
        if is_blank(label) && !(kind == CoreKind::Tenure && label.is_empty()) {
            let found = format!("{} has a blank label", dossier.id(entity));
            let finding = Finding::new(Code::BlankLabel, About::Entity(entity), found, "expected a visible character");
            report.add(finding.at_key("label"));
        }
        let has_rows = !dossier.claims_of(entity).is_empty() || !dossier.names(entity).is_empty();
        let links = || report.world.links().to(entity).iter().map(|&id| dossier.claim(id));
        let is_named = || links().any(|claim| dossier.evidence(claim).len() > 0);
        if kind != CoreKind::Document && !has_rows && !is_named() {
            let found = format!("{} without evidence", dossier.id(entity));
            report.add(Finding::new(
                Code::NoEvidence,
                About::Entity(entity),
                found,
                "expected a claim or a name with its place, or a claim that links to it; a label has no place",
            ));
        }
    }
}

fn names(report: &mut Report<'_>) {
    let dossier = report.dossier;
    for (row, name) in dossier.all_names().iter().enumerate() {
        let about = About::Name(row);
        blank_text(report, about, None, dossier.text(name.value));
        if dossier.name_evidence(name).len() == 0 {
            let found = format!("the name \"{}\" without evidence", dossier.text(name.value));
            report.add(Finding::new(Code::NoEvidence, about, found, EXPECTED_PLACE));
        }
        if let Some(lang) = name.lang {
            language_form(report, about, "lang", dossier.text(lang));
        }
    }
}

/// Finds checks without evidence.
fn checks(report: &mut Report<'_>) {
    let dossier = report.dossier;
    for (row, check) in dossier.checks().iter().enumerate() {
        if dossier.check_evidence(check).len() == 0 {
            let found = format!("the check \"{}\" without evidence", dossier.text(check.label));
            report.add(Finding::new(Code::NoEvidence, About::Check(row), found, EXPECTED_PLACE));
        }
    }
}

fn blank_text(report: &mut Report<'_>, about: About, key: Option<&'static str>, text: &str) {
    if is_blank(text) {
        report.add(Finding { key, ..blank(about) });
    }
}

fn blank(about: About) -> Finding {
    Finding::new(Code::BlankText, about, "a blank text", "expected a visible character")
}

/// Returns true if a text shows nothing: white space, controls and characters of no width.
fn is_blank(text: &str) -> bool {
    // Most texts begin with a letter.
    if text.starts_with(|c: char| c.is_ascii_graphic()) {
        return false;
    }
    let is_invisible = |c: char| c.is_whitespace() || width(c.encode_utf8(&mut [0; 4])) == 0;
    clean(text).as_str().chars().all(is_invisible)
}

/// Judges the value of a claim by the range of its property.
fn value_form(report: &mut Report<'_>, id: ClaimId, claim: &Claim) {
    let dossier = report.dossier;
    let declared = dossier.property(claim.property);
    let (code, found, expected) = match (claim.value, &declared.range) {
        (Value::Text(text), Range::Number(_)) if begins_with_number(dossier.text(text)) => {
            let expected = dossier.vocabulary().expectation(claim.property);
            (Code::TextWithNumber, format!("\"{}\" is a text", dossier.text(text)), format!("expected {expected}"))
        }
        (Value::Text(text), Range::Text(TextForm::Url)) if !is_url(dossier.text(text)) => {
            report.add(no_url(About::Claim(id), dossier.text(text)));
            return;
        }
        (Value::Text(text), Range::Text(TextForm::Identifier)) if !is_identifier(dossier.text(text)) => {
            let found = format!("\"{}\" is no identifier", dossier.text(text));
            (Code::IdentifierForm, found, "expected \"SCHEME:VALUE\"".to_owned())
        }
        (Value::Number { number, unit }, _) => {
            let words = dossier.vocabulary();
            let share = number.get() * words.size(unit);
            if !words.is_share(unit) || unit.is_rate() || share <= 1.0 + ROUNDING {
                return;
            }
            let found = format!("a share of {} {}", number.get(), words.unit_name(unit));
            (Code::ShareOver100, found, "expected no more than the whole".to_owned())
        }
        _ => return,
    };
    report.add(Finding::new(code, About::Claim(id), found, expected));
}

/// Returns true if a text begins with a number, perhaps behind a sign.
fn begins_with_number(text: &str) -> bool {
    let text = text.trim_start();
    text.strip_prefix(['+', '-', '−']).unwrap_or(text).starts_with(|c: char| c.is_ascii_digit())
}

/// Returns true for an address with a scheme and a host.
fn is_url(text: &str) -> bool {
    let host = |iri: &IriStr| iri.authority_components().is_some_and(|authority| !authority.host().is_empty());
    IriStr::new(text).is_ok_and(host)
}

/// Returns true for `SCHEME:VALUE`: a scheme without white space, and a value.
fn is_identifier(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, value)| {
        let is_scheme = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+');
        !scheme.is_empty() && scheme.chars().all(is_scheme) && !value.trim().is_empty()
    })
}

/// Judges what is known of documents beside their titles.
fn documents(report: &mut Report<'_>) {
    for (id, document) in report.dossier.documents() {
        let about = About::Document(id);
        for (key, value) in &document.details {
            match key {
                SourceKey::Url | SourceKey::Archived if !is_url(value) => {
                    report.add(no_url(about, value).at_key(key.as_str()));
                }
                SourceKey::Language => language_form(report, about, key.as_str(), value),
                SourceKey::Licence => licence_form(report, about, value),
                SourceKey::Short
                | SourceKey::Author
                | SourceKey::Url
                | SourceKey::Archived
                | SourceKey::Accessed
                | SourceKey::Form
                | SourceKey::Splitter
                | SourceKey::Copies => {}
            }
        }
    }
}

fn no_url(about: About, url: &str) -> Finding {
    let expected = "expected one with scheme and host, such as \"https://example.org\"";
    Finding::new(Code::UrlForm, about, format!("\"{url}\" is no address in the web"), expected)
}

fn language_form(report: &mut Report<'_>, about: About, key: &'static str, language: &str) {
    if !is_language_tag(language) {
        let expected = "expected a BCP 47 tag, such as \"en\" or \"pt-BR\"";
        let found = format!("\"{language}\" is no language");
        report.add(Finding::new(Code::LanguageForm, about, found, expected).at_key(key));
    }
}

fn licence_form(report: &mut Report<'_>, about: About, licence: &str) {
    if !is_licence(licence) {
        let expected = "expected an SPDX expression, such as \"CC-BY-4.0\", or \"LicenseRef-NAME\"";
        let found = format!("\"{licence}\" is no licence");
        report.add(Finding::new(Code::LicenceForm, about, found, expected).at_key("licence"));
    }
}

/// Returns true for an SPDX expression. Its ids are known in any case, and those that were given up are ids still.
fn is_licence(text: &str) -> bool {
    let mode = ParseMode { allow_deprecated: true, allow_postfix_plus_on_gpl: true, ..ParseMode::STRICT };
    Expression::parse_mode(&in_usual_case(text), mode).is_ok()
}

/// Writes the ids of an SPDX expression as the list of SPDX does.
fn in_usual_case(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_part(c) != is_part(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let known = LICENSES.iter().map(|known| known.name).chain(EXCEPTIONS.iter().map(|known| known.name));
        out.push_str(known.into_iter().find(|known| known.eq_ignore_ascii_case(word)).unwrap_or(word));
        rest = after;
    }
    out
}
