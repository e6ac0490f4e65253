//! What Linux shows of a running program, and other systems do not: its sockets and the call
//! it waits in (`/proc`), and the line of its source (`ptrace`).

use super::finding::{Finding, State};
use crate::lang::Lang;
use crate::tr;
use std::fs;
use std::process::{Child, Command, Stdio};

pub(super) fn findings(lang: Lang) -> Vec<Finding> {
    if cfg!(target_os = "linux") {
        let of_ptrace = of_ptrace(lang).into_iter();
        std::iter::once(of_proc(lang)).chain(of_ptrace).collect()
    } else {
        vec![elsewhere(lang)]
    }
}

fn elsewhere(lang: Lang) -> Finding {
    let what = tr!(
        lang,
        "/proc와 ptrace: Linux에만 있습니다",
        "/proc and ptrace: on Linux only"
    );
    let purpose = tr!(
        lang,
        "멈춘 프로그램이 무엇을 기다리는지 보여 줍니다. 이것을 쓰는 시나리오는 여기서 건너뜁니다.",
        "They show what a program that hangs waits in. Scenarios that need them are skipped here."
    );
    Finding::new(State::Missing, what, purpose)
}

fn of_proc(lang: Lang) -> Finding {
    let shown = ["/proc/self/fd", "/proc/net/tcp", "/proc/self/syscall"];
    let hidden = shown.into_iter().find(|path| !is_readable(path));
    let (state, what) = match hidden {
        None => (State::There, "/proc".to_owned()),
        Some(path) => (
            State::Missing,
            tr!(
                lang,
                "{path}을(를) 읽을 수 없습니다",
                "{path} cannot be read"
            ),
        ),
    };
    let purpose = tr!(
        lang,
        "프로그램이 가진 소켓과, 멈춘 프로그램이 기다리는 호출을 봅니다.",
        "Shows the sockets a program holds, and the call in which one that hangs waits."
    );
    Finding::new(state, what, purpose).or_do(tr!(
        lang,
        "컨테이너라면 /proc를 가리지 않게 설정하세요. 그대로 두면 몇 가지를 보지 못합니다.",
        "In a container, have it leave /proc open. Otherwise some things are not seen."
    ))
}

fn is_readable(path: &str) -> bool {
    fs::read_dir(path).is_ok() || fs::read(path).is_ok()
}

/// `None` where it cannot be tried.
fn of_ptrace(lang: Lang) -> Option<Finding> {
    let (state, what) = if with_a_child(tracer::may_stop)?? {
        (State::There, "ptrace".to_owned())
    } else {
        let refused = tr!(lang, "ptrace를 쓸 수 없습니다", "ptrace is refused");
        (State::Missing, refused)
    };
    let purpose = tr!(
        lang,
        "멈춘 프로그램이 내 코드의 몇 번째 줄에 있는지 봅니다. 판정은 이것 없이 합니다.",
        "Shows at which line of your source a program hangs. No verdict depends on it."
    );
    Some(Finding::new(state, what, purpose).or_do(tr!(
        lang,
        "컨테이너라면 --cap-add=SYS_PTRACE로 시작하고, /proc/sys/kernel/yama/ptrace_scope가 2나 3이면 1로 낮추세요.",
        "Start a container with --cap-add=SYS_PTRACE; where /proc/sys/kernel/yama/ptrace_scope is 2 or 3, lower it to 1."
    )))
}

/// Asks about a child that waits for its input until it was asked about.
fn with_a_child<T>(ask: impl FnOnce(u32) -> T) -> Option<T> {
    let mut command = Command::new("cat");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = probe::household::start(|| command.spawn(), Child::id).ok()?;
    let told = ask(child.id());
    // Its input ends, if it does not listen to this.
    let _ = child.kill();
    let _ = child.wait();
    probe::household::forget(child.id());
    Some(told)
}
