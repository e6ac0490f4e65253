//! The chat servers of lessons 17, 19 and 20 are one, seen from outside: of a scenario that they
//! share there is one transcript, and the clients of 17, which check a server by themselves as
//! well, talk to all of them.

use crate::support::server::built;
use crate::support::{files_in, root, xtask};
use std::collections::BTreeMap;
use std::fs;

/// The lesson whose transcripts the others have as well.
const FIRST: &str = "lesson-17-threads";
const OTHERS: [&str; 2] = ["lesson-19-poll", "lesson-20-async"];

/// The snapshots of a lesson by their scenarios, but for the steps that they belong to.
fn transcripts(lesson: &str) -> BTreeMap<String, String> {
    let folder = root().join("solutions").join(lesson).join("snapshots");
    let entries = fs::read_dir(folder).unwrap();
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
    let bodies: String = files_in(&root().join("lessons/chat"))
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let shared = |scenario: &&String| bodies.contains(&format!("pub fn {scenario}("));
    let shared: Vec<_> = first.keys().filter(shared).collect();
    assert!(shared.len() >= 17, "{shared:?}");
    for lesson in OTHERS {
        let others = transcripts(lesson);
        for scenario in &shared {
            assert_eq!(
                others.get(*scenario),
                first.get(*scenario),
                "{lesson}: {scenario}"
            );
        }
    }
}

/// A lesson's mirror, as a command.
fn mirror(file: &str) -> String {
    let file = root().join("solutions").join(file);
    format!("python3 '{}'", file.display())
}

fn command(package: &str, program: &str) -> String {
    format!("'{}'", built(package, program).display())
}

/// A check of lesson 17 with these programs in place of its own: it tells the shared scenarios,
/// and the one in which client and server talk to each other.
fn talk(server: &str, client: &str) {
    let mut check = xtask();
    check.args(["check", "17", "--server", server, "--client", client]);
    check.assert().success();
}

/// Each client, with the lesson's server and with its mirror.
fn clients_of_lesson_17_talk_to(lesson: &str, solution: &str) {
    let servers = [
        command(solution, solution),
        mirror(&format!("{lesson}/python/main.py")),
    ];
    let clients = [
        command("solution-17-threads", "solution-17-client"),
        mirror("lesson-17-threads/python/client.py"),
    ];
    for server in &servers {
        for client in &clients {
            talk(server, client);
        }
    }
}

#[test]
fn clients_of_lesson_17_talk_to_the_servers_of_lesson_19() {
    clients_of_lesson_17_talk_to("lesson-19-poll", "solution-19-poll");
}

#[test]
fn clients_of_lesson_17_talk_to_the_servers_of_lesson_20() {
    clients_of_lesson_17_talk_to("lesson-20-async", "solution-20-async");
}
