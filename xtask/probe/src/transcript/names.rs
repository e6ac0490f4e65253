//! Ports become names: `127.0.0.1:40112` is written `127.0.0.1:<server>`, so that
//! a transcript is the same on every run. What a name stands for is set by
//! whoever learns the port: a program's first line, a peer's own socket.

use crate::transcript::address::{ANOTHER, Address, Port};
use crate::transcript::text::Text;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

#[derive(Default)]
pub(crate) struct Names {
    ports: Vec<(u16, String)>,
    hosts: Vec<IpAddr>,
}

impl Names {
    /// From now on `port` is written `<name>`, unless it has a name already.
    pub(crate) fn learn(&mut self, port: u16, name: &str) {
        if self.name_of(port).is_none() {
            self.ports.push((port, name.to_owned()));
        }
    }

    /// From now on `port` is written `<name>`, whoever had it before: the system gives the
    /// port of a connection that is gone to another.
    pub(crate) fn pass_on(&mut self, port: u16, name: &str) {
        self.ports.retain(|(known, _)| *known != port);
        self.learn(port, name);
    }

    /// From now on the loopback host `host` is written `127.0.0.1`: which one it is
    /// differs from run to run, or from system to system.
    pub(crate) fn learn_host(&mut self, host: IpAddr) {
        self.hosts.push(host);
    }

    /// The ports that have a name, and their names.
    pub(crate) fn ports(&self) -> Vec<(u16, String)> {
        self.ports.clone()
    }

    fn name_of(&self, port: u16) -> Option<&str> {
        self.ports
            .iter()
            .find(|(known, _)| *known == port)
            .map(|(_, name)| name.as_str())
    }

    /// An address that the check itself knows.
    pub(crate) fn address(&self, address: &Address) -> Address {
        let port = match &address.port {
            Port::Number(number) => match self.name_of(*number) {
                Some(name) => Port::Named(name.to_owned()),
                None => Port::Number(*number),
            },
            named => named.clone(),
        };
        let ip = if self.hosts.contains(&address.ip) {
            Ipv4Addr::LOCALHOST.into()
        } else {
            address.ip
        };
        Address { ip, port }
    }

    /// Where a datagram came from: a port that the scenario did not hear of before is
    /// `<another port>`.
    pub(crate) fn sender(&self, from: SocketAddr) -> Address {
        let known = self.address(&from.into());
        match known.port {
            Port::Number(_) => Address {
                port: Port::Named(ANOTHER.to_owned()),
                ..known
            },
            Port::Named(_) => known,
        }
    }

    /// What a program printed or sent, with every known port that follows an address in
    /// it replaced by its name.
    pub(crate) fn text(&self, text: &Text) -> Text {
        text.map_words(|words, out| self.words(words, out))
    }

    fn words(&self, words: &str, out: &mut Text) {
        let mut told = 0;
        for (colon, _) in words.match_indices(':') {
            let after = &words[colon + 1..];
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let port = after[..digits].parse().ok();
            if let Some(name) = port.and_then(|port| self.name_of(port))
                && (host_before(&words[..colon]).is_some() || is_named(&words[..colon]))
            {
                self.hosts(&words[told..=colon], out);
                out.push_name(name);
                told = colon + 1 + digits;
            }
        }
        self.hosts(&words[told..], out);
    }

    fn hosts(&self, words: &str, out: &mut Text) {
        let named = self.hosts.iter().fold(words.to_owned(), |words, host| {
            let written = match host {
                IpAddr::V4(host) => host.to_string(),
                IpAddr::V6(host) => format!("[{host}]"),
            };
            replace_whole(&words, &written, "127.0.0.1")
        });
        out.push_bytes(named.as_bytes());
    }
}

/// The address of a host that `words` end with.
fn host_before(words: &str) -> Option<IpAddr> {
    if let Some(inside) = words.strip_suffix(']') {
        let (_, host) = inside.rsplit_once('[')?;
        return host.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    }
    let start = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let host = words[start.len()..].trim_start_matches('.');
    host.parse::<Ipv4Addr>().ok().map(IpAddr::V4)
}

/// Do `words` end with the name of a host, `localhost` or one with a dot?
fn is_named(words: &str) -> bool {
    let rest = words.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || ".-".contains(c));
    let name = &words[rest.len()..];
    let has_labels = name.contains('.') && name.ends_with(|c: char| c.is_ascii_alphabetic());
    name == "localhost" || has_labels
}

/// `host` replaced where it is not a part of a longer number.
fn replace_whole(words: &str, host: &str, by: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some(at) = rest.find(host) {
        let (before, after) = (&rest[..at], &rest[at + host.len()..]);
        let digit = |c: char| c.is_ascii_digit();
        let whole = !before.ends_with(digit) && !after.starts_with(digit);
        out.push_str(before);
        out.push_str(if whole { by } else { host });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(names: &Names, text: &str) -> String {
        names.text(&Text::of(text.as_bytes())).to_string()
    }

    #[test]
    fn only_the_port_of_an_address_becomes_a_name() {
        let mut names = Names::default();
        names.learn(40112, "server");
        names.learn(4011, "client-a");
        assert_eq!(
            told(&names, "on 127.0.0.1:40112."),
            "\"on 127.0.0.1:<server>.\""
        );
        assert_eq!(
            told(&names, "0.0.0.0:4011 [::1]:40112"),
            "\"0.0.0.0:<client-a> [::1]:<server>\""
        );
        assert_eq!(
            told(&names, "localhost:4011 a.example:40112"),
            "\"localhost:<client-a> a.example:<server>\""
        );
        for plain in ["note:40112 127.0.0.1:5", "12:30:40112", "7:40112"] {
            assert_eq!(told(&names, plain), format!("\"{plain}\""));
        }
    }

    #[test]
    fn a_port_that_the_system_gives_to_another_takes_the_other_s_name() {
        let mut names = Names::default();
        names.pass_on(40112, "middle");
        names.pass_on(40112, "client");
        assert_eq!(told(&names, "127.0.0.1:40112"), "\"127.0.0.1:<client>\"");
        names.learn(40112, "server");
        assert_eq!(told(&names, "127.0.0.1:40112"), "\"127.0.0.1:<client>\"");
    }

    #[test]
    fn what_a_program_prints_is_never_a_name() {
        let mut names = Names::default();
        names.learn(40112, "server");
        assert_eq!(
            told(&names, "127.0.0.1:<server>"),
            "\"127.0.0.1:\\<server>\""
        );
        let printed = names.text(&Text::of(b"127.0.0.1:<server>"));
        assert_ne!(printed, names.text(&Text::of(b"127.0.0.1:40112")));
    }

    #[test]
    fn a_host_of_one_run_is_127_0_0_1() {
        let mut names = Names::default();
        names.learn_host(Ipv4Addr::new(127, 77, 1, 2).into());
        names.learn(80, "server");
        assert_eq!(
            told(&names, "127.77.1.2:80 127.77.1.23:81"),
            "\"127.0.0.1:<server> 127.77.1.23:81\""
        );
        let address = SocketAddr::from(([127, 77, 1, 2], 80)).into();
        assert_eq!(names.address(&address).to_string(), "127.0.0.1:<server>");
    }

    #[test]
    fn a_host_of_one_system_is_127_0_0_1() {
        let mut names = Names::default();
        names.learn_host(Ipv6Addr::LOCALHOST.into());
        names.learn(80, "server");
        assert_eq!(told(&names, "at [::1]:80"), "\"at 127.0.0.1:<server>\"");
        let address = SocketAddr::from((Ipv6Addr::LOCALHOST, 80)).into();
        assert_eq!(names.address(&address).to_string(), "127.0.0.1:<server>");
    }

    #[test]
    fn an_unknown_sender_has_another_port() {
        let mut names = Names::default();
        names.learn(80, "server");
        let sender = |port| names.sender(SocketAddr::from(([127, 0, 0, 1], port)));
        assert_eq!(sender(80).to_string(), "127.0.0.1:<server>");
        assert_eq!(sender(81).to_string(), "127.0.0.1:<another port>");
    }
}
