//! The build script: has the program linked so that it starts soon.
//!
//! It carries the unwinder of the C compiler, where that comes as an archive: as a shared library
//! it would be looked for, mapped and initialised at each start, which takes longer than to draw a
//! screen. And where the C library reads them, places to relocate are kept as a map of bits, a
//! hundredth of what is else read from the file. Without either all is the same, only later.

use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The unwinder's archive.
const ARCHIVE: &str = "libgcc_eh.a";

/// From this version on the C library of GNU reads relocations as a map of bits.
const READS_MAPS: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=.cargo/build.rs");
    println!("cargo::rerun-if-env-changed=CC");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let is_native = env::var("HOST").ok() == env::var("TARGET").ok();
    if !(is_native && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu")) {
        return;
    }
    if let Some(folder) = archive().as_deref().and_then(|archive| archive.parent()) {
        println!("cargo::rustc-link-search=native={}", folder.display());
        // Before what the standard library asks for, which then is not needed.
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
    if c_library().is_some_and(|version| version >= READS_MAPS) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Where the C compiler, which links as well, has the archive; none where it has none.
fn archive() -> Option<PathBuf> {
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let path = PathBuf::from(said(&compiler, &format!("-print-file-name={ARCHIVE}"))?);
    (path.is_absolute() && path.is_file()).then_some(path)
}

/// The version of the C library.
fn c_library() -> Option<(u32, u32)> {
    let version = said("getconf", "GNU_LIBC_VERSION")?;
    let (major, minor) = version.strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}

/// What a program says, asked that.
fn said(program: &str, question: &str) -> Option<String> {
    let output = Command::new(program).arg(question).output().ok()?;
    String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
}
