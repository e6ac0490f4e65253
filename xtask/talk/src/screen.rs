//! What the reader sees: one line for each thing that happened, with the words of the
//! check's transcripts, the time since the start, and what FIN and RST mean.

use std::io::Write;
use std::time::Instant;
use talk::lang::Lang;
use talk::{hex_dump, quoted, tr};

/// More bytes than this are shown by the first few of them.
const SHOWN: usize = 240;

/// How many of them are shown then.
const BEGINNING: usize = 60;

/// SGR (ECMA-48, 8.3.117): faint; green for what came; yellow for what went out; red.
const DIM: &str = "\x1b[2m";
const CAME: &str = "\x1b[32m";
const WENT: &str = "\x1b[33m";
const BAD: &str = "\x1b[31m";
const PLAIN: &str = "\x1b[0m";

pub(crate) struct Screen {
    lang: Lang,
    since: Instant,
    times: bool,
    hex: bool,
}

/// One sentence on stderr. Where not even that can be written, there is nobody to be told.
pub(crate) fn complain(sentence: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{sentence}");
}

impl Screen {
    pub(crate) fn new(lang: Lang, times: bool, hex: bool) -> Self {
        Self {
            lang,
            since: Instant::now(),
            times,
            hex,
        }
    }

    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// `send  "안녕" 6바이트`
    pub(crate) fn sent(&self, bytes: &[u8]) {
        self.line(WENT, "send", &self.told(bytes));
    }

    /// `recv  "안녕" 6바이트`; of a datagram, who sent it.
    pub(crate) fn received(&self, bytes: &[u8], from: Option<std::net::SocketAddr>) {
        let told = self.told(bytes);
        let told = match from {
            Some(from) => tr!(self.lang, "{told}, 보낸 곳 {from}", "{told} from {from}"),
            None => told,
        };
        self.line(CAME, "recv", &told);
        if self.hex {
            for line in hex_dump(bytes) {
                self.write(&format!("{DIM}    {line}{PLAIN}"));
            }
        }
    }

    /// Something that went out or was done here: `shutdown  FIN`.
    pub(crate) fn did(&self, word: &str, what: &str) {
        self.line(WENT, word, what);
    }

    /// Something that came from the other side: `recv  FIN`.
    pub(crate) fn saw(&self, word: &str, what: &str) {
        self.line(CAME, word, what);
    }

    /// Something that is not as it was to be: `recv  silence`.
    pub(crate) fn missed(&self, word: &str, what: &str) {
        self.line(BAD, word, what);
    }

    /// A sentence between the lines.
    pub(crate) fn say(&self, sentence: &str) {
        self.write(&format!("{DIM}{sentence}{PLAIN}"));
    }

    fn line(&self, colour: &str, word: &str, what: &str) {
        let time = if self.times {
            format!("{DIM}{:8.3}{PLAIN}  ", self.since.elapsed().as_secs_f64())
        } else {
            String::new()
        };
        self.write(&format!("{time}{colour}{word:<8}{PLAIN}  {what}"));
    }

    /// A reader who has left wants no more: the conversation goes on without one.
    fn write(&self, line: &str) {
        let mut stdout = anstream::stdout().lock();
        let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
    }

    fn told(&self, bytes: &[u8]) -> String {
        let count = bytes.len();
        let (shown, more) = if count > SHOWN {
            (&bytes[..BEGINNING], " …")
        } else {
            (bytes, "")
        };
        let shown = quoted(shown);
        match (self.lang, count) {
            (Lang::Ko, _) => format!("{shown}{more} {count}바이트"),
            (Lang::En, 1) => format!("{shown}{more} 1 byte"),
            (Lang::En, _) => format!("{shown}{more} {count} bytes"),
        }
    }
}
