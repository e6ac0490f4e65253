//! Ports become names: `127.0.0.1:40112` is written `127.0.0.1:<server>`, so that
//! a transcript is the same on every run. What a name stands for is set by
//! whoever learns the port: a program's first line, a peer's own socket.

use std::net::{IpAddr, SocketAddr};

#[derive(Default)]
pub(crate) struct Names {
    ports: Vec<(u16, String)>,
    hosts: Vec<String>,
}

impl Names {
    /// From now on `port` is written `<name>`, unless it has a name already.
    pub(crate) fn learn(&mut self, port: u16, name: &str) {
        if self.name_of(port).is_none() {
            self.ports.push((port, name.to_owned()));
        }
    }

    /// From now on the loopback host `host` is written `127.0.0.1`: which one it is
    /// differs from run to run, or from system to system.
    pub(crate) fn learn_host(&mut self, host: IpAddr) {
        self.hosts.push(match host {
            IpAddr::V4(host) => host.to_string(),
            IpAddr::V6(host) => format!("[{host}]"),
        });
    }

    /// The ports that have a name, and their names.
    pub(crate) fn ports(&self) -> Vec<(u16, String)> {
        self.ports.clone()
    }

    /// `text` with every known port that follows an address replaced by its name.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(colon) = rest.find(':') {
            let (before, after) = rest.split_at(colon + 1);
            out.push_str(before);
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let of_an_address = before[..colon].ends_with(|c: char| c.is_ascii_digit() || c == ']');
            match after[..digits]
                .parse()
                .ok()
                .and_then(|port| self.name_of(port))
            {
                Some(name) if of_an_address => out.push_str(&format!("<{name}>")),
                _ => out.push_str(&after[..digits]),
            }
            rest = &after[digits..];
        }
        out.push_str(rest);
        self.hosts
            .iter()
            .fold(out, |text, host| text.replace(host, "127.0.0.1"))
    }

    pub(crate) fn knows(&self, port: u16) -> bool {
        self.name_of(port).is_some()
    }

    fn name_of(&self, port: u16) -> Option<&str> {
        self.ports
            .iter()
            .find(|(known, _)| *known == port)
            .map(|(_, name)| name.as_str())
    }
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
    fn only_the_port_of_an_address_becomes_a_name() {
        let mut names = Names::default();
        names.learn(40112, "server");
        names.learn(4011, "client-a");
        assert_eq!(names.apply("on 127.0.0.1:40112."), "on 127.0.0.1:<server>.");
        assert_eq!(
            names.apply("0.0.0.0:4011 [::1]:40112"),
            "0.0.0.0:<client-a> [::1]:<server>"
        );
        assert_eq!(
            names.apply("note:40112 127.0.0.1:5"),
            "note:40112 127.0.0.1:5"
        );
    }

    #[test]
    fn a_host_that_differs_from_run_to_run_is_written_as_another() {
        let mut names = Names::default();
        names.learn(80, "server");
        names.learn_host("127.77.1.2".parse().unwrap());
        names.learn_host("::1".parse().unwrap());
        assert_eq!(names.apply("127.77.1.2:80"), "127.0.0.1:<server>");
        assert_eq!(names.apply("at [::1]:80"), "at 127.0.0.1:<server>");
    }

    #[test]
    fn an_address_is_found_in_a_sentence() {
        let found = |text| address_in(text).map(|address| address.to_string());
        assert_eq!(
            found("서버가 시작되었습니다: 127.0.0.1:80"),
            Some("127.0.0.1:80".into())
        );
        assert_eq!(found("at [::1]:9, now"), Some("[::1]:9".into()));
        assert_eq!(found("('127.0.0.1', 80) 127.0.0.1:0 12:30:15"), None);
    }
}
