//! The form of language tags: BCP 47 (RFC 5646, section 2.1).
//!
//! Invariant: a tag that is taken is well-formed; whether its codes are registered is not asked.

/// Tags from before BCP 47 that do not have its form.
const IRREGULAR: &[&str] = &[
    "en-gb-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-be-fr",
    "sgn-be-nl",
    "sgn-ch-de",
];

/// Returns true if a text is a well-formed language tag. Capitals make no difference.
pub(super) fn is_language_tag(text: &str) -> bool {
    let tag = text.to_ascii_lowercase();
    let parts: Vec<&str> = tag.split('-').collect();
    let is_part = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.iter().all(is_part) && (IRREGULAR.contains(&&*tag) || is_private(&parts) || is_language(&parts))
}

/// `x-` and at least one part: a tag by agreement.
fn is_private(parts: &[&str]) -> bool {
    matches!(parts, ["x", _, ..])
}

/// A language, then in this order what there is of: further languages, script, region, variants, extensions, `x-…`.
fn is_language(parts: &[&str]) -> bool {
    let [language, rest @ ..] = parts else { return false };
    if !is_letters(language, 2..=8) {
        return false;
    }
    let mut rest = rest;
    if language.len() <= 3 {
        let further = rest.iter().take(3).take_while(|part| is_letters(part, 3..=3)).count();
        rest = rest.get(further..).unwrap_or_default();
    }
    rest = without_first(rest, |part| is_letters(part, 4..=4));
    rest = without_first(rest, |part| is_letters(part, 2..=2) || part.len() == 3 && is_digits(part));
    let variants: Vec<&str> = rest.iter().copied().take_while(|part| is_variant(part)).collect();
    rest = rest.get(variants.len()..).unwrap_or_default();
    if has_twice(&variants) {
        return false;
    }
    let mut singletons = Vec::new();
    while let [singleton, after @ ..] = rest {
        if *singleton == "x" {
            return !after.is_empty();
        }
        let length = after.iter().take_while(|part| part.len() > 1).count();
        if singleton.len() != 1 || length == 0 {
            return false;
        }
        singletons.push(*singleton);
        rest = after.get(length..).unwrap_or_default();
    }
    !has_twice(&singletons)
}

fn without_first<'a, 'b>(parts: &'a [&'b str], fits: impl Fn(&str) -> bool) -> &'a [&'b str] {
    match parts {
        [first, rest @ ..] if fits(first) => rest,
        _ => parts,
    }
}

fn is_letters(part: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_digits(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Five to eight letters or digits, or four that begin with a digit.
fn is_variant(part: &str) -> bool {
    part.len() >= 5 || part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit())
}

fn has_twice(parts: &[&str]) -> bool {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_taken_if_it_has_the_form_of_the_standard() {
        // Examples of RFC 5646, appendix A, and of its section on tags from before.
        for tag in [
            "de",
            "fr",
            "ja",
            "i-enochian",
            "zh-Hant",
            "sr-Latn",
            "zh-cmn-Hans-CN",
            "cmn-Hans-CN",
            "zh-yue-HK",
            "sl-rozaj",
            "sl-rozaj-biske",
            "sl-nedis",
            "de-CH-1901",
            "sl-IT-nedis",
            "hy-Latn-IT-arevela",
            "de-DE",
            "en-US",
            "es-419",
            "de-CH-x-phonebk",
            "az-Arab-x-AZE-derbend",
            "x-whatever",
            "qaa-Qaaa-QM-x-southern",
            "en-US-u-islamcal",
            "zh-CN-a-myext-x-private",
            "en-a-myext-b-another",
            "en-GB-oed",
            "art-lojban",
            "cel-gaulish",
        ] {
            assert!(is_language_tag(tag), "{tag}");
        }
    }

    #[test]
    fn what_lacks_the_form_is_no_tag() {
        for text in [
            "",
            "en_GB",
            "english language",
            "e",
            "de-419-DE",
            "a-DE",
            "ar-a-aaa-b-bbb-a-ccc",
            "en-",
            "-en",
            "en--GB",
            "x",
            "en-x",
            "en-a",
            "en-a-x-b",
            "de-1901-1901",
            "abcdefghi",
            "en-abcdefghi",
            "français",
            "de-DE-Latn",
            "12",
        ] {
            assert!(!is_language_tag(text), "{text}");
        }
    }
}
