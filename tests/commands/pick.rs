//! `annals pick` without a terminal: choices that need none, and errors.

use std::io::Write;
use std::process::Stdio;

use crate::support::program::{annals, program};

/// Runs `annals pick` on the bytes of `input`, and returns the exit code, the output and the messages.
fn pick(args: &[&str], input: &[u8]) -> (Option<i32>, Vec<u8>, String) {
    let mut command = program();
    command.arg("pick").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    (output.status.code(), output.stdout, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_only_match_is_chosen_unasked_and_printed_byte_for_byte() {
    let lines = b"alpha\nna\xefve\tbeta\r\ngamma";
    assert_eq!(pick(&["-", "-1", "-q", "beta"], lines).1, b"na\xefve\tbeta\r\n");
    assert_eq!(pick(&["-", "-1", "--query", "gamma$"], lines), (Some(0), b"gamma\n".to_vec(), String::new()));
}

#[test]
fn no_match_ends_it_unasked() {
    assert_eq!(pick(&["-", "-0", "-q", "zzz"], b"alpha\n"), (Some(1), Vec::new(), String::new()));
    let (code, out, error) = pick(&["-", "-0"], b"");
    assert_eq!((code, out, error.as_str()), (Some(1), Vec::new(), "annals: no lines came to choose from\n"));
}

#[test]
fn a_line_of_any_length_is_searched_to_its_end() {
    let long = format!("{}needle\nother\n", "a".repeat(1_019));
    let longer = format!("{} needle in {}\nother\n", "ab ".repeat(40_000), "é".repeat(2_000));
    for (line, lines) in [(long.lines().next(), &long), (longer.lines().next(), &longer)] {
        let line = format!("{}\n", line.unwrap());
        for query in ["needle", "'needle", "!^other", "'eedle 'needle"] {
            let (code, out, error) = pick(&["-", "-1", "-0", "-q", query], lines.as_bytes());
            assert_eq!((code, out == line.as_bytes(), error.as_str()), (Some(0), true, ""), "{query}");
        }
        assert_eq!(pick(&["-", "-1", "-0", "-q", "!'needle"], lines.as_bytes()).1, b"other\n", "{}", line.len());
    }
    assert_eq!(pick(&["-", "-1", "-q", "needle$"], long.as_bytes()).1.len(), 1_026);
}

#[test]
fn signs_are_looked_for_as_they_are() {
    for (query, chosen) in [
        ("++", "C++"),
        ("c ++", "C++"),
        ("C++", "C++"),
        ("\u{1f600}", "a\u{1f600}b"),
        (".gitignore", ".gitignore"),
        ("!'+ c", "C"),
    ] {
        let (code, out, _) = pick(&["-", "-1", "-0", "-q", query], b"C\n");
        let is_found = matches!(query, "c ++" | "C++" | "!'+ c");
        assert_eq!((code, !out.is_empty()), (Some(i32::from(!is_found)), is_found), "{query}");
        let lines = format!("C\n{chosen}\ngitignore\n");
        let narrow = format!("{query} ");
        let (_, out, _) = pick(&["-", "-1", "-0", "-q", &narrow], lines.as_bytes());
        if matches!(query, "++" | "\u{1f600}") {
            assert_eq!(String::from_utf8(out).unwrap(), format!("{chosen}\n"), "{query}");
        }
    }
}

#[test]
fn the_query_may_begin_with_a_dash() {
    assert_eq!(pick(&["-", "-1", "-q", "-rf"], b"rm -rf\nls\n").1, b"rm -rf\n");
}

#[test]
fn colour_codes_are_neither_matched_nor_lost() {
    let lines = b"\x1b[31mred\x1b[0m\nblue\n";
    assert_eq!(pick(&["-", "-1", "-0", "-q", "31m"], lines), (Some(1), Vec::new(), String::new()));
    assert_eq!(pick(&["-", "-1", "-q", "^red$"], lines).1, b"\x1b[31mred\x1b[0m\n");
}

#[test]
fn items_may_end_with_a_nul_as_in_fzf() {
    assert_eq!(pick(&["-", "-1", "-q", "b", "--read0", "--print0"], b"a\0b\nc\0").1, b"b\nc\0");
    assert_eq!(pick(&["-", "-1", "-q", "b", "--read0"], b"a\0b\0").1, b"b\n");
    assert_eq!(pick(&["-", "-1", "-q", "b", "--print0"], b"a\nb\n").1, b"b\0");
    let (code, _, error) = pick(&["--read0", "-q", "roy"], b"");
    assert_eq!((code, error.contains("--read0")), (Some(2), true), "{error}");
}

#[test]
fn a_field_is_text_among_lines() {
    let lines = b"kind:person\nkind:place\n";
    assert_eq!(pick(&["-", "-1", "-q", "kind:person"], lines).1, b"kind:person\n");
}

#[test]
fn an_entity_is_printed_in_every_form() {
    let ramji = ["pick", "--query", "^ramji singh$", "--kind", "person", "--select-1", "--format"];
    let printed = |format: &str| annals(&[&ramji[..], &[format]].concat()).stdout;
    assert_eq!(printed("text"), "person/ramji-singh\tRamji Singh\n");
    let json: serde_json::Value = serde_json::from_str(&printed("json")).unwrap();
    assert_eq!(json[0]["id"], "person/ramji-singh");
    assert!(printed("jsonl").starts_with("{\"id\":\"person/ramji-singh\""));
    assert!(printed("csv").contains("\nperson/ramji-singh,person,Ramji Singh,"));
}

#[test]
fn what_is_not_there_yet_is_not_chosen_as_of_then() {
    let asked = ["pick", "--query", "^opd", "--kind", "event", "--exit-0", "--as-of", "1990"];
    let ran = annals(&asked);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{}", ran.stderr);
}

#[test]
fn what_goes_with_a_dossier_does_not_go_with_lines() {
    for args in [["--kind", "person"], ["--format", "json"], ["--dossier", "."], ["--as-of", "2021"]] {
        let (code, out, error) = pick(&[&["-"], &args[..]].concat(), b"one\n");
        assert_eq!((code, out), (Some(2), Vec::new()));
        assert!(error.contains(args[0]) && error.contains("lines are chosen"), "{error}");
    }
    for args in [&["--kind", "department"][..], &["--query", "kin:x"], &["other"]] {
        let (code, _, error) = pick(args, b"");
        assert_eq!(code, Some(2), "{args:?}: {error}");
    }
}

#[test]
fn a_terminal_that_can_only_print_is_told_so() {
    let mut command = program();
    let ran = command.arg("pick").env("TERM", "dumb").output().unwrap();
    let error = String::from_utf8(ran.stderr).unwrap();
    assert_eq!((ran.status.code(), error.contains("TERM is \"dumb\"")), (Some(2), true), "{error}");
}
