//! The splitter on invented documents and on arbitrary text.
//!
//! Invariant: no sentence here comes from a document of the dossier.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

/// Returns `len` code points of a text from `start`; `None` beyond its end.
fn slice(text: &str, start: u32, len: u32) -> Option<&str> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (from, to) = (ends.get(start as usize)?, ends.get(start as usize + len as usize)?);
    Some(&text[*from..*to])
}

/// Formats every unit of a document as `LINE PLACE: text`.
fn listing(document: &str) -> Vec<String> {
    let units = split(document);
    let words = |unit: &Unit| slice(document, unit.start, unit.len).unwrap_or_default();
    units.iter().map(|unit| format!("{} {unit}: {}", unit.line, words(unit))).collect()
}

#[test]
fn an_encyclopedia_document_is_split_into_rows_paragraphs_items_and_sections() {
    let document = "\
= Old Well =

Old Well, Deeping
- Depth: 40 ft
- Owner:

Dr. A. Bee dug it. It is deep.
It is dry.
==History==

===Digging===
They dug.
- Rope
They drank.
- Pail. Two of them.

== History ==
It ended.
";
    let expected = [
        "1 lead / heading: = Old Well =",
        "3 infobox / heading: Old Well, Deeping",
        "4 infobox / row Depth: - Depth: 40 ft",
        "5 infobox / row Owner: - Owner:",
        "7 lead / p1 s1: Dr. A. Bee dug it.",
        "7 lead / p1 s2: It is deep.",
        "8 lead / p2 s1: It is dry.",
        "9 History / heading: ==History==",
        "11 Digging / heading: ===Digging===",
        "12 Digging / p1 s1: They dug.",
        "13 Digging / item 1: - Rope",
        "14 Digging / p2 s1: They drank.",
        "15 Digging / item 2: - Pail. Two of them.",
        "17 History #2 / heading: == History ==",
        "18 History #2 / p1 s1: It ended.",
    ];
    assert_eq!(listing(document), expected);
}

#[test]
fn a_plain_document_is_split_at_its_short_titles() {
    let document = "\
Village Gets a Well

The village has a new well. It is deep.
Why It Was Dug
It was dug for three things:
- Drinking
- Washing
Digging and Lining
“It was hard,” said the digger.
lower case is no title
By Our Reporter
";
    let expected = [
        "1 lead / p1 s1: Village Gets a Well",
        "3 lead / p2 s1: The village has a new well.",
        "3 lead / p2 s2: It is deep.",
        "4 Why It Was Dug / heading: Why It Was Dug",
        "5 Why It Was Dug / p1 s1: It was dug for three things:",
        "6 Why It Was Dug / item 1: - Drinking",
        "7 Why It Was Dug / item 2: - Washing",
        "8 Digging and Lining / heading: Digging and Lining",
        "9 Digging and Lining / p1 s1: “It was hard,” said the digger.",
        "10 Digging and Lining / p2 s1: lower case is no title",
        "11 Digging and Lining / p3 s1: By Our Reporter",
    ];
    assert_eq!(listing(document), expected);
}

#[test]
fn a_date_line_is_a_row_and_the_rest_of_its_line_is_text() {
    let expected =
        ["2 infobox / row date: date 1911-05-04", "2 lead / p1 s1: Deeping, May 4.", "3 lead / p2 s1: It rained."];
    assert_eq!(listing("\n date 1911-05-04 Deeping, May 4.\nIt rained."), expected);
    assert_eq!(listing("date 1911-05-04"), ["1 infobox / row date: date 1911-05-04"]);
}

#[test]
fn rows_are_an_infobox_only_at_the_top_of_an_encyclopedia_document() {
    let plain = ["1 lead / item 1: - Depth: 40", "2 lead / p1 s1: It is deep."];
    assert_eq!(listing("- Depth: 40\nIt is deep."), plain);

    let apart = [
        "1 infobox / row Depth: - Depth: 40",
        "3 lead / item 1: - Width: 5",
        "4 lead / item 2: - Rope",
        "5 Use / heading: == Use ==",
        "6 Use / item 1: - Water: yes",
    ];
    assert_eq!(listing("- Depth: 40\n\n- Width: 5\n- Rope\n== Use ==\n- Water: yes"), apart);

    let under_prose = ["1 lead / p1 s1: It has:", "2 lead / item 1: - Depth: 40", "3 Use / heading: == Use =="];
    assert_eq!(listing("It has:\n- Depth: 40\n== Use =="), under_prose);
}

#[test]
fn a_caption_is_directly_above_the_rows() {
    assert_eq!(listing("= Well =\nOld Well\n- Depth: 40")[1], "2 infobox / heading: Old Well");
    assert_eq!(
        listing("= Well =\nOld Well\n\n- Depth: 40")[1..],
        ["2 lead / p1 s1: Old Well", "4 lead / item 1: - Depth: 40"]
    );
}

#[test]
fn a_repeated_name_gets_a_number() {
    let document = "== Use ==\n== Use #2 ==\n== Use ==\n== lead ==\n== infobox ==\n= Use =";
    let sections: Vec<_> = split(document).into_iter().map(|unit| unit.section).collect();
    assert_eq!(sections, ["Use", "Use #2", "Use #3", "lead #2", "infobox #2", "Use #4"]);

    let rows: Vec<_> = split("date 1911-05-04\n- Seat: a\n- Seat: b\n- date: c\n== Use ==")
        .into_iter()
        .map(|unit| unit.place.to_string())
        .collect();
    assert_eq!(rows, ["row date", "row Seat", "row Seat #2", "row date #2", "heading"]);
}

#[test]
fn normalising_drops_the_byte_order_mark_and_carriage_returns() {
    assert_eq!(normalise("\u{feff}a\r\nb\rc\n"), "a\nb\rc\n");
    assert!(matches!(normalise("\u{feff}a\nb"), Cow::Borrowed("a\nb")));
    assert_eq!(normalise("a\u{feff}"), "a\u{feff}");
}

#[test]
fn starts_and_lengths_count_code_points_not_bytes() {
    let document = "= Ü =\n\n “Öl–é” ist da. Ja.";
    let places: Vec<_> = split(document).iter().map(|unit| (unit.line, unit.start, unit.len)).collect();
    assert_eq!(places, [(1, 0, 5), (3, 8, 14), (3, 23, 3)]);
    assert_eq!(slice(document, 8, 14), Some("“Öl–é” ist da."));
}

/// Returns the plain digest of a text.
fn digest(text: &str) -> Sha256Digest {
    super::digest(text, &Digester::Plain).unwrap()
}

#[test]
fn a_digest_is_that_of_the_nfc_text_with_single_spaces() {
    // SHA-256 of "abc", from FIPS 180-2.
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let found = digest(" abc\n");
    for (index, byte) in found.iter().enumerate() {
        assert_eq!(format!("{byte:02x}"), known[2 * index..][..2], "byte {index}");
    }
    assert_eq!(digest("Zu\u{308}rich  is\n\tdry."), digest("Zürich is\u{a0}dry."));
    assert_ne!(digest("It is dry."), digest("It is dry"));
    assert_ne!(digest("ab"), digest("a b"));
}

/// Generates texts in which the splitter's markup is frequent.
fn document() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        " ",
        "\t",
        "=",
        "==",
        "== Use ==",
        "= Well =",
        "- ",
        "- Depth: 40",
        "* ",
        ": ",
        ".",
        ". ",
        "?",
        "! ",
        "\"",
        "”",
        "“",
        "(",
        ")",
        "[1]",
        "Dr",
        "B",
        "etc",
        "no",
        "Ph.D",
        "1911",
        "7",
        "Well",
        "well",
        "Old Well",
        "date 1911-05-04",
        "lead",
        "infobox",
        " #2",
        "é",
        "e\u{301}",
        "।",
        "\u{feff}",
        "\u{2028}",
        "\u{b}",
        "\u{a0}",
        "\u{200b}",
        "\u{1f600}",
    ]);
    let piece = prop_oneof![8 => mark.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop_oneof![
        4 => prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat()),
        1 => "(?s).{0,200}",
    ]
}

proptest! {
    #[test]
    fn every_character_but_white_space_lies_in_exactly_one_unit(document in document()) {
        let chars: Vec<char> = document.chars().collect();
        let mut covered = vec![0; chars.len()];
        for unit in split(&document) {
            for place in &mut covered[unit.start as usize..][..unit.len as usize] {
                *place += 1;
            }
        }
        for (c, times) in chars.iter().zip(covered) {
            prop_assert!(times == 1 || (times == 0 && c.is_whitespace()), "{c:?} lies in {times}");
        }
    }

    #[test]
    fn units_are_trimmed_in_order_and_on_their_line(document in document()) {
        let mut end = 0;
        for unit in split(&document) {
            prop_assert!(unit.start >= end);
            end = unit.start + unit.len;
            let words = slice(&document, unit.start, unit.len);
            prop_assert!(words.is_some_and(|words| !words.is_empty() && words.trim() == words && !words.contains('\n')));
            let before = slice(&document, 0, unit.start).map(|before| before.matches('\n').count() + 1);
            prop_assert_eq!(before, Some(unit.line as usize));
        }
    }

    #[test]
    fn no_two_units_share_section_and_place(document in document()) {
        let mut seen = HashSet::new();
        for unit in split(&document) {
            prop_assert!(!unit.section.trim().is_empty());
            let place = unit.to_string();
            prop_assert!(seen.insert((unit.section, unit.place)), "{place}");
        }
    }

    #[test]
    fn carriage_returns_and_a_byte_order_mark_change_nothing(document in document()) {
        let document = document.replace(['\r', '\u{feff}'], "");
        let foreign = format!("\u{feff}{}", document.replace('\n', "\r\n"));
        prop_assert_eq!(split(&normalise(&foreign)), split(&document));
    }

    #[test]
    fn rewrapping_a_unit_keeps_its_digest(words in document(), gap in "[ \t\n\u{a0}]{1,3}") {
        let wrapped = words.split_whitespace().collect::<Vec<_>>().join(&gap);
        prop_assert_eq!(digest(&words), digest(&wrapped));
    }
}
