//! 시나리오가 자주 하는 말: 묻고 답을 듣는다, 거부당한다.
//! What the scenarios often tell: a client asks and hears an answer, or is refused.

use super::{hears, hears_status};
use probe::{Peer, Program};

/// 요청을 보내고 답을 듣습니다. / Sends a request, and hears the answer to it ([`hears`]).
pub fn asks(client: &mut Peer, request: &str, fields: &[&str]) {
    client.sends(request);
    hears(client, method_of(request), fields);
}

/// 본문이 자유인 답을 듣습니다. / As [`asks`], where the body of the answer is free.
pub fn asks_status(client: &mut Peer, request: &str, fields: &[&str]) {
    client.sends(request);
    hears_status(client, method_of(request), fields);
}

/// 거부하는 답을 듣고, 닫힙니다. / It is refused by an answer, and its connection is closed.
pub fn is_refused(mut client: Peer, request: &str) {
    asks_status(&mut client, request, &[]);
    client.expects_the_end();
    client.leaves();
}

/// 요청마다 다른 손님이 보내고 거부당합니다. / Each request is sent by another client, and refused.
pub fn refuses<S: AsRef<str>>(server: &mut Program, requests: &[S]) {
    for (index, request) in requests.iter().enumerate() {
        let client = server.client(&format!("client-{}", index + 1));
        is_refused(client, request.as_ref());
    }
}

fn method_of(request: &str) -> &str {
    request.split(' ').next().unwrap_or_default()
}
