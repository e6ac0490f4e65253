//! Folders in `lessons/` that are a lesson under another name: one that was renamed, and
//! copies, of which cargo takes none (two packages of one name). What else lies there is the
//! learner's own and nobody's business.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::tr;
use anyhow::anyhow;
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// A folder in `lessons/` whose manifest has the name of a lesson that is not the folder's.
#[derive(Debug, PartialEq, Eq)]
pub struct Stray {
    pub folder: String,
    pub lesson: String,
    /// The lesson is in its own folder, too.
    pub is_copy: bool,
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
}

/// In the order of the folders' names.
pub fn all(workspace: &Workspace) -> Vec<Stray> {
    let lessons = workspace.root.join("lessons");
    let folders = fs::read_dir(&lessons).into_iter().flatten().flatten();
    let stray = |folder: String| {
        let lesson = package_in(&lessons.join(&folder))?;
        let is_a_lesson = workspace.lessons.iter().any(|known| known.name == lesson);
        (is_a_lesson && folder != lesson).then(|| Stray {
            is_copy: lessons.join(&lesson).join("Cargo.toml").is_file(),
            folder,
            lesson,
        })
    };
    let names = folders.filter_map(|folder| folder.file_name().into_string().ok());
    let mut strays: Vec<_> = names.filter_map(stray).collect();
    strays.sort_by(|one, other| one.folder.cmp(&other.folder));
    strays
}

/// Where `lesson` is in a folder of another name, and its own is not there: a starter beside
/// it would be a second package of its name.
pub fn about_the_renamed(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Option<String> {
    let name = &lesson.name;
    let is_it = |stray: &Stray| stray.lesson == *name && !stray.is_copy;
    let other = all(workspace).into_iter().find(is_it)?.folder;
    Some(tr!(
        lang,
        "{name}이(가) lessons/{other}(으)로 이름이 바뀌어 있습니다. 폴더 이름을 {name}(으)로 되돌린 뒤 다시 하세요.",
        "lessons/{other} is {name} under another name. Rename the folder back to {name}, and try again."
    ))
}

/// For whoever writes into the lesson's folder.
///
/// # Errors
/// As [`about_the_renamed`] says it.
pub fn is_not_renamed(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Result<(), Failure> {
    match about_the_renamed(workspace, lesson, lang) {
        Some(renamed) => Err(Failure::Unable(anyhow!(renamed))),
        None => Ok(()),
    }
}

impl Stray {
    /// Does cargo stop at this copy? It reads what the workspace's `members` name.
    pub fn stops_cargo(&self, workspace: &Workspace) -> bool {
        let number = self.folder.strip_prefix("lesson-");
        let folder = workspace.root.join("lessons").join(&self.folder);
        self.is_copy
            && number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            && folder.join("tests").is_dir()
    }
}

fn package_in(folder: &Path) -> Option<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let manifest: Manifest = toml::from_str(&manifest).ok()?;
    Some(manifest.package.name)
}
