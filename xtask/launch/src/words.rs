//! What is said before the tool is there to say it, in the reader's language.

use std::ffi::OsString;
use std::fmt::Display;

/// The language of what is said.
#[derive(Clone, Copy)]
pub enum Words {
    Ko,
    En,
}

impl Words {
    /// As `--lang` says, else the environment; Korean where neither does.
    pub fn of(arguments: &[OsString]) -> Self {
        let mut words = arguments.iter().filter_map(|word| word.to_str());
        let asked = words.find_map(|word| word.strip_prefix("--lang").map(str::to_owned));
        let asked = match asked.as_deref() {
            Some("") => words.next().map(str::to_owned),
            Some(value) => value.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        let of_environment = || {
            let names = ["LC_ALL", "LC_CTYPE", "LANG"];
            let mut set = names.iter().filter_map(|name| std::env::var(name).ok());
            set.find(|value| !value.is_empty())
        };
        match asked.or_else(of_environment) {
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
