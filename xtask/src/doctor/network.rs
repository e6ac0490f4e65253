//! The addresses that the scenarios talk over, all of them this machine's own.

use super::finding::{Finding, State};
use crate::check::loopback;
use crate::lang::Lang;
use crate::tr;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, ToSocketAddrs, UdpSocket};

pub(super) fn findings(lang: Lang) -> Vec<Finding> {
    vec![of_ipv4(lang), of_ipv6(lang), of_localhost(lang)]
}

fn of_ipv4(lang: Lang) -> Finding {
    let connected =
        loopback::connection().and_then(|()| UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).map(drop));
    let (state, what) = match connected {
        Ok(()) => (
            State::There,
            tr!(
                lang,
                "127.0.0.1 (루프백), TCP와 UDP",
                "127.0.0.1 (loopback), TCP and UDP"
            ),
        ),
        Err(error) => (
            State::Needed,
            tr!(
                lang,
                "127.0.0.1(루프백)을 쓸 수 없습니다: {error}",
                "127.0.0.1 (loopback) cannot be used: {error}"
            ),
        ),
    };
    let purpose = tr!(
        lang,
        "모든 검사가 이 주소로 대화합니다. 컴퓨터 밖으로는 아무것도 나가지 않습니다.",
        "Every check talks over this address; nothing leaves the machine."
    );
    let to_do = if cfg!(target_os = "linux") {
        tr!(
            lang,
            "루프백을 켜세요: sudo ip link set lo up. 컨테이너라면 네트워크 설정을 보세요.",
            "Turn loopback on: sudo ip link set lo up. In a container, look at its network settings."
        )
    } else {
        tr!(
            lang,
            "방화벽이나 보안 프로그램이 127.0.0.1을 막고 있지 않은지 보세요.",
            "See whether a firewall or a security program blocks 127.0.0.1."
        )
    };
    Finding::new(state, what, purpose).or_do(to_do)
}

fn of_ipv6(lang: Lang) -> Finding {
    let (state, what) = match ipv6() {
        Ok(()) => (
            State::There,
            tr!(lang, "::1 (IPv6 루프백)", "::1 (loopback of IPv6)"),
        ),
        Err(error) => (
            State::Missing,
            tr!(
                lang,
                "::1(IPv6 루프백)을 쓸 수 없습니다: {error}",
                "::1 (loopback of IPv6) cannot be used: {error}"
            ),
        ),
    };
    let purpose = tr!(
        lang,
        "02, 05, 13, 14의 몇 시나리오가 IPv6로 대화합니다. 없으면 건너뜁니다.",
        "A few scenarios of 02, 05, 13 and 14 talk over IPv6; without it they are skipped."
    );
    let to_do = if cfg!(target_os = "linux") {
        tr!(
            lang,
            "켜려면: sudo sysctl net.ipv6.conf.lo.disable_ipv6=0. 컨테이너라면 그 설정에서 IPv6를 켜세요.",
            "To turn it on: sudo sysctl net.ipv6.conf.lo.disable_ipv6=0. In a container, turn IPv6 on in its settings."
        )
    } else {
        tr!(
            lang,
            "시스템의 네트워크 설정에서 IPv6를 켜세요.",
            "Turn IPv6 on in the system's network settings."
        )
    };
    Finding::new(state, what, purpose).or_do(to_do)
}

fn ipv6() -> io::Result<()> {
    TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).map(drop)
}

fn of_localhost(lang: Lang) -> Finding {
    let found: Vec<_> = ("localhost", 0)
        .to_socket_addrs()
        .map(|all| all.map(|one| one.ip()).collect())
        .unwrap_or_default();
    let both = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    let is_whole = both.iter().all(|address| found.contains(address));
    let mut names: Vec<_> = found.iter().map(ToString::to_string).collect();
    names.sort();
    names.dedup();
    let names = if names.is_empty() {
        tr!(lang, "주소 없음", "no address")
    } else {
        names.join(", ")
    };
    let purpose = tr!(
        lang,
        "12의 시나리오가 localhost의 두 주소(127.0.0.1과 ::1)를 차례로 시도합니다. 하나뿐이면 건너뜁니다.",
        "Scenarios of 12 try both addresses of localhost, 127.0.0.1 and ::1; with one alone they are skipped."
    );
    let state = if is_whole {
        State::There
    } else {
        State::Missing
    };
    let hosts = if cfg!(windows) {
        r"C:\Windows\System32\drivers\etc\hosts"
    } else {
        "/etc/hosts"
    };
    Finding::new(state, format!("localhost: {names}"), purpose).or_do(tr!(
        lang,
        "::1을 쓸 수 있다면, {hosts}에 127.0.0.1 localhost와 ::1 localhost를 한 줄씩 두세요.",
        "Where ::1 can be used, have two lines in {hosts}: 127.0.0.1 localhost, and ::1 localhost."
    ))
}
