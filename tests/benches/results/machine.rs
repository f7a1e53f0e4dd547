//! The machine and the versions that the figures depend on.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// The lock file, for the versions this was built with.
const LOCK: &str = include_str!("../../../Cargo.lock");

/// Returns a Markdown list of what the figures depend on.
pub fn describe() -> String {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory = line_of("/proc/meminfo", "MemTotal").and_then(|text| text.split_whitespace().next()?.parse().ok());
    let memory = memory.map_or("unknown".to_owned(), |kilobytes: f64| format!("{:.1} GiB", kilobytes / 1_048_576.0));
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mut text = String::new();
    for (what, told) in [
        ("Processor", line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned())),
        ("Cores", processors.to_string()),
        ("Memory", memory),
        ("Kernel", fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().to_owned()),
        ("Load when it began, over 1 and 5 minutes", load.split(' ').take(2).collect::<Vec<_>>().join(" and ")),
        ("Compiler", compiler()),
    ] {
        let _ = writeln!(text, "- {what}: {told}");
    }
    text
}

/// Returns the locked version of a package, or `unknown`.
pub fn version(package: &str) -> &'static str {
    let mut lines = LOCK.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \""));
    version.map_or("unknown", |version| version.trim_end_matches('"'))
}

fn compiler() -> String {
    let told = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("--version").output();
    told.map_or_else(|_| "unknown".to_owned(), |told| String::from_utf8_lossy(&told.stdout).trim().to_owned())
}

fn line_of(file: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
