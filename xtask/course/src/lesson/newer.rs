//! The course's newer state, as the branch that is followed has it, taken without touching
//! what a learner wrote: a program that was changed here stays as it is on disk, whatever
//! became of its starter.

use crate::lang::Lang;
use crate::lesson::git::Git;
use crate::lesson::kept::Kept;
use crate::lesson::workspace::Workspace;
use crate::tr;
use anyhow::{Context, Result, anyhow, bail};
use std::path::Path;

/// The branch that the learner's branch follows.
const FOLLOWED: &str = "@{upstream}";

/// What a newer state brought.
#[derive(Debug, Default)]
pub struct Brought {
    /// From which commit to which; `None` where there was nothing new.
    pub commits: Option<(String, String)>,
    /// Folders of new lessons.
    pub lessons: Vec<String>,
    /// Programs of which the learner's was kept, though the starter changed.
    pub kept: Vec<String>,
}

/// Takes what is new, having settled a merge that git has left open over learners' programs.
///
/// # Errors
/// A sentence on what is in the way; then nothing was changed but what that sentence says.
pub fn take(workspace: &Workspace, lang: Lang) -> Result<Brought> {
    let git = Git::at(&workspace.root);
    is_a_clone(&git, workspace, lang)?;
    let mut before = git.line(&["rev-parse", "HEAD"])?;
    let settled = settle(&git, workspace, lang)?;
    no_rebase_is_open(&git, workspace, lang)?;
    if settled {
        before = git.line(&["rev-parse", "HEAD^1"])?;
    }
    git.line(&["fetch", "--quiet"]).context(tr!(
        lang,
        "새 판을 가져오지 못했습니다",
        "the newer state could not be fetched"
    ))?;
    let newest = git.line(&["rev-parse", FOLLOWED]).map_err(|_| {
        anyhow!(tr!(
            lang,
            "이 브랜치가 따라가는 브랜치가 없습니다. git branch --set-upstream-to=origin/main으로 정하세요",
            "this branch follows no other; set one with git branch --set-upstream-to=origin/main"
        ))
    })?;
    let base = git.line(&["merge-base", &before, &newest])?;
    if base == newest {
        return Ok(Brought::default());
    }
    if !git.agrees(&["merge-base", "--is-ancestor", &newest, "HEAD"]) {
        merge(&git, workspace, &newest, lang)?;
    }
    let new = git.paths(&[
        "diff",
        "--name-only",
        "-z",
        "--diff-filter=A",
        &base,
        &newest,
    ])?;
    let changed = git.paths(&["diff", "--name-only", "-z", &base, &newest])?;
    let is_kept = |path: &String| {
        let differs = ["diff", "--quiet", &newest, "--", path];
        lesson_of(path).is_some() && git.code(&differs) == Some(1)
    };
    Ok(Brought {
        lessons: new.iter().filter_map(|path| new_lesson(path)).collect(),
        kept: changed.into_iter().filter(is_kept).collect(),
        commits: Some((base, newest)),
    })
}

/// The lesson that a learner's source belongs to: `lessons/lesson-04-accept/src/…`.
fn lesson_of(path: &str) -> Option<&str> {
    let (lesson, rest) = path.strip_prefix("lessons/")?.split_once('/')?;
    rest.starts_with("src/").then_some(lesson)
}

fn new_lesson(path: &str) -> Option<String> {
    let rest = path.strip_prefix("solutions/")?;
    rest.strip_suffix("/lesson.toml").map(str::to_owned)
}

fn is_a_clone(git: &Git<'_>, workspace: &Workspace, lang: Lang) -> Result<()> {
    // The workspace itself, and no folder in somebody else's repository.
    let inside = git.line(&["rev-parse", "--show-prefix"]).ok();
    if inside.as_deref() == Some("") {
        return Ok(());
    }
    let root = workspace.root.display();
    bail!(tr!(
        lang,
        "{root}은(는) git 클론이 아닙니다. 새로 내려받아 풀고, lessons 안의 src 폴더들을 그리로 복사하세요",
        "{root} is not a git clone. Download the course again, and copy the src folders in lessons there"
    ))
}

/// While one is, no branch is followed.
fn no_rebase_is_open(git: &Git<'_>, workspace: &Workspace, lang: Lang) -> Result<()> {
    for state in ["rebase-merge", "rebase-apply"] {
        let kept = git.line(&["rev-parse", "--git-path", state])?;
        if workspace.root.join(kept).exists() {
            bail!(tr!(
                lang,
                "git rebase가 도중에 멈춰 있습니다. 먼저 git rebase --continue로 마치거나 git rebase --abort로 물리세요",
                "a git rebase is not finished; end it with git rebase --continue, or take it back with git rebase --abort"
            ));
        }
    }
    Ok(())
}

/// Ends a merge that stopped at learners' programs: each stays what it was before. True
/// where there was one.
fn settle(git: &Git<'_>, workspace: &Workspace, lang: Lang) -> Result<bool> {
    let open = git.paths(&["diff", "--name-only", "-z", "--diff-filter=U"])?;
    let merging = git.agrees(&["rev-parse", "--quiet", "--verify", "MERGE_HEAD"]);
    let others: Vec<_> = open
        .iter()
        .map(String::as_str)
        .filter(|path| lesson_of(path).is_none() || !merging)
        .collect();
    if !others.is_empty() {
        let others = others.join(", ");
        bail!(tr!(
            lang,
            "git이 합치다 멈췄습니다. 먼저 이 파일들을 마무리하거나 git merge --abort, git rebase --abort로 물리세요: {others}",
            "git has stopped in a merge. First settle these files, or take it back with git merge --abort or git rebase --abort: {others}"
        ));
    }
    if !merging {
        return Ok(false);
    }
    for path in &open {
        settle_one(git, workspace, path)?;
    }
    git.line(&["commit", "--quiet", "--no-edit"])?;
    Ok(true)
}

/// One whose marks of a conflict are gone was settled by the learner.
fn settle_one(git: &Git<'_>, workspace: &Workspace, path: &str) -> Result<()> {
    let file = workspace.root.join(path);
    let there = std::fs::read(&file).unwrap_or_default();
    let is_marked = there
        .split(|byte| *byte == b'\n')
        .any(|line| line.starts_with(b"<<<<<<< "));
    if is_marked {
        // Stage 2: what stood in the learner's branch.
        let own = git.bytes(&["show", &format!(":2:{path}")])?;
        let name = lesson_of(path).unwrap_or_default();
        let lesson = workspace.lessons.iter().find(|lesson| lesson.name == name);
        let lesson = lesson.with_context(|| format!("there is no lesson {name}"))?;
        let kept = Kept::of(workspace, lesson)?;
        let inside = Path::new(path).strip_prefix(Path::new("lessons").join(name))?;
        kept.write(inside, &own)?;
    }
    if file.exists() {
        git.line(&["add", "--", path])?;
    } else {
        git.line(&["rm", "--quiet", "--cached", "--", path])?;
    }
    Ok(())
}

fn merge(git: &Git<'_>, workspace: &Workspace, newest: &str, lang: Lang) -> Result<()> {
    let both = changed_on_both_sides(git, newest)?;
    let others: Vec<_> = both
        .iter()
        .map(String::as_str)
        .filter(|path| lesson_of(path).is_none())
        .collect();
    if !others.is_empty() {
        let others = others.join(", ");
        bail!(tr!(
            lang,
            "새 판이 고치는 파일이 여기서도 바뀌었습니다. 옮겨 두거나 git checkout -- <파일>로 되돌린 뒤 다시 하세요: {others}",
            "files that the newer state changes were changed here, too; move them away, or take them back with git checkout -- <file>, and try again: {others}"
        ));
    }
    let goes_forward = git.agrees(&["merge-base", "--is-ancestor", "HEAD", newest]);
    if let Some(path) = both.first().filter(|_| !goes_forward) {
        bail!(tr!(
            lang,
            "커밋하지 않은 코드가 있습니다. git commit -am '내 코드'로 커밋한 뒤 다시 하세요: {path}",
            "there is code that is not committed; commit it with git commit -am 'my code', and try again: {path}"
        ));
    }
    for lesson in &workspace.lessons {
        if both
            .iter()
            .any(|path| lesson_of(path) == Some(&lesson.name))
        {
            // Nothing is to be written over it; should git do so all the same, it is kept.
            Kept::of(workspace, lesson)?;
        }
    }
    if goes_forward {
        return forward(git, &both, newest);
    }
    // Where both sides changed a program, the learner's stays: .gitattributes names them.
    let merged = git.line(&[
        "-c",
        "merge.learner.driver=true",
        "merge",
        "--quiet",
        "--no-edit",
        newest,
    ]);
    merged.map(|_| ()).inspect_err(|_| {
        git.agrees(&["merge", "--abort"]);
    })
}

/// What differs from HEAD on disk, and in the newer state as well.
fn changed_on_both_sides(git: &Git<'_>, newest: &str) -> Result<Vec<String>> {
    let theirs = git.paths(&["diff", "--name-only", "-z", &format!("HEAD...{newest}")])?;
    let mut here = git.paths(&["diff", "--name-only", "-z", "HEAD"])?;
    here.extend(git.paths(&["ls-files", "--others", "--exclude-standard", "-z"])?);
    here.retain(|path| theirs.contains(path));
    Ok(here)
}

/// Goes on to a commit that has HEAD among its ancestors. git lets a file be that differs on
/// disk where its index says already what the commit has (git-read-tree(1), two trees:
/// "index matches M").
fn forward(git: &Git<'_>, kept: &[String], newest: &str) -> Result<()> {
    let said = |path: &String| -> Result<()> {
        let entry = git.line(&["ls-tree", newest, "--", path])?;
        // `100644 blob 5a3f…<tab>path`; nothing where it is gone there.
        let mut words = entry.split_whitespace();
        if let (Some(mode), Some(_), Some(blob)) = (words.next(), words.next(), words.next()) {
            let entry = format!("{mode},{blob},{path}");
            git.line(&["update-index", "--add", "--cacheinfo", &entry])?;
        } else {
            git.line(&["update-index", "--force-remove", "--", path])?;
        }
        Ok(())
    };
    let moved = kept.iter().try_for_each(said).and_then(|()| {
        let merged = git.line(&["merge", "--quiet", "--ff-only", newest]);
        merged.map(|_| ())
    });
    moved.inspect_err(|_| {
        // The index as it was; the files were not touched.
        for path in kept {
            git.agrees(&["reset", "--quiet", "--", path]);
        }
    })
}
