//! Addresses, as a transcript writes them: the port by its name where it has one.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// An address with its port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The host; a loopback host of one run only is 127.0.0.1 here.
    pub ip: IpAddr,
    /// The port.
    pub port: Port,
}

/// A port as a transcript tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Port {
    /// One that has no name, as it is.
    Number(u16),
    /// `<server>`: which number it is differs from run to run.
    Named(String),
}

/// The name of a port that a scenario did not hear of before.
pub(crate) const ANOTHER: &str = "another port";

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self {
            ip: address.ip(),
            port: Port::Number(address.port()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ip {
            IpAddr::V4(ip) => write!(f, "{ip}:{}", self.port),
            IpAddr::V6(ip) => write!(f, "[{ip}]:{}", self.port),
        }
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Named(name) => write!(f, "<{name}>"),
        }
    }
}

/// The length of the name, with its angle brackets, that `text` begins with: `<server>`.
pub(crate) fn name_at_start(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let of_a_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ' || c == '-';
    let end = inside.find(|c: char| !of_a_name(c))?;
    let begins = inside.starts_with(|c: char| c.is_ascii_lowercase());
    (begins && inside[end..].starts_with('>')).then_some(end + 2)
}

/// The first socket address with a port in `text`, as a person would read it there.
pub(crate) fn address_in(text: &str) -> Option<SocketAddr> {
    text.split(|c: char| !(c.is_ascii_hexdigit() || ".:[]".contains(c)))
        .filter_map(|word| word.trim_matches(['.', ':']).parse::<SocketAddr>().ok())
        .find(|address| address.port() != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_in_a_sentence() {
        let found = |text| address_in(text).map(|address| address.to_string());
        assert_eq!(
            found("서버가 시작되었습니다: 127.0.0.1:80"),
            Some("127.0.0.1:80".into())
        );
        assert_eq!(found("at [::1]:9, now"), Some("[::1]:9".into()));
        assert_eq!(found("('127.0.0.1', 80) 127.0.0.1:0 12:30:15"), None);
        assert_eq!(found("127.0.0.1:<server>"), None);
    }

    #[test]
    fn a_name_has_small_letters_between_angle_brackets() {
        assert_eq!(name_at_start("<server-a>:"), Some(10));
        assert_eq!(name_at_start("<another port>"), Some(14));
        for none in ["<>", "<1>", "<Server>", "<a:b>", "<a", "a<b>", "< a>"] {
            assert_eq!(name_at_start(none), None, "{none}");
        }
    }
}
