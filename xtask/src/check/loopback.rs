//! Can this machine's programs talk to one another at all? Without a loopback address every
//! program would look wrong.

use crate::lang::Lang;
use crate::tr;
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

/// Over loopback the answer takes well under a millisecond.
const LIMIT: Duration = Duration::from_secs(4);

/// Why nothing can be checked here; `None` where a connection over 127.0.0.1 comes about.
pub fn trouble(lang: Lang) -> Option<String> {
    let error = connection().err()?;
    Some(tr!(
        lang,
        "이 컴퓨터에서는 127.0.0.1로 연결할 수 없습니다({error}). 루프백(lo)이 켜져 있는지 보세요. cargo xtask doctor가 더 알려 줍니다.",
        "This machine has no usable 127.0.0.1 ({error}). Is the loopback interface up? cargo xtask doctor shows more."
    ))
}

/// Over 127.0.0.1, with this process on both ends.
pub fn connection() -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let _client = TcpStream::connect_timeout(&listener.local_addr()?, LIMIT)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_these_tests_run_there_is_one() {
        assert_eq!(trouble(Lang::En), None);
    }
}
