//! The lesson's folder as the learner left it: its manifest and all that is in `src`.

use super::fence;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::tr;
use std::fs;
use std::path::{Path, PathBuf};

/// A longer file is named, with its length, in bytes.
const LONGEST: u64 = 128 * 1024;

pub fn section(workspace: &Workspace, lesson: &Lesson, lang: Lang) -> String {
    let folder = workspace.starter_of(lesson);
    let mut files = vec![folder.join("Cargo.toml")];
    files.extend(files_in(&folder.join("src")));
    let shown = files.iter().map(|file| {
        let name = file.strip_prefix(&workspace.root).unwrap_or(file);
        let name = name.display().to_string().replace('\\', "/");
        format!("### {name}\n\n{}\n", contents(file, lang))
    });
    let shown: String = shown.collect();
    let heading = tr!(lang, "## 프로그램", "## The programs");
    format!("\n{heading}\n\n{shown}")
}

/// Nothing that a link leads to: it may be anywhere.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found = Vec::new();
    for entry in entries {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(files_in(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found.sort();
    found
}

fn contents(file: &Path, lang: Lang) -> String {
    let there = match fs::metadata(file) {
        Ok(there) if there.is_file() => there,
        _ => return tr!(lang, "(없습니다)\n", "(missing)\n"),
    };
    let bytes = there.len();
    if bytes > LONGEST {
        return tr!(
            lang,
            "({bytes}바이트라 넣지 않았습니다)\n",
            "({bytes} bytes, left out)\n"
        );
    }
    match fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => {
            let language = match file.extension().and_then(|end| end.to_str()) {
                Some("rs") => "rust",
                Some("toml") => "toml",
                _ => "text",
            };
            fence::around(language, text.strip_suffix('\n').unwrap_or(&text))
        }
        Ok(Err(_)) => tr!(
            lang,
            "(UTF-8이 아니라 넣지 않았습니다)\n",
            "(not UTF-8, left out)\n"
        ),
        Err(error) => tr!(
            lang,
            "(읽을 수 없습니다: {error})\n",
            "(cannot be read: {error})\n"
        ),
    }
}
