//! What cargo said where it did not build and no compiler complained: whose manifest it
//! cannot read, or whose build script failed.

use crate::lang::Lang;
use crate::tr;
use crate::visible;
use std::path::Path;

/// In a sentence, and cargo's own words.
pub fn tell(words: &str, root: &Path, lang: Lang) -> String {
    let words = visible::escaped(words);
    match manifest_in(&words, root) {
        Some(manifest) => tr!(
            lang,
            "cargo가 {manifest}을(를) 읽지 못해 아무 레슨도 빌드하지 못합니다. git checkout -- {manifest}이(가) 되찾아 줍니다.\n{words}",
            "cargo cannot read {manifest}, and builds no lesson. git checkout -- {manifest} brings it back.\n{words}"
        ),
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
            None => format!("{}/Cargo.toml", path.trim_end_matches('/')),
        })
        .next()
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
        let version = "error: failed to select a version for `x`\nrequired by package `lesson-04-accept v0.1.0 (/home/me/course/lessons/lesson-04-accept)`";
        assert_eq!(said(version), wanted);
        assert_eq!(said("error: no such command"), None);
    }

    #[test]
    fn a_build_script_that_fails_belongs_to_a_package() {
        let words = "error: failed to run custom build command for `lesson-04-accept v0.1.0 (/x)`\n\nCaused by:";
        assert_eq!(failed_build_script(words), Some("lesson-04-accept"));
        assert_eq!(failed_build_script("error: no"), None);
    }
}
