//! Which lessons are meant, and which step: `lesson-04`, `lesson-04-accept`, `04`, `4` or
//! `accept` is a lesson, `09-11` and `09,accept` are several in one word.

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lesson::definition::Lesson;
use crate::lesson::progress::Progress;
use crate::lesson::whereabouts;
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
    let mut chosen: Vec<&Lesson> = Vec::new();
    for part in words.iter().flat_map(|word| word.split(',')) {
        match range(part) {
            Some((first, last)) => chosen.extend(between(workspace, lang, first, last)?),
            None => chosen.push(lesson(workspace, lang, part)?),
        }
    }
    chosen.sort_by(|one, other| one.name.cmp(&other.name));
    chosen.dedup_by(|one, other| one.name == other.name);
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

/// As [`lesson()`], and where none is named the one where the learner is; `None` where
/// every lesson is passed.
pub fn lesson_or_here<'a>(
    workspace: &'a Workspace,
    lang: Lang,
    word: Option<&str>,
) -> Result<Option<&'a Lesson>, Failure> {
    match word {
        Some(word) => lesson(workspace, lang, word).map(Some),
        None => Ok(whereabouts::here(workspace, &Progress::read(workspace))),
    }
}

/// For whoever names none when there is none to go on with.
pub fn all_are_passed(lang: Lang) -> Failure {
    Failure::Usage(tr!(
        lang,
        "모든 레슨을 통과했습니다. 어느 레슨인지 쓰세요. 예: lesson-04.",
        "Every lesson is passed: name one, for example lesson-04."
    ))
}

pub fn lesson<'a>(workspace: &'a Workspace, lang: Lang, word: &str) -> Result<&'a Lesson, Failure> {
    let found = workspace.lessons.iter().find(|lesson| means(word, lesson));
    found.ok_or_else(|| Failure::Usage(no_such_lesson(workspace, lang, word)))
}

/// The step of `lesson` that `word` names by its number.
pub fn step(
    workspace: &Workspace,
    lesson: &Lesson,
    lang: Lang,
    word: &str,
) -> Result<u32, Failure> {
    let number = word.parse().ok();
    if let Some(number) = number.filter(|number| lesson.step(*number).is_some()) {
        return Ok(number);
    }
    let (name, all) = (lesson.short_name(), lesson.steps.len());
    let mut said = tr!(
        lang,
        "{name}에는 {word}단계가 없습니다. 단계는 1부터 {all}까지 있습니다.",
        "{name} has no step {word}; its steps are 1 to {all}."
    );
    // What two lessons would be elsewhere.
    let mut lessons = workspace.lessons.iter();
    if let Some(other) = lessons.find(|lesson| means(word, lesson)) {
        let (one, other) = (lesson.number(), other.number());
        said += &tr!(
            lang,
            " 두 레슨은 {one},{other}처럼 붙여 씁니다.",
            " Two lessons are one word: {one},{other}."
        );
    }
    Err(Failure::Usage(said))
}

/// As [`step()`], and `None` where none is named.
pub fn step_or_all(
    workspace: &Workspace,
    lesson: &Lesson,
    lang: Lang,
    word: Option<String>,
) -> Result<Option<u32>, Failure> {
    word.map(|word| step(workspace, lesson, lang, &word))
        .transpose()
}

fn means(word: &str, lesson: &Lesson) -> bool {
    let word = word.to_lowercase();
    // A folder's name may come with its path, as a shell completes it.
    let word = word.trim_end_matches(['/', '\\']);
    let word = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let own = lesson.number().parse().ok();
    word == lesson.name || word == lesson.topic() || number(word).is_some_and(|it| own == Some(it))
}

/// `4`, `04` and `lesson-04` are 4.
fn number(word: &str) -> Option<u32> {
    let digits = word.strip_prefix("lesson-").unwrap_or(word);
    let are_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| are_digits)
}

/// `09-11`, `lesson-09-11` and `lesson-09-lesson-11` are a range.
fn range(word: &str) -> Option<(&str, &str)> {
    let digits = word.strip_prefix("lesson-").unwrap_or(word);
    let (first, last) = digits.split_once('-')?;
    (number(first).is_some() && number(last).is_some()).then_some((first, last))
}

fn between<'a>(
    workspace: &'a Workspace,
    lang: Lang,
    first: &str,
    last: &str,
) -> Result<Vec<&'a Lesson>, Failure> {
    let ends = [
        lesson(workspace, lang, first)?,
        lesson(workspace, lang, last)?,
    ];
    if ends[0].name > ends[1].name {
        return Err(Failure::Usage(tr!(
            lang,
            "{first}-{last}에는 레슨이 없습니다. 작은 번호부터 씁니다: {last}-{first}.",
            "There is no lesson in {first}-{last}; the smaller number comes first: {last}-{first}."
        )));
    }
    let lessons = workspace.lessons.iter();
    let within = lessons.filter(|it| it.name >= ends[0].name && it.name <= ends[1].name);
    Ok(within.collect())
}

/// A number is answered with those that there are, and so is a word that is like none of
/// the names.
fn no_such_lesson(workspace: &Workspace, lang: Lang, word: &str) -> String {
    let near = nearest(workspace, word).join(", ");
    let ends = [workspace.lessons.first(), workspace.lessons.last()];
    let [first, last] = ends.map(|end| end.map_or("", Lesson::number));
    if near.is_empty() || number(&word.to_lowercase()).is_some() {
        tr!(
            lang,
            "'{word}'(이)라는 레슨은 없습니다. 레슨은 {first}부터 {last}까지 있습니다. cargo xtask list가 모두 보여 줍니다.",
            "There is no lesson '{word}'. The lessons are {first} to {last}; cargo xtask list shows them all."
        )
    } else {
        tr!(
            lang,
            "'{word}'(이)라는 레슨은 없습니다. 가까운 이름: {near}. cargo xtask list가 모두 보여 줍니다.",
            "There is no lesson '{word}'. The nearest names: {near}. cargo xtask list shows them all."
        )
    }
}

/// The names that `word` may be a slip of: no more than half of its letters are others.
fn nearest(workspace: &Workspace, word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let distance = |lesson: &Lesson| {
        let names = [lesson.name.as_str(), lesson.topic(), &lesson.short_name()]
            .map(|name| strsim::damerau_levenshtein(name, &word));
        names.into_iter().min().unwrap_or(usize::MAX)
    };
    let far = word.chars().count() / 2;
    let all = workspace.lessons.iter().map(|it| (distance(it), it));
    let mut near: Vec<_> = all.filter(|(distance, _)| *distance <= far).collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter()
        .take(NEAREST)
        .map(|(_, lesson)| lesson.name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(word: &str) -> Result<String, String> {
        let workspace = Workspace::find().unwrap();
        match lessons(&workspace, Lang::En, &[word.to_owned()]) {
            Ok(lessons) => {
                let numbers: Vec<_> = lessons.iter().map(|lesson| lesson.number()).collect();
                Ok(numbers.join(" "))
            }
            Err(Failure::Usage(sentence)) => Err(sentence),
            Err(Failure::Unable(error)) => panic!("{error:#}"),
        }
    }

    #[test]
    fn a_word_is_a_lesson_a_range_or_a_list_of_both() {
        for (word, wanted) in [
            ("9", "09"),
            ("one-shot", "09"),
            ("lessons/lesson-09-one-shot/", "09"),
            ("09-11", "09 10 11"),
            ("lesson-9-11", "09 10 11"),
            ("11-11", "11"),
            ("09,accept", "04 09"),
            ("9-10,4,10,lesson-09", "04 09 10"),
        ] {
            assert_eq!(numbers(word).as_deref(), Ok(wanted), "{word}");
        }
    }

    #[test]
    fn what_names_no_lesson_is_answered() {
        for (word, said) in [
            ("99", "lessons are 00 to"),
            ("9-99", "lesson '99'"),
            ("lesson-1000000000000", "lessons are 00 to"),
            ("11-9", "the smaller number comes first: 9-11"),
            ("4,", "lesson ''"),
            ("+4", "lessons are 00 to"),
            ("소켓", "lessons are 00 to"),
            ("acept,4", "lesson-04-accept"),
        ] {
            let sentence = numbers(word).unwrap_err();
            assert!(sentence.contains(said), "{word}: {sentence}");
        }
    }
}
