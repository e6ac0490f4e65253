//! The chat servers of lessons 17, 19 and 20 are one, seen from outside: of a scenario that they
//! share there is one transcript.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The lesson whose transcripts the others have as well.
const FIRST: &str = "lesson-17-threads";
const OTHERS: [&str; 2] = ["lesson-19-poll", "lesson-20-async"];

/// The snapshots of a lesson by their scenarios, but for the steps that they belong to.
fn transcripts(lesson: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("solutions").join(lesson).join("snapshots");
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    let files = entries.flatten().map(|entry| entry.path());
    files
        .map(|file| {
            let text = fs::read_to_string(&file).unwrap();
            let lines = text.lines();
            let told: Vec<_> = lines
                .filter(|it| !it.starts_with("description: "))
                .collect();
            let scenario = file.file_stem().unwrap().to_string_lossy();
            (scenario.into_owned(), told.join("\n"))
        })
        .collect()
}

#[test]
fn a_shared_scenario_has_one_transcript() {
    let first = transcripts(FIRST);
    let bodies = include_str!("../../lessons/chat/mod.rs");
    let shared = |scenario: &&String| bodies.contains(&format!("pub fn {scenario}("));
    let shared: Vec<_> = first.keys().filter(shared).collect();
    assert!(shared.len() >= 17, "{shared:?}");
    for lesson in OTHERS {
        let others = transcripts(lesson);
        if others.is_empty() {
            continue;
        }
        for scenario in &shared {
            assert_eq!(
                others.get(*scenario),
                first.get(*scenario),
                "{lesson}: {scenario}"
            );
        }
    }
}
