//! What a test needs of this machine.

use std::env;
use std::path::PathBuf;

/// Chromium, under whichever name it goes here.
pub fn chromium() -> Option<PathBuf> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let mut files = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = files.find(|file| file.is_file());
    if found.is_none() {
        missing("Chromium");
    }
    found
}

/// What a test lacks is a failure where everything is asked for.
pub fn missing(what: &str) {
    let all = env::var_os("REQUIRE_ALL").is_some_and(|all| all == "1");
    assert!(!all, "no {what} on this machine");
    eprintln!("skipped: no {what} on this machine");
}
