//! Lessons that cargo or a check cannot find, because their folders were copied, renamed or
//! lost their manifest.

use super::finding::{Finding, State};
use crate::lang::Lang;
use crate::lesson::bring_back;
use crate::lesson::strays::{self, Stray};
use crate::lesson::workspace::Workspace;
use crate::tr;

pub(super) fn findings(workspace: &Workspace, lang: Lang) -> Vec<Finding> {
    let strays = strays::all(workspace);
    let stray = |stray: &Stray| of_a_stray(workspace, stray, lang);
    let mut findings: Vec<_> = strays.iter().filter_map(stray).collect();
    let names = workspace.lessons.iter().map(|lesson| &lesson.name);
    findings.extend(names.filter_map(|name| of_no_manifest(workspace, name, lang)));
    findings
}

fn of_a_stray(workspace: &Workspace, stray: &Stray, lang: Lang) -> Option<Finding> {
    let Stray { folder, lesson, .. } = stray;
    if stray.is_copy {
        return stray.stops_cargo(workspace).then(|| {
            let what = tr!(
                lang,
                "lessons/{folder}: {lesson}의 복사본입니다",
                "lessons/{folder}: a copy of {lesson}"
            );
            let purpose = tr!(
                lang,
                "cargo는 이름이 같은 패키지를 둘 받지 않아, 모든 명령이 멈춥니다.",
                "cargo takes no two packages of one name, and every command stops."
            );
            Finding::new(State::Needed, what, purpose).or_do(tr!(
                lang,
                "복사본을 lessons/ 밖으로 옮기세요.",
                "Move the copy out of lessons/."
            ))
        });
    }
    let what = tr!(
        lang,
        "lessons/{folder}: {lesson}의 이름이 바뀌었습니다",
        "lessons/{folder}: {lesson} under another name"
    );
    let purpose = tr!(
        lang,
        "검사는 레슨을 폴더 이름으로 찾습니다.",
        "A check finds a lesson by the name of its folder."
    );
    let finding = Finding::new(State::Missing, what, purpose);
    Some(finding.or_do(tr!(
        lang,
        "폴더 이름을 {lesson}(으)로 되돌리세요.",
        "Rename the folder back to {lesson}."
    )))
}

/// A lesson's folder that cargo looks into and finds no manifest in.
fn of_no_manifest(workspace: &Workspace, lesson: &str, lang: Lang) -> Option<Finding> {
    let folder = workspace.root.join("lessons").join(lesson);
    if !folder.join("tests").is_dir() || folder.join("Cargo.toml").is_file() {
        return None;
    }
    let manifest = format!("lessons/{lesson}/Cargo.toml");
    let what = tr!(lang, "{manifest}: 없습니다", "{manifest}: missing");
    let purpose = tr!(
        lang,
        "이것이 없으면 cargo가 어떤 레슨도 빌드하지 못합니다.",
        "Without it cargo builds no lesson at all."
    );
    let how = bring_back::sentence(&workspace.root, &manifest, lang);
    Some(Finding::new(State::Needed, what, purpose).or_do(how))
}
