//! The build script: has the program linked so that it needs nothing and starts soon.
//!
//! Where the C library and the unwinder of the C compiler come as archives as well, they become
//! a part of the program. It then runs on every Linux, whatever library is installed there; and nothing is
//! looked for, mapped and bound at each start, which takes longer than to draw a screen. Where archives are
//! missing the unwinder alone is carried along, or else all is linked as ever. And where the C library reads
//! them, places to relocate are kept as a map of bits, a hundredth of what is else read from the file.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What of [`LIBRARIES`] can be an archive while the others are none.
const UNWINDER: &str = "gcc_s";

/// What the standard library has linked on this system, and the archives with the same in them. Those of the C library
/// and of its compiler need each other.
const LIBRARIES: [(&str, &[&str]); 7] = [
    (UNWINDER, &["libgcc_eh.a"]),
    ("c", &["libc.a", "libgcc_eh.a", "libgcc.a"]),
    ("dl", &["libdl.a"]),
    ("m", &["libm.a"]),
    ("pthread", &["libpthread.a"]),
    ("rt", &["librt.a"]),
    ("util", &["libutil.a"]),
];

/// What begins a program that is relocated by nobody but itself.
const START: &str = "rcrt1.o";

/// From this version on threads are a part of the C library, and safe in its archive.
const HAS_THREADS: (u32, u32) = (2, 34);

/// From this version on the C library of GNU reads relocations as a map of bits.
const READS_MAPS: (u32, u32) = (2, 36);

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=.cargo/build.rs");
    println!("cargo::rerun-if-env-changed=RUSTC_LINKER");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let is_native = env::var("HOST").ok() == env::var("TARGET").ok();
    if !(is_native && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu")) || is_told_how() {
        return Ok(());
    }
    let (Some(version), Some(folder)) = (c_library(), env::var_os("OUT_DIR")) else { return Ok(()) };
    let scripts: Vec<_> = LIBRARIES.iter().filter_map(|(name, archives)| Some((*name, script(archives)?))).collect();
    let is_whole = version >= HAS_THREADS && found(START).is_some() && scripts.len() == LIBRARIES.len();
    if is_whole {
        link("-static-pie");
    }
    let folder = Path::new(&folder).join("archives");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for (name, script) in scripts.iter().filter(|(name, _)| is_whole || *name == UNWINDER) {
        fs::write(folder.join(format!("lib{name}.a")), script)?;
    }
    // It is the first to be looked into, and no other form of a library is in it.
    link(&format!("-L{}", folder.display()));
    if version >= READS_MAPS {
        link("-Wl,-z,pack-relative-relocs");
    }
    Ok(())
}

/// Whether whoever builds has an opinion of their own on what this is about.
fn is_told_how() -> bool {
    let has_feature =
        env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|all| all.split(',').any(|one| one == "crt-static"));
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    has_feature || ["crt-static", "relocation-model", "prefer-dynamic"].iter().any(|word| flags.contains(word))
}

/// Has the program, and nothing else, linked with this.
fn link(argument: &str) {
    println!("cargo::rustc-link-arg-bins={argument}");
}

/// What tells a linker to take these archives; none if one of them is missing.
fn script(archives: &[&str]) -> Option<String> {
    let quoted = |archive: &&str| {
        let path = found(archive)?;
        let path = path.to_str().filter(|path| !path.contains('"'))?;
        println!("cargo::rerun-if-changed={path}");
        Some(format!("\"{path}\""))
    };
    let paths: Option<Vec<String>> = archives.iter().map(quoted).collect();
    Some(format!("GROUP({})\n", paths?.join(" ")))
}

/// Where the C compiler that links has a file; none where it has none.
fn found(name: &str) -> Option<PathBuf> {
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let path = PathBuf::from(said(&linker, &format!("-print-file-name={name}"))?);
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
