//! The editions of the book: what differs between them that is not a chapter.
//! Sentences that the press itself puts into a page live here, so that no
//! other file has to ask which language it is printing.

/// The book in one language; its code names the folder it is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
                "recorded from a run of a tutorial-style Python program"
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

    /// Before the line of a figure that matters, for those who do not see its colour.
    pub fn look_here(self) -> &'static str {
        match self {
            Edition::Ko => "눈여겨볼 줄. ",
            Edition::En => "The line that matters. ",
        }
    }

    /// In a figure, where somebody waited for so long.
    pub fn waited(self, time: &str) -> String {
        match self {
            Edition::Ko => format!("{time} 기다림"),
            Edition::En => format!("waits {time}"),
        }
    }

    /// On the cover: what the course does.
    pub fn promise(self) -> &'static str {
        match self {
            Edition::Ko => {
                "블로그를 보고 베껴 쓴 소켓 프로그램이 왜 망가지는지 눈으로 보고, 망가지지 않는 \
                 프로그램을 Rust로 한 단계씩 작성합니다. 검사가 네트워크의 상대가 되어 말을 걸고, \
                 무슨 일이 있었는지 보여 줍니다."
            }
            Edition::En => {
                "See why a socket program copied from a blog breaks, and write one in Rust, step \
                 by step, that does not. The check plays the peer on the network, talks to your \
                 program, and shows you what happened."
            }
        }
    }

    /// On the cover: where to begin.
    pub fn begin(self) -> &'static str {
        match self {
            Edition::Ko => "레슨 00부터 시작하기",
            Edition::En => "Begin with lesson 00",
        }
    }

    /// On the cover: what a reader does.
    pub fn three_things(self) -> [(&'static str, &'static str); 3] {
        match self {
            Edition::Ko => [
                (
                    "읽습니다",
                    "먼저 결과를 맞혀 보고, 실제로 일어나는 일과 비교합니다.",
                ),
                ("완성합니다", "시작 코드의 빈 곳을 한 단계씩 채웁니다."),
                (
                    "검사합니다",
                    "반쪽 메시지, 말 없는 손님, 갑작스러운 끊김을 견디는지 봅니다.",
                ),
            ],
            Edition::En => [
                (
                    "Read",
                    "Predict what will happen, and compare it with what does.",
                ),
                ("Complete", "Fill in the starter, one step at a time."),
                (
                    "Check",
                    "Half a message, a silent client, a sudden reset: does it hold?",
                ),
            ],
        }
    }

    /// On the cover: the list of lessons.
    pub fn lessons(self) -> &'static str {
        match self {
            Edition::Ko => "레슨",
            Edition::En => "Lessons",
        }
    }

    /// Where the book says which one it is.
    pub fn version(self, number: &str) -> String {
        match self {
            Edition::Ko => format!("버전 {number}"),
            Edition::En => format!("Version {number}"),
        }
    }

    /// The list of chapters.
    pub fn contents(self) -> &'static str {
        match self {
            Edition::Ko => "차례",
            Edition::En => "Contents",
        }
    }

    /// As the crates know it that tell of transcripts and specifications.
    pub fn lang(self) -> specification::Lang {
        match self {
            Edition::Ko => specification::Lang::Ko,
            Edition::En => specification::Lang::En,
        }
    }
}
