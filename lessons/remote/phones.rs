//! 레슨 22의 서버가 휴대폰의 요청을 받거나 막는 시나리오의 낱말들.
//! The words of the scenarios in which the server of lesson 22 takes the requests of phones, or turns them away.

use super::{
    a_server, asks, frame, gives, gives_many, is_not_kept, longest, post, posted, request, unity,
};
use crate::http::{hears, hears_just_the_status, hears_status};
use probe::{Message, Scene};

/// 이 요청들은 아무것도 하지 못합니다. / Nothing comes of these requests.
fn turns_away(scene: Scene, asked: impl Fn(&str, &str) -> Vec<(String, String)>) {
    let (scene, mut server, _) = a_server(scene);
    let own = server.address();
    let (_, port) = own.rsplit_once(':').unwrap_or_default();
    let mut phone = server.client("phone-a");
    for (host, fields) in asked(&own, port) {
        phone.sends(&request(
            "POST /commands",
            &host,
            &fields,
            "점프".as_bytes(),
        ));
        hears_status(&mut phone, "POST", &[]);
    }
    asks(&mut phone, &server, "/commands");
    scene.end();
}

pub fn turns_away_who_calls_it_by_a_name(scene: Scene) {
    turns_away(scene, |_, port| {
        let hosts = [
            format!("evil.example:{port}"),
            format!("127.0.0.1.evil.example:{port}"),
            format!("localhost.evil.example:{port}"),
            "127.0.0.1:1".to_owned(),
            "localhost".to_owned(),
        ];
        hosts.map(|host| (host, String::new())).to_vec()
    });
}

pub fn turns_away_what_another_page_sends(scene: Scene) {
    turns_away(scene, |own, port| {
        let origins = [
            "http://evil.example".to_owned(),
            format!("http://{own}.evil.example"),
            format!("http://localhost:{port}"),
            format!("https://{own}"),
            "http://127.0.0.1:1".to_owned(),
            "null".to_owned(),
        ];
        let field = |origin| (own.to_owned(), format!("Origin: {origin}\r\n"));
        origins.map(field).to_vec()
    });
}

pub fn takes_no_command_that_is_none(scene: Scene) {
    let (scene, mut server, _) = a_server(scene);
    let mut phone = server.client("phone-a");
    for command in [
        &b""[..],
        b"\n",
        b"a\n\n",
        b"a\tb",
        b"a\x7f",
        "a\u{85}b".as_bytes(),
        b"\xed\x95",
        &[b'x'; 201],
        &[b'x'; 1024],
    ] {
        phone.sends_message(&post(&server, command), posted("× 1", command));
        hears_status(&mut phone, "POST", &[]);
    }
    gives(&mut phone, &mut server, " 왼쪽 ");
    asks(&mut phone, &server, "/commands");
    scene.end();
}

/// 조각으로 오는 요청, 길이의 한계, 조용한 휴대폰, 입력의 끝. / Requests in pieces, the limits of lengths, a silent phone, and the end of the input.
pub fn reads_its_requests_as_a_server_of_http(scene: Scene) {
    let (scene, mut server, _) = a_server(scene);
    server.is_typed_the_end();
    server.comes_to_rest();
    let own = server.address();
    let mut silent = server.client("phone-a");
    let half = post(&server, "왼쪽");
    let (most, end) = half.split_at(half.len() - 1);
    silent.sends(most);
    silent.waits_until_it_is_read();
    let mut other = server.client("phone-b");
    gives(&mut other, &mut server, "점프");
    silent.sends(end);
    server.prints_a_line();
    hears(&mut silent, "POST", &["Location"]);
    let empty = request("GET /commands", &own, "X: \r\n", b"").len();
    let field = format!("X: {}\r\n", "x".repeat(8192 - empty));
    let details = ["GET /commands", "8192"].map(str::to_owned);
    other.sends_message(
        &request("GET /commands", &own, &field, b""),
        Message::new("HTTP", 1, &details, None),
    );
    hears(&mut other, "GET", &[]);
    let body = [b'x'; 1025];
    silent.sends_message(&post(&server, body), posted("× 1", body));
    hears_just_the_status(&mut silent, "POST");
    scene.end_here();
}

pub fn has_room_again_once_unity_has_done_some(scene: Scene) {
    let (scene, mut server, mut door) = a_server(scene);
    let mut unity = unity(&mut door, "unity-a", 0, 0);
    let mut phone = server.client("phone-a");
    gives_many(&mut phone, &server, 100);
    let frames: Vec<_> = (1..=100)
        .map(|id| frame(format!("{id} {}", longest())))
        .collect();
    unity.expects(&frames.concat());
    // 거부한 것에는 번호를 주지 않습니다. / What it refuses gets no ID.
    phone.sends(&post(&server, "점프"));
    hears_status(&mut phone, "POST", &[]);
    unity.sends(&[frame("done 1"), frame("done 100")].concat());
    server.comes_to_print("전달했습니다: 100");
    phone.sends(&post(&server, "왼쪽"));
    hears(&mut phone, "POST", &["Location"]);
    unity.expects(&frame("101 왼쪽"));
    unity.sends(&frame("done 101"));
    server.comes_to_print("전달했습니다: 101");
    // 다 한 것은 마지막 백 개를 보관합니다. / Of those that are done the last hundred are kept.
    asks(&mut phone, &server, "/commands/2");
    is_not_kept(&mut phone, &server, "1");
    // 기다리는 것은 거기에 들지 않습니다. / What waits is not of these hundred.
    phone.sends(&post(&server, "점프"));
    hears(&mut phone, "POST", &["Location"]);
    unity.expects(&frame("102 점프"));
    asks(&mut phone, &server, "/commands/2");
    is_not_kept(&mut phone, &server, "1000");
    scene.end_here();
}

/// 읽거나, 없는 것을 묻거나, 명령이 아닌 것을 보내도 마찬가지입니다.
/// So is one that only reads, asks for what is not there, or sends what is no command.
pub fn turns_away_whatever_is_asked_for(scene: Scene) {
    let (scene, mut server, _) = a_server(scene);
    let own = server.address();
    let (_, port) = own.rsplit_once(':').unwrap_or_default();
    let mut phone = server.client("phone-a");
    let hosts = [
        format!("evil.127.0.0.1:{port}"),
        format!("user@127.0.0.1:{port}"),
        "127.0.0.1".to_owned(),
        "[::1]".to_owned(),
    ];
    let hosts = hosts.map(|host| (host, String::new()));
    let origins = [
        format!("http://{own}/"),
        "http://127.0.0.1".to_owned(),
        own.clone(),
        String::new(),
        "http://evil.example".to_owned(),
    ];
    let origins = origins.map(|origin| (own.clone(), format!("Origin: {origin}\r\n")));
    for (host, fields) in hosts.iter().chain(&origins) {
        phone.sends(&request("GET /commands", host, fields, b""));
        hears_status(&mut phone, "GET", &[]);
    }
    for (host, fields) in [&hosts[0], &origins[4]] {
        for line in ["GET /", "HEAD /", "GET /none", "POST /", "POST /commands"] {
            phone.sends(&request(line, host, fields, b""));
            let (method, _) = line.split_once(' ').unwrap_or_default();
            hears_status(&mut phone, method, &[]);
        }
    }
    asks(&mut phone, &server, "/commands");
    scene.end();
}
