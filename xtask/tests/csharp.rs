//! The client of lesson 22 in C#, as a program in Unity would have it, passes the lesson's check
//! with the server in either language: compiled by Mono's `mcs`, run by `mono`.

use crate::support::server::{built, is_missing};
use crate::support::{root, xtask};
use std::path::Path;
use std::process::Command;

const LESSON: &str = "lesson-22-remote-control";

/// Are both tools there?
fn has_mono() -> bool {
    let missing = ["mcs", "mono"].into_iter().find(|tool| {
        let asked = Command::new(tool).arg("--version").output();
        !asked.is_ok_and(|answer| answer.status.success())
    });
    if let Some(tool) = missing {
        is_missing(tool);
    }
    missing.is_none()
}

/// The client, as a command.
fn client(folder: &Path) -> String {
    let program = folder.join("Client.exe");
    let source = root().join(format!("solutions/{LESSON}/csharp/Client.cs"));
    let mut compiler = Command::new("mcs");
    // What Unity's compiler knows, too.
    compiler.args(["-langversion:7", "-warnaserror"]);
    compiler.arg(format!("-out:{}", program.display()));
    let told = compiler.arg(source).output().unwrap();
    let errors = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{errors}");
    format!("mono '{}'", program.display())
}

#[test]
fn the_client_in_csharp_talks_to_both_servers() {
    if !has_mono() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let client = client(folder.path());
    let own = built("solution-22-remote-control", "solution-22-server");
    let mirror = root().join(format!("solutions/{LESSON}/python/server.py"));
    for server in [
        format!("'{}'", own.display()),
        format!("python3 '{}'", mirror.display()),
    ] {
        let mut check = xtask();
        check.args(["check", "22", "--server", &server, "--client", &client]);
        check.assert().success();
    }
}
