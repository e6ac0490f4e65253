//! Paths that say who somebody is are taken out of what is told.

use crate::lesson::workspace::Workspace;

/// What is written in place of what, the longest first.
pub struct Private(Vec<(String, &'static str)>);

impl Private {
    pub fn of(workspace: &Workspace) -> Self {
        let home = std::env::var("HOME").or_else(|_| std::env::var("USERPROFILE"));
        Self::new(
            &workspace.root.display().to_string(),
            &home.unwrap_or_default(),
        )
    }

    fn new(root: &str, home: &str) -> Self {
        let mut places = Vec::new();
        for (path, instead) in [(root, "<workspace>"), (home, "~")] {
            let path = path.trim_end_matches(['/', '\\']);
            // The root of a file system is part of every path.
            if !path.is_empty() {
                places.push((path.to_owned(), instead));
                // As it stands within quotes, and as tools from Unix write it on Windows.
                places.push((path.replace('\\', "\\\\"), instead));
                places.push((path.replace('\\', "/"), instead));
            }
        }
        Self(places)
    }

    pub fn hide(&self, text: &str) -> String {
        let hide = |text: String, (path, instead): &(String, &str)| text.replace(path, instead);
        self.0.iter().fold(text.to_owned(), hide)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_somebody_is_is_not_told() {
        let unix = Private::new("/home/jimin/course", "/home/jimin");
        let said = "/home/jimin/course/lessons, /home/jimin/.cargo";
        assert_eq!(unix.hide(said), "<workspace>/lessons, ~/.cargo");
        let windows = Private::new(r"C:\Users\Jimin\course", r"C:\Users\Jimin");
        let said = r"C:\Users\Jimin\course\src C:\\Users\\Jimin\\x C:/Users/Jimin/y";
        assert_eq!(windows.hide(said), r"<workspace>\src ~\\x ~/y");
        assert_eq!(Private::new("/", "/").hide("/a/b"), "/a/b");
    }
}
