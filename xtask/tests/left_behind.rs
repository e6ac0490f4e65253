//! What is left of a check: nothing, whatever the program has started, and whoever was
//! killed; at the latest the next check sees to it.
#![cfg(target_os = "linux")]

use crate::support::{compiled, copy_of_workspace, hostile_program, root, xtask, xtask_in};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// From the command to its verdict, and from a signal to its effect.
const IN_TIME: Duration = Duration::from_secs(30);

/// Between two looks at the processes.
const LOOK: Duration = Duration::from_millis(20);

/// What the command lines of the programs have in common that a test starts.
fn mark_of(test: &str) -> String {
    format!("left-{test}-{}", std::process::id())
}

fn command(mode: &str, test: &str) -> String {
    format!("{} {mode} {}", hostile_program().display(), mark_of(test))
}

/// The processes with `mark` in their command line, but for those of the tool itself.
fn programs_of(mark: &str) -> Vec<String> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let lines = entries.filter_map(|entry| {
        let line = std::fs::read(entry.path().join("cmdline")).ok()?;
        Some(format!(
            "{} {}",
            entry.path().display(),
            String::from_utf8_lossy(&line)
        ))
    });
    lines
        .filter(|line| line.contains(mark) && !line.contains("xtask\0check"))
        .collect()
}

fn check(mode: &str) {
    let command = command(mode, mode);
    let started = Instant::now();
    xtask()
        .args(["check", "lesson-04", "--server", &command])
        .assert()
        .code(predicates::ord::lt(3));
    assert!(started.elapsed() < IN_TIME, "took {:?}", started.elapsed());
    assert_eq!(programs_of(&mark_of(mode)), [""; 0]);
}

#[test]
fn orphans_without_an_environment_are_found() {
    check("leaves-orphans");
}

/// How many processes there are while `work` goes on, those that have ended and nobody has
/// waited for included: at most.
fn most_processes_during(work: impl FnOnce()) -> usize {
    let count = || std::fs::read_dir("/proc").unwrap().count();
    // Closed when the work is done, or has failed.
    let (working, done) = channel::<()>();
    std::thread::scope(|scope| {
        let most = scope.spawn(move || {
            let mut most = 0;
            while done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                most = most.max(count());
            }
            most
        });
        let working = working;
        work();
        drop(working);
        most.join().unwrap()
    })
}

/// Programs that have ended wait for their scenario to look at them; the orphans must not wait
/// for that: a thousand a second of each program would fill the table of processes.
#[test]
fn a_chain_of_processes_is_caught() {
    const MANY: usize = 8_000;
    let most = most_processes_during(|| check("leaves-a-chain"));
    assert!(most < MANY, "{most} processes");
}

/// A check in a process group of its own, once its program has forked.
fn check_in_the_middle(test: &str) -> Child {
    let child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["check", "lesson-04", "--server"])
        .arg(command("forks-in-its-group", test))
        .current_dir(root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    wait_until(|| programs_of(&mark_of(test)).len() > 1);
    child
}

fn wait_until(holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < IN_TIME, "waited in vain");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn signal(signal: &str, to: &str) {
    let kill = Command::new("kill").args([signal, "--", to]).status();
    assert!(kill.unwrap().success());
}

#[test]
fn a_check_that_is_told_to_end_takes_all_along() {
    let mut check = check_in_the_middle("told");
    signal("-TERM", &check.id().to_string());
    assert_eq!(check.wait().unwrap().code(), Some(130));
    assert_eq!(programs_of(&mark_of("told")), [""; 0]);
}

#[test]
fn the_next_check_sweeps_what_a_killed_one_has_left() {
    for how in ["-KILL", "-QUIT"] {
        let mut check = check_in_the_middle(how);
        signal(how, &format!("-{}", check.id()));
        check.wait().unwrap();
        let next = ["check", "lesson-00", "--solution"];
        xtask().args(next).assert().code(0);
        wait_until(|| programs_of(&mark_of(how)).is_empty());
    }
}

/// On the disk, too; what a check that goes on beside it needs stays, and so does the rest.
#[test]
fn the_next_check_takes_away_the_folders_of_a_killed_one() {
    let copy = copy_of_workspace("left-on-the-disk");
    let folder = |name: &str| {
        let folder = copy.join("target/xtask").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("program"), "").unwrap();
        folder
    };
    let [old, fresh, other] = ["trial-old", "trial-fresh", "variants"].map(folder);
    let hour = std::time::SystemTime::now() - Duration::from_secs(60 * 60);
    for folder in [&old, &other] {
        let opened = std::fs::File::open(folder).unwrap();
        opened.set_modified(hour).unwrap();
    }
    xtask_in(&copy)
        .args(["check", "lesson-04"])
        .env("CARGO", compiled("doctor/cargo.rs"))
        .env("LACK", "disk")
        .assert()
        .code(3);
    assert!(!old.exists() && fresh.is_dir() && other.is_dir());
    std::fs::remove_dir_all(&copy).unwrap();
}
