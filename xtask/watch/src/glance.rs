//! What a lesson's files look like at one moment. A save is seen by what has become of the
//! files, never by how an editor has put them there.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A longer file is told by its time and length alone.
const READ: u64 = 1 << 20;

/// The files that a check depends on, with the time they were written and a hash of what is
/// in them: two saves within one tick of the clock are two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance(BTreeMap<PathBuf, (SystemTime, u64, u64)>);

impl Glance {
    /// At the files of a lesson. What cannot be read is not there.
    pub fn at(lesson: &Path) -> Self {
        let mut glance = Self::default();
        glance.look(lesson, false);
        glance
    }

    fn look(&mut self, folder: &Path, in_source: bool) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if is_an_editor_s_own(&name) {
                continue;
            }
            let path = entry.path();
            let Ok(about) = fs::metadata(&path) else {
                continue;
            };
            if about.is_dir() {
                if name != "target" {
                    self.look(&path, in_source || name == "src");
                }
            } else if in_source || name.ends_with(".rs") || name.ends_with(".toml") {
                let written = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                let hash = if about.len() <= READ { hash(&path) } else { 0 };
                self.0.insert(path, (written, about.len(), hash));
            }
        }
    }
}

/// A swap file, a copy of what was there before, or one of JetBrains' `___jb_tmp___`.
fn is_an_editor_s_own(name: &str) -> bool {
    name.starts_with(['.', '#']) || name.ends_with('~') || name.ends_with("___")
}

fn hash(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    fs::read(path).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_is_seen_however_it_comes() {
        let lesson = tempfile::tempdir().unwrap();
        let at = |name: &str| lesson.path().join(name);
        let look = || Glance::at(lesson.path());
        fs::create_dir(at("src")).unwrap();
        fs::write(at("src/main.rs"), "one").unwrap();
        let before = look();
        assert_eq!(before, look());

        // Of the same length, and perhaps at the same time.
        fs::write(at("src/main.rs"), "two").unwrap();
        let written = look();
        assert_ne!(before, written);

        // As JetBrains' editors and vim do it.
        fs::write(at("src/main.rs___jb_tmp___"), "three").unwrap();
        fs::rename(at("src/main.rs"), at("src/main.rs~")).unwrap();
        fs::rename(at("src/main.rs___jb_tmp___"), at("src/main.rs")).unwrap();
        let renamed = look();
        assert_ne!(written, renamed);

        fs::remove_file(at("src/main.rs")).unwrap();
        assert_ne!(renamed, look());
    }

    #[test]
    fn what_an_editor_keeps_for_itself_is_no_save() {
        let lesson = tempfile::tempdir().unwrap();
        let at = |name: &str| lesson.path().join(name);
        fs::create_dir_all(at("src/target")).unwrap();
        fs::write(at("src/main.rs"), "one").unwrap();
        let before = Glance::at(lesson.path());
        for name in [
            "src/.main.rs.swp",
            "src/main.rs~",
            "src/#main.rs#",
            "src/main.rs___jb_old___",
            "notes",
        ] {
            fs::write(at(name), "x").unwrap();
        }
        assert_eq!(before, Glance::at(lesson.path()));
    }
}
