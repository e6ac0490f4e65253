//! One sentence for a command line that clap did not take, in the reader's language.

use crate::lang::Lang;
use crate::tr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Commands that became those of `cargo xtask dev`.
const MOVED: [&str; 3] = ["stub", "bless", "prove"];

/// What is wrong, and what there is instead.
pub fn of(error: &clap::Error, lang: Lang) -> String {
    let unknown = context(error, &[ContextKind::InvalidSubcommand]);
    if let Some(name) = unknown.filter(|name| MOVED.contains(&name.as_str())) {
        return tr!(
            lang,
            "{name}의 새 이름은 cargo xtask dev {name}입니다.",
            "{name} is cargo xtask dev {name} now."
        );
    }
    let word = context(
        error,
        &[ContextKind::InvalidSubcommand, ContextKind::InvalidArg],
    );
    let value = context(error, &[ContextKind::InvalidValue]);
    let near = context(
        error,
        &[
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedValue,
        ],
    );
    let tip = match &near {
        Some(near) => tr!(lang, "혹시 {near}인가요?", "Did you mean {near}?"),
        None => {
            let command = command(error);
            tr!(
                lang,
                "{command} --help가 쓸 수 있는 말을 보여 줍니다.",
                "{command} --help shows what there is."
            )
        }
    };
    let word = word.unwrap_or_default();
    let problem = match (error.kind(), value) {
        (ErrorKind::InvalidSubcommand, _) => tr!(
            lang,
            "{word}(이)라는 명령은 없습니다.",
            "There is no command {word}."
        ),
        (ErrorKind::UnknownArgument, _) if !word.starts_with('-') && !takes_a_step(error) => tr!(
            lang,
            "'{word}'은(는) 남는 말입니다. 이 명령은 단계를 받지 않습니다.",
            "'{word}' is one word too many: this command takes no step."
        ),
        (ErrorKind::UnknownArgument, _) if !word.starts_with('-') => {
            return tr!(
                lang,
                "'{word}'은(는) 남는 말입니다. 명령 뒤에는 레슨과 단계를 하나씩 쓰고, 여러 레슨은 09,11이나 09-11처럼 붙여 씁니다.",
                "'{word}' is one word too many. A command takes a lesson and a step; several lessons are one word: 09,11 or 09-11."
            );
        }
        (ErrorKind::UnknownArgument, _) => tr!(
            lang,
            "{word}(이)라는 옵션은 없습니다.",
            "There is no option {word}."
        ),
        (ErrorKind::MissingRequiredArgument, _) => {
            tr!(lang, "{word}이(가) 빠졌습니다.", "{word} is missing.")
        }
        (ErrorKind::ArgumentConflict, _) => {
            let other = context(error, &[ContextKind::PriorArg]).unwrap_or_default();
            tr!(
                lang,
                "{word}은(는) {other}와(과) 함께 쓸 수 없습니다.",
                "{word} cannot be used with {other}."
            )
        }
        (_, Some(value)) if value.is_empty() => {
            tr!(lang, "{word}에 값이 없습니다.", "{word} has no value.")
        }
        (_, Some(value)) => tr!(
            lang,
            "{word}에 {value}은(는) 쓸 수 없습니다.",
            "{value} is not a value for {word}."
        ),
        _ => tr!(
            lang,
            "명령을 이해하지 못했습니다.",
            "The command was not understood."
        ),
    };
    format!("{problem} {tip}")
}

/// `cargo xtask restore`: the command whose words were not taken, by its line of usage.
fn command(error: &clap::Error) -> String {
    let usage = usage(error);
    let named = usage.split_whitespace().skip_while(|word| *word != "cargo");
    let words: Vec<_> = named
        .take_while(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    match words.len() {
        0 => "cargo xtask".to_owned(),
        _ => words.join(" "),
    }
}

fn takes_a_step(error: &clap::Error) -> bool {
    usage(error).contains("STEP")
}

fn usage(error: &clap::Error) -> String {
    match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        _ => String::new(),
    }
}

fn context(error: &clap::Error, kinds: &[ContextKind]) -> Option<String> {
    let found = kinds.iter().find_map(|kind| error.get(*kind))?;
    match found {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}
