//! Notices that files changed, by looking. Notifications from the system would
//! be prompter, but they do not cross from Windows into WSL, where many a
//! reader's editor and this program live on different sides.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What the files of some folders looked like at one moment.
#[derive(Default, PartialEq, Eq)]
pub struct Glance(BTreeMap<PathBuf, (SystemTime, u64)>);

impl Glance {
    /// Looks at all files below the folders. What cannot be read is not there.
    pub fn at(folders: &[PathBuf]) -> Glance {
        let mut glance = Glance::default();
        for folder in folders {
            glance.look(folder);
        }
        glance
    }

    fn look(&mut self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            // Editors' temporary files, caches, and what cargo builds.
            if name.to_string_lossy().starts_with(['.', '_', '#']) || name == "target" {
                continue;
            }
            let Ok(about) = fs::metadata(&path) else {
                continue;
            };
            if about.is_dir() {
                self.look(&path);
            } else {
                let modified = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                self.0.insert(path, (modified, about.len()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_writing_and_removing() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        let file = folder.path().join("a.md");
        let empty = Glance::at(&folders);

        fs::write(&file, "one").unwrap();
        let written = Glance::at(&folders);
        assert!(empty != written);
        assert!(written == Glance::at(&folders));

        fs::remove_file(&file).unwrap();
        assert!(empty == Glance::at(&folders));
    }
}
