//! Right: one worker thread makes an attempt whenever it is told to, main only tells and rests in recv_timeout; reads in odd pieces under one deadline.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

enum News {
    Connected(SocketAddr),
    Over(io::Result<String>),
}

struct Worker {
    address: String,
    patience: Duration,
    orders: Receiver<()>,
    news: SyncSender<News>,
}

impl Worker {
    fn dial(&self) -> io::Result<TcpStream> {
        let mut failure = None;
        for candidate in self.address.to_socket_addrs()? {
            match TcpStream::connect_timeout(&candidate, self.patience) {
                Ok(server) => return Ok(server),
                Err(error) => failure = Some(error),
            }
        }
        Err(failure.unwrap_or_else(|| io::Error::other("이름에 주소가 없습니다")))
    }

    fn ask(&self) -> io::Result<String> {
        let mut server = self.dial()?;
        let _ = self.news.send(News::Connected(server.peer_addr()?));
        // 말한 다음에 묻습니다. / It is told first, then asked.
        let _ = self.orders.recv();
        server.set_write_timeout(Some(self.patience))?;
        server.write_all("지금 몇 시예요?\n".as_bytes())?;
        let deadline = Instant::now() + self.patience;
        let mut reply = Vec::with_capacity(64);
        let mut piece = [0; 97];
        while reply.len() < 1024 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            server.set_read_timeout(Some(left))?;
            match server.read(&mut piece) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => reply.extend_from_slice(&piece[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            if let Some(end) = reply.iter().position(|byte| *byte == b'\n') {
                reply.truncate(end);
                let text = String::from_utf8(reply);
                return text.map_err(|_| ErrorKind::InvalidData.into());
            }
        }
        Err(ErrorKind::InvalidData.into())
    }

    fn work(self) {
        while self.orders.recv().is_ok() {
            if self.news.send(News::Over(self.ask())).is_err() {
                return;
            }
        }
    }
}

fn one_attempt(order: &SyncSender<()>, news: &Receiver<News>) -> io::Result<String> {
    let gone = || io::Error::other("일꾼이 사라졌습니다");
    order.send(()).map_err(|_| gone())?;
    loop {
        match news.recv().map_err(|_| gone())? {
            News::Over(outcome) => return outcome,
            News::Connected(to) => {
                println!("연결되었습니다: {to}");
                order.send(()).map_err(|_| gone())?;
            }
        }
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::ConnectionRefused => "연결이 거절됨".into(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "시간이 다 됨".into(),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "연결이 끊어짐".into(),
        ErrorKind::UnexpectedEof => "답이 도중에 끝남".into(),
        ErrorKind::InvalidData => "답을 읽을 수 없음".into(),
        _ => format!("{error}"),
    }
}

fn rest(time: Duration) {
    let (_silent, never) = mpsc::channel::<()>();
    let until = Instant::now() + time;
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        let _ = never.recv_timeout(left);
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let time = |place: usize, default| {
        let typed = arguments.get(place).and_then(|typed| typed.parse().ok());
        Duration::from_millis(typed.unwrap_or(default))
    };
    let address = arguments.get(1).cloned().unwrap_or("localhost:12345".into());
    let (order, orders) = mpsc::sync_channel(1);
    let (tell, news) = mpsc::sync_channel(0);
    let worker = Worker { address: address.clone(), patience: time(2, 3000), orders, news: tell };
    thread::spawn(move || worker.work());

    let mut pause = time(3, 300);
    let mut left = 4;
    loop {
        left -= 1;
        let error = match one_attempt(&order, &news) {
            Ok(reply) => {
                println!("서버의 답: {reply}");
                return ExitCode::SUCCESS;
            }
            Err(error) => error,
        };
        let hopeless = matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData);
        if left == 0 || hopeless {
            eprintln!("오류: {address}: {}", reason(&error));
            return ExitCode::FAILURE;
        }
        println!("{}번째 시도 실패: {}", 4 - left, reason(&error));
        let random = (RandomState::new().hash_one(left) % 512) as u32;
        rest(pause + pause * random / 1024);
        pause *= 2;
    }
}
