//! The query language: what is typed into a finder, a filter or a command line.
//!
//! | form | meaning |
//! |---|---|
//! | `word` | fuzzy on names; the start of a word, or a part of it, in prose |
//! | `'x` | contains exactly this |
//! | `^x` · `x$` · `^x$` | the name starts with it · ends with it · is it |
//! | `"two words"` | these words, one after the other |
//! | `!x` | nothing that has a word starting with it (`!'x`: containing it) |
//! | `a \| b` | either |
//! | `kind:person,unit` | only these kinds; `!kind:event` all but these |
//!
//! Space means "and". Case, accents, dots and titles do not matter.
//!
//! Invariant: every text of a parsed query is folded and not empty; signs that are still
//! without a word (`!`, `^`, an opening quote) mean nothing, so that typing never fails
//! halfway except at a field.

mod error;
mod signs;

use self::signs::{Word, alternatives, words};
use super::fold::fold;
use super::fuzzy::{Bag, Token};
use crate::formats::defect::nearest;
use crate::model::Kind;

pub use self::error::QueryError;

/// The longest query, in characters.
pub const MAX_QUERY: usize = 256;

/// The fields that a query can name.
const FIELDS: &[&str] = &["kind"];

/// A parsed query. The default lets everything pass.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(super) wanted: Vec<Term>,
    pub(super) unwanted: Vec<Term>,
    kinds: KindSet,
    /// All that was typed, where it was plain words only.
    pub(super) whole: Option<String>,
    /// Characters without which nothing is found.
    pub(super) bag: Bag,
}

/// One condition: any one of its atoms holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) any: Vec<Atom>,
}

/// A text, and how it has to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) token: Token,
    pub(super) form: Form,
}

/// How a text has to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `x`: one word, found in any way.
    Loose,
    /// `'x`: anywhere, letter by letter.
    Within,
    /// `^x`: where the name starts.
    Start,
    /// `x$`: where the name ends.
    End,
    /// `^x$`: the whole name.
    Whole,
    /// `"x y"`: whole words in this order; with the last word unfinished while the quote is open.
    Phrase(Quote),
}

/// Whether a phrase's closing quote was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    Open,
    Closed,
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KindSet(u16);

impl Default for KindSet {
    fn default() -> Self {
        Self(u16::MAX)
    }
}

impl KindSet {
    fn of(kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self(kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u16))
    }
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// For a field or kind that does not exist, a field without value, signs that do not go
    /// together, and too long a text.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.chars().nth(MAX_QUERY).is_some() {
            return Err(QueryError::TooLong);
        }
        let mut query = Self::default();
        // Plain words are folded together, so that "V K Tewari" has its initials joined.
        let mut plain = String::new();
        let mut only_plain = true;
        for group in alternatives(words(text)) {
            match group.as_slice() {
                [] => {}
                [word] if word.field().is_some() => query.restrict(word)?,
                [word] if word.is_plain() => {
                    plain.push(' ');
                    plain.push_str(word.text);
                }
                words => {
                    if let Some((name, _)) = words.iter().find_map(Word::field) {
                        return Err(field_error(name));
                    }
                    let negated = words[0].negated;
                    if words[1..].iter().any(|word| word.negated && word.atom().is_some()) {
                        return Err(QueryError::NotBehindOr);
                    }
                    let any: Vec<Atom> = words.iter().filter_map(Word::atom).collect();
                    if any.is_empty() {
                        continue;
                    }
                    only_plain &= negated;
                    let terms = if negated { &mut query.unwanted } else { &mut query.wanted };
                    terms.push(Term { any });
                }
            }
        }
        let plain = fold(&plain);
        for word in plain.split_whitespace() {
            let atom = Atom { token: Token::new(word), form: Form::Loose };
            query.wanted.push(Term { any: vec![atom] });
        }
        query.whole = Some(plain).filter(|plain| only_plain && !plain.is_empty());
        for term in &query.wanted {
            if let [atom] = term.any.as_slice() {
                query.bag = query.bag.union(atom.token.bag());
            }
        }
        Ok(query)
    }

    /// Whether it lets everything pass.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty() && self.kinds == KindSet::default()
    }

    /// Whether entities of this kind can be found.
    pub fn allows(&self, kind: Kind) -> bool {
        self.kinds.0 >> kind as u16 & 1 == 1
    }

    /// Takes a `kind:` into account.
    fn restrict(&mut self, word: &Word) -> Result<(), QueryError> {
        let Some((name, value)) = word.field() else { return Ok(()) };
        let Some(&field) = FIELDS.iter().find(|known| name.eq_ignore_ascii_case(known)) else {
            return Err(field_error(name));
        };
        let mut set = 0;
        let parts = value.split(',').filter(|part| !part.is_empty());
        for part in parts {
            set |= kinds_called(part)?.0;
        }
        if set == 0 {
            return Err(QueryError::MissingValue(field));
        }
        self.kinds.0 &= if word.negated { !set } else { set };
        Ok(())
    }
}

fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.as_str()).collect()
}

fn field_error(name: &str) -> QueryError {
    match FIELDS.iter().find(|known| name.eq_ignore_ascii_case(known)) {
        Some(field) => QueryError::FieldBesideOr(field),
        None => QueryError::UnknownField {
            field: name.to_owned(),
            suggestion: nearest(&name.to_lowercase(), FIELDS.iter().copied()),
        },
    }
}

/// The kinds with this name or heading; else all whose name starts so, for a kind half typed.
fn kinds_called(word: &str) -> Result<KindSet, QueryError> {
    let word = word.to_lowercase();
    let all = || Kind::ALL.iter().copied();
    let exact = all().find(|kind| kind.as_str() == word || kind.plural().eq_ignore_ascii_case(&word));
    if let Some(kind) = exact {
        return Ok(KindSet::of([kind]));
    }
    let begun = KindSet::of(all().filter(|kind| kind.as_str().starts_with(&word)));
    if begun.0 == 0 {
        let suggestion = nearest(&word, kinds());
        return Err(QueryError::UnknownKind { kind: word, suggestion });
    }
    Ok(begun)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(terms: &[Term]) -> String {
        let atom = |atom: &Atom| {
            let text = atom.token.text();
            match atom.form {
                Form::Loose => text.to_owned(),
                Form::Within => format!("'{text}"),
                Form::Start => format!("^{text}"),
                Form::End => format!("{text}$"),
                Form::Whole => format!("^{text}$"),
                Form::Phrase(Quote::Closed) => format!("\"{text}\""),
                Form::Phrase(Quote::Open) => format!("\"{text}"),
            }
        };
        let term = |term: &Term| term.any.iter().map(atom).collect::<Vec<_>>().join("|");
        terms.iter().map(term).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_query_reads_as_it_is_written() {
        for (text, wanted, unwanted) in [
            ("", "", ""),
            ("ramji sin", "ramji sin", ""),
            ("Dr. RAMJI", "ramji", ""),
            ("V K Tewari", "vk tewari", ""),
            ("IIT-KGP", "iit kgp", ""),
            ("Müller & Söhne", "muller sohne", ""),
            ("'ent", "'ent", ""),
            ("^iit", "^iit", ""),
            ("singh$", "singh$", ""),
            ("^opd$", "^opd$", ""),
            ("\"B. C. Roy\"", "\"bc roy\"", ""),
            ("\"two wor", "\"two wor", ""),
            ("^\"two words\"$", "^two words$", ""),
            ("!roy", "", "roy"),
            ("!'roy kal", "kal", "'roy"),
            ("!\"b c roy\"", "", "\"bc roy\""),
            ("dm|mch", "dm|mch", ""),
            ("dm | mch cardio", "dm|mch cardio", ""),
            ("a | iit-kgp", "a|\"iit kgp", ""),
            ("!a|b", "", "a|b"),
            ("| dm |", "dm", ""),
            ("! ^ ' $ \" - &", "", ""),
            ("don't", "dont", ""),
            ("10:30 Kalyani: ::", "10 30 kalyani", ""),
        ] {
            let query = Query::parse(text).unwrap();
            assert_eq!((show(&query.wanted).as_str(), show(&query.unwanted).as_str()), (wanted, unwanted), "{text}");
        }
    }

    #[test]
    fn words_with_signs_come_before_plain_ones_and_stop_a_whole_match() {
        assert_eq!(show(&Query::parse("kal 'roy").unwrap().wanted), "'roy kal");
        assert_eq!(Query::parse("kal 'roy").unwrap().whole, None);
        assert_eq!(Query::parse("kal !roy kind:unit").unwrap().whole.as_deref(), Some("kal"));
        assert_eq!(Query::parse("").unwrap().whole, None);
    }

    #[test]
    fn kinds_restrict() {
        let allowed = |text: &str| -> Vec<&str> {
            let query = Query::parse(text).unwrap();
            Kind::ALL.iter().filter(|&&kind| query.allows(kind)).map(|kind| kind.as_str()).collect()
        };
        assert_eq!(allowed("").len(), Kind::ALL.len());
        assert_eq!(allowed("kind:person,unit"), ["unit", "person"]);
        assert_eq!(allowed("KIND:People kal"), ["person"]);
        assert_eq!(allowed("kind:person,"), ["person"]);
        assert_eq!(allowed("kind:fac"), ["facility"]);
        assert_eq!(allowed("kind:person,unit kind:unit"), ["unit"]);
        assert_eq!(allowed("!kind:event").len(), Kind::ALL.len() - 1);
    }

    #[test]
    fn an_unknown_word_gets_a_suggestion() {
        for (text, message) in [
            ("knd:person", "unknown field \"knd\"; did you mean \"kind\"?"),
            ("colour:red", "unknown field \"colour\"; known: kind"),
            ("kind:persn", "unknown kind \"persn\"; did you mean \"person\"?"),
            ("kind:\u{1b}x", "unknown kind \"x\"; "),
            ("kind:", "\"kind:\" needs a value; one of: institution, "),
            ("kind:,", "\"kind:\" needs a value; one of: institution, "),
            ("kind:unit|person", "\"kind:\" cannot stand beside \"|\"; use a comma: kind:person,unit"),
            ("a | !b", "\"!\" cannot stand behind \"|\"; !a|b means neither a nor b"),
            ("a|colour:red", "unknown field \"colour\"; known: kind"),
        ] {
            let error = Query::parse(text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{text}: {error}");
        }
    }

    #[test]
    fn an_endless_query_is_refused() {
        assert!(Query::parse(&"é".repeat(MAX_QUERY)).is_ok());
        assert_eq!(Query::parse(&"é".repeat(MAX_QUERY + 1)), Err(QueryError::TooLong));
    }

    #[test]
    fn only_a_query_without_any_condition_is_empty() {
        for text in ["", "  ", "!", "&"] {
            assert!(Query::parse(text).unwrap().is_empty(), "{text}");
        }
        for text in ["a", "!a", "kind:unit"] {
            assert!(!Query::parse(text).unwrap().is_empty(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_parses_or_says_why(text in ".{0,60}") {
            if let Err(error) = Query::parse(&text) {
                prop_assert!(!error.to_string().is_empty());
            }
        }

        #[test]
        fn every_text_of_a_query_is_folded(text in "[a|!'^\"$ é:.-]{0,20}") {
            if let Ok(query) = Query::parse(&text) {
                for atom in query.wanted.iter().chain(&query.unwanted).flat_map(|term| &term.any) {
                    prop_assert!(!atom.token.text().is_empty());
                    prop_assert_eq!(fold(atom.token.text()), atom.token.text());
                }
            }
        }
    }
}
