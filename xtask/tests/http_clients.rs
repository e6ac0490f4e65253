//! Lesson 21's server, the solution's and its mirror, talks to the clients that people really
//! use: curl, and Python's http.client.

use crate::support::server::{PATIENCE, Server, built, is_missing};
use std::path::Path;
use std::process::Command;

/// curl would send the body after a second all the same; here it waits longer than it may take.
const ASKS: [&str; 4] = [
    "--header",
    "Expect: 100-continue",
    "--expect100-timeout",
    "30",
];

const PAGE: &str = "명령 서버입니다\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn is_there(tool: &str) -> bool {
    let answer = Command::new(tool).arg("--version").output();
    let there = answer.is_ok_and(|output| output.status.success());
    if !there {
        is_missing(tool);
    }
    there
}

/// A server to each of the two that `test` is told about.
fn each(test: impl Fn(&mut Server)) {
    let program = built("solution-21-http", "solution-21-http");
    test(&mut Server::start(Command::new(program), &[]));
    if is_there("python3") {
        let mut mirror = Command::new("python3");
        mirror.arg(root().join("solutions/lesson-21-http/python/main.py"));
        test(&mut Server::start(mirror, &[]));
    }
}

/// What `command` prints, once `input` was typed into it.
fn says(command: Command, input: &str) -> String {
    let output = assert_cmd::Command::from_std(command)
        .timeout(PATIENCE)
        .env("PYTHONUTF8", "1")
        .write_stdin(input)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}{wrong}");
    said
}

/// What curl prints: the bodies, and behind each answer what `written` asks for.
fn curl(server: &Server, paths: &[&str], arguments: &[&str], written: &str) -> String {
    let mut command = Command::new("curl");
    command.args([
        "--silent",
        "--show-error",
        "--noproxy",
        "*",
        "--max-time",
        "15",
    ]);
    command.args(["--write-out", written]).args(arguments);
    for path in paths {
        command.arg(format!("http://{}{path}", server.address));
    }
    says(command, "")
}

#[test]
fn curl_gets_and_posts() {
    if !is_there("curl") {
        return;
    }
    each(|server| {
        let got = curl(server, &["/"], &[], "%{http_code} %{content_type}");
        assert_eq!(got, format!("{PAGE}200 text/plain; charset=utf-8"));
        let posted = curl(server, &["/commands"], &["--data", "왼쪽"], "%{http_code}");
        assert_eq!(posted, "받았습니다: 왼쪽\n200");
        assert_eq!(server.line(), "명령: 왼쪽");
        assert_eq!(curl(server, &["/commands"], &[], ""), "왼쪽\n");
        server.is_typed("");
        assert!(server.ends().success());
    });
}

#[test]
fn curl_gets_twice_on_one_connection_and_asks_for_a_head_alone() {
    if !is_there("curl") {
        return;
    }
    each(|server| {
        let discards = ["--output", "/dev/null", "--output", "/dev/null"];
        let paths = ["/", "/none"];
        let connections = curl(server, &paths, &discards, "%{http_code} %{num_connects}\n");
        assert_eq!(connections, "200 1\n404 0\n");
        let head = curl(server, &["/"], &["--head"], "");
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        assert!(
            head.contains(&format!("Content-Length: {}\r\n", PAGE.len())),
            "{head}"
        );
        assert!(head.ends_with("\r\n\r\n"), "{head}");
    });
}

/// curl asks before it sends as much as that. Not a byte of a body that is refused is sent.
#[test]
fn curl_is_told_at_once_that_a_body_is_too_long() {
    if !is_there("curl") {
        return;
    }
    each(|server| {
        let asks = |body: &str| {
            let arguments = [&ASKS[..], &["--data", body]].concat();
            curl(
                server,
                &["/commands"],
                &arguments,
                "%{http_code} %{size_upload}",
            )
        };
        let told = asks(&"x".repeat(2000));
        assert!(told.ends_with("413 0"), "{told}");
        assert_eq!(asks("위"), "받았습니다: 위\n200 3");
    });
}

/// On one connection: what is answered, and whether that is the same connection still.
const PYTHON: &str = r#"
import http.client, sys
web = http.client.HTTPConnection(sys.argv[1], timeout=15)
web.connect()
first = web.sock
for method, path, body in [
    ("GET", "/", None), ("HEAD", "/", None), ("POST", "/commands", "앞으로".encode()),
    ("POST", "/none", b"some body"), ("DELETE", "/commands", None), ("GET", "/commands", None),
]:
    web.request(method, path, body)
    answer = web.getresponse()
    text = answer.read().decode()
    length = answer.headers["Content-Length"]
    print(method, answer.status, length == str(len(text.encode())) or method, answer.headers["Allow"])
    if answer.status == 200:
        print(text, end="")
assert web.sock is first
"#;

#[test]
fn python_s_http_client_keeps_its_connection() {
    if !is_there("python3") {
        return;
    }
    each(|server| {
        let mut python = Command::new("python3");
        python.args(["-", &server.address.to_string()]);
        let said = says(python, PYTHON);
        let due = [
            "GET 200 True None",
            PAGE.trim_end(),
            "HEAD 200 HEAD None",
            "POST 200 True None",
            "받았습니다: 앞으로",
            "POST 404 True None",
            "DELETE 405 True GET, HEAD, POST",
            "GET 200 True None",
            "앞으로",
        ];
        assert_eq!(said.lines().collect::<Vec<_>>(), due);
    });
}
