//! Right: a thread owns the listener and obeys orders over a channel; each order carries the channel for its answer.

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::sync::mpsc::{self, Receiver, Sender};
use std::{process, thread};

type Answer<T> = Sender<io::Result<T>>;

enum Order {
    Bind(SocketAddr, Answer<SocketAddr>),
    Listen(i32, Answer<()>),
    Close(Answer<()>),
}

fn owner(orders: Receiver<Order>) {
    let mut held: Option<Socket> = None;
    for order in orders {
        let gone = match order {
            Order::Bind(address, answer) => {
                let bound = (|| {
                    let domain = if address.is_ipv6() { Domain::IPV6 } else { Domain::IPV4 };
                    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
                    #[cfg(unix)]
                    socket.set_reuse_address(true)?;
                    socket.bind(&address.into())?;
                    let got = socket.local_addr()?.as_socket().unwrap_or(address);
                    held = Some(socket);
                    Ok(got)
                })();
                answer.send(bound).is_err()
            }
            Order::Listen(backlog, answer) => {
                let outcome = held.as_ref().map_or(Ok(()), |socket| socket.listen(backlog));
                answer.send(outcome).is_err()
            }
            Order::Close(answer) => {
                held.take();
                answer.send(Ok(())).is_err()
            }
        };
        if gone {
            return;
        }
    }
}

fn ask<T>(orders: &Sender<Order>, order: impl FnOnce(Answer<T>) -> Order) -> Result<T, String> {
    let (answer, answered) = mpsc::channel();
    orders.send(order(answer)).map_err(|_| "the owner has gone".to_owned())?;
    answered.recv().map_err(|error| error.to_string())?.map_err(|error| error.to_string())
}

fn pause(line: &str) -> Result<(), String> {
    let step = || {
        writeln!(io::stdout(), "{line} (Enter)")?;
        io::stdout().flush()?;
        io::stdin().lock().skip_until(b'\n').map(drop)
    };
    step().map_err(|error: io::Error| error.to_string())
}

fn run() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().collect();
    let place = arguments.get(1).map_or("127.0.0.1:12345", String::as_str);
    let address = place.parse().map_err(|_| format!("{place}은(는) 주소가 아닙니다"))?;
    let backlog = match arguments.get(2) {
        Some(text) => text.parse().map_err(|_| format!("'{text}'은(는) 대기열의 길이가 될 수 없습니다"))?,
        None => 128,
    };
    let (orders, obeyed) = mpsc::channel();
    let worker = thread::spawn(|| owner(obeyed));
    let bound: SocketAddr = ask(&orders, |answer| Order::Bind(address, answer))?;
    pause(&format!("묶었습니다: {bound}"))?;
    ask(&orders, |answer| Order::Listen(backlog, answer))?;
    pause("듣고 있습니다.")?;
    ask(&orders, Order::Close)?;
    pause("닫았습니다.")?;
    drop(orders);
    worker.join().map_err(|_| "the owner panicked".to_owned())
}

fn main() {
    if let Err(sentence) = run() {
        eprintln!("오류: {sentence}");
        process::exit(1);
    }
}
