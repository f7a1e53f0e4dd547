//! Closed pipes, unusual environments, hostile text, narrow terminals.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::support::escapes::harm_in_lines;
use crate::support::program::{Ran, annals, annals_on, finish, folder, found, program, read_one_line, shell};

#[test]
fn a_closed_pipe_is_silent() {
    for args in [
        &["export", "--format", "jsonl"][..],
        &["export", "--format", "json"],
        &["export", "--format", "csv"],
        &["list", "programme", "--format", "json"],
        &["show", "aiims-kalyani"],
        &["timeline"],
        &["timeline", "--format", "svg"],
        &["timeline", "--query", "year:2019..2021"],
        &["tenures", "--format", "json"],
        &["diff", "2019", "2023"],
        &["render", "tenures", "--size", "120x40", "--format", "svg"],
        &["--help"],
    ] {
        let mut command = program();
        command.args(args);
        let (line, ran) = read_one_line(command);
        assert!(!line.is_empty());
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn the_answer_is_the_same_in_every_environment() {
    let commands = [
        &["timeline"][..],
        &["timeline", "--format", "svg"],
        &["list", "event"],
        &["show", "aiims-kalyani"],
        &["find", "roy"],
        &["tenures"],
        &["diff", "2021", "2025"],
        &["who", "aiims-kalyani", "--on", "2021"],
        &["render", "tenures", "--size", "120x40"],
    ];
    for args in commands {
        let plain = found(args);
        for (name, value) in [
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "C"),
            ("TERM", "dumb"),
            ("TERM", ""),
            ("COLUMNS", "20"),
            ("NO_COLOR", "1"),
            ("CLICOLOR_FORCE", "1"),
            ("HOME", "/nonexistent"),
        ] {
            let mut command = program();
            command.args(args).env(name, value);
            assert_eq!(finish(command).stdout, plain, "{args:?} {name}={value}");
        }
        let mut bare = program();
        bare.args(args).env_clear();
        assert_eq!(finish(bare).stdout, plain, "{args:?} without an environment");
    }
}

#[cfg(unix)]
#[test]
fn closed_standard_streams_change_nothing() {
    let shell = |script: &str| Ran::from(shell(script, &[]));
    let ran = shell("exec \"$0\" timeline <&-");
    assert_eq!((ran.code, ran.stdout, ran.stderr.as_str()), (Some(0), found(&["timeline"]), ""));
    assert_eq!(shell("exec \"$0\" timeline >&-").code, Some(0));
    assert_eq!(shell("exec \"$0\" list deparment 2>&-").code, Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let ran = Ran::from(shell("exec \"$0\" timeline > /dev/full", &[]));
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.starts_with("annals: cannot write to standard output: "), "{}", ran.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_is_130_in_the_eyes_of_a_shell() {
    // The pipe is never read, so the program waits in the middle of its answer. Tests that run in the background ignore
    // interrupts, and programs that they start would inherit that.
    let script = "\"$0\" export --format jsonl; echo $? >&2";
    let mut child = Command::new("env")
        .args(["--default-signal=INT", "sh", "-c", script, env!("CARGO_BIN_EXE_annals")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 1]).unwrap();
    let running = Command::new("ps").args(["-o", "pid=", "--ppid", &child.id().to_string()]).output().unwrap();
    let pid = String::from_utf8(running.stdout).unwrap();
    assert!(Command::new("kill").args(["-INT", pid.trim()]).status().unwrap().success());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    child.wait().unwrap();
    assert_eq!(stderr.trim(), "130");
}

/// Characters that a terminal could take for something other than text.
const HOSTILE: &str =
    "\\u001B[2J\\u001B]52;c;aGk=\\u0007\\u009B31m\\u007F\\t\\n\\u202Eevil\\u2066\\u2028\\uFEFF\\u200B\\U000E0041";

#[test]
fn hostile_text_reaches_no_terminal() {
    let toml = format!(
        "document = \"paper\"\n[[source]]\nid = \"paper\"\nkey = \"P{HOSTILE}\"\ntitle = \"T{HOSTILE}\"\nkind = \"K{HOSTILE}\"\n\
         [[institution]]\nid = \"clinic\"\nlabel = \"=Clinic {HOSTILE}\"\nat = \"S{HOSTILE} / row R{HOSTILE}\"\n\
         names = [{{ value = \"N{HOSTILE}\", lang = \"en{HOSTILE}\" }}]\n\
         announced = {{ value = \"2020\", label = \"L{HOSTILE}\", note = \"n{HOSTILE}\", basis = \"inferred\", reason = \"r{HOSTILE}\" }}\n\
         [[event]]\nid = \"opening\"\nlabel = \"@Opening {HOSTILE}\"\nat = \"lead / p1 s1\"\nwhen = \"2021\"\ninstitution = \"clinic\"\ndescription = \"d{HOSTILE}\"\n\
         [[event]]\nid = \"undated\"\nlabel = \"Undated {HOSTILE}\"\nat = \"lead / p1 s1\"\ninstitution = \"clinic\"\n"
    );
    let folder = folder(&[("d.toml", &toml)]);
    let check = annals_on(folder.path(), &["check"]);
    assert_eq!(check.code, Some(0), "{}", check.stderr);
    for args in [
        &["list", "event"][..],
        &["list", "institution"],
        &["list", "document"],
        &["show", "clinic"],
        &["show", "opening"],
        &["show", "document/paper"],
        &["timeline"],
        &["find", "opening"],
        &["find", "devil"],
    ] {
        for format in ["text", "json", "jsonl", "csv"] {
            let ran = annals_on(folder.path(), &[args, &["--format", format]].concat());
            assert_eq!(ran.code, Some(0), "{args:?} {format}");
            assert_eq!(harm_in_lines(&ran.stdout), None, "{args:?} {format}: {}", ran.stdout);
        }
    }
    for format in ["jsonl", "json", "csv"] {
        let ran = annals_on(folder.path(), &["export", "--format", format]);
        assert!(ran.code == Some(0) && harm_in_lines(&ran.stdout).is_none(), "{format}");
    }
    for size in ["80x24", "120x40"] {
        let ran = annals_on(folder.path(), &["render", "chronicle", "--size", size]);
        assert!(ran.code == Some(0) && harm_in_lines(&ran.stdout).is_none(), "{size}");
    }
}

#[test]
fn hostile_arguments_and_names_of_files_reach_no_terminal() {
    let escape = "\u{1b}[2J\u{9b}31m\u{202e}x";
    let toml = format!("[[institution]]\nid = \"a\"\nlabel = \"A\"\n\"{}\" = 1\n", "\\u001B[2Jx");
    let folder = folder(&[(&format!("{escape}.toml"), &toml)]);
    let defects = annals_on(folder.path(), &["check"]);
    assert_eq!(defects.code, Some(2));
    let missing = annals_on(&folder.path().join(escape), &["check"]);
    assert_eq!(missing.code, Some(2));
    let mut runs = vec![defects, missing];
    for args in [
        &["show", escape][..],
        &["list", escape],
        &["list", "event", "--of", escape],
        &["find", "x", escape, "knd:x"],
        &["timeline", "--from", escape],
        &["timeline", "--query", "kind:\u{1b}[2Jx"],
        &["render", escape],
        &["render", "chronicle", "--keys", escape],
        &["export", "--format", escape],
        &[escape],
        &["--\u{1b}[2J"],
    ] {
        let ran = annals(args);
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert!(!ran.stderr.is_empty());
        runs.push(ran);
    }
    for ran in runs {
        assert_eq!(harm_in_lines(&ran.stderr), None, "{}", ran.stderr);
    }
}

/// Returns the output of the program on a terminal of `cols` columns.
#[cfg(unix)]
fn on_a_terminal(cols: u16, args: &[&str], environment: &[(&str, &str)]) -> String {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_annals"));
    command.args(args);
    // By default it would start in the home directory, which may not exist.
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR");
    for (name, value) in environment {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut shown = Vec::new();
    // Reading at the end of a terminal is an error on some systems.
    let _ = reader.read_to_end(&mut shown);
    assert!(child.wait().unwrap().success(), "{args:?}");
    String::from_utf8(shown).unwrap().replace("\r\n", "\n")
}

/// Returns a text without its styles.
#[cfg(unix)]
fn uncoloured(shown: &str) -> String {
    ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m"].iter().fold(shown.to_owned(), |text, code| text.replace(code, ""))
}

#[cfg(unix)]
#[test]
fn a_terminal_s_width_is_kept_and_colour_is_a_choice() {
    let commands = [
        &["timeline"][..],
        &["list", "event"],
        &["list", "people"],
        &["show", "aiims-kalyani"],
        &["find", "roy"],
        &["check"],
    ];
    for args in commands {
        for cols in [80, 50] {
            let shown = on_a_terminal(cols, args, &[]);
            assert!(shown.contains("\u{1b}[1m") || args[0] == "find", "{args:?}");
            let plain = uncoloured(&shown);
            assert!(!plain.contains('\u{1b}'));
            for line in plain.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= usize::from(cols), "{args:?} {cols}: {line}");
            }
            assert_eq!(on_a_terminal(cols, args, &[("NO_COLOR", "1")]), plain, "{args:?}");
            assert_eq!(on_a_terminal(cols, &[args, &["--no-color"]].concat(), &[]), plain, "{args:?}");
        }
    }
}
