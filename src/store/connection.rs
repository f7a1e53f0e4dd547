//! A connection to a database that may be hostile.
//!
//! Invariant: over such a connection nothing can be written, no code of the file (views, triggers, checks, generated
//! columns, virtual tables) runs, and the work is bounded by the size of the file.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Result, Row};

use super::error::{Cause, Found, MAX_PROBLEMS, Problem, Problems, StoreError};
use super::private_copy::Source;
use super::schema::{APPLICATION_ID, TABLES, Table, Version};

/// The greatest size of a text and of a row, in bytes.
const MAX_LENGTH: i32 = 16 << 20;

/// The number of steps of `SQLite`'s virtual machine in one unit of work.
const STEPS: i32 = 1_000;

/// The units of work that every file may take: ten million steps, which take well below a second.
const BASE_WORK: u64 = 10_000;

/// The number of bytes of a file for which a further unit of work is allowed. A file that annals wrote takes about
/// one step a byte.
const BYTES_A_UNIT: u64 = 64;

/// An open file whose header and tables were checked; its pages were not.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) connection: Connection,
    /// The version of its tables.
    pub(super) version: Version,
    /// True if the file has no tables but ours.
    alone: bool,
}

/// Opens a file with every guard that `SQLite` has, and checks its header and tables.
pub(super) fn open(source: &Source, shown: &Path) -> Result<Opened, StoreError> {
    let connection = guarded(source).map_err(StoreError::sqlite(shown, "open"))?;
    let version = check_header(&connection, source, shown)?;
    let alone = check_tables(&connection, version, shown)?;
    Ok(Opened { connection, version, alone })
}

impl Opened {
    /// Runs `SQLite`'s check over the whole file if it has only our tables, else over our tables only: a virtual table
    /// would be asked to check itself.
    pub(super) fn check_pages(&self, shown: &Path) -> Result<(), StoreError> {
        let checks: Vec<String> = if self.alone {
            vec!["PRAGMA main.quick_check".into()]
        } else {
            self.version.tables().map(|table| format!("PRAGMA main.quick_check(\"{}\")", table.name)).collect()
        };
        let mut findings = Vec::new();
        for check in checks {
            quick_check(&self.connection, &check, &mut findings).map_err(StoreError::sqlite(shown, "check"))?;
        }
        if findings.is_empty() { Ok(()) } else { Err(Cause::Damaged(findings).of(shown)) }
    }

    /// Reads the schema, so that an open transaction begins now.
    pub(super) fn touch(&self) -> Result<()> {
        stored_tables(&self.connection).map(drop)
    }
}

fn guarded(source: &Source) -> Result<Connection> {
    let access = if source.is_copy() { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let flags =
        OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW | OpenFlags::SQLITE_OPEN_PRIVATE_CACHE;
    let mut connection = Connection::open_with_flags(&source.path, access | flags)?;
    connection.busy_timeout(Duration::from_millis(200))?;
    for (option, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(option, value)?;
    }
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, MAX_LENGTH),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 200),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
        (Limit::SQLITE_LIMIT_PARSER_DEPTH, 200),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 10),
        (Limit::SQLITE_LIMIT_VDBE_OP, 50_000),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 10),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 10),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
        (Limit::SQLITE_LIMIT_SCHEMA, 1_000),
    ] {
        connection.set_limit(limit, value)?;
    }
    let mut left = BASE_WORK.saturating_add(source.bytes / BYTES_A_UNIT);
    let is_exhausted = move || {
        left = left.saturating_sub(1);
        left == 0
    };
    connection.progress_handler(STEPS, Some(is_exhausted))?;
    // None of these reads the file. CHECK constraints are skipped: they can be any expression, and the reader checks
    // every value itself.
    connection.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;
         PRAGMA query_only = ON; PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;",
    )?;
    if source.is_copy() {
        // The index of a write-ahead log then stays in memory.
        connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    }
    connection.authorizer(Some(|context: AuthContext<'_>| authorize(&context)))?;
    Ok(connection)
}

/// Allows what this module and the reader ask for, and nothing else: plain reads of the schema and of our tables, and
/// a few pragmas. No function is allowed, no virtual table or table-valued function (their names are not ours), and
/// nothing on behalf of a view or trigger. The bundled `SQLite` has all of them compiled in.
fn authorize(context: &AuthContext<'_>) -> Authorization {
    let allowed = match context.action {
        AuthAction::Select | AuthAction::Transaction { .. } => context.accessor.is_none(),
        AuthAction::Read { table_name, .. } => {
            context.accessor.is_none()
                && (table_name == "sqlite_master" || TABLES.iter().any(|table| is_called(table, table_name)))
        }
        AuthAction::Pragma { pragma_name, .. } => [
            "application_id",
            "cache_size",
            "encoding",
            "page_count",
            "page_size",
            "quick_check",
            "table_xinfo",
            "user_version",
        ]
        .contains(&pragma_name),
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

fn is_called(table: &Table, name: &str) -> bool {
    name.eq_ignore_ascii_case(table.name)
}

/// Checks the header again, since a journal may have changed it; returns the version of the tables.
fn check_header(connection: &Connection, source: &Source, shown: &Path) -> Result<Version, StoreError> {
    let number = |pragma: &str| {
        connection
            .query_row(&format!("PRAGMA main.{pragma}"), [], |row| row.get::<_, i64>(0))
            .map_err(StoreError::sqlite(shown, "read"))
    };
    let refused = |found| Err(Cause::NotADossier(found).of(shown));
    let application_id = number("application_id")? as i32;
    if application_id != APPLICATION_ID {
        return refused(Found::Foreign(application_id));
    }
    let version = number("user_version")? as i32;
    let version = Version::of(version).ok_or_else(|| Cause::Version(version).of(shown))?;
    let encoding: String = connection
        .query_row("PRAGMA main.encoding", [], |row| row.get(0))
        .map_err(StoreError::sqlite(shown, "read"))?;
    if encoding != "UTF-8" {
        return refused(Found::Utf16);
    }
    let bytes = number("page_count")?.unsigned_abs().saturating_mul(number("page_size")?.unsigned_abs());
    if bytes > source.bytes {
        let findings = vec![format!("it claims to have {bytes} bytes, but has {}", source.bytes)];
        return Err(Cause::Damaged(findings).of(shown));
    }
    Ok(version)
}

/// Checks that our tables are plain tables with our columns; returns true if there are no others.
fn check_tables(connection: &Connection, version: Version, shown: &Path) -> Result<bool, StoreError> {
    let stored = stored_tables(connection).map_err(StoreError::sqlite(shown, "read the tables of"))?;
    let mut problems = Problems::default();
    let number = version.number();
    for table in version.tables() {
        let mut problem = |column: &str, found: &str, expected: &str| {
            let (column, found, expected) = (column.into(), found.into(), expected.into());
            problems.add(|| Problem { table: table.name, row: None, column, found, expected });
        };
        // The module of a virtual table would be asked for its columns.
        match stored.iter().find(|(name, _)| is_called(table, name)) {
            Some((_, true)) => {}
            other => {
                let found = if other.is_some() { "a virtual table" } else { "no such table" };
                problem("", found, &format!("a plain table with the columns of version {number}"));
                continue;
            }
        }
        let columns = columns(connection, table).map_err(StoreError::sqlite(shown, "read the tables of"))?;
        for column in table.needed(version) {
            if !columns.iter().any(|(name, _)| name.eq_ignore_ascii_case(column)) {
                problem(column, "no such column", &format!("the columns of version {number}"));
            }
        }
        // The check of the pages would compute a generated column, by any expression.
        for (name, _) in columns.iter().filter(|(_, hidden)| *hidden != 0) {
            problem(name, "a generated column", "a plain column");
        }
    }
    if problems.list.is_empty() {
        let is_ours = |(name, plain): &(String, bool)| *plain && version.tables().any(|table| is_called(table, name));
        return Ok(stored.iter().all(is_ours));
    }
    Err(Cause::Invalid(problems).of(shown))
}

/// Returns the name of each table of the file, and whether it is a plain one.
///
/// The statement in the schema decides, as it does for `SQLite`: a virtual table may claim to have a root page.
/// `SQLite` makes sure that the statement has the name of its row, and itself stores none that begins otherwise.
fn stored_tables(connection: &Connection) -> Result<Vec<(String, bool)>> {
    const PLAIN: &[u8] = b"CREATE TABLE ";
    let mut statement = connection.prepare("SELECT type, name, sql FROM main.sqlite_master")?;
    let mut rows = statement.query([])?;
    let mut tables = Vec::new();
    while let Some(row) = rows.next()? {
        if row.get_ref(0)?.as_bytes().is_ok_and(|kind| kind == b"table") {
            tables.push((text(row, 1)?, row.get_ref(2)?.as_bytes().is_ok_and(|sql| sql.starts_with(PLAIN))));
        }
    }
    Ok(tables)
}

/// Returns the columns of a table, each with the number that `SQLite` calls hidden: 0 for a plain column.
fn columns(connection: &Connection, table: &Table) -> Result<Vec<(String, i64)>> {
    let mut statement = connection.prepare(&format!("PRAGMA main.table_xinfo(\"{}\")", table.name))?;
    statement.query_map([], |row| Ok((text(row, 1)?, row.get_ref(6)?.as_i64().unwrap_or(1))))?.collect()
}

fn quick_check(connection: &Connection, check: &str, findings: &mut Vec<String>) -> Result<()> {
    let mut statement = connection.prepare(check)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line = text(row, 0)?;
        if line != "ok" && findings.len() < MAX_PROBLEMS {
            findings.extend(line.lines().map(|line| line.chars().take(200).collect()));
        }
    }
    Ok(())
}

/// Returns a cell as text, whatever its encoding; empty if it is no text.
fn text(row: &Row<'_>, at: usize) -> Result<String> {
    Ok(row.get_ref(at)?.as_bytes().map(String::from_utf8_lossy).unwrap_or_default().into_owned())
}
