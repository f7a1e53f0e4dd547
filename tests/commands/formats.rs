//! `export` and `--format`: every form contains the same data.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::program::{annals, annals_on, entities, folder, found, list, rows, text};

/// Returns the header of a CSV text, and the rows after it.
fn sheet(csv: &str) -> (Vec<String>, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (header, reader.records().map(Result::unwrap).collect())
}

#[test]
fn json_and_json_lines_have_the_same_rows() {
    for args in [&["list", "event"][..], &["timeline"], &["find", "roy"], &["show", "ucl"]] {
        let lines = found(&[args, &["--format", "jsonl"]].concat());
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows(args), lines, "{args:?}");
    }
}

#[test]
fn csv_has_a_row_for_each_row_of_json() {
    for args in [&["list", "event"][..], &["timeline"], &["find", "roy"]] {
        let (header, records) = sheet(&found(&[args, &["--format", "csv"]].concat()));
        let rows = rows(args);
        assert_eq!(records.len(), rows.len(), "{args:?}");
        let id = header.iter().position(|name| name == "id").unwrap();
        for (record, row) in records.iter().zip(&rows) {
            assert_eq!(&record[id], text(row, "id"));
        }
    }
}

#[test]
fn a_picture_of_the_timeline_has_every_row_and_is_sound() {
    let picture = found(&["timeline", "--of", "aiims-kalyani", "--format", "svg"]);
    let dated = rows(&["timeline", "--of", "aiims-kalyani"]).iter().filter(|row| !row["when"].is_null()).count();
    assert_eq!(picture.matches("class=\"date\"").count(), dated);
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    assert_eq!(picture.matches("<g").count(), picture.matches("</g>").count());
    let window = found(&["timeline", "--from", "1957", "--to", "1994", "--format", "svg"]);
    assert_eq!(window.matches("class=\"date\"").count(), 5);
}

#[test]
fn every_tier_of_signs_draws_the_same_screen() {
    for view in ["timeline", "tenures"] {
        let drawn = |tier: &str| found(&["--glyphs", tier, "render", view, "--size", "100x30"]);
        let (unicode, block, ascii) = (drawn("unicode"), drawn("block"), drawn("ascii"));
        let shape = |screen: &str| screen.lines().map(|line| line.trim_end().chars().count()).collect::<Vec<_>>();
        assert_eq!(unicode.lines().count(), ascii.lines().count());
        assert!(shape(&ascii).iter().all(|&columns| columns <= 100));
        assert!(unicode.contains('│') && block.contains('│') && !ascii.contains(['│', '─', '●', '┈', '━']));
    }
}

#[test]
fn the_bundle_has_the_lines_and_what_the_dossier_says_of_itself() {
    let bundle: Value = serde_json::from_str(&found(&["export", "--format", "json"])).unwrap();
    assert_eq!(list(&bundle, "entities"), entities());
    assert_eq!(bundle["dossier"]["horizon"]["edtf"], "2025-11");
    assert!(list(&bundle, "judgements").iter().all(|row| !text(row, "reason").is_empty()));
}

#[test]
fn csv_has_a_row_for_each_claim_and_no_formula() {
    let (header, records) = sheet(&found(&["export", "--format", "csv"]));
    let claims = rows(&["check"])[0]["claims"].as_u64().unwrap();
    let property = header.iter().position(|name| name == "property").unwrap();
    let said = records.iter().filter(|record| !record[property].is_empty()).count();
    assert_eq!(said as u64, claims);
    for cell in records.iter().flatten() {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!formula || cell.parse::<f64>().is_ok(), "{cell:?}");
    }
    let evidence = header.iter().position(|name| name == "evidence").unwrap();
    assert!(records.iter().filter(|record| !record[property].is_empty()).all(|record| !record[evidence].is_empty()));
}

#[test]
fn a_file_gets_what_standard_output_would() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["jsonl", "json", "csv"] {
        let path = folder.path().join(format);
        let file = path.to_str().unwrap();
        let ran = annals(&["export", "--format", format, file]);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
        assert_eq!(fs::read_to_string(&path).unwrap(), found(&["export", "--format", format]));
        assert_eq!(found(&["export", "--format", format, "-"]), found(&["export", "--format", format]));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing else was left behind");
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no/such/folder/out");
    for format in ["jsonl", "json", "csv", "sqlite"] {
        let ran = annals(&["export", "--format", format, path.to_str().unwrap()]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{format}");
        assert!(ran.stderr.starts_with("annals: ") && ran.stderr.contains("no/such/folder/out"), "{}", ran.stderr);
    }
}

#[test]
fn sqlite_needs_a_file() {
    for args in [&["export", "--format", "sqlite"][..], &["export", "--format", "sqlite", "-"]] {
        let ran = annals(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains("annals export --format sqlite FILE"), "{}", ran.stderr);
    }
}

#[test]
fn a_sqlite_dossier_answers_as_the_embedded_one_and_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dossier.db");
    assert_eq!(annals(&["export", "--format", "sqlite", path.to_str().unwrap()]).code, Some(0));
    let before = fs::read(&path).unwrap();
    for args in [&["export", "--format", "json"][..], &["timeline"], &["list", "department"], &[]] {
        assert_eq!(annals_on(&path, args).stdout, found(args), "{args:?}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_answers_as_the_embedded_dossier() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    assert_eq!(annals_on(&seeds, &["export", "--format", "json"]).stdout, found(&["export", "--format", "json"]));
}

#[test]
fn a_screen_is_drawn_at_its_size_in_every_form() {
    let shown = found(&["render", "chronicle", "--size", "80x24"]);
    assert_eq!(shown.lines().count(), 24);
    assert!(shown.contains("1957"));
    assert!(found(&["render", "chronicle", "--format", "svg"]).starts_with("<svg "));
    assert!(found(&["render", "chronicle", "--format", "ansi"]).contains("\u{1b}["));
    let typed = found(&["render", "chronicle", "--keys", "f r a m j i"]);
    assert!(typed.contains("Ramji Singh"), "{typed}");
    let selected = found(&["render", "chronicle", "--select", "person/ramji-singh", "--size", "120x40"]);
    assert!(selected.contains("Ramji Singh"), "{selected}");
}

#[test]
fn a_recording_is_played_and_what_is_none_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("session.keys");
    let file = file.to_str().unwrap();
    fs::write(file, "# annals keys\nsize 80x24\nglyphs ascii\n3\nresize 100x30\nj\nq\n1\n").unwrap();
    let typed = found(&["--glyphs", "ascii", "render", "chronicle", "--size", "100x30", "--keys", "3 j"]);
    assert_eq!(found(&["debug", "keys", file]), typed, "q ends the session, what follows is left out");
    let each = found(&["debug", "keys", file, "--each"]);
    let titles: Vec<&str> = each.lines().filter(|line| line.starts_with("== ")).collect();
    assert_eq!(titles, ["== 0 start", "== 1 3", "== 2 resize 100x30", "== 3 j"]);
    assert!(each.ends_with(&typed));
    assert!(found(&["debug", "keys", file, "--format", "svg"]).starts_with("<svg "));
    assert_eq!(annals(&["debug", "keys", file, "--each", "--format", "svg"]).code, Some(2));
    fs::write(file, "size 80x24\nglyphs ascii\n<entr>\n").unwrap();
    let ran = annals(&["debug", "keys", file]);
    let told = format!("annals: {file}:3:1: found \"<entr>\", expected a key such as j, C-d or <enter>, or");
    assert!(ran.code == Some(2) && ran.stderr.starts_with(&told), "{}", ran.stderr);
}

#[test]
fn a_detail_that_two_documents_state_is_listed_once() {
    let folder = folder(&[(
        "a.toml",
        "[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 2\n\
         [[source]]\nid = \"a\"\nkey = \"A\"\ntitle = \"A\"\n[[source]]\nid = \"b\"\nkey = \"B\"\ntitle = \"B\"\n\
         [[institution]]\nid = \"union\"\nlabel = \"Union\"\ntype = { value = \"club\", at = \"A: lead / p1 s1\" }\n\
         [[institution]]\nid = \"choir\"\nlabel = \"Choir\"\n\
         parent = [{ value = \"union\", at = \"A: lead / p1 s1\" }, { value = \"union\", as_of = \"1990\", at = \"B: lead / p1 s1\" }]\n",
    )]);
    let listed = annals_on(folder.path(), &["list", "institution"]);
    let choir = listed.stdout.lines().find(|line| line.contains("Choir")).unwrap();
    assert_eq!(choir.matches("Union").count(), 1, "{choir}");
}

#[test]
fn a_table_of_one_row_says_so() {
    let folder = folder(&[(
        "a.toml",
        "[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 2\n[[source]]\nid = \"a\"\nkey = \"A\"\ntitle = \"A\"\n\
         [[agreement]]\nid = \"pact\"\nlabel = \"Pact\"\nsigned = \"1990\"\nat = \"A: lead / p1 s1\"\n",
    )]);
    let drawn = annals_on(folder.path(), &["render", "agreements"]).stdout;
    assert!(drawn.contains(" 1 row ─"), "{drawn}");
}
