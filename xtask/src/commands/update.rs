//! `cargo xtask update`: the newest lessons, scenarios and tools, as the branch that is
//! followed has them. What the learner wrote is not touched; a starter that has changed is
//! offered.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::newer::{self, Brought};
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;

/// How much of a commit's name is shown.
const SHORT: usize = 7;

pub fn line() -> clap::Command {
    clap::Command::new("update").about(
        "새 레슨과 고친 시나리오를 받습니다 (내 코드는 그대로) / the newest lessons; your code stays",
    )
}

pub fn run(workspace: &Workspace, lang: Lang, _: &ArgMatches) -> Result<Status, Failure> {
    let brought = newer::take(workspace, lang)?;
    let Some((from, to)) = &brought.commits else {
        crate::say!(
            "{}",
            tr!(
                lang,
                "이미 가장 새 판입니다.",
                "This is the newest already."
            )
        );
        return Ok(Status::Passed);
    };
    let (from, to) = (&from[..SHORT.min(from.len())], &to[..SHORT.min(to.len())]);
    crate::say!(
        "{}",
        tr!(
            lang,
            "새 판을 받았습니다: {from} → {to}",
            "Updated: {from} → {to}"
        )
    );
    tell(&brought, from, to, lang);
    Ok(Status::Passed)
}

fn tell(brought: &Brought, from: &str, to: &str, lang: Lang) {
    if !brought.lessons.is_empty() {
        let lessons = brought.lessons.join(", ");
        crate::say!(
            "{}",
            tr!(lang, "새 레슨: {lessons}", "new lessons: {lessons}")
        );
    }
    for path in &brought.kept {
        let lesson = path.split('/').nth(1).unwrap_or_default();
        crate::say!(
            "{}",
            tr!(
                lang,
                "\n{path}\n  시작 코드가 바뀌었습니다. 내 코드는 그대로입니다. 바뀐 것을 보려면:\n    git diff {from} {to} -- {path}\n  새 시작 코드로 하려면(내 코드는 .backup에 둡니다):\n    cargo xtask reset {lesson}",
                "\n{path}\n  Its starter has changed; yours is as it was. To see what changed:\n    git diff {from} {to} -- {path}\n  To take the new starter (yours goes to .backup):\n    cargo xtask reset {lesson}"
            )
        );
    }
}
