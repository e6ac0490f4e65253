//! What `cargo xtask` alone says: how much is passed, the lesson and the step to go on with,
//! and three commands that do; or a welcome.

use super::style::Style;
use super::ways_on::answered_in;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::tr;

/// Of a learner who has begun.
pub struct Whereabouts<'a> {
    /// Lessons.
    pub passed: usize,
    pub all: usize,
    /// The lesson to go on with, its step, and whether its chapter was printed; `None` where
    /// all is passed.
    pub next: Option<(&'a Lesson, u32, bool)>,
}

impl Whereabouts<'_> {
    pub fn lines(&self, lang: Lang, style: &Style) -> Vec<String> {
        let (passed, all) = (self.passed, self.all);
        let bar = "#".repeat(passed) + &"-".repeat(all.saturating_sub(passed));
        let mut lines = vec![tr!(
            lang,
            "[{bar}]  레슨 {all}개 가운데 {passed}개 통과",
            "[{bar}]  {passed} of {all} lessons passed"
        )];
        lines.push(String::new());
        match self.next {
            Some((lesson, step, chapter)) => {
                lines.extend(about(lesson, step, chapter, lang, style));
            }
            None => lines.extend(after_the_last(lang, style)),
        }
        lines
    }
}

fn about(lesson: &Lesson, step: u32, chapter: bool, lang: Lang, style: &Style) -> Vec<String> {
    let (name, topic, title) = (lesson.short_name(), lesson.topic(), lesson.title.of(lang));
    let all = lesson.steps.len();
    let task = lesson.step(step).map_or("", |step| step.title.of(lang));
    let (code, folder) = (lang.code(), &lesson.name);
    let page = format!("target/book/{code}/{folder}.html#step-{step}");
    let file = Lesson::file_of(lesson.role_of(step));
    let mut lines = vec![style.bold(&format!("{name} {topic} · {title}"))];
    lines.extend(style.wrapped_behind(
        "  ",
        &tr!(
            lang,
            "{all}단계 중 {step}단계: {task}",
            "step {step} of {all}: {task}"
        ),
    ));
    lines.push(tr!(
        lang,
        "  파일  lessons/{folder}/src/{file}.rs",
        "  file     lessons/{folder}/src/{file}.rs"
    ));
    if chapter {
        lines.push(tr!(lang, "  교재  {page}", "  chapter  {page}"));
    }
    lines.push(String::new());
    let (number, spoken) = (lesson.number(), answered_in(lang));
    let has_hints = lesson.step(step).is_some_and(|it| !it.hints.is_empty());
    let commands = [
        (
            format!("check {number}{spoken}"),
            tr!(lang, "검사합니다", "check what you wrote"),
        ),
        if has_hints {
            (
                format!("hint {number} {step}{spoken}"),
                tr!(lang, "다음 힌트를 봅니다", "the next hint"),
            )
        } else {
            (
                format!("reset {number}{spoken}"),
                tr!(lang, "처음 코드로 되돌립니다", "back to the code as it was"),
            )
        },
        if chapter {
            (
                format!("list{spoken}"),
                tr!(lang, "모든 레슨을 봅니다", "all lessons"),
            )
        } else {
            (
                format!("book --open{spoken}"),
                tr!(lang, "책을 만들어 엽니다", "print the book and open it"),
            )
        },
    ];
    lines.extend(table(&commands, style));
    lines
}

fn after_the_last(lang: Lang, style: &Style) -> Vec<String> {
    let spoken = answered_in(lang);
    let commands = [
        (
            format!("list{spoken}"),
            tr!(lang, "모든 레슨을 봅니다", "all lessons"),
        ),
        (
            format!("check --all{spoken}"),
            tr!(lang, "모두 다시 검사합니다", "check all of them again"),
        ),
        (
            format!("spec 09{spoken}"),
            tr!(
                lang,
                "규약을 보고 다른 언어로 작성해 봅니다",
                "for whoever writes it in another language"
            ),
        ),
    ];
    let said = tr!(lang, "모든 레슨을 통과했습니다.", "Every lesson is passed.");
    let mut lines = vec![style.good(&said), String::new()];
    lines.extend(table(&commands, style));
    lines
}

/// For whoever is here for the first time.
pub fn welcome(lang: Lang, style: &Style) -> Vec<String> {
    let mut lines = style.wrapped_behind(
        "",
        &tr!(
            lang,
            "소켓 프로그래밍을 직접 해 보며 배우는 레슨입니다. 책의 한 장을 읽고, 작은 프로그램의 한 단계를 작성하고, 검사합니다. 검사는 그 프로그램을 실행해 네트워크로 말을 걸고, 무슨 일이 있었는지 보여 줍니다.",
            "Here you learn socket programming by doing it: read a chapter of the book, write one step of a small program, and check it. The check starts your program, talks to it over the network, and shows what happened."
        ),
    );
    let spoken = answered_in(lang);
    let commands = [
        (
            format!("check 00{spoken}"),
            tr!(lang, "준비되었는지 봅니다", "is everything ready?"),
        ),
        (
            format!("book --open{spoken}"),
            tr!(
                lang,
                "책을 만들어 엽니다 (처음에는 1분쯤)",
                "print and open the book; a minute, once"
            ),
        ),
        match lang {
            Lang::Ko => ("lang en".to_owned(), "English from now on".to_owned()),
            Lang::En => ("lang ko".to_owned(), "앞으로 한국어로 답합니다".to_owned()),
        },
    ];
    lines.push(String::new());
    lines.extend(table(&commands, style));
    lines
}

/// Commands, whole, and what each does.
fn table(commands: &[(String, String)], style: &Style) -> Vec<String> {
    let widest = commands.iter().map(|(command, _)| command.len()).max();
    let widest = widest.unwrap_or_default();
    let line = |(command, does): &(String, String)| {
        let command = format!("cargo xtask {command:widest$}");
        format!("  {}   {}", style.bold(&command), style.dim(does))
    };
    commands.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::workspace::Workspace;
    use textwrap::core::display_width;

    /// As it fits into a small terminal, with three commands.
    fn fits(lines: &[String]) {
        let text = lines.join("\n");
        let widest = lines.iter().map(|line| display_width(line)).max();
        assert!(widest <= Some(80), "{text}");
        assert_eq!(text.matches("  cargo xtask ").count(), 3, "{text}");
    }

    #[test]
    fn wherever_a_learner_is_three_commands_go_on() {
        let workspace = Workspace::find().unwrap();
        let style = Style::plain(80);
        let (passed, all) = (3, workspace.lessons.len());
        for lang in [Lang::Ko, Lang::En] {
            for lesson in &workspace.lessons {
                for (step, _) in lesson.numbered_steps() {
                    for chapter in [false, true] {
                        let next = Some((lesson, step, chapter));
                        fits(&Whereabouts { passed, all, next }.lines(lang, &style));
                    }
                }
            }
            let next = None;
            fits(&Whereabouts { passed, all, next }.lines(lang, &style));
            fits(&welcome(lang, &style));
        }
    }
}
