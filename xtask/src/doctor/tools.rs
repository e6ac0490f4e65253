//! The programs that are started: rustc and cargo for everything, git, Python and a browser
//! for some of it.

use super::finding::{Finding, State};
use crate::lang::Lang;
use crate::lesson::bring_back;
use crate::lesson::workspace::Workspace;
use crate::tr;
use crate::visible;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The oldest Rust that compiles this workspace, as its manifest says.
const OLDEST_RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// The first line that `command` prints, made visible; `None` where it does not run.
fn first_line_of(command: &mut Command) -> Option<String> {
    command.stdin(Stdio::null()).stderr(Stdio::null());
    let output = probe::household::undisturbed(|| command.output()).ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().next()?.trim().to_owned();
    (output.status.success() && !line.is_empty()).then(|| visible::escaped(&line))
}

pub(super) fn rust(lang: Lang) -> Finding {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = first_line_of(Command::new(rustc).arg("--version"));
    let new_enough = version
        .as_deref()
        .and_then(numbers)
        .is_none_or(|found| Some(found) >= numbers(OLDEST_RUST));
    let state = match &version {
        Some(_) if new_enough => State::There,
        _ => State::Needed,
    };
    let what = version.unwrap_or_else(|| {
        tr!(
            lang,
            "rustc를 실행하지 못했습니다",
            "rustc could not be run"
        )
    });
    let purpose = tr!(
        lang,
        "내 프로그램과 도구를 컴파일합니다. {OLDEST_RUST} 이상이어야 합니다.",
        "Compiles your programs and the tool; {OLDEST_RUST} or newer."
    );
    Finding::new(state, what, purpose).or_do(tr!(
        lang,
        "rustup update를 실행하거나, https://rustup.rs 에서 Rust를 설치하세요.",
        "Run rustup update, or install Rust from https://rustup.rs"
    ))
}

pub(super) fn cargo(workspace: &Workspace, lang: Lang) -> Finding {
    let version = first_line_of(workspace.cargo().arg("--version"));
    let state = version.as_ref().map_or(State::Needed, |_| State::There);
    let what = version.unwrap_or_else(|| {
        tr!(
            lang,
            "cargo를 실행하지 못했습니다",
            "cargo could not be run"
        )
    });
    let purpose = tr!(
        lang,
        "빌드하고, 이 도구를 시작합니다.",
        "Builds, and starts this tool."
    );
    Finding::new(state, what, purpose).or_do(tr!(
        lang,
        "https://rustup.rs 에서 Rust를 설치하세요.",
        "Install Rust from https://rustup.rs"
    ))
}

/// `(1, 95)` of `rustc 1.95.0 (…)`, `1.88` and `Python 3.11.7`.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let is_a_version = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let word = version.split(' ').find(is_a_version)?;
    let mut parts = word.split('.');
    let first = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    let digits = second.trim_end_matches(|c: char| !c.is_ascii_digit());
    Some((first, digits.parse().ok()?))
}

pub(super) fn python(lang: Lang) -> Finding {
    let purpose = tr!(
        lang,
        "파이썬으로 작성한 프로그램을 검사합니다(--server 'python3 mine.py'). 레슨을 Rust로 풀 때는 없어도 됩니다.",
        "Runs programs in Python that you have checked (--server 'python3 mine.py'). Not needed for the lessons in Rust."
    );
    if let Some(python) = probe::python() {
        let version = first_line_of(Command::new(python).arg("--version"));
        let what = format!("{} ({python})", version.unwrap_or_default());
        return Finding::new(State::There, what, purpose);
    }
    let too_old = ["python3", "python", "py"]
        .into_iter()
        .find_map(|name| first_line_of(Command::new(name).arg("--version")));
    let what = match too_old {
        Some(version) => tr!(
            lang,
            "{version}: 3.8보다 오래되었습니다",
            "{version}: older than 3.8"
        ),
        None => tr!(lang, "Python 3.8 이상이 없습니다", "no Python 3.8 or newer"),
    };
    Finding::new(State::Missing, what, purpose).or_do(tr!(
        lang,
        "쓰려면 https://www.python.org 에서 설치하고, python3, python, py 가운데 하나로 실행되게 하세요.",
        "To use it, install it from https://www.python.org so that python3, python or py starts it."
    ))
}

pub(super) fn git(workspace: &Workspace, lang: Lang) -> Finding {
    let purpose = tr!(
        lang,
        "바뀌거나 지워진 레슨 파일을 되찾고, 새 레슨을 받습니다.",
        "Brings back files of the lessons that were changed or removed, and fetches new ones."
    );
    let Some(version) = first_line_of(Command::new("git").arg("--version")) else {
        let what = tr!(lang, "git이 없습니다", "no git");
        return Finding::new(State::Missing, what, purpose).or_do(tr!(
            lang,
            "없어도 검사할 수 있습니다. 쓰려면 https://git-scm.com 에서 설치하세요.",
            "Checks work without it. To use it, install it from https://git-scm.com"
        ));
    };
    if bring_back::is_tracked(&workspace.root, "Cargo.toml") {
        return Finding::new(State::There, version, purpose);
    }
    let what = tr!(
        lang,
        "{version}: 이 폴더에는 git 기록이 없습니다",
        "{version}: this folder has no git history"
    );
    Finding::new(State::Missing, what, purpose).or_do(tr!(
        lang,
        "압축 파일로 받은 폴더라면 그 파일을 남겨 두세요. 레슨 파일을 되찾을 때 거기서 꺼냅니다.",
        "If you unpacked an archive, keep it: files of the lessons come back from there."
    ))
}

pub(super) fn browser(lang: Lang) -> Finding {
    let purpose = tr!(
        lang,
        "cargo xtask book --open이 책을 여기서 엽니다.",
        "Where cargo xtask book --open shows the book."
    );
    let name = tr!(lang, "브라우저", "a browser");
    let what = match opener() {
        Some(opener) if opener.needs_a_desktop && !has_a_desktop() => tr!(
            lang,
            "{name}: 데스크톱이 없습니다(DISPLAY도 WAYLAND_DISPLAY도 없음)",
            "{name}: there is no desktop (neither DISPLAY nor WAYLAND_DISPLAY is set)"
        ),
        Some(Opener { command, .. }) => {
            return Finding::new(State::There, format!("{name} ({command})"), purpose);
        }
        None => tr!(
            lang,
            "브라우저를 여는 프로그램이 없습니다",
            "nothing that opens a browser"
        ),
    };
    Finding::new(State::Missing, what, purpose).or_do(tr!(
        lang,
        "cargo xtask book으로 만든 target/book/ko/index.html을 직접 여세요.",
        "Print the book with cargo xtask book, and open target/book/en/index.html yourself."
    ))
}

/// What shows a page.
struct Opener {
    command: String,
    /// It only asks the desktop for a browser.
    needs_a_desktop: bool,
}

/// Windows and macOS open what they are given; elsewhere a program does.
fn opener() -> Option<Opener> {
    let by_itself = |command: String| Opener {
        command,
        needs_a_desktop: false,
    };
    if cfg!(windows) {
        return Some(by_itself("start".to_owned()));
    }
    if cfg!(target_os = "macos") {
        return Some(by_itself("open".to_owned()));
    }
    let set = std::env::var("BROWSER").ok().filter(|set| !set.is_empty());
    if let Some(set) = set {
        return Some(by_itself(visible::escaped(&set)));
    }
    if on_the_path("wslview").is_some() {
        return Some(by_itself("wslview".to_owned()));
    }
    let openers = ["xdg-open", "gio", "gnome-open", "kde-open"];
    let found = openers.into_iter().find(|name| on_the_path(name).is_some());
    found.map(|name| Opener {
        command: name.to_owned(),
        needs_a_desktop: true,
    })
}

fn has_a_desktop() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|set| !set.is_empty()))
}

fn on_the_path(name: impl AsRef<OsStr>) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = name.as_ref();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_wherever_it_stands() {
        assert_eq!(
            numbers("rustc 1.95.0 (59807616e 2026-04-14)"),
            Some((1, 95))
        );
        assert_eq!(numbers("rustc 1.98.0-nightly (x)"), Some((1, 98)));
        assert_eq!(numbers("1.88"), Some((1, 88)));
        assert_eq!(numbers("no version"), None);
        assert!(numbers(OLDEST_RUST).is_some());
    }
}
