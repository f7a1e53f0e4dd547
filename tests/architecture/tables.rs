//! The tables that the sources are checked against: the rooms, and the places where names may be used.
//!
//! Invariant: every exception is listed here, with its reason beside it.

/// A room: a top-level folder of `src`.
pub struct Room {
    /// The folder, which is the name of the module.
    pub name: &'static str,
    /// The purpose, in one line.
    pub purpose: &'static str,
    /// The only rooms it may import; all rooms below it if `None`.
    pub only: Option<&'static [&'static str]>,
}

const fn room(name: &'static str, purpose: &'static str) -> Room {
    Room { name, purpose, only: None }
}

/// The rooms from top to bottom, including planned ones that have no folder yet. A room imports only from rooms below
/// it.
pub const ROOMS: &[Room] = &[
    room("cli", "commands and their output"),
    room("tui", "the event loop, the terminal, signals, input, workers, loading"),
    room("view", "drawing: pure functions of the state, one file a pane"),
    room("app", "the state of the screen, and `update`, the one way to change it"),
    room("keymap", "actions and the one table of keys; help and hints come from it"),
    room("authoring", "changes of a user's own TOML, checked before they are written"),
    room("present", "cards, tables, lanes and sentences as data, for a screen or a command"),
    room("query", "the query language: parsed, printed, evaluated"),
    room("soundness", "what is wrong or doubtful in a dossier that was loaded, each with a code"),
    room("verdicts", "agreement and conflict of claims, sums, promises kept"),
    // Above `offices`, because the difference of two dates compares the holders of offices.
    room("timeline", "order in time: axis, windows, status on a day, differences of two dates"),
    room("offices", "who held which office, and how well that is known"),
    room("graph", "a dossier with its lookups: links, hierarchy, names"),
    Room { name: "search", purpose: "strings and groups of strings, ranked by a pattern", only: Some(&["text"]) },
    room("evidence", "sentences pinned to documents, verified, and how much of them is used"),
    room("passages", "a document's form, sections and sentences"),
    room("store", "a dossier in SQLite, read in stages while it is checked"),
    room("formats", "authored TOML, JSON Lines, CSV"),
    room("model", "ids, dates, names, claims, evidence, the dossier"),
    room("vocabulary", "kinds, properties and measures: built in, and a dossier's own"),
    room("language", "the words of a language for numbers and for time"),
    room("syntax", "TOML with the place of each value, and defects of files"),
    room("text", "text cleaned, measured, folded, sorted"),
];

/// No room holds more than 1/`SHARES` of all lines.
pub const SHARES: usize = 5;

/// Names that may be used in few places only.
pub struct Belongs {
    /// The name of the group in messages and in the list of known violations.
    pub name: &'static str,
    /// Paths (`a::b` with everything inside), macros (`name!`) and methods (`.name`).
    pub what: &'static [&'static str],
    /// Files and folders where the names may be used.
    pub home: &'static [&'static str],
    /// Further places, each with the reason. An unused one is a violation.
    pub also: &'static [(&'static str, &'static str)],
}

/// The column "the only place for" of the table of rooms, and every way for text to leave the program.
pub const BELONGS: &[Belongs] = &[
    Belongs { name: "clap", what: &["clap"], home: &["cli"], also: &[] },
    Belongs {
        name: "standard output",
        what: &["std::io::stdout", "std::io::Stdout", "rustix::stdio::stdout", "rustix::stdio::raw_stdout"],
        home: &["cli/output.rs"],
        also: &[
            ("cli/mod.rs", "the writer of help and version, and whether a terminal is there"),
            ("tui/terminal", "the terminal itself, which takes frames alone"),
        ],
    },
    Belongs {
        name: "standard error",
        what: &["std::io::stderr", "std::io::Stderr", "rustix::stdio::stderr", "rustix::stdio::raw_stderr"],
        home: &["cli/output.rs"],
        also: &[("tui/terminal/panics.rs", "the report of a panic, cleaned line by line")],
    },
    // Text goes through the writers above, which clean it.
    Belongs { name: "print!", what: &["print!", "println!"], home: &["cli/output.rs", "main.rs"], also: &[] },
    Belongs {
        name: "eprint!",
        what: &["eprint!", "eprintln!", "dbg!"],
        home: &["cli/output.rs", "main.rs"],
        also: &[],
    },
    Belongs {
        name: "crossterm",
        what: &["crossterm", "ratatui::crossterm"],
        home: &["tui"],
        also: &[
            ("keymap", "a chord is made of the key codes that the terminal sends"),
            ("cli/output.rs", "the width of the terminal, for tables"),
        ],
    },
    Belongs { name: "signal_hook", what: &["signal_hook"], home: &["tui"], also: &[] },
    Belongs {
        name: "threads",
        what: &["crossbeam_channel", "std::thread", "std::sync::mpsc"],
        home: &["tui"],
        also: &[
            ("search/parallel", "a search is divided among all processors"),
            ("store/guard.rs", "pages are checked while they are read"),
        ],
    },
    Belongs { name: "rayon", what: &["rayon"], home: &["search/parallel"], also: &[] },
    Belongs {
        name: "styles and cells",
        what: &["ratatui"],
        home: &["view"],
        also: &[("tui/terminal", "the backend, which turns cells into bytes")],
    },
    Belongs {
        name: "buffers",
        what: &["ratatui::buffer"],
        home: &["view"],
        also: &[("tui", "a frame is handed from the drawing to the terminal")],
    },
    Belongs {
        name: "areas",
        what: &["ratatui::layout"],
        home: &["view"],
        also: &[
            ("app", "where panes lie is part of the state, for the mouse and for paging"),
            ("tui", "the size of the terminal, and its cursor"),
            ("cli/commands/render.rs", "the size of a picture"),
            ("cli/commands/debug.rs", "the size of a recorded session"),
        ],
    },
    // Cells are painted in one place, which cleans the text.
    Belongs {
        name: "cells",
        what: &[".set_string", ".set_stringn", ".set_symbol", ".set_char", ".set_line", ".set_span"],
        home: &["view/paint.rs"],
        also: &[],
    },
    Belongs {
        name: "widgets",
        what: &["ratatui::text", "ratatui::widgets", ".render_widget", ".render"],
        home: &["view/paint.rs"],
        also: &[("cli/mod.rs", "not a widget: clap renders a mistake in the arguments")],
    },
    Belongs {
        name: "escape sequences",
        what: &[
            ".write_ansi",
            "crossterm::execute!",
            "crossterm::queue!",
            "execute!",
            "queue!",
            ".set_title",
            "crossterm::terminal::SetTitle",
            "crossterm::clipboard::CopyToClipboard",
        ],
        home: &["tui/terminal"],
        also: &[],
    },
    Belongs { name: "rusqlite", what: &["rusqlite"], home: &["store"], also: &[] },
    Belongs { name: "toml", what: &["toml", "toml_parser"], home: &["syntax"], also: &[] },
    Belongs { name: "toml_edit", what: &["toml_edit"], home: &["authoring"], also: &[] },
    Belongs { name: "csv", what: &["csv"], home: &["formats"], also: &[] },
    Belongs {
        name: "serde_json",
        what: &["serde_json"],
        home: &["formats"],
        also: &[(
            "cli/commands/tables.rs",
            "an object whose keys are the columns of a table, known when it is printed",
        )],
    },
    Belongs { name: "postcard", what: &["postcard"], home: &["graph/name_cache.rs"], also: &[] },
    Belongs { name: "crc32fast", what: &["crc32fast"], home: &["graph/name_cache.rs"], also: &[] },
    Belongs { name: "fuzzy_matcher", what: &["fuzzy_matcher"], home: &["search/fuzzy.rs"], also: &[] },
    Belongs {
        name: "fearless_simd",
        what: &["fearless_simd"],
        home: &["search", "text/window.rs", "text/fold"],
        also: &[],
    },
    Belongs { name: "edtf_core", what: &["edtf_core"], home: &["model/when.rs", "model/when"], also: &[] },
    // A day is a `chrono::NaiveDate` in every room; only `model` parses and formats dates.
    Belongs {
        name: "dates as text",
        what: &["chrono::format", "chrono::ParseError", ".parse_from_str"],
        home: &["model"],
        also: &[],
    },
    Belongs { name: "hmac", what: &["hmac"], home: &["text"], also: &[] },
    // A secret is random; nothing else may be.
    Belongs { name: "getrandom", what: &["getrandom"], home: &["store/key_file.rs"], also: &[] },
    Belongs { name: "sha2", what: &["sha2"], home: &["text"], also: &[] },
    Belongs { name: "rustix", what: &["rustix"], home: &["tui", "store", "formats"], also: &[] },
    Belongs {
        name: "the clock",
        what: &["std::time::Instant::now", "std::time::SystemTime::now", "chrono::Utc", "chrono::Local", ".elapsed"],
        home: &["tui"],
        also: &[("cli/output.rs", "progress is shown when a command takes long")],
    },
    Belongs {
        name: "std::env",
        what: &["std::env"],
        home: &["cli", "main.rs"],
        also: &[
            ("tui/clipboard.rs", "which program takes the clipboard"),
            ("tui/terminal/panics.rs", "a panic on demand, in debug builds"),
            ("store/private_copy.rs", "the folder for temporary files"),
        ],
    },
    Belongs {
        name: "std::fs",
        what: &["std::fs", ".read_dir", ".canonicalize", ".exists"],
        home: &["formats", "store"],
        also: &[
            ("cli/commands/index.rs", "the index gets the permissions of its dossier"),
            ("cli/load.rs", "whether a path is a folder"),
            ("evidence/library.rs", "whether the folder of documents is there"),
            ("graph/name_cache.rs", "the cache of names beside a dossier"),
        ],
    },
    Belongs {
        name: "std::process",
        what: &["std::process"],
        home: &["cli/mod.rs", "main.rs"],
        also: &[
            ("tui/clipboard.rs", "a program that takes the clipboard"),
            ("tui/terminal/panics.rs", "the exit code of a panic"),
        ],
    },
];

/// A form that may use the raw writer of standard output, because it escapes or cleans its own output.
pub struct Form {
    /// The text that identifies a line which passes the raw writer.
    pub text: &'static str,
    /// The only file where the text identifies this form; any file if `None`.
    pub only_in: Option<&'static str>,
}

const fn form(text: &'static str) -> Form {
    Form { text, only_in: None }
}

const fn form_in(path: &'static str, text: &'static str) -> Form {
    Form { text, only_in: Some(path) }
}

/// All forms that may use the raw writer.
pub const FORMS: &[Form] = &[
    // JSON escapes all characters that act on a terminal, CSV cleans each cell.
    form("jsonl::"),
    form("Sheet::new("),
    form("write_claims("),
    form("write_claims_of("),
    form("export_"),
    // Drawn from cells, or cleaned word by word.
    form("picture::"),
    form_in("cli/commands/render.rs", "text.as_bytes()"),
    // The program's own table of keys.
    form("markdown()"),
    // Lines passed on unchanged, if the output is not a terminal; and the tab between id and label.
    form_in("cli/commands/pick.rs", "write_all(line)"),
    form_in("cli/commands/pick.rs", "b\"\\t\""),
    // Declarations as TOML, which escapes all control characters.
    form_in("cli/commands/vocabulary.rs", "write_all(toml("),
    // Pins as TOML, which escapes all characters that act on a terminal.
    form_in("cli/commands/documents.rs", "text.as_bytes()"),
];

/// A folder whose files do not import each other.
pub struct Apart {
    /// The folder below `src`.
    pub folder: &'static str,
    /// The reason, as the end of a sentence.
    pub why: &'static str,
}

/// Folders whose files do not import each other.
pub const APART: &[Apart] =
    &[Apart { folder: "app/handlers", why: "`app/sync` is the one place that brings panes into step" }];
