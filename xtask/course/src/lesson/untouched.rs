//! Is what belongs to the course, and not to the learner, still as it was? Only git knows
//! the scenarios; the manifest is known as it is generated.

use crate::lang::Lang;
use crate::lesson::bring_back;
use crate::lesson::definition::Lesson;
use crate::lesson::git::Git;
use crate::lesson::starter;
use crate::lesson::workspace::Workspace;
use crate::tr;
use std::path::Path;

/// True where the lesson's `tests` are known to differ from what git has, or the scenarios
/// that it shares with others.
pub fn check_differs(workspace: &Workspace, lesson: &Lesson) -> bool {
    let tests = workspace.starter_of(lesson).join("tests");
    differs(&workspace.root, &tests) == Some(true) || shared_differ(workspace, lesson)
}

fn shared_differ(workspace: &Workspace, lesson: &Lesson) -> bool {
    shared_that_differ(workspace, lesson).is_some()
}

/// The folder of what it shares with others, where that is known to differ: `lessons/chat`.
fn shared_that_differ(workspace: &Workspace, lesson: &Lesson) -> Option<String> {
    let shared = workspace.shared_scenarios_of(lesson)?;
    let differs = differs(&workspace.root, &shared) == Some(true);
    differs.then(|| workspace.path_of(&shared))
}

/// True where the lesson's programs are known to be what git has.
pub fn program_is_as_git_has_it(workspace: &Workspace, lesson: &Lesson) -> bool {
    let source = workspace.starter_of(lesson).join("src");
    differs(&workspace.root, &source) == Some(false)
}

/// Where the lesson's snapshots are known to differ from what git has: every check is held
/// against them, also where an earlier program has written them.
pub fn about_the_snapshots(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> Option<String> {
    let changed = differs(&workspace.root, &workspace.snapshots_of(lesson)) == Some(true);
    let name = &lesson.name;
    changed.then(|| {
        tr!(
            lang,
            "solutions/{name}/snapshots가 처음과 다릅니다. git checkout -- solutions/{name}/snapshots가 되찾아 줍니다.",
            "solutions/{name}/snapshots are not as they were. git checkout -- solutions/{name}/snapshots brings them back."
        )
    })
}

/// `None` where git does not know.
fn differs(root: &Path, path: &Path) -> Option<bool> {
    let git = Git::at(root);
    let path = path.to_string_lossy();
    let ask = |arguments: &[&str]| git.code(&[arguments, &["--", &path]].concat());
    let tracked = ask(&["ls-files", "--error-unmatch"]) == Some(0);
    match ask(&["diff", "--quiet", "HEAD"]).filter(|_| tracked)? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// For somebody who changed what is not theirs to change.
pub fn about_the_scenarios(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> String {
    let name = &lesson.name;
    if let Some(shared) = shared_that_differ(workspace, lesson) {
        return tr!(
            lang,
            "{shared}이(가) 처음과 다릅니다. git checkout -- {shared}이(가) 되찾아 줍니다. src는 그대로 둡니다.",
            "{shared} is not as it was. git checkout -- {shared} brings it back, and leaves src alone."
        );
    }
    tr!(
        lang,
        "lessons/{name}/tests/check.rs가 처음과 다릅니다. git checkout -- lessons/{name}/tests가 되찾아 줍니다. src는 그대로 둡니다.",
        "lessons/{name}/tests/check.rs is not as it was. git checkout -- lessons/{name}/tests brings it back, and leaves src alone."
    )
}

/// What of the course was changed, where the scenarios themselves do not compile; `None`
/// where nothing is known to be.
pub fn why_the_scenarios_do_not_compile(
    workspace: &Workspace,
    lesson: &Lesson,
    lang: Lang,
) -> Option<String> {
    if check_differs(workspace, lesson) {
        return Some(about_the_scenarios(workspace, lesson, lang));
    }
    let name = &lesson.name;
    let same = starter::manifest_is_as_generated(workspace, lesson);
    (!same.ok()?).then(|| {
        let manifest = format!("lessons/{name}/Cargo.toml");
        let how = bring_back::sentence(&workspace.root, &manifest, lang);
        tr!(
            lang,
            "{manifest}이 처음과 다릅니다. {how} src는 그대로 둡니다.",
            "{manifest} is not as it was. {how} Leave src alone."
        )
    })
}
