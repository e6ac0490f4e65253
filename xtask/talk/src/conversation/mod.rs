//! The conversation: does what the commands say, one after another, and shows what comes
//! meanwhile. Everything happens on one thread, so that a script is told in one order.

mod waiting;

use crate::help;
use crate::input::{Input, Next};
use crate::link::{Link, News, NotSent};
use crate::screen::{Screen, complain};
use crate::settings::Settings;
use crate::trouble::Trouble;
use crate::way_in::WayIn;
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use talk::{BETWEEN_PIECES, Command, tr};

/// Between two looks at what is typed, while something may come.
const LOOK: Duration = Duration::from_millis(10);

/// How long a `:recv` of a script waits that nobody sits before.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long the answer to a last datagram may take.
const LAST_ANSWER: Duration = Duration::from_millis(300);

pub(crate) struct Conversation {
    input: Input,
    screen: Screen,
    way_in: WayIn,
    link: Option<Link>,
    /// The sizes of what came and no `:recv` has waited for yet.
    unclaimed: VecDeque<usize>,
    /// For what goes out next.
    split: Option<usize>,
    patience: Option<Duration>,
    /// Something that was waited for did not come.
    missed: bool,
}

impl Conversation {
    pub(crate) fn begin(
        settings: &Settings,
        input: Input,
        screen: Screen,
    ) -> Result<Self, Trouble> {
        let nobody_types = !input.is_typed;
        let patience = settings.patience.or(nobody_types.then_some(PATIENCE));
        Ok(Self {
            way_in: WayIn::of(settings, &screen)?,
            input,
            screen,
            link: None,
            unclaimed: VecDeque::new(),
            split: None,
            patience,
            missed: false,
        })
    }

    /// Goes on to the end of its input; the exit status.
    pub(crate) fn go_on(mut self) -> Result<u8, Trouble> {
        let lang = self.screen.lang();
        self.opens()?;
        if self.link.is_none() {
            return Ok(1);
        }
        let mut scripted = self.input.has_script();
        loop {
            if scripted && !self.input.has_script() && self.input.is_typed {
                scripted = false;
                self.screen.say(&tr!(
                    lang,
                    "스크립트가 끝났습니다. 이제 직접 칩니다. (:help, 끝내기는 Ctrl+D)",
                    "The script is over; go on by hand. (:help; Ctrl+D ends)"
                ));
            }
            let idle = self.link.as_ref().is_none_or(Link::is_over);
            match self.input.next(if idle { LOOK } else { Duration::ZERO }) {
                Next::Command(Command::Quit) => break,
                Next::Command(command) => self.does(command)?,
                Next::Bad(number, bad) => {
                    let why = bad.tell(lang);
                    if !self.input.is_typed {
                        return Err(Trouble::usage(tr!(
                            lang,
                            "{number}번째 줄: {why}",
                            "line {number}: {why}"
                        )));
                    }
                    complain(&why);
                }
                Next::Nothing if idle => {}
                Next::Nothing => self.shows(LOOK),
                Next::End => {
                    self.ends();
                    break;
                }
            }
        }
        Ok(u8::from(self.missed))
    }

    /// The next connection; none where there is none to be had.
    ///
    /// # Errors
    /// The own address cannot be had.
    fn opens(&mut self) -> Result<(), Trouble> {
        self.unclaimed.clear();
        // A socket of its own goes before another takes its place.
        self.link = None;
        self.link = self.way_in.open(&self.screen)?;
        self.missed |= self.link.is_none();
        Ok(())
    }

    fn does(&mut self, command: Command) -> Result<(), Trouble> {
        match command {
            Command::Line(mut bytes) => {
                if self.way_in.is_a_stream() {
                    bytes.push(b'\n');
                }
                self.sends(&bytes);
            }
            Command::Send(bytes) => self.sends(&bytes),
            Command::Split(size) => self.split = Some(size),
            Command::Wait(time) => self.shows(Duration::from_millis(time)),
            Command::Recv(awaited) => self.waits_for(awaited),
            Command::Fin => self.finishes(),
            Command::Close => self.closes(),
            Command::Reset => self.resets(),
            Command::Next => {
                if let Some(Link::Stream(_)) = &self.link {
                    self.closes();
                }
                self.opens()?;
            }
            Command::Note(note) => self.screen.say(&format!("  ※ {note}")),
            Command::Help => help::show(&self.screen),
            Command::Quit => {}
        }
        Ok(())
    }

    fn sends(&mut self, bytes: &[u8]) {
        let size = self.split.take().unwrap_or(usize::MAX);
        if bytes.len() <= size {
            return self.sends_piece(bytes);
        }
        for (index, piece) in bytes.chunks(size).enumerate() {
            if index > 0 {
                self.shows(Duration::from_millis(BETWEEN_PIECES));
            }
            self.sends_piece(piece);
            if self.link.as_ref().is_none_or(Link::is_over) {
                break;
            }
        }
    }

    fn sends_piece(&mut self, bytes: &[u8]) {
        let lang = self.screen.lang();
        let Some(link) = self.open_link() else {
            return;
        };
        if matches!(link, Link::Stream(stream) if stream.is_finished()) {
            return complain(&tr!(
                lang,
                "이미 FIN을 보내서 더 보낼 수 없습니다. :next가 새로 연결합니다.",
                "FIN went out already, and nothing can follow it; :next begins a new connection."
            ));
        }
        match link.send(bytes) {
            Ok(()) => self.screen.sent(bytes),
            Err(NotSent::Rst) => self.screen.saw("send", &self.about_rst()),
            Err(NotSent::NotTaken) => {
                self.missed = true;
                self.screen.missed(
                    "send",
                    &tr!(
                        lang,
                        "무응답 (상대가 읽지 않아 더 보낼 자리가 없습니다)",
                        "silence (the other side does not read, and there is no more room)"
                    ),
                );
            }
            Err(NotSent::NobodyThere) => complain(&tr!(
                lang,
                "아직 아무도 데이터그램을 보내지 않아 답할 곳이 없습니다.",
                "Nobody has sent a datagram yet that could be answered."
            )),
            Err(NotSent::Otherwise(error)) => {
                self.missed = true;
                self.screen.missed("send", &error.to_string());
            }
        }
    }

    /// What there is to talk over; where there is nothing, that is said.
    fn open_link(&mut self) -> Option<&mut Link> {
        let over = self.link.as_ref().is_none_or(Link::is_over);
        if over {
            complain(&tr!(
                self.screen.lang(),
                "연결이 없습니다. :next가 새로 연결합니다.",
                "There is no connection; :next begins a new one."
            ));
            return None;
        }
        self.link.as_mut()
    }

    /// Shows all that comes in `time`.
    fn shows(&mut self, time: Duration) {
        let until = Instant::now() + time;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if !self.shows_next(left) {
                std::thread::sleep(left);
            }
            if Instant::now() >= until {
                break;
            }
        }
    }

    /// Shows what comes first within `limit`; false where nothing can come.
    fn shows_next(&mut self, limit: Duration) -> bool {
        let Some(link) = self.link.as_mut().filter(|link| !link.is_over()) else {
            return false;
        };
        match link.news(limit) {
            News::Nothing => return true,
            News::Bytes(bytes, from) => {
                self.unclaimed.push_back(bytes.len());
                self.screen.received(&bytes, from);
            }
            News::Fin => self.screen.saw("recv", &self.about_fin()),
            News::Rst => self.screen.saw("recv", &self.about_rst()),
        }
        let over = self.link.as_ref().is_some_and(Link::is_over);
        if over && self.input.is_typed && !self.input.has_script() {
            self.screen.say(&tr!(
                self.screen.lang(),
                "연결이 끝났습니다. 새 연결은 :next, 끝내기는 Ctrl+D.",
                "The connection is over. :next begins a new one; Ctrl+D ends."
            ));
        }
        true
    }

    fn about_fin(&self) -> String {
        tr!(
            self.screen.lang(),
            "FIN (상대가 자기 방향을 닫았습니다)",
            "FIN (the other side has closed its direction)"
        )
    }

    fn about_rst(&self) -> String {
        tr!(
            self.screen.lang(),
            "RST (상대가 연결을 끊었습니다)",
            "RST (the other side has broken the connection off)"
        )
    }

    fn finishes(&mut self) {
        if let Some(Link::Stream(stream)) = self.open_link_of_a_stream()
            && !stream.is_finished()
        {
            stream.fin();
            self.screen.did("shutdown", "FIN");
        }
    }

    /// What has come is shown first: closing over bytes that nobody read sends RST
    /// (RFC 2525, section 2.17).
    fn closes(&mut self) {
        // One that is over already has nothing left to say.
        if self.link.take_if(|link| link.is_over()).is_some()
            || self.open_link_of_a_stream().is_none()
        {
            return;
        }
        self.shows(Duration::ZERO);
        self.link = None;
        self.screen.did("close", "FIN");
    }

    fn resets(&mut self) {
        if self.open_link_of_a_stream().is_none() {
            return;
        }
        if let Some(Link::Stream(stream)) = self.link.take() {
            stream.reset();
            self.screen.did("reset", "RST");
        }
    }

    fn open_link_of_a_stream(&mut self) -> Option<&mut Link> {
        if self.way_in.is_a_stream() {
            return self.open_link();
        }
        complain(&tr!(
            self.screen.lang(),
            "UDP에는 닫거나 끊을 연결이 없습니다.",
            "Over UDP there is no connection to close or to break off."
        ));
        None
    }

    /// The input is over: what still comes is shown.
    fn ends(&mut self) {
        // Nobody is to be told what could be typed next.
        self.input.is_typed = false;
        if !self.way_in.is_a_stream() {
            return self.shows(LAST_ANSWER);
        }
        if self.link.as_ref().is_none_or(Link::is_over) {
            return;
        }
        self.finishes();
        let since = Instant::now();
        while !self.link.as_ref().is_none_or(Link::is_over) && !self.is_in_vain(since) {
            self.shows_next(LOOK);
        }
    }
}
