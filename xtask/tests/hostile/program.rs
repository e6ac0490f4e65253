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
        "kills-its-parent" => unix::kill_the_parent(),
        "forges-reports" => {
            forge_reports();
            unix::kill_the_parent();
        }
        "forks-in-its-group" => {
            unix::fork_a_child();
            sleep_for_ever();
        }
        "leaves-orphans" => (0..6).for_each(|_| unix::leave_an_orphan()),
        "leaves-a-chain" => unix::leave_a_chain(),
        "writes-a-large-file" => write_a_large_file(),
        "panics-in-std" => {
            let _ = std::time::Instant::now() + Duration::MAX;
        }
        "panics-in-colours" => panic!("\u{1b}[2J\u{1b}]0;pwned\u{7}\u{202e}\u{9b}2J"),
        "panics-in-a-coloured-place" => {
            eprintln!(
                "thread 'x' panicked at src/\u{1b}[2J\u{202e}main.rs:1:2:\n\u{1b}[2J\rmessage"
            );
            std::process::exit(101);
        }
        "sleeps-in-a-coloured-thread" => {
            let named = std::thread::Builder::new().name("\u{1b}[2Jx\u{7}".to_owned());
            named.spawn(|| sleep_for_ever()).unwrap();
            sleep_for_ever();
        }
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
    if let Some(foreign) = mode.strip_prefix("tells-the-port-of-another=") {
        println!("서버가 시작되었습니다: 127.0.0.1:{foreign}");
        sleep_for_ever();
    }
    let address = match mode {
        "listens-on-every-address" | "tells-every-address" => "0.0.0.0:0",
        _ => address,
    };
    let listener = TcpListener::bind(address).unwrap();
    if mode == "listens-on-every-address" {
        let port = listener.local_addr().unwrap().port();
        println!("서버가 시작되었습니다: 127.0.0.1:{port}");
        sleep_for_ever();
    }
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

/// Says that all is well, in every place that it finds.
fn forge_reports() {
    let scenarios = [
        ("tells_who_connected", 1),
        ("greets_on_the_new_socket", 2),
        ("greets_two_clients_one_after_another", 3),
        ("the_second_client_waits_until_the_first_has_left", 3),
        ("outlives_a_client_that_broke_off_before_accept", 4),
        ("outlives_a_client_that_breaks_off_in_the_middle", 4),
    ];
    let parent = format!("/proc/{}", unix::parent());
    let environment = std::fs::read(format!("{parent}/environ")).unwrap_or_default();
    let environment = String::from_utf8_lossy(&environment).into_owned();
    let own: Vec<String> = std::env::vars().map(|(_, value)| value).collect();
    let told: Vec<&str> = environment
        .split('\0')
        .filter_map(|entry| Some(entry.split_once('=')?.1))
        .chain(own.iter().map(String::as_str))
        .collect();
    for (scenario, step) in scenarios {
        let report = format!(
            r#"{{"scenario":"{scenario}","step":{step},"verdict":"passed","expected":[],"actual":[],"differs_at":null,"endings":[],"panics":[],"stderr":"","flooded":false,"waiting":[],"ports":[],"after_ms":1,"reason":null}}"#
        );
        for folder in told.iter().filter(|value| value.starts_with('/')) {
            if folder.contains("runs") || folder.contains("reports") {
                let _ = std::fs::write(format!("{folder}/{scenario}.json"), &report);
            }
        }
        for number in 0..64 {
            let opened = std::fs::File::options()
                .append(true)
                .open(format!("{parent}/fd/{number}"));
            let Ok(mut file) = opened else { continue };
            if !file.metadata().is_ok_and(|about| about.is_file()) {
                for word in &told {
                    let _ = writeln!(file, "\n{word} {report}");
                }
                let _ = writeln!(file, "\n{report}");
            }
        }
    }
}

fn write_a_large_file() {
    let name = std::env::temp_dir().join(format!("hostile-{}", std::process::id()));
    let mut file = std::fs::File::create(&name).unwrap();
    let _ = std::fs::remove_file(&name);
    let much = vec![0; 1024 * 1024];
    for _ in 0..100 {
        file.write_all(&much).unwrap();
    }
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
        fn kill(process: i32, signal: i32) -> i32;
        fn getppid() -> i32;
        fn usleep(microseconds: u32) -> i32;
        fn _exit(status: i32) -> !;
    }

    const SIGKILL: i32 = 9;
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

    pub fn parent() -> i32 {
        // SAFETY: it only tells.
        unsafe { getppid() }
    }

    pub fn kill_the_parent() {
        // SAFETY: a number and a constant.
        unsafe { kill(getppid(), SIGKILL) };
    }

    /// Afterwards there are two of them.
    pub fn fork_a_child() {
        // SAFETY: there is one thread only.
        unsafe { fork() };
    }

    /// A grandchild in a session of its own, without an environment and without a parent;
    /// its command line has the mark still.
    pub fn leave_an_orphan() {
        use std::os::unix::process::CommandExt;
        // SAFETY: there is one thread only.
        if unsafe { fork() } > 0 {
            return;
        }
        // SAFETY: as above; the one that is not needed ends at once.
        unsafe {
            setsid();
            if fork() > 0 {
                _exit(0);
            }
        }
        let mut sleeps = std::process::Command::new(std::env::current_exe().unwrap());
        sleeps
            .args(["never-prints"])
            .args(std::env::args().skip(2))
            .env_clear();
        panic!("{}", sleeps.exec());
    }

    /// Every millisecond another process, in the place of the one before.
    pub fn leave_a_chain() {
        // SAFETY: there is one thread only; every process does nothing but go on.
        unsafe {
            if fork() > 0 {
                return;
            }
            setsid();
            for _ in 0..20_000 {
                usleep(1000);
                if fork() > 0 {
                    _exit(0);
                }
            }
            usleep(60_000_000);
            _exit(0);
        }
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

    pub fn parent() -> i32 {
        0
    }

    pub fn kill_the_parent() {}

    pub fn fork_a_child() {}

    pub fn leave_an_orphan() {}

    pub fn leave_a_chain() {}

    pub fn close_stdout() {}

    pub fn fork_and_leave_the_group() -> bool {
        true
    }
}
