//! Whether a process may be stopped, asked without harm to it.
#![cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// Some machines refuse it; either answer leaves the child as it was.
#[test]
fn a_child_that_was_asked_about_goes_on() {
    let mut child = Command::new("cat")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    assert!(tracer::may_stop(child.id()).is_some());
    child.stdin.take().unwrap().write_all(b"goes on").unwrap();
    let mut echo = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut echo)
        .unwrap();
    assert_eq!(echo, "goes on");
    assert!(child.wait().unwrap().success());
    assert_eq!(tracer::may_stop(child.id()), Some(false));
}
