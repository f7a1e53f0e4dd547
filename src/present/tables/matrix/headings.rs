//! The headings of columns that are texts: in the declared order, several texts under one heading where that is declared.
//!
//! Invariant: texts that fold alike have the same heading, and a text that is not declared has a heading of its own.

use crate::text::fold::fold;
use crate::vocabulary::Columns;

/// The declared headings, in order, each with the folded texts that it gathers.
#[derive(Debug, Default)]
pub(super) struct Headings {
    known: Vec<(String, Vec<String>)>,
    /// The heading over what has no text.
    none: String,
}

impl Headings {
    /// Returns the headings of columns, with that of a last one for what has no text.
    pub(super) fn new(columns: &Columns, none: String) -> Self {
        let Columns::Texts { order, groups } = columns else { return Self { known: Vec::new(), none } };
        let mut known: Vec<(String, Vec<String>)> = Vec::new();
        for heading in order.iter().chain(groups.iter().map(|(heading, _)| heading)) {
            if known.iter().all(|(other, _)| fold(other) != fold(heading)) {
                known.push((heading.to_string(), vec![fold(heading)]));
            }
        }
        for (heading, texts) in groups {
            if let Some((_, gathered)) = known.iter_mut().find(|(other, _)| fold(other) == fold(heading)) {
                gathered.extend(texts.iter().map(|text| fold(text)));
            }
        }
        Self { known, none }
    }

    /// Returns the heading of a text; the text as written if none is declared for it.
    pub(super) fn of(&self, text: Option<&str>) -> String {
        let Some(text) = text else { return self.none.clone() };
        self.declared(text).map_or_else(|| text.to_owned(), |(_, heading)| heading.to_owned())
    }

    /// Returns a key that sorts headings: the declared ones first, then others, then that of what has no text.
    pub(super) fn sort_key(&self, heading: &str) -> (usize, String) {
        let at = self.known.iter().position(|(known, _)| known == heading);
        let unknown = if heading == self.none { self.known.len().saturating_add(1) } else { self.known.len() };
        (at.unwrap_or(unknown), fold(heading))
    }

    /// Returns the declared headings that a remark names in capitals ("in MD, MS and MDS"), in order.
    pub(super) fn named_in(&self, remark: &str) -> Vec<&str> {
        let words = remark.split(|letter: char| !(letter.is_alphanumeric() || letter == '.'));
        let capital = words.filter(|word| word.chars().any(char::is_uppercase));
        let mut found: Vec<(usize, &str)> = capital.filter_map(|word| self.declared(word)).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|(_, heading)| heading).collect()
    }

    fn declared(&self, text: &str) -> Option<(usize, &str)> {
        let folded = fold(text);
        let at = self.known.iter().position(|(_, texts)| texts.contains(&folded))?;
        self.known.get(at).map(|(heading, _)| (at, heading.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings() -> Headings {
        let order = ["PhD", "DM", "MD", "MS", "MDS", "UG"].map(Into::into).into();
        let groups = vec![("UG".into(), ["MBBS", "BSc"].map(Into::into).into())];
        Headings::new(&Columns::Texts { order, groups }, "no level".to_owned())
    }

    #[test]
    fn a_text_goes_under_its_heading_however_it_is_written() {
        for (text, under) in [("Ph.D.", "PhD"), ("B.Sc.", "UG"), ("mbbs", "UG"), ("ug", "UG"), ("Zen", "Zen")] {
            assert_eq!(headings().of(Some(text)), under);
        }
        assert_eq!(headings().of(None), "no level");
    }

    #[test]
    fn the_declared_headings_come_first_and_that_of_no_text_last() {
        let mut found = ["no level", "Zen", "UG", "Certificate", "PhD", "DM"];
        found.sort_by_key(|heading| headings().sort_key(heading));
        assert_eq!(found, ["PhD", "DM", "UG", "Certificate", "Zen", "no level"]);
    }

    #[test]
    fn headings_are_read_from_a_remark_but_not_from_its_small_words() {
        let headings = headings();
        assert_eq!(headings.named_in("15 MD, 5 MS (items 1 to 20) and 2 MDS"), ["MD", "MS", "MDS"]);
        assert_eq!(headings.named_in("the ms of the mbbs list"), Vec::<&str>::new());
        assert_eq!(headings.named_in("MDS and M.D."), ["MD", "MDS"]);
    }

    #[test]
    fn a_heading_that_only_gathers_follows_those_in_order() {
        let groups = vec![("Other".into(), vec!["x".into()])];
        let headings = Headings::new(&Columns::Texts { order: vec!["A".into()], groups }, "none".into());
        assert!(headings.sort_key("A") < headings.sort_key("Other"));
        assert_eq!(headings.of(Some("X")), "Other");
    }
}
