//! What the specifications say is what the snapshots show: every line, every exit status,
//! of every program. Whether the rest of them is true, readers have to see.

use crate::support::{root, xtask, xtask_in};
use predicates::prelude::*;
use predicates::str::contains;
use probe::{End, Event, Happening, Output, Span, Text};
use specification::{Lang, Piece, Program, Spec, pieces};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The longest text, in characters: more is not read.
const LONGEST: usize = 260;

/// The most entries of a lesson's programs: they fit a page.
const MOST_ENTRIES: usize = 45;

/// A lesson's solution, with what its programs must do.
struct Lesson {
    solution: PathBuf,
    spec: Spec,
    /// The role of the program that each step stands in.
    steps: Vec<String>,
}

impl Lesson {
    fn read(solution: PathBuf) -> Self {
        let text = fs::read_to_string(solution.join("lesson.toml")).unwrap();
        let table: toml::Table = toml::from_str(&text).unwrap();
        let steps = table["step"].as_array().unwrap().iter();
        let role = |step: &toml::Value| {
            let role = step.get("program").and_then(toml::Value::as_str);
            role.unwrap_or("main").to_owned()
        };
        let spec = Spec::read(&solution).unwrap_or_else(|error| panic!("{error:#}"));
        Self {
            steps: steps.map(role).collect(),
            solution,
            spec,
        }
    }

    fn name(&self) -> &str {
        self.solution.file_name().unwrap().to_str().unwrap()
    }

    /// What happened to its programs in the snapshots, with the program and the scenario.
    fn happenings(&self) -> Vec<(&Program, String, Happening)> {
        let folder = self.solution.join("snapshots");
        let mut found = Vec::new();
        for scenario in probe::scenarios_of(&folder) {
            let recorded = probe::recorded(&folder, &scenario).unwrap().unwrap();
            for event in recorded.events {
                if event.is_of_a_program() {
                    let program = self.program(&event, recorded.step);
                    found.push((program, scenario.clone(), event.what));
                }
            }
        }
        found
    }

    /// `program`, or a second copy of it, is the one that the scenario's step stands in.
    fn program(&self, event: &Event, step: u32) -> &Program {
        let name = event.who.trim_end_matches("-b");
        let step = usize::try_from(step).unwrap();
        let role = match name {
            probe::ONLY => &self.steps[step.saturating_sub(1)],
            name => name,
        };
        let mut programs = self.spec.programs.iter();
        let found = programs.find(|program| program.role == *role);
        found.unwrap_or_else(|| panic!("{} says nothing of {role}", self.name()))
    }
}

fn lessons() -> Vec<Lesson> {
    let folders = fs::read_dir(root().join("solutions")).unwrap().flatten();
    let folders = folders.map(|folder| folder.path());
    let folders = folders.filter(|folder| folder.join("lesson.toml").is_file());
    folders.map(Lesson::read).collect()
}

/// A line that was printed, without its newline; names stand where ports stood.
fn printed(text: &Text) -> String {
    let spans = text.spans().iter().map(|span| match span {
        Span::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Span::Name(name) => format!("<{name}>"),
    });
    let line: String = spans.collect();
    line.strip_suffix('\n').unwrap_or(&line).to_owned()
}

/// Is `line` what a pattern stands for? What varies may be anything, and nothing.
fn matches(pattern: &[Piece<'_>], line: &str) -> bool {
    match pattern {
        [] => line.is_empty(),
        [Piece::Words(words), rest @ ..] => line
            .strip_prefix(words)
            .is_some_and(|after| matches(rest, after)),
        [Piece::Varies(_), rest @ ..] => {
            let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
            ends.into_iter().any(|end| matches(rest, &line[end..]))
        }
    }
}

/// One list of what is wrong is one list to work through.
fn there_is_none(faults: &[String], of: &str) {
    assert!(faults.is_empty(), "{of}:\n  {}", faults.join("\n  "));
}

#[test]
fn every_program_has_a_specification() {
    for lesson in lessons() {
        let mut roles = lesson.steps.clone();
        roles.sort();
        roles.dedup();
        let programs = lesson.spec.programs.iter();
        let mut told: Vec<_> = programs.map(|program| program.role.clone()).collect();
        told.sort();
        assert_eq!(told, roles, "{}", lesson.name());
    }
}

/// Once in each edition's chapter, before the first step.
#[test]
fn every_chapter_shows_its_lesson_s() {
    for lesson in lessons() {
        for edition in ["ko", "en"] {
            let chapter = format!("book/{edition}/{}.md", lesson.name());
            let text = fs::read_to_string(root().join(&chapter)).unwrap();
            let directive = format!("{{{{#spec {}}}}}", lesson.name());
            let places: Vec<_> = text.match_indices(&directive).collect();
            let [(place, _)] = places.as_slice() else {
                panic!("{chapter} has {directive} {} times", places.len());
            };
            assert!(text[*place..].contains("{#step-1}"), "{chapter}");
        }
    }
}

/// A line belongs to that of its program's patterns which has most words.
#[test]
fn every_line_of_a_snapshot_is_specified_and_every_specified_line_is_seen() {
    let (mut unknown, mut wrongly_seen) = (Vec::new(), Vec::new());
    for lesson in lessons() {
        let mut seen = BTreeSet::new();
        for (program, scenario, what) in lesson.happenings() {
            let Happening::Stdout(Output::Line(quoted)) = &what else {
                continue;
            };
            let Some(line) = quoted.text().map(printed) else {
                continue;
            };
            let own = program.stdout.iter().map(|stdout| stdout.line.as_str());
            let own = own.filter(|pattern| matches(&pieces(pattern).unwrap(), &line));
            match own.max_by_key(|pattern| words_in(pattern)) {
                Some(pattern) => {
                    seen.insert((&program.role, pattern));
                }
                None => unknown.push(format!("{} {scenario}: {line}", lesson.name())),
            }
        }
        for program in &lesson.spec.programs {
            for stdout in &program.stdout {
                let is_seen = seen.contains(&(&program.role, stdout.line.as_str()));
                if is_seen == stdout.unseen.is_some() {
                    let place = format!("{} {}", lesson.name(), program.role);
                    wrongly_seen.push(format!("{place}: {}", stdout.line));
                }
            }
        }
    }
    there_is_none(&unknown, "lines of snapshots that no spec.toml knows");
    let to_do = "lines of a spec.toml that no snapshot has and that do not say why \
                 (unseen = \"…\"), or that say so though one has them";
    there_is_none(&wrongly_seen, to_do);
}

/// How many bytes of a pattern are printed to the letter.
fn words_in(pattern: &str) -> usize {
    let pieces = pieces(pattern).unwrap().into_iter();
    let words = pieces.map(|piece| match piece {
        Piece::Words(words) => words.len(),
        Piece::Varies(_) => 0,
    });
    words.sum()
}

#[test]
fn every_exit_of_a_snapshot_is_specified() {
    let mut unknown = Vec::new();
    for lesson in lessons() {
        for (program, scenario, what) in lesson.happenings() {
            let mut statuses = program.exits.iter().map(|exit| exit.status.as_str());
            let known = match &what {
                Happening::End(End::Exit(status)) => {
                    statuses.any(|told| told == status.to_string())
                }
                Happening::End(End::Failed) => statuses.any(|told| told != "0"),
                _ => true,
            };
            if !known {
                unknown.push(format!(
                    "{} {}, {scenario}: {what:?}",
                    lesson.name(),
                    program.role
                ));
            }
        }
    }
    there_is_none(&unknown, "exits of snapshots that no spec.toml knows");
}

#[test]
fn a_specification_is_short_and_in_sentences() {
    let mut faults = Vec::new();
    for lesson in lessons() {
        let mut entries = 0;
        for program in &lesson.spec.programs {
            for lang in Lang::BOTH {
                let parts = program.parts(lang);
                let texts = parts.iter().flat_map(|part| &part.entries);
                let texts = texts
                    .map(|entry| entry.text)
                    .chain([lang.of(&program.does.ko, &program.does.en)]);
                for text in texts {
                    entries += 1;
                    let length = text.chars().count();
                    let ends = text.ends_with(['.', ')', '"', '”', '`', '}']);
                    if length > LONGEST || !ends || text.contains('\n') {
                        faults.push(format!("{}, {length} characters: {text}", lesson.name()));
                    }
                }
            }
        }
        if entries / 2 > MOST_ENTRIES {
            faults.push(format!("{}: {} entries", lesson.name(), entries / 2));
        }
    }
    there_is_none(
        &faults,
        "longer than is read, or not one paragraph of sentences",
    );
}

/// What the tool says is there, in the order of its parts.
fn says(lang: &str, words: [&str; 6]) {
    let assert = xtask().args(["spec", "one-shot", "--lang", lang]).assert();
    let assert = assert.code(0).stderr("");
    let said = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    let mut rest = said.as_str();
    for word in words {
        let (_, after) = rest
            .split_once(word)
            .unwrap_or_else(|| panic!("{word:?} is not where it should be in:\n{said}"));
        rest = after;
    }
    let widest = said
        .lines()
        .map(unicode_width::UnicodeWidthStr::width)
        .max();
    assert!(widest <= Some(80), "{said}");
}

#[test]
fn the_tool_shows_it_in_both_languages() {
    let line = "손님이 왔습니다: {client}";
    says(
        "ko",
        [
            "규약",
            "server [ADDR]",
            "인자",
            line,
            "종료 코드",
            "client [ADDR]",
        ],
    );
    says(
        "en",
        [
            "Specification",
            "arguments",
            line,
            "a client has come: {client}",
            "exit status",
            "client [ADDR]",
        ],
    );
}

#[test]
fn a_lesson_without_one_is_answered_with_one_sentence() {
    let place = tempfile::tempdir().unwrap();
    let solution = place.path().join("solutions/lesson-00-ready");
    fs::create_dir_all(&solution).unwrap();
    fs::create_dir_all(place.path().join("xtask")).unwrap();
    let own = root().join("solutions/lesson-00-ready");
    for file in ["lesson.toml", "scenarios.toml"] {
        fs::copy(own.join(file), solution.join(file)).unwrap();
    }
    let spec = |arguments: &[&str]| {
        let assert = xtask_in(place.path()).arg("spec").args(arguments).assert();
        assert.code(3).stdout("")
    };
    spec(&["0"]).stderr(contains(
        "lesson-00에는 규약(solutions/lesson-00-ready/spec.toml)이 없습니다",
    ));
    let sentence = contains("lesson-00 has no specification").and(is_one_line());
    spec(&["0", "--lang", "en"]).stderr(sentence);
    fs::write(solution.join("spec.toml"), "[[program]]\nrole = 'main'\n").unwrap();
    let sentence = contains("spec.toml, line 1")
        .and(contains("usage"))
        .and(is_one_line());
    spec(&["0"]).stderr(sentence);
}

fn is_one_line() -> impl Predicate<str> {
    predicate::function(|said: &str| said.lines().count() == 1)
}

/// A check that passes has no use for a specification: one that is broken is no trouble.
#[test]
fn a_check_that_passes_does_not_read_it() {
    let copy = crate::support::SharedCopy::fresh();
    let spec = copy.join("solutions/lesson-00-ready/spec.toml");
    fs::write(spec, "nonsense").unwrap();
    let check = xtask_in(&copy).args(["check", "0", "--solution"]).assert();
    check.code(0);
}
