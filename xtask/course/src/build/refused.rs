//! What cargo said where it did not build and no compiler complained: whose manifest it
//! cannot read, or whose build script failed.

use crate::lang::Lang;
use crate::lesson::bring_back;
use crate::tr;
use crate::visible;
use std::path::Path;

/// In a sentence, and cargo's own words.
pub fn tell(words: &str, root: &Path, lang: Lang) -> String {
    let words = visible::escaped(words);
    if let Some((lesson, copy)) = copied_lesson(&words) {
        return tr!(
            lang,
            "lessons/{copy}은(는) {lesson}의 복사본입니다. cargo는 이름이 같은 패키지를 둘 받지 않습니다. 복사본을 lessons/ 밖으로 옮기세요.\n{words}",
            "lessons/{copy} is a copy of {lesson}, and cargo takes no two packages of one name. Move the copy out of lessons/.\n{words}"
        );
    }
    match manifest_in(&words, root) {
        Some(manifest) => {
            let how = bring_back::sentence(root, &manifest, lang);
            tr!(
                lang,
                "cargo가 {manifest}을(를) 읽지 못해 아무 레슨도 빌드하지 못합니다. {how}\n{words}",
                "cargo cannot read {manifest}, and builds no lesson. {how}\n{words}"
            )
        }
        None => tr!(
            lang,
            "cargo가 시작하지 못했습니다.\n{words}",
            "cargo could not begin.\n{words}"
        ),
    }
}

/// The manifest of a lesson, by its path in the workspace, that the words name first.
fn manifest_in(words: &str, root: &Path) -> Option<String> {
    let root = root.display().to_string().replace('\\', "/");
    let words = words.replace('\\', "/");
    let inside = words.split(['`', '\'', '"', ' ', '\n', '(', ')']);
    inside
        .filter_map(|word| word.strip_prefix(&root)?.strip_prefix('/'))
        .filter(|path| path.starts_with("lessons/") || path.starts_with("solutions/"))
        .map(|path| match path.strip_suffix("/Cargo.toml") {
            Some(_) => path.to_owned(),
            // A package is named by its folder.
            // A member may be found by a folder in it: `lessons/lesson-04-accept/tests/..`
            None => {
                let folder = path.trim_end_matches('/').trim_end_matches("/tests/..");
                format!("{folder}/Cargo.toml")
            }
        })
        .next()
}

/// A lesson that is there twice, and the copy's folder, where that is what the words say.
fn copied_lesson(words: &str) -> Option<(String, String)> {
    let (_, after) = words.split_once("two packages named `")?;
    let (lesson, paths) = after.split_once('`')?;
    let paths = paths.replace('\\', "/");
    let folders = paths.lines().filter_map(|line| {
        let folder = line.trim_end().strip_suffix("/Cargo.toml")?;
        folder.rsplit('/').next()
    });
    let mut copies = folders.filter(|folder| *folder != lesson);
    Some((lesson.to_owned(), copies.next()?.to_owned()))
}

/// The package whose build script failed, where that is what the words say.
pub fn failed_build_script(words: &str) -> Option<&str> {
    let (_, after) = words.split_once("failed to run custom build command for `")?;
    after.split([' ', '`']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lesson_whose_manifest_is_broken_is_named() {
        let root = Path::new("/home/me/course");
        let said = |words| manifest_in(words, root);
        let parse = "error: failed to parse manifest at `/home/me/course/lessons/lesson-04-accept/Cargo.toml`";
        let wanted = Some("lessons/lesson-04-accept/Cargo.toml".to_owned());
        assert_eq!(said(parse), wanted);
        let load = "error: failed to load manifest for workspace member `/home/me/course/lessons/lesson-04-accept/tests/..`";
        assert_eq!(said(load), wanted);
        let version = "error: failed to select a version for `x`\nrequired by package `lesson-04-accept v0.1.0 (/home/me/course/lessons/lesson-04-accept)`";
        assert_eq!(said(version), wanted);
        assert_eq!(said("error: no such command"), None);
    }

    #[test]
    fn a_lesson_that_is_there_twice_is_named_with_its_copy() {
        let words = "error: two packages named `lesson-04-accept` in this workspace:\n- /x/lessons/lesson-04-accept copy/Cargo.toml\n- /x/lessons/lesson-04-accept/Cargo.toml";
        let (lesson, copy) = copied_lesson(words).unwrap();
        assert_eq!(lesson, "lesson-04-accept");
        assert_eq!(copy, "lesson-04-accept copy");
        assert_eq!(copied_lesson("error: no such command"), None);
    }

    #[test]
    fn a_build_script_that_fails_belongs_to_a_package() {
        let words = "error: failed to run custom build command for `lesson-04-accept v0.1.0 (/x)`\n\nCaused by:";
        assert_eq!(failed_build_script(words), Some("lesson-04-accept"));
        assert_eq!(failed_build_script("error: no"), None);
    }
}
