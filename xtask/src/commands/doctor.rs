//! `cargo xtask doctor`: what of this machine the lessons need, what of it is there, and what
//! to do about the rest.

use crate::doctor::{self, Finding, State};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::workspace::Workspace;
use crate::report::Style;
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;

/// Before what is said of a thing.
const MARGIN: &str = "     ";

pub fn line() -> clap::Command {
    clap::Command::new("doctor")
        .about("이 컴퓨터의 준비를 살핍니다 / what this machine has and lacks")
}

pub fn run(workspace: &Workspace, lang: Lang, _: &ArgMatches) -> Result<Status, Failure> {
    let style = Style::of_stdout();
    let findings = doctor::examine(workspace, lang);
    for finding in &findings {
        for line in lines(finding, &style) {
            crate::say!("{line}");
        }
    }
    let worst = findings.iter().map(|finding| finding.state).max();
    let (status, said) = match worst.unwrap_or(State::There) {
        State::There => (
            Status::Passed,
            tr!(
                lang,
                "필요한 것이 모두 있습니다.",
                "All that is needed is there."
            ),
        ),
        State::Missing => (
            Status::Passed,
            tr!(
                lang,
                "검사할 수 있습니다. ◌가 없으면 건너뛰는 것이 있습니다.",
                "Checks work. Without what is marked ◌, something is skipped."
            ),
        ),
        State::Needed => (
            Status::Unable,
            tr!(
                lang,
                "✘를 고쳐야 검사할 수 있습니다.",
                "Checks work once what is marked ✘ is fixed."
            ),
        ),
    };
    crate::say!("\n{said}");
    Ok(status)
}

fn lines(finding: &Finding, style: &Style) -> Vec<String> {
    let head = |mark: &str| hanging(&format!(" {mark} "), &finding.what, style);
    let mut lines = match finding.state {
        State::There => head("✔").iter().map(|line| style.good(line)).collect(),
        State::Missing => head("◌"),
        State::Needed => head("✘").iter().map(|line| style.bad(line)).collect(),
    };
    let purpose = style.wrapped_behind(MARGIN, &finding.purpose);
    lines.extend(purpose.iter().map(|line| style.dim(line)));
    let to_do = finding.to_do.iter();
    lines.extend(to_do.flat_map(|to_do| hanging(&format!("{MARGIN}→ "), to_do, style)));
    lines
}

/// `text` in lines, the first behind `mark` and the others as far to the right.
fn hanging(mark: &str, text: &str, style: &Style) -> Vec<String> {
    let margin = " ".repeat(mark.chars().count());
    let mut lines = style.wrapped_behind(&margin, text);
    if let Some(first) = lines.first_mut() {
        first.replace_range(..margin.len(), mark);
    }
    lines
}
