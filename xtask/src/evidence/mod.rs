//! One file for whoever did not see a check happen: what it said, the transcripts, the
//! programs, and the machine. Markdown, to be attached to an issue; nothing is sent.
//!
//! ```text
//! transcripts  every scenario: how it was started, what was due, what happened
//! programs     the lesson's folder, as it is
//! machine      versions and facts
//! private      paths that are nobody's business, taken out
//! fence        a text in the file that nothing in it ends
//! ```

mod fence;
mod machine;
mod private;
mod programs;
mod transcripts;

use crate::check::lesson_result::LessonResult;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::report;
use crate::tr;
use private::Private;
use std::time::SystemTime;

/// The whole file. `result` is the check's, or why there was none; `options` is what was typed
/// behind the lesson.
pub fn file(
    workspace: &Workspace,
    lesson: &Lesson,
    result: Result<&LessonResult<'_>, &str>,
    options: &str,
    lang: Lang,
) -> String {
    let private = Private::of(workspace);
    let (said, transcripts) = match result {
        Ok(result) => (
            report::text(result, lang).join("\n"),
            transcripts::section(result, lang),
        ),
        Err(why) => (why.to_owned(), String::new()),
    };
    let the_check = tr!(lang, "## 검사가 말한 것", "## What the check said");
    let said = fence::around("text", said.trim_end());
    let machine = machine::section(workspace, lang);
    let told = private.hide(&format!("{the_check}\n\n{said}\n{transcripts}{machine}"));
    let head = private.hide(&head(lesson, options, lang));
    let programs = programs::section(workspace, lesson, lang);
    format!("{head}{told}{programs}")
}

/// What it is, what is in it, and a place for what the learner wants to say.
fn head(lesson: &Lesson, options: &str, lang: Lang) -> String {
    let (name, number) = (&lesson.name, lesson.number());
    let now = humantime::format_rfc3339_seconds(SystemTime::now());
    tr!(
        lang,
        "# {name} 보고\n\n\
         {now}에 `cargo xtask report {number}{options}`로 만들었습니다. 어디로도 보내지 않았습니다.\n\
         이슈에 붙이기 전에 읽어 보세요. 이 파일에 든 것:\n\n\
         - 검사가 말한 것과 시나리오마다의 대화 기록\n\
         - 이 컴퓨터에 있는 도구의 버전, 운영체제, CPU와 메모리\n\
         - `lessons/{name}`의 프로그램과 `Cargo.toml`, 고치지 않은 그대로\n\n\
         작업 공간의 경로는 `<workspace>`, 홈 폴더는 `~`로 바꾸었습니다. 프로그램 안의 것은\n\
         바꾸지 않았습니다.\n\n\
         ## 무엇이 틀렸다고 생각하나요?\n\n\
         (여기에 쓰세요)\n\n",
        "# A report on {name}\n\n\
         Made at {now} by `cargo xtask report {number}{options}`, and sent to nobody.\n\
         Read it before you attach it to an issue. In it are:\n\n\
         - what the check said, and the transcript of every scenario\n\
         - the versions of this machine's tools, its system, CPUs and memory\n\
         - the programs and `Cargo.toml` of `lessons/{name}`, as they are\n\n\
         The workspace's path is `<workspace>` here, and the home folder `~`. What stands in the\n\
         programs was left alone.\n\n\
         ## What do you think is wrong?\n\n\
         (write it here)\n\n"
    )
}
