//! `cargo xtask list`: the lessons, their steps, and what the last check said.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::progress::Progress;
use crate::lesson::workspace::Workspace;
use crate::report::Style;
use crate::status::Status;
use crate::tr;
use clap::ArgMatches;

pub fn line() -> clap::Command {
    clap::Command::new("list").about("레슨과 단계를 보여 줍니다 / show the lessons and their steps")
}

pub fn run(workspace: &Workspace, lang: Lang, _: &ArgMatches) -> Result<Status, Failure> {
    let progress = Progress::read(workspace);
    let style = Style::of_stdout();
    for lesson in &workspace.lessons {
        let known = progress.of(&lesson.name);
        crate::say!(
            "{}",
            style.bold(&format!(
                "{} {} · {}",
                lesson.short_name(),
                lesson.topic(),
                lesson.title.of(lang)
            ))
        );
        for (number, step) in lesson.numbered_steps() {
            let title = step.title.of(lang);
            if known.passed.contains(&number) {
                crate::say!("  {}", style.good(&format!("✔ {number}  {title}")));
            } else if known.unseen.contains(&number) {
                crate::say!("  {}", style.dim(&format!("◌ {number}  {title}")));
            } else {
                crate::say!("  ○ {number}  {title}");
            }
        }
    }
    crate::say!(
        "{}",
        style.dim(&tr!(
            lang,
            "✔ 마지막 검사에서 통과   ◌ 마지막 검사를 한 컴퓨터에서는 볼 수 없었음",
            "✔ passed in the last check   ◌ could not be seen where it was last checked"
        ))
    );
    Ok(Status::Passed)
}
