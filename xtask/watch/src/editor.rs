//! Which editor opens a lesson, and how: one with a window of its own is started and left
//! alone; any other has the terminal until it ends.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Editors with windows of their own, by the names of their programs.
const WINDOWED: [&str; 27] = [
    "atom",
    "charm",
    "clion",
    "code",
    "code-insiders",
    "codium",
    "cursor",
    "fleet",
    "geany",
    "gedit",
    "gnome-text-editor",
    "gvim",
    "idea",
    "kate",
    "kwrite",
    "mate",
    "mousepad",
    "notepad",
    "notepad++",
    "open",
    "pluma",
    "rustrover",
    "subl",
    "windsurf",
    "xdg-open",
    "xed",
    "zed",
];

/// A command that opens files.
#[derive(Debug, PartialEq, Eq)]
pub struct Editor {
    /// The program and its arguments; at least the program.
    words: Vec<String>,
}

impl Editor {
    /// The one that was asked for, else that of `VISUAL`, else VS Code inside its terminal,
    /// else that of `EDITOR`; `None` where nobody says.
    pub fn choose(asked: &[String], variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let named = |name: &str| shlex::split(&variable(name)?);
        let inside_vs_code = || {
            let inside = variable("TERM_PROGRAM").as_deref() == Some("vscode");
            inside.then(|| vec!["code".to_owned()])
        };
        let sources: [&dyn Fn() -> Option<Vec<String>>; 4] = [
            &|| Some(asked.to_vec()),
            &|| named("VISUAL"),
            &inside_vs_code,
            &|| named("EDITOR"),
        ];
        let mut found = sources.iter().filter_map(|source| source());
        let words = found.find(|words| words.iter().any(|word| !word.is_empty()))?;
        Some(Self { words })
    }

    /// The program, as it was named.
    pub fn name(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    pub fn has_a_window(&self) -> bool {
        let name = Path::new(self.name()).file_name().and_then(OsStr::to_str);
        let name = name.unwrap_or_default().to_lowercase();
        let endings = [".exe", ".cmd", ".bat"];
        let ending = endings.iter().find(|ending| name.ends_with(**ending));
        WINDOWED.contains(&&name[..name.len() - ending.map_or(0, |ending| ending.len())])
    }

    /// The command that opens `files`.
    pub fn opens(&self, files: &[PathBuf], folder: &Path) -> Command {
        // VS Code's own is a script on Windows, which is found by its whole name only.
        let script = cfg!(windows) && self.name() == "code";
        let program = if script { "code.cmd" } else { self.name() };
        let mut command = Command::new(program);
        command.args(self.words.iter().skip(1));
        command.args(files).current_dir(folder);
        command
    }
}

/// Starts a command that needs no terminal, and that may stay when this program ends.
///
/// # Errors
/// It could not be started.
pub fn start_apart(mut command: Command) -> io::Result<()> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Ctrl-C and the terminal's end are not for it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    std::thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(asked: &[&str], variables: &[(&str, &str)]) -> Option<String> {
        let asked: Vec<_> = asked.iter().map(|word| (*word).to_owned()).collect();
        let variable = |name: &str| {
            let mut found = variables.iter().filter(|(known, _)| *known == name);
            found.next().map(|(_, value)| (*value).to_owned())
        };
        Editor::choose(&asked, variable).map(|editor| editor.words.join("|"))
    }

    #[test]
    fn who_says_most_clearly_is_heard() {
        let all = [
            ("VISUAL", "emacs -nw"),
            ("TERM_PROGRAM", "vscode"),
            ("EDITOR", "vi"),
        ];
        assert_eq!(chosen(&["hx"], &all).unwrap(), "hx");
        assert_eq!(chosen(&[], &all).unwrap(), "emacs|-nw");
        assert_eq!(chosen(&[], &all[1..]).unwrap(), "code");
        assert_eq!(chosen(&[], &all[2..]).unwrap(), "vi");
        assert_eq!(chosen(&[], &[("TERM_PROGRAM", "tmux")]), None);
        // What is empty, or no command, says nothing.
        assert_eq!(
            chosen(&[], &[("VISUAL", ""), ("EDITOR", "vi")]).unwrap(),
            "vi"
        );
        assert_eq!(
            chosen(&[], &[("VISUAL", "'"), ("EDITOR", "vi")]).unwrap(),
            "vi"
        );
    }

    #[test]
    fn editors_with_windows_are_known_by_their_programs() {
        for (name, window) in [
            ("code", true),
            ("/usr/bin/code", true),
            ("Code.exe", true),
            ("vim", false),
            ("coder", false),
        ] {
            let words = vec![name.to_owned()];
            assert_eq!(Editor { words }.has_a_window(), window, "{name}");
        }
    }
}
