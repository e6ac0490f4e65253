//! Where the book is served: `3999`, `:3999`, `localhost:3999` and `127.0.0.1:3999` are one
//! address. Only this machine can reach it, unless somebody asks for more.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Reads an address as it is typed.
///
/// # Errors
/// One sentence that says how one is written.
pub fn read(word: &str) -> Result<SocketAddr, String> {
    let (host, port) = match word.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, port),
        Some(_) => return Err(how(word)),
        None => ("", word),
    };
    let port = port.parse().map_err(|_| how(word))?;
    let host = match host.trim_start_matches('[').trim_end_matches(']') {
        "" | "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
        host => host.parse().map_err(|_| how(word))?,
    };
    Ok(SocketAddr::new(host, port))
}

fn how(word: &str) -> String {
    format!("{word} is not an address; write a port (3999) or an address (127.0.0.1:3999)")
}

/// The address that a browser on this machine opens.
pub fn to_open(address: SocketAddr) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}/", SocketAddr::new(host, address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_written_in_many_ways() {
        for word in ["3999", ":3999", "localhost:3999", "127.0.0.1:3999"] {
            assert_eq!(read(word), Ok(SocketAddr::from(([127, 0, 0, 1], 3999))));
        }
        assert_eq!(read("[::1]:80"), Ok("[::1]:80".parse().unwrap()));
        for word in ["", "here", "::1:80", "example.org:80", "70000"] {
            assert!(read(word).is_err(), "{word}");
        }
    }

    #[test]
    fn a_browser_opens_no_wildcard() {
        let all = SocketAddr::from(([0, 0, 0, 0], 3999));
        assert_eq!(to_open(all), "http://127.0.0.1:3999/");
    }
}
