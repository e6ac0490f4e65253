//! How a file that belongs to the course comes back as it was: from git where git has it,
//! else from what was downloaded.

use crate::lang::Lang;
use crate::tr;
use std::path::Path;
use std::process::{Command, Stdio};

/// In a sentence. `path` is a file's or a folder's, from the workspace's root.
pub fn sentence(root: &Path, path: &str, lang: Lang) -> String {
    if is_tracked(root, path) {
        tr!(
            lang,
            "git checkout -- {path}로 되찾을 수 있습니다.",
            "git checkout -- {path} brings it back."
        )
    } else {
        tr!(
            lang,
            "이 폴더에는 git 기록이 없으니, 내려받은 압축 파일에서 {path}을(를) 다시 꺼내 넣으세요.",
            "This folder has no git history: take {path} out of the archive that you downloaded."
        )
    }
}

/// Does git have `path`, though it may be missing or different now?
pub fn is_tracked(root: &Path, path: &str) -> bool {
    let mut git = Command::new("git");
    git.current_dir(root)
        .args(["ls-files", "--error-unmatch", "--", path])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    probe::household::undisturbed(|| git.status()).is_ok_and(|status| status.success())
}
