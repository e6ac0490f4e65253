//! What is said before the tool is there to say it, in the reader's language.

use std::ffi::OsString;
use std::fmt::Display;
use std::path::Path;

/// The language of what is said.
#[derive(Clone, Copy)]
pub enum Words {
    Ko,
    En,
}

impl Words {
    /// As `--lang` says, else as the tool would choose (`xtask/course/src/lang.rs`): by its
    /// variable, by what `lang` has kept in the workspace at `root`, by the environment;
    /// Korean where none of these does.
    pub fn of(
        arguments: &[OsString],
        root: Option<&Path>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let variable = |name: &str| environment(name).filter(|value| !value.is_empty());
        let own = variable("XTASK_LANG");
        let follows_the_system = own.as_deref() == Some("auto");
        let kept = || std::fs::read_to_string(root?.join(".progress/lang")).ok();
        let kept = kept().filter(|_| !follows_the_system);
        let system = ["LC_ALL", "LC_CTYPE", "LANG"];
        let code = asked(arguments)
            .or_else(|| [own, kept].into_iter().flatten().find(|code| is_one(code)))
            .or_else(|| system.into_iter().find_map(variable));
        match code {
            Some(code) if code.to_lowercase().starts_with("en") => Self::En,
            _ => Self::Ko,
        }
    }

    pub fn building(self, first: bool) -> &'static str {
        match (self, first) {
            (Self::Ko, true) => "도구를 빌드합니다. 처음 한 번만, 30초쯤 걸립니다.",
            (Self::En, true) => "building the tool: about half a minute, this once",
            (Self::Ko, false) => "도구가 바뀌어 다시 빌드합니다.",
            (Self::En, false) => "the tool has changed and is built again",
        }
    }

    /// For the first time as well.
    pub fn building_the_press_too(self) -> &'static str {
        match self {
            Self::Ko => "도구와, 책을 만드는 프로그램을 빌드합니다. 처음 한 번만, 1분쯤 걸립니다.",
            Self::En => "building the tool and what prints the book: about a minute, this once",
        }
    }

    pub fn waiting(self) -> &'static str {
        match self {
            Self::Ko => "다른 cargo(편집기 등)가 끝나기를 기다립니다…",
            Self::En => "waiting for another cargo (an editor's) to end …",
        }
    }

    pub fn not_built(self) -> &'static str {
        match self {
            Self::Ko => "도구를 빌드하지 못했습니다. cargo의 말은 위와 같습니다.",
            Self::En => "the tool could not be built; cargo's own words are above",
        }
    }

    pub fn not_started(self, error: &dyn Display) -> String {
        match self {
            Self::Ko => format!("도구를 시작하지 못했습니다: {error}"),
            Self::En => format!("the tool could not be started: {error}"),
        }
    }

    pub fn no_cargo(self, error: &dyn Display) -> String {
        match self {
            Self::Ko => format!("cargo를 시작하지 못했습니다: {error}"),
            Self::En => format!("cargo could not be started: {error}"),
        }
    }

    pub fn not_a_workspace(self) -> &'static str {
        match self {
            Self::Ko => "여기는 레슨 작업 공간이 아닙니다. 그 폴더로 가서 다시 실행하세요.",
            Self::En => "this is not inside the workspace of the lessons; go there and try again",
        }
    }
}

/// What `--lang` is given.
fn asked(arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    let found = words.find_map(|word| word.strip_prefix("--lang"))?;
    match found {
        "" => words.next().map(str::to_owned),
        value => value.strip_prefix('=').map(str::to_owned),
    }
}

fn is_one(code: &str) -> bool {
    matches!(code.trim(), "ko" | "en")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(arguments: &[&str], root: &Path, environment: &[(&str, &str)]) -> &'static str {
        let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
        let variable = |name: &str| {
            let mut set = environment.iter().filter(|(own, _)| *own == name);
            set.next().map(|(_, value)| (*value).to_owned())
        };
        match Words::of(&arguments, Some(root), variable) {
            Words::Ko => "ko",
            Words::En => "en",
        }
    }

    #[test]
    fn what_is_asked_for_outweighs_what_is_kept_and_that_the_system() {
        let root = std::env::temp_dir().join(format!("launch-words-{}", std::process::id()));
        std::fs::create_dir_all(root.join(".progress")).unwrap();
        let (ko, en) = (("LANG", "ko_KR.UTF-8"), ("LANG", "en_US.UTF-8"));
        assert_eq!(code(&["list"], &root, &[]), "ko");
        assert_eq!(code(&["list"], &root, &[("LC_ALL", ""), en]), "en");
        std::fs::write(root.join(".progress/lang"), "en\n").unwrap();
        assert_eq!(code(&["list"], &root, &[ko]), "en");
        assert_eq!(code(&["list"], &root, &[ko, ("XTASK_LANG", "auto")]), "ko");
        assert_eq!(code(&["list"], &root, &[en, ("XTASK_LANG", "ko")]), "ko");
        assert_eq!(code(&["list", "--lang", "ko"], &root, &[en]), "ko");
        assert_eq!(code(&["--lang=ko", "list"], &root, &[en]), "ko");
        std::fs::write(root.join(".progress/lang"), "fr\n").unwrap();
        assert_eq!(code(&["list"], &root, &[ko]), "ko");
        std::fs::remove_dir_all(root).unwrap();
    }
}
