//! A server for lesson 04 that misbehaves as its first argument says:
//! `program MODE [MARK] ADDRESS`. Where nothing is said of it, it does what the
//! lesson asks for.

use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::time::Duration;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let mode = arguments[1].as_str();
    let address = arguments.last().unwrap();
    match mode {
        "exits-at-once" => return,
        "never-prints" | "sleeps-before-bind" => sleep_for_ever(),
        "prints-rubbish-first" => println!("\u{1b}[2J\u{7}rubbish"),
        "floods-stdout" => flood(io::stdout().lock()),
        "floods-stderr" => flood(io::stderr().lock()),
        "eats-memory" => eat_memory(),
        "ignores-sigterm" => {
            unix::ignore_sigterm();
            sleep_for_ever();
        }
        _ => {}
    }
    let listener = TcpListener::bind(address).unwrap();
    let greeting = format!("서버가 시작되었습니다: {}", listener.local_addr().unwrap());
    match mode {
        "prints-to-stderr" => {
            eprintln!("{greeting}");
            sleep_for_ever();
        }
        "closes-stdout" => {
            unix::close_stdout();
            sleep_for_ever();
        }
        "prints-the-korean-code-page" => {
            // 서버가 시작되었습니다, in EUC-KR.
            let text = b"\xbc\xad\xb9\xf6\xb0\xa1 \xbd\xc3\xc0\xdb\xb5\xc7\xbe\xfa\xbd\xc0\xb4\xcf\xb4\xd9";
            print_bytes(text, &greeting);
        }
        "prints-no-text" => print_bytes(b"\xff\xfe\0", &greeting),
        _ => println!("{greeting}"),
    }
    match mode {
        "forks" => {
            if unix::fork_and_leave_the_group() {
                sleep_for_ever();
            }
            return;
        }
        "sleeps-before-accept" => sleep_for_ever(),
        _ => {}
    }
    loop {
        let (mut client, peer) = listener.accept().unwrap();
        println!("손님이 왔습니다: {peer}");
        match mode {
            "sleeps-after-accept" => sleep_for_ever(),
            "exits-in-the-middle" => std::process::exit(0),
            "panics-in-a-thread" => {
                std::thread::spawn(move || {
                    let _client = client;
                    panic!("no greeting today");
                });
                continue;
            }
            _ => {}
        }
        client.write_all("반갑습니다".as_bytes()).unwrap();
        if mode == "sleeps-after-the-greeting" {
            sleep_for_ever();
        }
        while client.read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
    }
}

/// The bytes, and the address that `greeting` tells.
fn print_bytes(bytes: &[u8], greeting: &str) {
    let (_, address) = greeting.split_once(": ").unwrap();
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).unwrap();
    writeln!(stdout, ": {address}").unwrap();
}

fn sleep_for_ever() -> ! {
    loop {
        std::thread::sleep(Duration::from_secs(3600));
    }
}

fn flood(mut out: impl Write) {
    let line = "끝없이 출력합니다 ".repeat(1000) + "\n";
    while out.write_all(line.as_bytes()).is_ok() {}
}

fn eat_memory() {
    let mut eaten = Vec::new();
    loop {
        // Room is what the limit counts; filling it would only take longer.
        let mut room = Vec::with_capacity(16 * 1024 * 1024);
        room.push(1_u8);
        eaten.push(room);
    }
}

#[cfg(unix)]
mod unix {
    unsafe extern "C" {
        fn fork() -> i32;
        fn setsid() -> i32;
        fn signal(number: i32, handler: usize) -> usize;
        fn close(descriptor: i32) -> i32;
    }

    const SIGTERM: i32 = 15;
    const SIG_IGN: usize = 1;

    pub fn ignore_sigterm() {
        // SAFETY: a constant disposition.
        unsafe { signal(SIGTERM, SIG_IGN) };
    }

    pub fn close_stdout() {
        // SAFETY: nothing prints afterwards.
        unsafe { close(1) };
    }

    /// True in the child, which has a session of its own and keeps every descriptor.
    pub fn fork_and_leave_the_group() -> bool {
        // SAFETY: there is one thread only.
        unsafe { fork() == 0 && setsid() > 0 }
    }
}

#[cfg(not(unix))]
mod unix {
    pub fn ignore_sigterm() {}

    pub fn close_stdout() {}

    pub fn fork_and_leave_the_group() -> bool {
        true
    }
}
