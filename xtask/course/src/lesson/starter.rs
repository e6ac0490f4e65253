//! Generates programs from a solution: the starter, a partly solved starter, and
//! the mistakes. They differ only in the lines of the steps.

use crate::lesson::bodies::Functions;
use crate::lesson::definition::{Lesson, Mistake};
use crate::lesson::given;
use crate::lesson::regions::Source;
use crate::lesson::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A solution's programs, each cut at its steps.
pub struct Sources(Vec<(String, Source)>);

/// The text of a program, by its role.
pub type Text = (String, String);

impl Sources {
    pub fn read(workspace: &Workspace, lesson: &Lesson) -> Result<Self> {
        let folder = workspace.solution_of(lesson).join("src");
        let mut sources = Vec::new();
        for role in &lesson.roles {
            let path = folder.join(Lesson::file_of(role)).with_extension("rs");
            let text = fs::read_to_string(&path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            let source = Source::cut(&text).with_context(|| format!("{}", path.display()))?;
            let mut steps = source.steps();
            steps.sort_unstable();
            let named: Vec<_> = lesson
                .numbered_steps()
                .filter(|(_, step)| step.program == *role)
                .map(|(number, _)| number)
                .collect();
            ensure!(
                steps == named,
                "{} has the steps {steps:?}, and lesson.toml names {named:?}",
                path.display()
            );
            sources.push((role.clone(), source));
        }
        Ok(Self(sources))
    }

    /// The programs with the steps up to `written` as in the solution, and stubs after
    /// it; 0 gives the starter.
    pub fn with_steps_written(&self, lesson: &Lesson, written: u32) -> Vec<Text> {
        let stub = |number| {
            (number > written)
                .then(|| stub_of(lesson, number))
                .flatten()
        };
        self.0
            .iter()
            .map(|(role, source)| (role.clone(), source.with(stub)))
            .collect()
    }

    /// The functions in which the steps stand that the learner writes: the step, the
    /// program's role, and the function's name.
    pub fn functions<'a>(&self, lesson: &'a Lesson) -> Result<Vec<(u32, &'a str, String)>> {
        let mark = |step: u32| format!("step_{step}_stands_here");
        let mut marked = BTreeMap::new();
        for (role, source) in &self.0 {
            let functions = Functions::of(&source.with(|step| Some(mark(step) + ";\n")));
            marked.insert(
                role,
                functions.with_context(|| format!("the {role} is not Rust"))?,
            );
        }
        let function = |number: u32| {
            let role = lesson.role_of(number);
            let found = marked.get(&role.to_owned())?.around(&mark(number))?;
            Some((number, role, found.name().to_owned()))
        };
        let to_write = lesson.steps_to_write().into_iter();
        to_write
            .map(|step| function(step).with_context(|| format!("step {step} is in no function")))
            .collect()
    }

    /// The programs that `mistake` changes: its lines, and the solution's for the rest.
    pub fn with_mistake(&self, mistake: &Mistake) -> Vec<Text> {
        let wrong = |number: u32| mistake.code.get(&number.to_string()).cloned();
        let changed =
            |source: &Source| source.steps().into_iter().any(|step| wrong(step).is_some());
        self.0
            .iter()
            .filter(|(_, source)| changed(source))
            .map(|(role, source)| (role.clone(), source.with(wrong)))
            .collect()
    }
}

/// A step's task as a comment in both languages, and its stub.
fn stub_of(lesson: &Lesson, number: u32) -> Option<String> {
    let step = lesson
        .steps
        .get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let stub = step.stub.as_ref()?;
    let mut text = comment(&format!("{number}단계: {}", step.task.ko.trim()))
        + &comment(&format!("Step {number}: {}", step.task.en.trim()));
    if !step.unused.is_empty() {
        text += &format!("{QUIET}let _ = {};\n", as_one(&step.unused));
    }
    if stub.contains(GOES_ON) {
        text += STANDS_IN;
    } else if stub.contains("todo!(") && stub.contains('{') {
        text += NAMED;
    }
    Some(text + stub.trim_matches('\n') + "\n")
}

/// How a stub begins that does not panic.
const GOES_ON: &str = "eprintln!(\"not yet implemented";

/// What is above the lines of such a stub.
const STANDS_IN: &str = "\
// 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
// The lines below only fill the gap until then: replace them all with your code.
";

/// What is above a `todo!` that names more than its step.
const NAMED: &str = "\
// todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
// The names in todo! only keep the compiler quiet: replace the whole of it with your code.
";

/// What is above a line that names what is not used yet.
const QUIET: &str = "\
// 다음 줄은 컴파일러의 경고를 막을 뿐입니다. 작성할 때 지우세요.
// The next line only keeps the compiler quiet: take it out when you write the step.
";

/// An expression of all these: a tuple, if need be.
fn as_one(paths: &[String]) -> String {
    match paths {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("// {line}\n")).collect()
}

/// The starter's files that are generated, by their path in the lesson's folder.
/// The scenarios are not: they are written by hand, in the lesson.
pub fn files(workspace: &Workspace, lesson: &Lesson) -> Result<Vec<(PathBuf, String)>> {
    let manifest = manifest(workspace, lesson)?;
    let mut files = vec![(PathBuf::from("Cargo.toml"), manifest)];
    for (role, program) in Sources::read(workspace, lesson)?.with_steps_written(lesson, 0) {
        let file = Path::new("src").join(Lesson::file_of(&role));
        files.push((file.with_extension("rs"), program));
    }
    for (name, text) in given::of(workspace, lesson)? {
        files.push((Path::new("src").join(name), text));
    }
    Ok(files)
}

/// The same package as the solution's, but for its names and for where its scenarios are.
fn manifest(workspace: &Workspace, lesson: &Lesson) -> Result<String> {
    let manifest = workspace.solution_of(lesson).join("Cargo.toml");
    let manifest = fs::read_to_string(&manifest)
        .with_context(|| format!("{} cannot be read", manifest.display()))?;
    Ok(manifest
        .replace(
            &format!("solution-{}-", lesson.number()),
            &format!("lesson-{}-", lesson.number()),
        )
        .replace(&format!("../../lessons/{}/", lesson.name), ""))
}

/// Is the lesson's manifest what the starter's would be?
pub fn manifest_is_as_generated(workspace: &Workspace, lesson: &Lesson) -> Result<bool> {
    let wanted = manifest(workspace, lesson)?;
    let there = fs::read_to_string(workspace.starter_of(lesson).join("Cargo.toml"));
    Ok(is_same(there, &wanted))
}

/// A checkout on Windows may have CR LF.
fn is_same(there: std::io::Result<String>, wanted: &str) -> bool {
    there.is_ok_and(|there| there.replace("\r\n", "\n") == wanted)
}

/// Are these files in the lesson's folder as they are generated?
pub fn is_as_generated(workspace: &Workspace, lesson: &Lesson) -> Result<bool> {
    let folder = workspace.starter_of(lesson);
    let same =
        |(path, text): &(PathBuf, String)| is_same(fs::read_to_string(folder.join(path)), text);
    Ok(files(workspace, lesson)?.iter().all(same))
}
