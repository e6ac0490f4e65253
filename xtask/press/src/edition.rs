//! The editions of the book: what differs between them that is not a chapter.
//! Sentences that the press itself puts into a page live here, so that no
//! other file has to ask which language it is printing.

/// The book in one language; its code names the folder it is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Edition {
    Ko,
    En,
}

/// Whose run a figure was drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    Solution,
    /// `solutions/tutorials`: what the tutorials do, seen breaking.
    TutorialsManner,
}

impl Edition {
    /// Both editions, the first one first.
    pub const BOTH: [Edition; 2] = [Edition::Ko, Edition::En];

    /// The folder's name, and the `lang` attribute of every page.
    pub fn code(self) -> &'static str {
        match self {
            Edition::Ko => "ko",
            Edition::En => "en",
        }
    }

    /// The language's name, in that language.
    pub fn name(self) -> &'static str {
        match self {
            Edition::Ko => "한국어",
            Edition::En => "English",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Edition::Ko => "소켓 프로그래밍, 직접 해 보며 배우기",
            Edition::En => "Socket programming, learned by doing",
        }
    }

    pub fn description(self) -> &'static str {
        match self {
            Edition::Ko => "소켓 프로그래밍을 Rust로 한 단계씩 직접 작성하며 배우는 책",
            Edition::En => "Socket programming in Rust, written by the reader step by step",
        }
    }

    /// Under a figure: where its conversation comes from.
    pub fn recorded(self, of: Recorded) -> &'static str {
        match (self, of) {
            (Edition::Ko, Recorded::Solution) => "풀이 프로그램을 실제로 실행해 남긴 대화 기록",
            (Edition::En, Recorded::Solution) => "recorded from a run of the solution",
            (Edition::Ko, Recorded::TutorialsManner) => {
                "튜토리얼의 방식으로 작성한 파이썬 프로그램을 실제로 실행해 남긴 대화 기록"
            }
            (Edition::En, Recorded::TutorialsManner) => {
                "recorded from a run of a Python program in the tutorial's manner"
            }
        }
    }

    /// What opens a figure's transcript.
    pub fn as_text(self) -> &'static str {
        match self {
            Edition::Ko => "텍스트로 보기",
            Edition::En => "as text",
        }
    }

    /// A figure's name for those who do not see it.
    pub fn figure_label(self, scenario: &str, lifelines: &[&str]) -> String {
        let names = lifelines.join(", ");
        match self {
            Edition::Ko => format!("대화 그림 {scenario}: {names}"),
            Edition::En => format!("Diagram of the conversation {scenario}: {names}"),
        }
    }
}
