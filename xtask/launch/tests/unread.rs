//! What is said before the tool is there may find nobody who reads it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::Command;

/// Outside the workspace there is something to complain of, and it ends as it would if
/// somebody had read that.
#[test]
fn a_complaint_that_nobody_reads_is_no_reason_to_panic() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = Command::new(env!("CARGO_BIN_EXE_launch"))
        .current_dir(std::env::temp_dir())
        .stderr(writer)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(3));
}
