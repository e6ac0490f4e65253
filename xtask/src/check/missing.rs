//! What is missing for a check of a lesson, or is there and is no file, in a sentence that
//! says what to do; nothing is suggested that would overwrite what is there.

use crate::lang::Lang;
use crate::lesson::bring_back;
use crate::lesson::definition::Lesson;
use crate::lesson::strays;
use crate::lesson::workspace::Workspace;
use crate::tr;
use std::fs;
use std::path::Path;

/// What stands in the place of a file.
#[derive(Debug, PartialEq, Eq)]
enum Instead {
    Nothing,
    Folder,
    /// A symbolic link that leads to no file.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

impl Instead {
    /// `None` where there is a file, or a link to one.
    fn of(path: &Path) -> Option<Self> {
        if path.is_file() {
            return None;
        }
        Some(match fs::symlink_metadata(path) {
            Err(_) => Self::Nothing,
            Ok(there) if there.is_symlink() => Self::Link,
            Ok(there) if there.is_dir() => Self::Folder,
            Ok(_) => Self::Other,
        })
    }
}

/// Why `lesson` cannot be checked; `None` where all its files are there.
pub fn why_not(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Option<String> {
    let folder = workspace.starter_of(lesson);
    let tests = folder.join("tests").join("check.rs");
    let mut files = vec![folder.join("Cargo.toml")];
    files.extend(workspace.program_files_of(lesson));
    files.push(tests.clone());
    let shared = workspace.shared_scenarios_of(lesson);
    let shared = shared.map(|folder| folder.join("mod.rs"));
    files.extend(shared.clone());
    let (path, instead) = files
        .iter()
        .find_map(|path| Some((path, Instead::of(path)?)))?;
    let file = path.strip_prefix(&workspace.root).unwrap_or(path).display();
    let (name, short) = (&lesson.name, lesson.number());
    if let Some(renamed) = strays::about_the_renamed(workspace, lesson, lang) {
        return Some(renamed);
    }
    let what = match instead {
        Instead::Nothing if Some(path) == shared.as_ref() => {
            let folder = path.parent().unwrap_or(path);
            let folder = workspace.path_of(folder);
            let how = bring_back::sentence(&workspace.root, &folder, lang);
            return Some(tr!(
                lang,
                "{file} 파일이 없습니다. {how} src는 그대로 둡니다.",
                "{file} is missing. {how} Leave src alone."
            ));
        }
        Instead::Nothing if tests.is_file() => {
            return Some(tr!(
                lang,
                "{file} 파일이 없습니다. cargo xtask reset {short}이(가) 시작 코드를 다시 만듭니다.",
                "{file} is missing; cargo xtask reset {short} writes the starter again."
            ));
        }
        Instead::Nothing => {
            let tests = format!("lessons/{name}/tests");
            let how = bring_back::sentence(&workspace.root, &tests, lang);
            return Some(tr!(
                lang,
                "{file} 파일이 없습니다. {how} src는 그대로 둡니다.",
                "{file} is missing. {how} Leave src alone."
            ));
        }
        Instead::Folder => tr!(lang, "폴더입니다", "a folder"),
        Instead::Link => tr!(
            lang,
            "파일로 이어지지 않는 심볼릭 링크입니다",
            "a symbolic link that leads to no file"
        ),
        Instead::Other => tr!(
            lang,
            "파이프, 소켓, 장치 가운데 하나입니다",
            "a pipe, a socket or a device"
        ),
    };
    Some(tr!(
        lang,
        "{file}이(가) 파일이 아니라 {what}. 다른 곳으로 옮긴 뒤 다시 검사하세요.",
        "{file} is not a file but {what}. Move it somewhere else, and check again."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_called_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("file"), "").unwrap();
        fs::create_dir(path("folder")).unwrap();
        assert_eq!(Instead::of(&path("file")), None);
        assert_eq!(Instead::of(&path("none")), Some(Instead::Nothing));
        assert_eq!(Instead::of(&path("folder")), Some(Instead::Folder));
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_as_good_as_what_it_leads_to() {
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("file"), "").unwrap();
        symlink(path("file"), path("good")).unwrap();
        symlink(path("none"), path("dangling")).unwrap();
        symlink(path("loop"), path("loop")).unwrap();
        let _listener = UnixListener::bind(path("socket")).unwrap();
        assert_eq!(Instead::of(&path("good")), None);
        assert_eq!(Instead::of(&path("dangling")), Some(Instead::Link));
        assert_eq!(Instead::of(&path("loop")), Some(Instead::Link));
        assert_eq!(Instead::of(&path("socket")), Some(Instead::Other));
    }
}
