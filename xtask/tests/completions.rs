//! The scripts for shells, read by the shells themselves where they are there: what each
//! offers after some words.

use crate::support::xtask;
use predicates::prelude::*;
use predicates::str::contains;
use std::path::PathBuf;
use std::process::Command;

/// The script for `shell`, in a file of its own.
fn script(shell: &str, lang: &str) -> (tempfile::TempDir, PathBuf) {
    let output = xtask()
        .args(["completions", shell, "--lang", lang])
        .assert()
        .code(0)
        .stderr("");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("script");
    std::fs::write(&file, &output.get_output().stdout).unwrap();
    (folder, file)
}

/// What `shell` prints when it runs `code`, in which `SCRIPT` stands for the script; `None`
/// where there is no such shell.
fn printed(shell: &str, lang: &str, code: &str) -> Option<Vec<String>> {
    // A shell of Windows may write the paths of files in its own way.
    if cfg!(windows) {
        return None;
    }
    let (_folder, file) = script(shell, lang);
    let code = code.replace("SCRIPT", file.to_str().unwrap());
    let nothing_of_its_own = match shell {
        "bash" => vec!["--norc"],
        "zsh" => vec!["-f"],
        _ => vec!["--no-config"],
    };
    let made = Command::new(shell)
        .args(nothing_of_its_own)
        .args(["-c", &code])
        .output();
    let Ok(made) = made else {
        eprintln!("skipped: there is no {shell} here");
        return None;
    };
    assert_eq!(String::from_utf8_lossy(&made.stderr), "", "{shell}");
    let text = String::from_utf8(made.stdout).unwrap();
    Some(text.lines().map(str::to_owned).collect())
}

/// How each shell is asked for what may follow `words`; the last is the beginning of one.
fn offered(shell: &str, lang: &str, words: &[&str]) -> Option<Vec<String>> {
    let (line, last) = (words.join(" "), words.len());
    let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
    let quoted = quoted.join(" ");
    let code = match shell {
        "bash" => format!(
            "source SCRIPT; COMP_WORDS=({quoted}); COMP_CWORD={}; _cargo_xtask_or_cargo; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            last - 1
        ),
        "zsh" => format!(
            "source SCRIPT; _describe() {{ print -l -- $offers }}; compadd() {{ print -l -- $@ }}; \
             words=({quoted}); CURRENT={last}; _cargo-xtask"
        ),
        _ => format!("source SCRIPT; complete -C '{line}'"),
    };
    printed(shell, lang, &code)
}

fn offers(shell: &str, words: &[&str], wanted: &[&str], unwanted: &[&str]) {
    let Some(offered) = offered(shell, "en", words) else {
        return;
    };
    let has = |word: &&&str| {
        let ends = |rest: &str| rest.is_empty() || rest.starts_with([':', '\t']);
        let is_it = |line: &String| line.strip_prefix(**word).is_some_and(ends);
        offered.iter().any(is_it)
    };
    let missing: Vec<_> = wanted.iter().filter(|word| !has(word)).collect();
    assert!(
        missing.is_empty(),
        "{shell} {words:?} {missing:?}: {offered:?}"
    );
    let wrong: Vec<_> = unwanted.iter().filter(has).collect();
    assert!(wrong.is_empty(), "{shell} {words:?} {wrong:?}: {offered:?}");
}

#[test]
fn commands_lessons_options_and_values_are_offered() {
    for shell in ["bash", "zsh", "fish"] {
        let xtask = ["cargo", "xtask"];
        let after = |words: &[&'static str]| [&xtask, words].concat();
        let commands = ["check", "hint", "doctor", "report", "completions"];
        offers(shell, &after(&[""]), &commands, &["04", "prove", "stub"]);
        let of_what_is_kept = ["reset", "restore", "diff", "solution", "update"];
        offers(shell, &after(&[""]), &of_what_is_kept, &["dev"]);
        let lessons = ["04", "accept", "lesson-04-accept", "lesson-15-udp-echo"];
        offers(shell, &after(&["check", ""]), &lessons, &["hint"]);
        offers(shell, &after(&["restore", ""]), &lessons, &["hint"]);
        offers(shell, &after(&["check", "04", ""]), &["05"], &["hint"]);
        offers(
            shell,
            &after(&["--lang", "ko", "hint", ""]),
            &lessons,
            &["check"],
        );
        offers(
            shell,
            &after(&["check", "--"]),
            &["--json", "--all"],
            &["--serve"],
        );
        offers(
            shell,
            &after(&["check", "--lang", ""]),
            &["ko", "en"],
            &["04"],
        );
        offers(
            shell,
            &after(&["bench", ""]),
            &["udp-and-tcp", "small-writes", "chat"],
            &["04"],
        );
        offers(
            shell,
            &after(&["completions", ""]),
            &["bash", "fish"],
            &["04"],
        );
    }
}

#[test]
fn bash_offers_what_begins_so_and_leaves_cargo_to_what_completed_it() {
    offers("bash", &["cargo", "xtask", "ch"], &["check"], &["list"]);
    let code = "_cargo() { COMPREPLY=(of-cargo \"$1\"); }; complete -F _cargo cargo; \
                source SCRIPT; source SCRIPT; \
                COMP_WORDS=(cargo b); COMP_CWORD=1; _cargo_xtask_or_cargo cargo b cargo; \
                printf '%s\\n' \"${COMPREPLY[@]}\"";
    if let Some(offered) = printed("bash", "en", code) {
        assert_eq!(offered, ["of-cargo", "cargo"]);
    }
}

#[test]
fn the_words_are_told_in_the_reader_s_language() {
    for shell in ["zsh", "fish", "powershell"] {
        let said = |lang| {
            let mut made = xtask();
            made.args(["completions", shell, "--lang", lang]).assert()
        };
        said("ko").stdout(contains("손님마다 새 소켓").and(contains("A new socket").not()));
        said("en").stdout(contains("A new socket for every").and(contains("손님").not()));
    }
}

/// What PowerShell would take within double quotes stands behind a backtick.
#[test]
fn powershell_s_words_are_whole() {
    let (_folder, file) = script("powershell", "en");
    let script = std::fs::read_to_string(file).unwrap();
    assert!(script.contains("Register-ArgumentCompleter -Native -CommandName cargo"));
    assert!(script.contains("\"lesson-04-accept`tA new socket for every client\""));
    assert_eq!(script.matches('{').count(), script.matches('}').count());
}

#[test]
fn a_shell_that_is_not_known_is_answered_with_one_sentence() {
    for (arguments, word) in [
        (&["completions", "tcsh"][..], "tcsh"),
        (&["completions"], "SHELL"),
    ] {
        let assert = xtask().args(arguments).assert().code(2).stdout("");
        let one_line = predicate::function(|said: &str| said.lines().count() == 1);
        assert.stderr(one_line.and(contains(word)));
    }
}
