//! Where a learner is, and how to go on: `cargo xtask` alone, the list, the hints, the
//! language that is kept, and a check of one step.

use crate::support::{SharedCopy, lesson_of, root, xtask, xtask_in};
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// A lesson of each part, and the first two.
const LESSONS: [&str; 5] = [
    "lesson-00-ready",
    "lesson-01-socket",
    "lesson-04-accept",
    "lesson-09-one-shot",
    "lesson-15-udp-echo",
];

/// A workspace of these lessons, with their starters, in which nothing can be built and
/// nothing was said yet.
fn small_workspace() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir_all(place.path().join("xtask")).unwrap();
    for lesson in LESSONS {
        let (from, to) = ["solutions", lesson]
            .iter()
            .fold((root(), place.path().to_owned()), |(from, to), part| {
                (from.join(part), to.join(part))
            });
        fs::create_dir_all(to.join("src")).unwrap();
        for file in ["Cargo.toml", "lesson.toml", "scenarios.toml"] {
            fs::copy(from.join(file), to.join(file)).unwrap();
        }
        for program in fs::read_dir(from.join("src")).unwrap().flatten() {
            fs::copy(program.path(), to.join("src").join(program.file_name())).unwrap();
        }
        xtask_in(place.path())
            .args(["reset", lesson])
            .assert()
            .code(0);
    }
    place
}

/// What the tool says; every line fits into a terminal of 80 columns.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let assert = xtask_in(folder).args(arguments).assert().code(0).stderr("");
    let said = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let widest = said.lines().map(UnicodeWidthStr::width).max();
    assert!(widest <= Some(80), "{said}");
    said
}

/// One sentence, exit status 2, and nothing on stdout.
fn refused(folder: &Path, arguments: &[&str], word: &str) {
    let assert = xtask_in(folder).args(arguments).assert().code(2).stdout("");
    let one_line = predicate::function(|said: &str| said.lines().count() == 1);
    assert.stderr(contains(word).and(one_line));
}

#[test]
fn the_first_time_there_is_a_welcome_and_a_list_in_parts() {
    let place = small_workspace();
    for lang in ["ko", "en"] {
        let welcome = said(place.path(), &["--lang", lang]);
        assert_eq!(said(place.path(), &["here", "--lang", lang]), welcome);
        insta::assert_snapshot!(format!("welcome.{lang}"), welcome);
        let list = said(place.path(), &["list", "--lang", lang]);
        insta::assert_snapshot!(format!("list.{lang}"), list);
    }
    // What is written counts, also before it was checked.
    let program = place.path().join("lessons/lesson-01-socket/src/main.rs");
    fs::write(program, "fn main() {}").unwrap();
    let here = said(place.path(), &[]);
    assert!(here.contains("레슨 5개 가운데 0개 통과"), "{here}");
    let list = said(place.path(), &["list", "socket", "--lang", "en"]);
    assert!(list.contains("step 1 of 4"), "{list}");
}

#[test]
fn the_list_finds_lessons_and_steps_by_words() {
    let place = small_workspace();
    let list = |arguments: &[&str]| said(place.path(), &[&["list"], arguments].concat());
    // The last line explains the signs.
    let lines = |said: &str| {
        said.lines()
            .rev()
            .skip(1)
            .filter(|it| it.contains(" ○ "))
            .count()
    };
    let all = list(&["--steps"]);
    for word in ["새 소켓으로 인사한다", "3부 UDP", "15 udp-echo"] {
        assert!(all.contains(word), "{word}: {all}");
    }
    let found = list(&["소켓", "인사"]);
    assert!(found.contains("04 accept") && found.contains("새 소켓으로 인사한다"));
    assert!(!found.contains("01 socket"), "{found}");
    // A lesson by its name has all its steps; words are found in both languages.
    assert_eq!(lines(&list(&["4"])), 5);
    assert_eq!(lines(&list(&["1,accept"])), 10);
    assert!(list(&["greet ON the new"]).contains("새 소켓으로 인사한다"));
    refused(place.path(), &["list", "없는말"], "'없는말'");
    refused(
        place.path(),
        &["list", "no", "such", "--lang", "en"],
        "'no such'",
    );
}

#[test]
fn hints_come_one_at_a_time_until_there_are_no_more() {
    let place = small_workspace();
    let hint = |arguments: &[&str]| said(place.path(), &[&["hint"], arguments].concat());
    for count in 1..=3 {
        let said = hint(&["4", "1"]);
        assert!(said.contains(&format!("힌트 {count}/3")), "{said}");
        assert_eq!(said.matches("힌트").count(), 1, "{said}");
    }
    for _ in 0..2 {
        assert!(hint(&["4", "1"]).contains("3개를 모두 보았습니다"));
        assert!(hint(&["4", "1", "--lang", "en"]).contains("no more hints"));
    }
    let all = hint(&["4", "1", "--all", "--lang", "en"]);
    assert_eq!(all.matches(" of 3\n").count(), 3, "{all}");
    // Another step's are its own, and all at once are all of them.
    assert!(hint(&["accept", "2"]).contains("힌트 1/2"));
    hint(&["accept", "2", "--all"]);
    assert!(hint(&["accept", "2"]).contains("2개를 모두"));
    // Without a step it is the first that is not passed; in lesson 00 all is given.
    assert!(hint(&["15"]).contains("1단계 힌트 1/"));
    assert!(hint(&[]).contains("더 작성할 단계가 없습니다"));
    assert!(hint(&["0", "1"]).contains("작성할 것이 없어"));
    refused(place.path(), &["hint", "4", "x"], "x단계");
}

#[test]
fn a_language_is_kept_until_another_is() {
    let place = small_workspace();
    let tool = || {
        let mut tool = xtask_in(place.path());
        tool.env_remove("XTASK_LANG");
        tool
    };
    let answers_in = |arguments: &[&str], word: &str| {
        let assert = tool().args(arguments).assert().code(0);
        assert.stdout(contains(word));
    };
    answers_in(&["lang"], "시스템의 언어");
    answers_in(&["lang", "en"], "Answers are in English");
    answers_in(&["lang"], "Answers are in English");
    answers_in(&["list"], "Part III. UDP");
    answers_in(&["list", "--lang", "ko"], "3부 UDP");
    let refused = tool().args(["chek"]).assert().code(2);
    refused.stderr(contains("no command chek"));
    let korean = tool().arg("list").env("XTASK_LANG", "ko").assert();
    korean.stdout(contains("3부 UDP"));
    let system = tool().arg("list").env("XTASK_LANG", "auto").assert();
    system.stdout(contains("3부 UDP"));
    // A command to type needs no --lang for the language that is kept.
    answers_in(&[], "cargo xtask book --open ");
    answers_in(&["--lang", "ko"], "cargo xtask book --open --lang ko ");
    answers_in(&["lang", "ko"], "한국어로 답합니다");
    let other = tool().arg("list").env("LANG", "en_US.UTF-8").assert();
    other.stdout(contains("3부 UDP"));
    answers_in(&["lang", "auto"], "시스템의 언어");
    answers_in(&["lang", "auto"], "시스템의 언어");
    fs::write(place.path().join(".progress/lang"), "nonsense").unwrap();
    answers_in(&["list"], "3부 UDP");
    let assert = tool().args(["lang", "fr"]).assert().code(2).stdout("");
    assert.stderr(contains("fr"));
}

#[test]
fn a_language_that_cannot_be_kept_is_the_machine_s_matter() {
    let place = small_workspace();
    let folder = place.path().join(".progress");
    let _ = fs::remove_dir_all(&folder);
    fs::write(folder, "").unwrap();
    let assert = xtask_in(place.path()).args(["lang", "en"]).assert().code(3);
    assert.stdout("").stderr(contains("적어 두지 못했습니다"));
}

#[test]
fn help_is_there_for_all_commands_and_for_one() {
    let all = contains("cargo xtask")
        .and(contains("check"))
        .and(contains("prove"));
    xtask().arg("help").assert().code(0).stdout(all);
    for one in [["help", "check"], ["check", "--help"]] {
        let takes = contains("[LESSON] [STEP]").and(contains("09-11"));
        xtask().args(one).assert().code(0).stdout(takes);
    }
}

/// Every text of the help stands in both languages beside its command.
#[test]
fn help_is_in_the_reader_s_language_alone() {
    let said = |words: &[&str]| {
        let assert = xtask().args(words).assert().code(0).stderr("");
        String::from_utf8(assert.get_output().stdout.clone()).unwrap()
    };
    let hangul = |text: &str| text.chars().any(|letter| ('가'..='힣').contains(&letter));
    let commands = said(&["help", "--lang", "en"]);
    let (_, learners) = commands.split_once("Commands:\n").unwrap();
    let named = learners.lines().take_while(|line| !line.is_empty());
    let named: Vec<_> = named
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(named.len() > 15, "{named:?}");
    for name in named {
        let english = said(&["help", name, "--lang", "en"]);
        assert!(!hangul(&english), "{english}");
        let korean = said(&["help", name, "--lang", "ko"]);
        assert!(hangul(&korean) && !korean.contains(" / "), "{korean}");
        assert!(korean.contains("사용법: cargo xtask "), "{korean}");
    }
}

/// One test, because every stage builds on the one before.
#[test]
fn the_way_through_a_lesson() {
    let copy = SharedCopy::fresh();
    for remembered in [".progress", "target/xtask"] {
        let _ = fs::remove_dir_all(copy.join(remembered));
    }
    let program = copy.join("lessons/lesson-01-socket/src/main.rs");
    let solution = fs::read_to_string(root().join("solutions/lesson-01-socket/src/main.rs"));
    let solution = solution.unwrap();
    xtask_in(&copy).args(["reset", "1"]).assert().code(0);
    let starter = fs::read_to_string(&program).unwrap();

    // Without a lesson it is the first that did not pass.
    let check = || xtask_in(&copy).arg("check").assert();
    check().code(0).stdout(contains("lesson-00 통과"));
    check().code(1).stdout(contains("lesson-01 socket"));
    let here = said(&copy, &[]);
    let commands = ["check 01", "hint 01 1", "book --open"];
    for word in commands.into_iter().chain(["1개 통과", "4단계 중 1단계"]) {
        assert!(here.contains(word), "{word}: {here}");
    }

    steps_alone(&copy);

    fs::write(&program, "fn main() { nonsense }").unwrap();
    let broken = xtask_in(&copy).args(["check", "1", "4"]).assert().code(1);
    broken.stdout(
        contains("✘ 4")
            .or(contains("○ 4"))
            .and(contains("  1  ").not()),
    );

    // A lesson that is passed stays passed, and that it was changed is said.
    fs::write(&program, &solution).unwrap();
    check().code(0).stdout(contains("lesson-01 통과"));
    let state = |word: &str| {
        let list = said(&copy, &["list"]);
        let mut lines = list.lines();
        let line = lines.find(|line| line.contains(" 01 socket ")).unwrap();
        assert!(line.starts_with("  ✔") && line.ends_with(word), "{line}");
        assert!(list.contains("▸ ○ 02 bind"), "{list}");
    };
    state("  통과");
    fs::write(&program, solution.replace('\n', "\r\n")).unwrap();
    state("  통과");
    fs::write(&program, solution + "// one more thing\n").unwrap();
    state("통과한 뒤 바뀜");
    assert!(said(&copy, &[]).contains("2개 통과"));
    fs::write(&program, starter).unwrap();
}

/// A step alone is no other's matter; where another one is at fault, that is shown as well.
fn steps_alone(copy: &Path) {
    let program = copy.join("lessons/lesson-04-accept/src/main.rs");
    let solution = root().join("solutions/lesson-04-accept/src/main.rs");
    let solution = fs::read_to_string(solution).unwrap();
    let step = |step: &str| {
        let check = ["check", "4", step, "--json"];
        let output = xtask_in(copy).args(check).output().unwrap();
        let report = lesson_of(&output.stdout);
        let steps = report["steps"].as_array().unwrap().iter();
        let steps: Vec<_> = steps.map(|step| step["step"].as_u64().unwrap()).collect();
        assert_eq!(report["passed"], output.status.success());
        (output.status.code().unwrap(), steps)
    };
    let endless = "loop {\n        serve_one(&listener)?;\n    }";
    assert!(solution.contains(endless));
    fs::write(&program, solution.replace(endless, "serve_one(&listener)")).unwrap();
    assert_eq!(step("1"), (0, vec![1]));
    assert_eq!(step("3"), (1, vec![3]));
    assert_eq!(step("4"), (1, vec![3, 4]));
    let alone = xtask_in(copy).args(["check", "4", "2"]).assert().code(0);
    alone.stdout(contains("lesson-04 2단계 통과").and(contains("다음  cargo xtask check 04\n")));
    let list = said(copy, &["list", "4"]);
    assert!(list.contains("✔ 2") && list.contains("○ 3"), "{list}");
    assert!(list.contains("4단계 중 3단계"), "{list}");

    xtask_in(copy).args(["reset", "4"]).assert().code(0);
    assert_eq!(step("4"), (1, vec![4]));
}
