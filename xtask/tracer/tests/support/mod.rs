//! Starts the hanging programs and asks about them: in this process, or from a
//! process of its own that may do less. And runs programs under the recorder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::path::{Path, PathBuf};
use std::process::Command;

pub mod ask;
pub mod condition;
pub mod program;
pub mod recorded;
pub mod strace;

/// The program whose source is `tests/programs/<source>.rs`, compiled into a file of this name.
pub fn compile(source: &str, name: &str, options: &[&str]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let status = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into()))
        .args(["--edition=2024", "--crate-name", source])
        .args(options)
        .arg("-o")
        .args([&path, &programs.join(format!("{source}.rs"))])
        .status();
    assert!(status.unwrap().success());
    path
}

/// The number of the line of `hang.rs` that is marked `// HERE: marker`.
pub fn marked(marker: &str) -> u32 {
    let mark = format!("// HERE: {marker}");
    let mut lines = include_str!("../programs/hang.rs").lines().zip(1..);
    let found = lines.find(|(line, _)| line.ends_with(&mark));
    found.expect("a marked line").1
}
