//! What the system has to find and map before the program begins.

#![cfg(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure here is the test's failure")]

use std::path::Path;
use std::process::Command;

use memchr::memmem;

/// In the table of segments, the type of the one that names who is to map the others.
const INTERPRETER: u32 = 3;

/// Whether the name of a library is among those that the program's dynamic section may name.
fn names(program: &[u8], library: &str) -> bool {
    memmem::find(program, format!("\0{library}\0").as_bytes()).is_some()
}

/// The types of a program's segments, by the layout of 64-bit ELF files.
fn segments(program: &[u8]) -> Vec<u32> {
    let half = |at: usize| usize::from(u16::from_ne_bytes(program[at..at + 2].try_into().unwrap()));
    let table = u64::from_ne_bytes(program[32..40].try_into().unwrap()) as usize;
    let (size, count) = (half(54), half(56));
    let kind = |segment: usize| &program[table + segment * size..][..4];
    (0..count).map(|segment| u32::from_ne_bytes(kind(segment).try_into().unwrap())).collect()
}

/// Whether the compiler that links has a file.
fn is_there(name: &str) -> bool {
    let said = Command::new("cc").arg(format!("-print-file-name={name}")).output().unwrap();
    Path::new(String::from_utf8(said.stdout).unwrap().trim_end()).is_absolute()
}

fn has_threads_in_its_archive() -> bool {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().unwrap();
    let version = String::from_utf8(said.stdout).unwrap();
    let minor = version.trim().strip_prefix("glibc 2.").and_then(|minor| minor.parse::<u32>().ok());
    minor.is_some_and(|minor| minor >= 34)
}

#[test]
fn it_needs_no_library_where_they_can_be_a_part_of_it() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_annals")).unwrap();
    if has_threads_in_its_archive() && ["rcrt1.o", "libc.a", "libgcc_eh.a"].into_iter().all(is_there) {
        assert!(!segments(&program).contains(&INTERPRETER), "it waits until libraries are found and mapped");
        return;
    }
    assert!(names(&program, "libc.so.6"));
    assert!(!names(&program, "libm.so.6"), "something calls a function of the library of mathematics");
    if is_there("libgcc_eh.a") {
        assert!(!names(&program, "libgcc_s.so.1"), "the unwinder is no part of the program");
    }
}
