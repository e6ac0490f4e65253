//! `cargo xtask dev new`: the files of a new lesson, which compile, with a program of one
//! step. What is left to do in them says TODO.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::kept::Kept;
use crate::lesson::whole_file;
use crate::lesson::workspace::Workspace;
use crate::status::Status;
use crate::tr;
use clap::{Arg, ArgMatches};

/// Where each file goes, and what is in it.
const FILES: [(&str, &str); 9] = [
    (
        "solutions/@LESSON@/Cargo.toml",
        include_str!("../../../skeleton/Cargo.toml.txt"),
    ),
    (
        "solutions/@LESSON@/src/main.rs",
        include_str!("../../../skeleton/main.rs.txt"),
    ),
    (
        "solutions/@LESSON@/python/main.py",
        include_str!("../../../skeleton/main.py.txt"),
    ),
    (
        "solutions/@LESSON@/lesson.toml",
        include_str!("../../../skeleton/lesson.toml.txt"),
    ),
    (
        "solutions/@LESSON@/scenarios.toml",
        include_str!("../../../skeleton/scenarios.toml.txt"),
    ),
    (
        "solutions/@LESSON@/spec.toml",
        include_str!("../../../skeleton/spec.toml.txt"),
    ),
    (
        "lessons/@LESSON@/tests/check.rs",
        include_str!("../../../skeleton/check.rs.txt"),
    ),
    (
        "book/ko/@LESSON@.md",
        include_str!("../../../skeleton/chapter.ko.md.txt"),
    ),
    (
        "book/en/@LESSON@.md",
        include_str!("../../../skeleton/chapter.en.md.txt"),
    ),
];

pub fn line() -> clap::Command {
    clap::Command::new("new")
        .about("새 레슨의 뼈대를 만듭니다 / the skeleton of a new lesson")
        .arg(Arg::new("LESSON").required(true).help("lesson-16-framing"))
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let name = crate::arguments::lesson_in(words);
    let Some((number, topic)) = parts(&name) else {
        return Err(Failure::Usage(tr!(
            lang,
            "'{name}'은(는) 레슨의 이름이 아닙니다. lesson-16-framing처럼 두 자리 번호와 영어 소문자로 지으세요.",
            "'{name}' is not the name of a lesson; give it two digits and lower case, as in lesson-16-framing."
        )));
    };
    if let Some(other) = workspace
        .lessons
        .iter()
        .find(|lesson| lesson.number() == number)
    {
        let other = &other.name;
        return Err(Failure::Usage(tr!(
            lang,
            "{number}번 레슨은 이미 있습니다: {other}",
            "There is a lesson {number} already: {other}"
        )));
    }
    let filled = |text: &str| {
        let text = text.replace("@LESSON@", &name).replace("@NUMBER@", number);
        text.replace("@TOPIC@", topic)
    };
    let files = FILES.map(|(path, text)| (workspace.root.join(filled(path)), filled(text)));
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        let path = workspace.path_of(path);
        return Err(Failure::Usage(tr!(
            lang,
            "{path}이(가) 이미 있어 아무것도 쓰지 않았습니다.",
            "{path} is there already; nothing was written."
        )));
    }
    for (path, text) in &files {
        whole_file::put(path, text.as_bytes())?;
    }
    let lesson = Lesson::read(&workspace.root.join("solutions").join(&name))?;
    Kept::of(workspace, &lesson)?.write_starter()?;
    crate::say!(
        "{}",
        tr!(
            lang,
            "만들었습니다: solutions/{name}, lessons/{name}, book/ko/{name}.md, book/en/{name}.md\n남은 일: cargo xtask dev check {number}",
            "made: solutions/{name}, lessons/{name}, book/ko/{name}.md, book/en/{name}.md\nwhat is left to do: cargo xtask dev check {number}"
        )
    );
    Ok(Status::Passed)
}

/// `lesson-16-framing`: its number and its topic.
fn parts(name: &str) -> Option<(&str, &str)> {
    let (number, topic) = name.strip_prefix("lesson-")?.split_once('-')?;
    let is_number = number.len() == 2 && number.chars().all(|c| c.is_ascii_digit());
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    (is_number && topic.split('-').all(is_word)).then_some((number, topic))
}
