//! What an error means that a call returned.

use super::{both, named};
use crate::particle::{subject, topic};
use crate::{Call, Said};

pub(super) fn failed(call: &Call, error: &str, waited: bool) -> Said {
    let name = named(call);
    let (ko, en) = match error {
        // Not every error is a failure.
        "EINPROGRESS" => {
            return both(
                format!(
                    "{} 기다리지 않고 돌아왔습니다: 연결하는 중입니다({error}).",
                    subject(&name)
                ),
                format!("{name} came back without waiting: it is connecting ({error})."),
            );
        }
        "EAGAIN" if waited => {
            return both(
                format!(
                    "{} 정해진 시간만큼 기다렸고, 아무것도 오지 않았습니다({error}).",
                    topic(&name)
                ),
                format!("{name} has waited for as long as it was to, and nothing came ({error})."),
            );
        }
        "EAGAIN" if call.name.starts_with("send") || call.name.starts_with("write") => (
            "송신 버퍼에 자리가 없습니다",
            "there is no room in the send buffer",
        ),
        "EAGAIN" => (
            "기다리지 않는 소켓이거나 시간이 다 되었고, 지금은 할 것이 없습니다",
            "there is nothing to do now, and it does not wait, or its time was up",
        ),
        "EADDRINUSE" => ("그 주소는 이미 쓰이고 있습니다", "the address is in use"),
        "EADDRNOTAVAIL" => (
            "이 컴퓨터의 주소가 아닙니다",
            "it is not an address of this machine",
        ),
        "ECONNREFUSED" => ("거기서 아무도 듣고 있지 않습니다", "nobody listens there"),
        "ECONNRESET" => (
            "상대가 연결을 끊었습니다",
            "the peer broke the connection off",
        ),
        "EPIPE" => (
            "상대가 이미 연결을 끊었습니다",
            "the peer has broken the connection off already",
        ),
        "ENOTCONN" => ("연결되어 있지 않습니다", "it is not connected"),
        "EINTR" => ("시그널이 와서 멈추었습니다", "a signal interrupted it"),
        "EMSGSIZE" => (
            "데이터그램 하나에 담기에는 너무 깁니다",
            "it is too long for one datagram",
        ),
        _ => {
            return both(
                format!("{} 실패했습니다: {error}.", subject(&name)),
                format!("{name} failed: {error}."),
            );
        }
    };
    both(
        format!("{} 실패했습니다: {ko}({error}).", subject(&name)),
        format!("{name} failed: {en} ({error})."),
    )
}
