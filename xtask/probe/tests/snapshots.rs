//! Every line of every snapshot in the repository is something that can happen, and is
//! written as it was read: nothing is compared as text, and nothing is recorded anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use probe::Event;
use std::fs;
use std::path::Path;

#[test]
fn every_line_is_read_as_it_was_written() {
    let solutions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../solutions");
    let mut lines = 0;
    for lesson in fs::read_dir(solutions).unwrap() {
        let folder = lesson.unwrap().path().join("snapshots");
        for scenario in probe::scenarios_of(&folder) {
            let file = folder.join(format!("{scenario}.snap"));
            let snapshot = insta::Snapshot::from_file(&file).unwrap();
            for line in snapshot.as_text().unwrap().to_string().lines() {
                let event = Event::parse(line);
                let written = event.map(|event| event.to_string());
                assert_eq!(written.as_deref(), Ok(line), "{}", file.display());
                lines += 1;
            }
        }
    }
    assert!(lines > 1000, "only {lines} lines");
}
