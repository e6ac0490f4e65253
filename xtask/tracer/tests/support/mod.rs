//! Starts the hanging programs and asks about them: in this process, or from a
//! process of its own that may do less. And runs programs under the recorder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod ask;
pub mod condition;
pub mod program;
pub mod recorded;
pub mod strace;

/// The number of the line of `hang.rs` that is marked `// HERE: marker`.
pub fn marked(marker: &str) -> u32 {
    let mark = format!("// HERE: {marker}");
    let mut lines = include_str!("../programs/hang.rs").lines().zip(1..);
    let found = lines.find(|(line, _)| line.ends_with(&mark));
    found.expect("a marked line").1
}
