//! Which lesson is meant: `lesson-04`, `lesson-04-accept`, `04`, `4` or `accept`.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::workspace::Workspace;
use crate::tr;

/// How many near names a wrong one is answered with.
const NEAREST: usize = 3;

/// The lessons that `words` name, each once, in the lessons' order.
pub fn lessons<'a>(
    workspace: &'a Workspace,
    lang: Lang,
    words: &[String],
) -> Result<Vec<&'a Lesson>, Failure> {
    let mut chosen = Vec::new();
    for word in words {
        let lesson = lesson(workspace, lang, word)?;
        if !chosen
            .iter()
            .any(|known: &&Lesson| known.name == lesson.name)
        {
            chosen.push(lesson);
        }
    }
    chosen.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(chosen)
}

/// As [`lessons`], and all of them where none is named.
pub fn lessons_or_all<'a>(
    workspace: &'a Workspace,
    lang: Lang,
    words: &[String],
) -> Result<Vec<&'a Lesson>, Failure> {
    if words.is_empty() {
        Ok(workspace.lessons.iter().collect())
    } else {
        lessons(workspace, lang, words)
    }
}

pub fn lesson<'a>(workspace: &'a Workspace, lang: Lang, word: &str) -> Result<&'a Lesson, Failure> {
    let found = workspace.lessons.iter().find(|lesson| means(word, lesson));
    found.ok_or_else(|| Failure::Usage(no_such_lesson(workspace, lang, word)))
}

/// The number of a step that the lesson has.
pub fn step(lesson: &Lesson, lang: Lang, number: u32) -> Result<u32, Failure> {
    if lesson.numbered_steps().any(|(own, _)| own == number) {
        return Ok(number);
    }
    let (name, all) = (lesson.short_name(), lesson.steps.len());
    Err(Failure::Usage(tr!(
        lang,
        "{name}에는 {number}단계가 없습니다. 1부터 {all}까지 있습니다.",
        "{name} has no step {number}; its steps are 1 to {all}."
    )))
}

fn means(word: &str, lesson: &Lesson) -> bool {
    let word = word.to_lowercase();
    // A folder's name may come with its path, as a shell completes it.
    let word = word.trim_end_matches(['/', '\\']);
    let word = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let number = word.strip_prefix("lesson-").unwrap_or(word);
    let same_number = matches!((number.parse::<u32>(), lesson.number().parse::<u32>()), (Ok(one), Ok(other)) if one == other);
    word == lesson.name || word == lesson.topic() || same_number
}

fn no_such_lesson(workspace: &Workspace, lang: Lang, word: &str) -> String {
    let near = nearest(workspace, word).join(", ");
    tr!(
        lang,
        "'{word}'(이)라는 레슨은 없습니다. 가까운 이름: {near}. cargo xtask list가 모두 보여 줍니다.",
        "There is no lesson '{word}'. The nearest names: {near}. cargo xtask list shows them all."
    )
}

fn nearest(workspace: &Workspace, word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let distance = |lesson: &Lesson| {
        let names = [lesson.name.as_str(), lesson.topic(), &lesson.short_name()]
            .map(|name| strsim::damerau_levenshtein(name, &word));
        names.into_iter().min().unwrap_or(usize::MAX)
    };
    let mut all: Vec<_> = workspace.lessons.iter().collect();
    all.sort_by_key(|lesson| distance(lesson));
    all.into_iter()
        .take(NEAREST)
        .map(|lesson| lesson.name.clone())
        .collect()
}
