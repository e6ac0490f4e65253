//! `cargo xtask restore`: brings back what a command put into `.backup`, or lists what
//! there is. What is in its place is backed up before.

use crate::arguments::{self, flag, option, text_in};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::backup::{self, Backup};
use crate::lesson::choose;
use crate::lesson::definition::Lesson;
use crate::lesson::kept::Kept;
use crate::lesson::starter::Sources;
use crate::lesson::strays;
use crate::lesson::workspace::Workspace;
use crate::lesson::written::Written;
use crate::status::Status;
use crate::tr;
use anyhow::{Context, Result};
use clap::ArgMatches;
use std::fs;

pub fn line() -> clap::Command {
    clap::Command::new("restore")
        .about("백업한 코드를 되찾습니다 / bring back what was backed up")
        .args([
            arguments::one_lesson(),
            option("from", "BACKUP").help(
                "백업의 이름이나 목록의 번호 (기본: 지금과 다른 가장 새 백업) / a backup's name or number (default: the newest that differs)",
            ),
            flag("list", "되찾지 않고 목록만 봅니다 / only list what there is").conflicts_with("from"),
        ])
}

pub fn run(workspace: &Workspace, lang: Lang, words: &ArgMatches) -> Result<Status, Failure> {
    let lesson = choose::lesson(workspace, lang, &arguments::lesson_in(words))?;
    strays::is_not_renamed(workspace, lesson, lang)?;
    let backups = backup::all(workspace, lesson)?;
    let name = lesson.short_name();
    if backups.is_empty() {
        crate::say!(
            "{}",
            tr!(
                lang,
                "{name}에는 백업이 없습니다. 되찾을 것이 없습니다.",
                "{name} has no backup; there is nothing to bring back."
            )
        );
        return Ok(Status::Passed);
    }
    if words.get_flag("list") {
        list(workspace, lesson, &backups, lang)?;
        return Ok(Status::Passed);
    }
    let own = backup::own_files(workspace, lesson)?;
    let wanted = match text_in(words, "from") {
        Some(word) => Some(named(lesson, &backups, &word, lang)?),
        None => backups.iter().find(|backup| !backup.is_in(&own)),
    };
    let Some(wanted) = wanted else {
        crate::say!(
            "{}",
            tr!(
                lang,
                "{name}의 코드는 이미 백업과 같습니다. 되찾을 것이 없습니다.",
                "{name} is as in its backup already; there is nothing to bring back."
            )
        );
        return Ok(Status::Passed);
    };
    let kept = Kept::of(workspace, lesson)?;
    kept.tell(lang);
    for (path, file) in wanted.files()? {
        let text = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        kept.write(&path, &text)?;
    }
    let (folder, count) = (workspace.path_of(&wanted.folder), backups.len());
    crate::say!(
        "{}",
        tr!(
            lang,
            "{folder}의 코드를 되찾았습니다.",
            "What was in {folder} is back."
        )
    );
    if count > 1 {
        let number = lesson.number();
        crate::say!(
            "{}",
            tr!(
                lang,
                "백업은 {count}개입니다. 모두 보려면: cargo xtask restore {number} --list",
                "There are {count} backups. To see them: cargo xtask restore {number} --list"
            )
        );
    }
    Ok(Status::Passed)
}

/// By its name, or by its number in the list.
fn named<'a>(
    lesson: &Lesson,
    backups: &'a [Backup],
    word: &str,
    lang: Lang,
) -> Result<&'a Backup, Failure> {
    // A folder's name may come with its path, as a shell completes it.
    let name = word.trim_end_matches(['/', '\\']);
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let by_number = name.parse::<usize>().ok();
    let by_number = by_number.and_then(|number| backups.get(number.checked_sub(1)?));
    let mut all = backups.iter();
    let found = all.find(|backup| backup.name == name).or(by_number);
    let number = lesson.number();
    found.ok_or_else(|| {
        Failure::Usage(tr!(
            lang,
            "'{word}'(이)라는 백업은 없습니다. cargo xtask restore {number} --list가 모두 보여 줍니다.",
            "There is no backup '{word}'. cargo xtask restore {number} --list shows them all."
        ))
    })
}

fn list(
    workspace: &Workspace,
    lesson: &Lesson,
    backups: &[Backup],
    lang: Lang,
) -> Result<(), Failure> {
    let sources = Sources::read(workspace, lesson)?;
    let own = backup::own_files(workspace, lesson)?;
    for (number, backup) in (1..).zip(backups) {
        let name = &backup.name;
        let steps = steps_of(lesson, &sources, backup)?;
        let steps = match steps.as_str() {
            "" => tr!(lang, "작성한 단계 없음", "no step written"),
            steps => tr!(lang, "작성한 단계: {steps}", "steps written: {steps}"),
        };
        let here = if backup.is_in(&own) {
            tr!(lang, " (지금과 같음)", " (as it is now)")
        } else {
            String::new()
        };
        crate::say!("{number:>3}  {name}  {steps}{here}");
    }
    Ok(())
}

/// The steps that are written in a backup: `1, 2`. What is no Rust has none that is known.
fn steps_of(lesson: &Lesson, sources: &Sources, backup: &Backup) -> Result<String> {
    let programs: Vec<_> = lesson
        .roles
        .iter()
        .filter_map(|role| {
            let file = backup.folder.join("src").join(Lesson::file_of(role));
            let text = fs::read_to_string(file.with_extension("rs")).ok()?;
            Some((role.clone(), text))
        })
        .collect();
    let written = Written::of(lesson, sources, &programs)?;
    let steps = lesson.steps_to_write().into_iter();
    let steps = steps.filter(|step| !written.lacks(*step));
    let steps: Vec<_> = steps.map(|step| step.to_string()).collect();
    Ok(steps.join(", "))
}
