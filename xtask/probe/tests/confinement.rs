//! What a program cannot do: take all memory, fill the disk, drown the check in what it
//! prints, or leave somebody behind.

mod told;

#[cfg(target_os = "linux")]
use probe::Verdict;
use probe::{Program, Report};
use told::{differs, passes, told};

const FLOOD: &str = "program stdout without end";

fn flooded(orders: &[&str]) -> Report {
    told(&[FLOOD], |mut scene| {
        scene.program(orders).prints_without_end();
        scene.end_here();
    })
}

#[test]
fn of_a_flood_no_more_is_kept_than_there_is_room_for() {
    let report = flooded(&["flood"]);
    passes(&report);
    assert!(report.flooded);
}

#[test]
fn a_flood_begins_with_lines_as_others_do() {
    let report = told(
        &[r#"program stdout "all work and no play\n""#; 2],
        |mut scene| {
            let mut program = scene.program(&["flood"]);
            program.prints_a_line();
            program.prints_a_line();
            scene.end_here();
        },
    );
    passes(&report);
}

/// Other systems limit neither memory nor files.
#[cfg(target_os = "linux")]
mod on_linux {
    use super::*;
    use probe::{Ending, FILE_LIMIT};
    use std::path::Path;
    use std::time::{Duration, Instant};

    #[test]
    fn a_program_that_takes_all_memory_is_stopped_by_its_limit() {
        let report = told(&["program exit 0"], |mut scene| {
            scene.program(&["hog"]).ends();
            scene.end();
        });
        assert_eq!(report.verdict, Verdict::Crashed);
        assert_eq!(report.endings, [Ending::Signal("SIGABRT".to_owned())]);
        assert!(
            report.stderr.contains("memory allocation"),
            "{}",
            report.stderr
        );
    }

    #[test]
    fn a_program_that_fills_the_disk_is_stopped_by_its_limit() {
        let file =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("too-much-{}", std::process::id()));
        let report = told(&["program exit 0"], |mut scene| {
            scene
                .program(&[&format!("write-file {}", file.display())])
                .ends();
            scene.end();
        });
        let written = std::fs::metadata(&file).map(|file| file.len());
        std::fs::remove_file(file).expect("it was written");
        assert_eq!(report.endings, [Ending::Signal("SIGXFSZ".to_owned())]);
        assert_eq!(written.expect("it was written"), FILE_LIMIT);
    }

    /// The process that a program started, in a group of its own, and told.
    fn child(report: &Report) -> u32 {
        let told = &told::lines(report)[0];
        let digits: String = told.chars().filter(char::is_ascii_digit).collect();
        digits.parse().expect("a process id")
    }

    fn is_gone(process: u32) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat"));
        stat.map_or(true, |stat| stat.contains(") Z "))
    }

    #[test]
    fn what_a_program_started_ends_with_its_scene() {
        // No process has this id, so that the line differs.
        let due = [r#"program stdout "0\n""#];
        for orders in [["child", "stay"], ["child", "exit 0"]] {
            let report = told(&due, |mut scene| {
                scene.program(&orders).prints_a_line();
                scene.end();
            });
            assert_eq!(report.verdict, Verdict::Differs);
            let child = child(&report);
            let until = Instant::now() + Duration::from_secs(10);
            while !is_gone(child) && Instant::now() < until {
                std::thread::yield_now();
            }
            assert!(is_gone(child), "{child} is left of {orders:?}");
        }
    }

    #[test]
    fn a_program_ends_with_its_scene() {
        let mut address = None;
        passes(&told(
            &[r#"program stdout "at 127.0.0.1:<server>\n""#],
            |mut scene| {
                address = scene.server().address().parse().ok();
                scene.end();
            },
        ));
        let address: std::net::SocketAddr = address.expect("it told one");
        let bound = std::net::TcpListener::bind(address);
        assert!(bound.is_ok(), "somebody still listens: {bound:?}");
    }
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use probe::household;
    use std::process::Command;

    #[test]
    fn signals_that_end_a_program_do() {
        for (due, is_sent) in [
            (
                ["program ctrl-c", "program signal SIGINT"],
                Program::is_interrupted as fn(&mut Program),
            ),
            (
                ["program sigterm", "program signal SIGTERM"],
                Program::is_terminated,
            ),
        ] {
            passes(&told(&due, |mut scene| {
                let mut program = scene.program(&["stay"]);
                is_sent(&mut program);
                program.ends();
                scene.end();
            }));
        }
    }

    /// As a check is started by `nohup`, or in a script by `&`.
    #[test]
    fn a_program_ignores_no_signal_because_the_check_does() {
        let ignoring = r#"trap '' INT TERM HUP; exec "$0" "$@""#;
        let tests = std::env::current_exe().expect("this program");
        let mut shell = Command::new("sh");
        shell.args(["-c", ignoring]).arg(tests);
        shell.args(["--exact", "on_unix::signals_that_end_a_program_do"]);
        // No scene of another test takes it for an orphan.
        let ended = household::undisturbed(|| shell.output()).expect("a shell");
        let said = String::from_utf8_lossy(&ended.stdout);
        assert!(
            ended.status.success() && said.contains("1 passed"),
            "{said}"
        );
    }
}

#[test]
fn a_program_inherits_nothing_that_changes_what_it_says() {
    let due = [r#"program stdout "0\n""#];
    let report = |variable: &str| {
        told(&due, |mut scene| {
            let order = format!("print-variable {variable}");
            Program::prints_a_line(&mut scene.program(&[&order]));
            scene.end();
        })
    };
    passes(&report("RUST_BACKTRACE"));
    differs(&report("NO_SUCH_VARIABLE"), r#"program stdout "not set\n""#);
}
