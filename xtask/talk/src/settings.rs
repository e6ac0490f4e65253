//! What the peer was started with. The tool has read the words already, and passes them on.

use crate::trouble::Trouble;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;
use talk::lang::Lang;
use talk::tr;

/// Where nothing else was said: any free port of this machine's own.
const ANY_PORT: &str = "127.0.0.1:0";

pub(crate) struct Settings {
    pub(crate) lang: Lang,
    /// What the address stands for, in the order in which it is tried; at least one.
    pub(crate) addresses: Vec<SocketAddr>,
    /// It waits for others at the address, and does not go there.
    pub(crate) listens: bool,
    pub(crate) udp: bool,
    /// What comes is shown by its numbers too.
    pub(crate) hex: bool,
    /// Each line tells when it happened.
    pub(crate) times: bool,
    pub(crate) script: Option<PathBuf>,
    /// How long a `:recv` waits; `None` where nothing was said.
    pub(crate) patience: Option<Duration>,
}

impl Settings {
    pub(crate) fn read(words: &[String], lang: Lang) -> Result<Self, Trouble> {
        let mut settings = Self {
            lang,
            addresses: Vec::new(),
            listens: false,
            udp: false,
            hex: false,
            times: true,
            script: None,
            patience: None,
        };
        let mut address = None;
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().cloned().unwrap_or_default();
            match word.as_str() {
                "--lang" => drop(value()),
                "--listen" => settings.listens = true,
                "--udp" => settings.udp = true,
                "--hex" => settings.hex = true,
                "--no-times" => settings.times = false,
                "--script" => settings.script = Some(value().into()),
                "--patience" => settings.patience = Some(milliseconds(&value(), lang)?),
                other if address.is_none() && !other.starts_with('-') => {
                    address = Some(other.to_owned());
                }
                other => return Err(not_understood(other, lang)),
            }
        }
        let address = match (address, settings.listens) {
            (Some(address), _) => address,
            (None, true) => ANY_PORT.to_owned(),
            (None, false) => {
                return Err(Trouble::usage(tr!(
                    lang,
                    "어느 주소와 이야기할까요? 예: cargo xtask talk 127.0.0.1:4000, 기다리려면 --listen.",
                    "Which address? For example cargo xtask talk 127.0.0.1:4000, or --listen to wait for others."
                )));
            }
        };
        settings.addresses = resolved(&address, settings.listens, lang)?;
        Ok(settings)
    }
}

fn milliseconds(word: &str, lang: Lang) -> Result<Duration, Trouble> {
    let number = word.parse().map_err(|_| not_understood(word, lang))?;
    Ok(Duration::from_millis(number))
}

fn not_understood(word: &str, lang: Lang) -> Trouble {
    Trouble::usage(tr!(
        lang,
        "'{word}'을(를) 알아듣지 못했습니다.",
        "'{word}' was not understood."
    ))
}

/// A port alone is one of this machine's own. Port 0 is one to listen at, and none to go to.
fn resolved(address: &str, listens: bool, lang: Lang) -> Result<Vec<SocketAddr>, Trouble> {
    let whole = match address.parse::<u16>() {
        Ok(port) => format!("127.0.0.1:{port}"),
        Err(_) => address.to_owned(),
    };
    let no_address = || {
        Trouble::usage(tr!(
            lang,
            "'{address}'은(는) 주소가 아닙니다. 127.0.0.1:4000처럼 호스트와 포트 번호를 쓰세요.",
            "'{address}' is not an address. Give a host and a port number, like 127.0.0.1:4000."
        ))
    };
    let found = whole.to_socket_addrs().map_err(|_| no_address())?;
    let usable = |found: &SocketAddr| listens || found.port() != 0;
    let found: Vec<_> = found.filter(usable).collect();
    if found.is_empty() {
        return Err(no_address());
    }
    Ok(found)
}
