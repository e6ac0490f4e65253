//! The script with which a failing scenario is repeated by hand: a file that `cargo xtask
//! talk` runs. There is one a step, so that they do not pile up.

use crate::explain::by_hand::ByHand;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result};
use probe::Report;
use std::fs;
use std::io::Write;

/// Writes the script of this scenario under `name`; the command that runs it. `None` where
/// the scenario is not one that a single peer could play.
///
/// # Errors
/// The file cannot be written.
pub fn write(
    workspace: &Workspace,
    lesson: &Lesson,
    name: &str,
    report: &Report,
    lang: Lang,
) -> Result<Option<String>> {
    let Some(by_hand) = ByHand::of(report, lang) else {
        return Ok(None);
    };
    let file = format!("{}-{name}.talk", lesson.number());
    let title = lesson.title_of(&report.scenario, lang);
    let title = format!("{}: {title}", lesson.short_name());
    let folder = workspace.scratch();
    let why = || format!("target/xtask/{file} cannot be written");
    // Whole or not at all: another check may be writing the same.
    fs::create_dir_all(&folder).with_context(why)?;
    let mut fresh = tempfile::NamedTempFile::new_in(&folder).with_context(why)?;
    fresh
        .write_all(by_hand.script(&title).as_bytes())
        .with_context(why)?;
    fresh.persist(folder.join(&file)).with_context(why)?;
    let arguments = by_hand.arguments();
    Ok(Some(format!(
        "cargo xtask talk {arguments} --script target/xtask/{file}"
    )))
}
