//! Questions of a reader, answered by the real program in a terminal within a number of keys, including Enter and Esc.

use crate::support::documents::documents;
use crate::support::{Session, rows, terminal};

#[test]
fn question_1_who_headed_aiims_kalyani_in_2021() {
    terminal(120, 40)
        .within(6)
        .keys("@ 2021 ⏎")
        .sees_all(&["as of 2021 · below: later", "Director, AIIMS Kalyani: Ramji Singh, attested"]);
}

#[test]
fn question_7_by_how_much_did_the_opening_of_the_roy_hospital_slip() {
    terminal(120, 40).within(1).keys("p").sees_all(&["planned only", "PLAN Dr Syama Prasad Mook", "moved by 1 year"]);
}

#[test]
fn question_2_which_departments_offer_a_dm() {
    terminal(120, 40).within(5).keys("3 / DM").sees_all(&[
        "Cardiology",
        "Endocrinology and Metabolism",
        "Gastroenterology",
        "Medical Oncology",
    ]);
}

#[test]
fn question_3_what_happened_between_1957_and_1994() {
    terminal(120, 40).within(1).keys("0").sees_all(&[
        "1957-··-··",
        "36 years without a dated event (1958–1993)",
        "1994-09-26",
    ]);
}

#[test]
fn question_4_when_did_the_opd_open_and_with_which_departments() {
    terminal(120, 40).within(5).keys("f opd ⏎").sees_all(&[
        "2021-01-27",
        "General Medicine",
        "General Surgery",
        "Obstetrics",
        "Pediatrics",
        "Dermatology",
        "Ophthalmology",
        "ENT",
        "Psychiatry",
    ]);
}

#[test]
fn question_5_all_agreements_with_year_and_partners() {
    terminal(120, 40).within(1).keys("4").sees_all(&[
        "2020-01",
        "IISER Kolkata",
        "2021-09",
        "NIBMG",
        "2023-07-01",
        "IIT Kharagpur",
        "2024-11-22",
        "2024-12-17",
        "Power Grid",
    ]);
}

#[test]
fn question_6_bed_counts_by_source_planned_and_in_service() {
    terminal(120, 40).within(6).keys("5 / beds").sees_all(&["960", "400", "750", "160", "planned"]);
}

#[test]
fn question_8_why_34_and_41_departments_both_appear() {
    terminal(120, 40).within(3).keys("!").sees_all(&["34 departments", "41 departments"]);
}

#[test]
fn question_9_who_led_both_parties_when_the_agreement_was_signed() {
    terminal(120, 40).within(4).keys("4 / kh").sees_all(&["2023-07-01", "Ramji Singh", "VK Tewari"]);
}

#[test]
fn question_10_which_sentence_says_that_the_central_library_opened() {
    terminal(120, 40).within(6).keys("f lib ⏎ e").sees_all(&["Central library / p1 s1", "line 216"]);
}

#[test]
fn question_11_which_departments_of_the_first_opd_also_take_phd_students() {
    terminal(120, 40).within(10).keys("3 / opd␣phd").sees_all(&[
        "ENT",
        "Ophthalmology",
        "Pediatrics",
        "Psychiatry",
        "4 of ",
    ]);
}

#[test]
fn question_12_what_changed_between_2021_and_2025() {
    terminal(120, 40).within(12).keys("D 2021␣2025 ⏎").sees_all(&[
        "From 2021 to 2025",
        "Executive Director",
        "Ramji Singh",
        "Arvind Sinha",
        "Outpatient depart",
        "Offices 2 · Services 9 (3 possible, 2 planned)",
    ]);
}

#[test]
fn the_filter_and_the_finder_agree_on_the_screen() {
    for (typed, expected) in [
        ("ramji sin", "Ramji Singh"),
        ("obgy", "Obstetrics &"),
        ("iitkgp", "IIT Kharagpur"),
        ("singh ramji", "Ramji Singh"),
    ] {
        let first_row = |keys: &str, head: &str| {
            let mut session = terminal(120, 40);
            session.keys(keys).send(typed);
            session.wait_until(&format!("{expected} in the first row for {keys} {typed}"), |screen| {
                let rows = rows(screen);
                let first = rows.iter().position(|row| row.contains(head)).map(|row| row + 1);
                first.is_some_and(|start| {
                    rows[start..]
                        .iter()
                        .find(|row| row.contains('›') && !row.contains(typed))
                        .is_some_and(|row| row.contains(expected))
                })
            });
        };
        first_row("f", "Find anything");
        first_row("h /", " found ─┐");
    }
}

#[test]
fn a_claim_is_copied_with_its_source() {
    let mut session = terminal(120, 40);
    session.keys("y").sees("Sent to the clipboard");
    let sent = session.transcript();
    let coded = sent.split("\u{1b}]52;c;").nth(1).and_then(|rest| rest.split(['\u{1b}', '\u{7}']).next());
    let text = coded.map(decode).unwrap_or_default();
    assert!(text.contains("SSKM Hospital") && text.contains("1957") && text.contains("line 32"), "{text}");
}

/// Decodes Base64.
fn decode(text: &str) -> String {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = text.chars().filter_map(|c| DIGITS.find(c)).map(|digit| digit as u8).collect();
    let bytes = bits.chunks(4).flat_map(|chunk| {
        let word = chunk.iter().fold(0u32, |word, &digit| word << 6 | u32::from(digit)) << (6 * (4 - chunk.len()));
        let [_, bytes @ ..] = word.to_be_bytes();
        bytes.into_iter().take(chunk.len() - 1).collect::<Vec<u8>>()
    });
    String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned()
}

#[test]
fn with_the_documents_at_hand_the_words_are_shown_and_the_reader_walks_on() {
    let Some(folder) = documents() else { return };
    let mut session = Session::spawn((120, 40), &["--sources", folder.to_str().unwrap()], &[]);
    session.sees("Institutions").keys("e").sees("⟦In ‹1957›").sees("line 32");
    session.keys("]").sees("⟦But the then");
    session.keys("}").sees("No fact here: heading");
}
