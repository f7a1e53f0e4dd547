//! The order in which people look for names: "Émile" beside "Emile", "The Lodge" under L, "Ward 2" before "Ward 10".
//!
//! A name is folded (see [`fold`]), which drops accents, case, titles and signs; an article before it does not count, and
//! numbers go by their size.
//!
//! Invariant: the order is total. Names that differ only in what does not count stand together, in the order of their
//! characters.

use super::fold::fold;

/// Words before a name that do not count.
const ARTICLES: &[&str] = &["a", "an", "the"];

/// The most digits by which numbers are told apart; longer ones go by their first digits.
const MAX_DIGITS: usize = 30;

/// The place of a name in a list of names.
///
/// ```
/// use annals::text::collate::NameKey;
///
/// let mut names = ["Ward 10", "ward 2", "The Émile Roy Ward", "Dr Emil Roy"];
/// names.sort_by_cached_key(|name| NameKey::of(name));
/// assert_eq!(names, ["Dr Emil Roy", "The Émile Roy Ward", "ward 2", "Ward 10"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameKey {
    counts: Box<str>,
    whole: Box<str>,
}

impl NameKey {
    /// Returns the place of a name.
    pub fn of(name: &str) -> Self {
        Self { counts: counting(name).into(), whole: name.into() }
    }
}

/// Returns what of a name counts, in a form whose characters are in the order of names: before each number stands one for
/// its length, which is less than a letter or a space.
fn counting(name: &str) -> String {
    let mut folded = fold(name);
    if let Some((first, rest)) = folded.split_once(' ')
        && ARTICLES.contains(&first)
    {
        // A title may stand behind the article.
        folded = fold(rest);
    }
    let mut rest = folded.as_str();
    let mut key = String::with_capacity(rest.len().saturating_add(2));
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        key.push_str(before);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, behind) = number.split_at(end);
        let digits = digits.trim_start_matches('0');
        // A number of 0 has no digit left, and so the least length.
        key.extend(u32::try_from(digits.len().min(MAX_DIGITS)).ok().and_then(char::from_u32));
        key.push_str(digits);
        rest = behind;
    }
    key.push_str(rest);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted<const N: usize>(mut names: [&str; N]) -> [&str; N] {
        names.sort_by_cached_key(|name| NameKey::of(name));
        names
    }

    #[test]
    fn names_are_sorted_as_people_look_for_them() {
        for expected in [
            &["Ward 2", "Ward 10", "Ward 10a", "Ward 100", "Ward A"][..],
            &["Ecole", "École", "Edna", "Zürich"],
            &["Dr Ann Ash", "Bo Birch", "Prof. (Dr) Cy Cedar"],
            &["An Annexe", "A Barn", "The Court", "Yard"],
            &["The Dr Ash Wing", "Birch"],
            &["Hill", "Hill School", "Hillary"],
            &["2", "10", "The 11th", "A"],
            &["Room 0", "Room 007", "Room 8"],
            &["++", "C", "C++"],
        ] {
            let mut names = expected.to_vec();
            names.reverse();
            names.sort_by_cached_key(|name| NameKey::of(name));
            assert_eq!(names, expected);
        }
    }

    #[test]
    fn an_article_alone_is_a_name() {
        assert_eq!(sorted(["B", "The", "A"]), ["A", "B", "The"]);
    }

    proptest! {
        #[test]
        fn numbers_go_by_their_size(a in any::<u64>(), b in any::<u64>(), word in "[a-z]{0,6}") {
            let key = |number: u64| NameKey::of(&format!("{word} {number}"));
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }

        #[test]
        fn case_and_articles_do_not_count(names in prop::collection::vec("[b-z]{1,5}( [0-9]{1,3})?", 2..6)) {
            let mut plain = names.clone();
            plain.sort_by_cached_key(|name| NameKey::of(name));
            let mut dressed: Vec<String> =
                plain.iter().enumerate().map(|(at, name)| if at % 2 == 0 { format!("The {}", name.to_uppercase()) } else { name.clone() }).collect();
            dressed.dedup_by_key(|name| counting(name));
            let keys: Vec<String> = dressed.iter().map(|name| counting(name)).collect();
            prop_assert!(keys.is_sorted(), "{dressed:?}");
        }
    }
}
