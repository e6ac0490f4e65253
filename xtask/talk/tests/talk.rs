//! The peer is run as a person runs it, against sockets of the test's own: what goes out,
//! what is shown of what comes, and what is said of what cannot be done.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use assert_cmd::Command;
use socket2::{Domain, SockRef, Socket, Type};
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

fn talk(arguments: &[&str], typed: &str) -> Command {
    let mut talk = Command::cargo_bin("talk").unwrap();
    talk.args(arguments).arg("--no-times").write_stdin(typed);
    talk
}

/// What it shows, and how it ends.
fn said(arguments: &[&str], typed: &str) -> (i32, String, String) {
    let output = talk(arguments, typed).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    (code, text(output.stdout), text(output.stderr))
}

/// A server that does this with its clients, one after another, and the port it is at.
fn server<T: Send + 'static>(
    serve: impl FnOnce(&TcpListener) -> T + Send + 'static,
) -> (SocketAddr, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (address, spawn(move || serve(&listener)))
}

fn client_of(listener: &TcpListener) -> TcpStream {
    let (client, _) = listener.accept().unwrap();
    let limit = Some(Duration::from_secs(20));
    client.set_read_timeout(limit).unwrap();
    client
}

/// The lines without the first, which has the port of its own.
fn lines(shown: &str) -> Vec<&str> {
    shown.lines().skip(1).collect()
}

#[test]
fn what_is_typed_goes_out_and_what_comes_is_shown() {
    let (address, served) = server(|listener| {
        let mut client = client_of(listener);
        let mut got = [0; 7];
        client.read_exact(&mut got).unwrap();
        client.write_all("반가\u{1b}".as_bytes()).unwrap();
        client.write_all(&[0xff]).unwrap();
        let mut rest = Vec::new();
        client.read_to_end(&mut rest).unwrap();
        (got.to_vec(), rest)
    });
    let typed = "안녕\n:recv 8\n::끝\n:send \"a\" [00]\n:hex ff\n";
    let (code, shown, _) = said(&[&address.to_string(), "--lang", "en"], typed);
    let (got, rest) = served.join().unwrap();
    assert_eq!(got, "안녕\n".as_bytes());
    assert_eq!(rest, [":끝\na\0".as_bytes(), &[0xff]].concat());
    assert_eq!(code, 0);
    let shown = shown.replace("\" 7 bytes\nrecv      [ff] 1 byte", "\" [ff] 8 bytes");
    assert_eq!(
        lines(&shown),
        [
            "send      \"안녕\\n\" 7 bytes",
            "recv      \"반가\\u{1b}\" [ff] 8 bytes",
            "send      \":끝\\n\" 5 bytes",
            "send      \"a\\u{0}\" 2 bytes",
            "send      [ff] 1 byte",
            "shutdown  FIN",
            "recv      FIN (the other side has closed its direction)",
        ]
    );
}

#[test]
fn pieces_arrive_one_by_one() {
    let (address, served) = server(|listener| {
        let mut client = client_of(listener);
        let mut pieces = Vec::new();
        let mut room = [0; 100];
        loop {
            match client.read(&mut room).unwrap() {
                0 => return pieces,
                count => pieces.push(room[..count].to_vec()),
            }
        }
    });
    let (_, shown, _) = said(&[&address.to_string()], ":split 2\n안\n");
    // However busy the machine is, they come in this order and were sent so.
    assert_eq!(served.join().unwrap().concat(), "안\n".as_bytes());
    assert!(shown.contains("send      [ec 95] 2바이트\nsend      [88] \"\\n\" 2바이트\n"));
}

#[test]
fn fin_and_rst_go_out_and_are_told_by_name() {
    let (address, served) = server(|listener| {
        let mut first = client_of(listener);
        assert_eq!(first.read(&mut [0]).unwrap(), 0, "FIN");
        SockRef::from(&first)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
        drop(first);
        let mut second = client_of(listener);
        assert!(second.read(&mut [0]).is_err(), "RST");
        let mut third = client_of(listener);
        assert_eq!(third.read(&mut [0]).unwrap(), 0, "FIN");
    });
    let script = ":fin\n:recv end\n:next\n:reset\n:next\n:close\n";
    let (code, shown, complaints) = said(&[&address.to_string()], script);
    served.join().unwrap();
    assert_eq!((code, complaints.as_str()), (0, ""));
    let told: Vec<_> = shown
        .lines()
        .filter(|line| !line.starts_with("connect"))
        .collect();
    assert_eq!(
        told,
        [
            "shutdown  FIN",
            "recv      RST (상대가 연결을 끊었습니다)",
            "reset     RST",
            "close     FIN",
        ]
    );
}

#[test]
fn what_was_waited_for_and_did_not_come_is_said() {
    let (address, served) = server(|listener| {
        let mut client = client_of(listener);
        client.write_all(b"12").unwrap();
        // Stays until the other side has ended.
        let _ = client.read_to_end(&mut Vec::new());
        drop(client);
        let mut next = client_of(listener);
        next.write_all(b"123").unwrap();
    });
    let address = address.to_string();
    let arguments = [&address, "--lang", "en"];
    // Long enough for what does come, on a busy machine too.
    let impatient = [&arguments[..], &["--patience", "1500"]].concat();
    let (code, shown, _) = said(&impatient, ":recv 3\n:close\n");
    assert_eq!(code, 1);
    assert!(shown.contains("recv      silence (3 bytes were waited for, and 2 came)\n"));
    let (code, shown, _) = said(&arguments, ":recv 4\n");
    served.join().unwrap();
    assert_eq!(code, 1);
    assert!(shown.contains("recv      the end (4 bytes were waited for, and it ended at 3)\n"));
}

#[test]
fn nobody_there_is_exit_status_1() {
    // Bound, and not listening: a connect is refused (RFC 9293, section 3.5.2), and nobody else
    // is given the port.
    let bound = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    bound
        .bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())
        .unwrap();
    let address = bound.local_addr().unwrap().as_socket().unwrap();
    let (code, shown, _) = said(&[&address.to_string(), "--lang", "en"], "x\n");
    assert_eq!(code, 1);
    let refused = format!("connect   {address} refused (no program listens at this port)\n");
    assert_eq!(shown, refused);
}

/// Starts a peer that listens, and hands its address to `visit`; what it has shown.
fn listening(arguments: &[&str], typed: &str, visit: impl FnOnce(SocketAddr)) -> String {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_talk"))
        .args(arguments)
        .args([
            "--listen",
            "--no-times",
            "--lang",
            "en",
            "--patience",
            "20000",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(typed.as_bytes()).unwrap();
    drop(stdin);
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    visit(first.split_whitespace().nth(1).unwrap().parse().unwrap());
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{rest}");
    rest
}

#[test]
fn it_waits_for_clients_one_after_another() {
    let typed = ":recv 2\n:send \"bye\"\n:close\n:next\n:recv end\n";
    let shown = listening(&[], typed, |address| {
        let mut first = TcpStream::connect(address).unwrap();
        first.write_all(b"hi").unwrap();
        let mut got = String::new();
        first.read_to_string(&mut got).unwrap();
        assert_eq!(got, "bye");
        let second = TcpStream::connect(address).unwrap();
        SockRef::from(&second)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
    });
    let told: Vec<_> = shown
        .lines()
        .filter(|line| !line.starts_with("accept"))
        .collect();
    assert_eq!(
        told,
        [
            "recv      \"hi\" 2 bytes",
            "send      \"bye\" 3 bytes",
            "close     FIN",
            "recv      RST (the other side has broken the connection off)",
        ]
    );
}

#[test]
fn datagrams_go_to_the_address_or_back_to_their_sender() {
    let other = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap();
    let answering = spawn(move || {
        let mut room = [0; 10];
        let (count, from) = other.recv_from(&mut room).unwrap();
        other.send_to(&room[..count], from).unwrap();
        let (count, from) = other.recv_from(&mut room).unwrap();
        other.send_to(&room[..count], from).unwrap();
    });
    let arguments = [&address.to_string(), "--udp", "--lang", "en"];
    let (code, shown, complaints) = said(&arguments, "x\n:recv\n\n:recv\n:fin\n");
    answering.join().unwrap();
    assert_eq!(code, 0);
    let from = format!("from {address}");
    assert_eq!(
        lines(&shown),
        [
            "send      \"x\" 1 byte",
            &format!("recv      \"x\" 1 byte {from}"),
            "send      \"\" 0 bytes",
            &format!("recv      \"\" 0 bytes {from}"),
        ]
    );
    assert!(complaints.starts_with("Over UDP there is no connection"));

    let shown = listening(&["--udp"], ":recv\nyes\n", |address| {
        let own = UdpSocket::bind("127.0.0.1:0").unwrap();
        own.send_to(b"well?", address).unwrap();
        let mut room = [0; 10];
        let count = own.recv(&mut room).unwrap();
        assert_eq!(&room[..count], b"yes");
    });
    assert!(shown.contains("recv      \"well?\" 5 bytes from 127.0.0.1:"));

    let (_, shown, complaint) = said(&["--listen", "--udp"], "여보세요\n");
    assert_eq!(shown.lines().count(), 1, "{shown}");
    assert!(complaint.contains("답할 곳이 없습니다"), "{complaint}");
}

#[test]
fn what_comes_is_dumped_where_that_is_asked_for() {
    let (address, served) = server(|listener| {
        let mut client = client_of(listener);
        client.write_all("안녕 abc\r\n".as_bytes()).unwrap();
    });
    let (_, shown, _) = said(&[&address.to_string(), "--hex"], ":recv end\n");
    served.join().unwrap();
    assert!(
        shown.contains("    0000  ec 95 88 eb 85 95 20 61 62 63 0d 0a              ...... abc..\n")
    );
}

#[test]
fn a_script_is_run_first_and_a_wrong_one_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.talk");
    let script = file.to_str().unwrap();
    let (address, served) = server(|listener| {
        let mut got = String::new();
        client_of(listener).read_to_string(&mut got).unwrap();
        got
    });
    fs::write(&file, "one\r\n:note 메모\r\n").unwrap();
    let address = address.to_string();
    let (code, shown, _) = said(&[&address, "--script", script], "two\n");
    assert_eq!(served.join().unwrap(), "one\ntwo\n");
    assert!(code == 0 && shown.contains("  ※ 메모\n"), "{shown}");

    fs::write(&file, "one\n:wiat 3\n").unwrap();
    // Nobody is there either, and that is not what is said.
    let (code, shown, complaint) = said(&["9", "--script", script, "--lang", "en"], "");
    assert_eq!((code, shown.as_str()), (2, ""));
    assert!(
        complaint.contains("line 2: There is no command :wiat;"),
        "{complaint}"
    );
}

#[test]
fn what_is_wrong_is_one_sentence_and_exit_status_2() {
    let (address, _served) = server(|listener| drop(client_of(listener)));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken
        .local_addr()
        .map(|own| (own.to_string(), taken))
        .unwrap();
    let address = address.to_string();
    for (arguments, typed, word) in [
        (&[][..], "", "--listen"),
        (&["안녕"], "", "안녕"),
        (&["127.0.0.1"], "", "127.0.0.1"),
        (&["127.0.0.1:0"], "", "127.0.0.1:0"),
        (&["127.0.0.1:65536"], "", "65536"),
        (&["9", "10"], "", "10"),
        (&["9", "--loud"], "", "--loud"),
        (&["9", "--script", "/there/is/none"], "", "/there/is/none"),
        (&["--listen", taken.0.as_str()], "", taken.0.as_str()),
        (&["--listen", "--udp", "192.0.2.1:9"], "", "192.0.2.1:9"),
        (&[address.as_str()], ":wait soon\n", ":wait 300"),
    ] {
        for lang in ["ko", "en"] {
            let arguments = [arguments, &["--lang", lang]].concat();
            if lang == "en" && typed.starts_with(':') {
                continue;
            }
            let (code, _, complaint) = said(&arguments, typed);
            assert_eq!(code, 2, "{arguments:?}: {complaint}");
            assert_eq!(complaint.lines().count(), 1, "{complaint}");
            assert!(complaint.contains(word), "{complaint} does not say {word}");
        }
    }
}

#[test]
fn help_is_readable_at_80_columns_in_both_languages() {
    let own = ["--udp", "9", "--lang"];
    for lang in ["ko", "en"] {
        let (_, shown, _) = said(&[&own[..], &[lang]].concat(), ":help\n");
        for line in lines(&shown) {
            let wide = line.chars().filter(|c| !c.is_ascii()).count();
            assert!(line.chars().count() + wide <= 80, "{line}");
        }
        assert!(shown.contains(":split 2"), "{shown}");
    }
}
