//! Lesson 15 in other shapes: `program SHAPE ADDRESS [FIRST_WAIT]`.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

const ROOM: usize = 65_535;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (shape, address) = (arguments[1].as_str(), arguments[2].as_str());
    if let Some(shape) = shape.strip_prefix("server-") {
        return serve(shape, address);
    }
    let wait = arguments.get(3).and_then(|number| number.parse().ok());
    let client = Client {
        replies: match shape {
            "client-connected" => Replies::Connected,
            "client-non-blocking" => Replies::NonBlocking,
            _ => Replies::Thread,
        },
        server: address.parse().unwrap(),
        first_wait: Duration::from_millis(wait.unwrap_or(500)),
    };
    client.run();
}

fn serve(shape: &str, address: &str) {
    let socket = UdpSocket::bind(address).unwrap();
    println!("서버가 시작되었습니다: {}", socket.local_addr().unwrap());
    let mut buffer = vec![0; ROOM];
    socket.set_nonblocking(shape == "non-blocking").unwrap();
    loop {
        let (count, from) = match socket.recv_from(&mut buffer) {
            Ok(received) => received,
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(Duration::from_millis(1));
                continue;
            }
            Err(error) => panic!("{error}"),
        };
        let message = buffer[..count].to_vec();
        let answering = socket.try_clone().unwrap();
        let answer = move || answering.send_to(&message, from).unwrap();
        if shape == "threads" {
            thread::spawn(answer);
        } else {
            answer();
        }
    }
}

/// Where a client's datagrams come from.
enum Replies {
    /// The kernel keeps strangers out, and tells of a closed port.
    Connected,
    /// Looks again and again.
    NonBlocking,
    /// A thread receives, and passes on what the server sent.
    Thread,
}

struct Client {
    replies: Replies,
    server: SocketAddr,
    first_wait: Duration,
}

impl Client {
    fn run(&self) {
        let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
        let received = match self.replies {
            Replies::Thread => self.receiving(&socket),
            Replies::Connected => {
                socket.connect(self.server).unwrap();
                channel().1
            }
            Replies::NonBlocking => {
                socket.set_nonblocking(true).unwrap();
                channel().1
            }
        };
        for (index, line) in io::stdin().lines().enumerate() {
            let number = index + 1;
            let line = line.unwrap();
            match self.ask(&socket, &received, number, &line) {
                Some(reply) => println!("메아리: {reply}"),
                None => println!("{number}번 요청을 포기했습니다"),
            }
        }
    }

    fn ask(
        &self,
        socket: &UdpSocket,
        received: &Receiver<Vec<u8>>,
        number: usize,
        line: &str,
    ) -> Option<String> {
        let request = format!("{number} {line}");
        let begun = Instant::now();
        for sent in 0..4 {
            // After 1, 3, 7 and 15 times the first wait from the beginning on.
            let deadline = begun + self.first_wait * ((2 << sent) - 1);
            match self.replies {
                // A refusal is told with the next send.
                Replies::Connected => drop(socket.send(request.as_bytes())),
                _ => drop(socket.send_to(request.as_bytes(), self.server)),
            }
            while let Some(datagram) = self.next(socket, received, deadline) {
                let prefix = format!("{number} ");
                let reply = String::from_utf8(datagram).unwrap_or_default();
                if let Some(text) = reply.strip_prefix(&prefix) {
                    return Some(text.to_owned());
                }
            }
        }
        None
    }

    /// The server's next datagram, if it comes before the deadline.
    fn next(
        &self,
        socket: &UdpSocket,
        received: &Receiver<Vec<u8>>,
        deadline: Instant,
    ) -> Option<Vec<u8>> {
        let mut buffer = vec![0; ROOM];
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            let pause = left.min(Duration::from_millis(1));
            match self.replies {
                Replies::Thread => match received.recv_timeout(left) {
                    Ok(datagram) => return Some(datagram),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => thread::sleep(pause),
                },
                Replies::Connected => {
                    socket.set_read_timeout(Some(left)).unwrap();
                    match socket.recv(&mut buffer) {
                        Ok(count) => return Some(buffer[..count].to_vec()),
                        Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                            thread::sleep(pause);
                        }
                        Err(_) => {}
                    }
                }
                Replies::NonBlocking => match socket.recv_from(&mut buffer) {
                    Ok((count, from)) if from == self.server => {
                        return Some(buffer[..count].to_vec());
                    }
                    Ok(_) => {}
                    Err(_) => thread::sleep(pause),
                },
            }
        }
    }

    fn receiving(&self, socket: &UdpSocket) -> Receiver<Vec<u8>> {
        let (socket, server) = (socket.try_clone().unwrap(), self.server);
        let (teller, received) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; ROOM];
            while let Ok((count, from)) = socket.recv_from(&mut buffer) {
                if from == server && teller.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        received
    }
}
