//! The programs of a lesson as one: each is a module of it, and the name by which it is
//! started says which of them it is. Compiled and linked one by one, a hundred programs take
//! three times as much of the processor.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What a module calls its `main`, which is its own.
const ENTRANCE: &str = "main_of_this_module";

/// The source of a program as that of a module: its lines keep their numbers.
pub fn module(source: &str) -> String {
    format!(
        "{source}\npub fn {ENTRANCE}() -> std::process::ExitCode {{\n    \
         std::process::Termination::report(main())\n}}\n"
    )
}

/// The source of the one program, of modules in the files `{name}.rs`.
pub fn root(names: &[String]) -> String {
    let mut modules = String::new();
    let mut arms = String::new();
    for name in names {
        let module = name.replace('-', "_");
        modules += &format!("#[path = \"{name}.rs\"]\nmod {module};\n");
        arms += &format!("        Some(\"{name}\") => {module}::{ENTRANCE}(),\n");
    }
    format!(
        "#![allow(non_snake_case)]\n{modules}\nfn main() -> std::process::ExitCode {{\n    \
             let started = std::env::args_os().next().map(std::path::PathBuf::from);\n    \
             let name = started.as_deref().and_then(std::path::Path::file_stem);\n    \
             match name.and_then(std::ffi::OsStr::to_str) {{\n\
         {arms}        name => panic!(\"there is no program {{name:?}}\"),\n    }}\n}}\n"
    )
}

/// The one program under the name of one of its own.
///
/// # Errors
/// The name could not be made.
pub fn name(program: &Path, to: &Path) -> Result<()> {
    // Of the program that was there before it.
    let _ = fs::remove_file(to);
    let linked = fs::hard_link(program, to);
    let named = linked.or_else(|_| fs::copy(program, to).map(drop));
    named.with_context(|| format!("{} cannot be made", to.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn each_name_starts_its_own_program() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let sources = [
            ("steps-1-to-1-main", "fn main() { println!(\"one\") }"),
            (
                "wrong-with--two-main",
                "fn main() -> Result<(), String> {\n    Err(String::from(\"two\"))\n}",
            ),
        ];
        for (name, source) in sources {
            fs::write(path(name).with_extension("rs"), module(source)).unwrap();
        }
        let names = sources.map(|(name, _)| name.to_owned());
        fs::write(path("programs.rs"), root(&names)).unwrap();
        let suffix = std::env::consts::EXE_SUFFIX;
        let program = path(&format!("programs{suffix}"));
        let mut rustc = Command::new("rustc");
        rustc.arg("--edition=2024").arg(path("programs.rs"));
        assert!(rustc.arg("-o").arg(&program).status().unwrap().success());
        let started = |named: &str| {
            let named = path(&format!("{named}{suffix}"));
            name(&program, &named).unwrap();
            // Once more: what is there is replaced.
            name(&program, &named).unwrap();
            let said = Command::new(named).output().unwrap();
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            (said.status.success(), text(said.stdout), text(said.stderr))
        };
        let [one, two] = names;
        assert_eq!(started(&one), (true, "one\n".to_owned(), String::new()));
        assert_eq!(
            started(&two),
            (false, String::new(), "Error: \"two\"\n".to_owned())
        );
        let (success, _, said) = started("three");
        assert!(
            !success && said.contains("there is no program Some(\"three\")"),
            "{said}"
        );
    }
}
