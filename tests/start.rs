//! What the system has to find and map before the program begins.

#![cfg(all(target_os = "linux", target_env = "gnu"))]
#![expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]

use std::path::Path;
use std::process::Command;

use memchr::memmem;

/// Whether the name of a library is among those that the program's dynamic section may name.
fn names(program: &[u8], library: &str) -> bool {
    memmem::find(program, format!("\0{library}\0").as_bytes()).is_some()
}

#[test]
fn it_needs_no_library_but_that_of_c() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_annals")).unwrap();
    assert!(names(&program, "libc.so.6"));
    assert!(!names(&program, "libm.so.6"), "something calls a function of the library of mathematics");
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    let said = Command::new(compiler).arg("-print-file-name=libgcc_eh.a").output().unwrap();
    if Path::new(String::from_utf8(said.stdout).unwrap().trim_end()).is_absolute() {
        assert!(!names(&program, "libgcc_s.so.1"), "the unwinder is no part of the program");
    }
}
