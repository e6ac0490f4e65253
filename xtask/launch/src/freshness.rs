//! Whether the tool is as new as its sources: what cargo looks at as well, in a few
//! milliseconds instead of a start of cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The tool's program, and what it was made of.
pub struct Tool {
    pub program: PathBuf,
    /// Touched whenever cargo has said that the program is up to date.
    stamp: PathBuf,
    root: PathBuf,
}

impl Tool {
    pub fn of(root: &Path) -> Self {
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => root.join("target"),
        };
        let program = format!("xtask{}", std::env::consts::EXE_SUFFIX);
        Self {
            program: target.join("debug").join(program),
            stamp: target.join("xtask").join("built"),
            root: root.to_owned(),
        }
    }

    /// None of its sources and manifests was changed since cargo last looked at them.
    pub fn is_fresh(&self) -> bool {
        let older = |path: &Path, stamp: SystemTime| changed(path).is_some_and(|at| at < stamp);
        let Some(stamp) = changed(&self.stamp) else {
            return false;
        };
        let Ok(listed) = fs::read_to_string(self.program.with_extension("d")) else {
            return false;
        };
        let sources = sources(&listed);
        self.program.is_file()
            && !sources.is_empty()
            && sources.iter().all(|path| older(path, stamp))
            && self.manifests().iter().all(|path| older(path, stamp))
    }

    /// From now on the program counts as up to date.
    pub fn is_built(&self) {
        if let Some(folder) = self.stamp.parent() {
            // Without the stamp cargo is asked again the next time.
            let _ = fs::create_dir_all(folder);
            let _ = fs::write(&self.stamp, "cargo has built the tool\n");
        }
    }

    fn manifests(&self) -> Vec<PathBuf> {
        let ours = fs::read_dir(self.root.join("xtask")).into_iter().flatten();
        let ours = ours.flatten().map(|entry| entry.path().join("Cargo.toml"));
        let others = ["Cargo.toml", "Cargo.lock", "xtask/Cargo.toml"];
        let others = others.map(|file| self.root.join(file));
        ours.filter(|manifest| manifest.is_file())
            .chain(others)
            .collect()
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// The files behind the colon of cargo's list of what a program was made of. A blank
/// within a name stands behind a backslash.
fn sources(listed: &str) -> Vec<PathBuf> {
    let Some((_, files)) = listed.split_once(": ") else {
        return Vec::new();
    };
    let mut sources = Vec::new();
    let mut name = String::new();
    for part in files.trim_end().split(' ') {
        match part.strip_suffix('\\') {
            Some(beginning) => {
                name.push_str(beginning);
                name.push(' ');
            }
            None => {
                name.push_str(part);
                sources.push(PathBuf::from(std::mem::take(&mut name)));
            }
        }
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::sources;
    use std::path::PathBuf;

    #[test]
    fn names_with_blanks_are_whole() {
        let listed = "/a b/target/debug/xtask: /a\\ b/one.rs /a\\ b/two.rs\n";
        let expected = ["/a b/one.rs", "/a b/two.rs"].map(PathBuf::from);
        assert_eq!(sources(listed), expected);
        assert!(sources("").is_empty());
    }
}
