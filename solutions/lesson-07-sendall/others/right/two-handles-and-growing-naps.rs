//! Right: a machine of three states (ready, full, over) that sends through two handles of the same socket in turns, never more than a prime number of bytes, with naps that grow from 1 to 16 ms while there is no room.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::thread::sleep;
use std::time::Duration;

enum State {
    Ready,
    Full(u64),
    Over(io::Result<()>),
}

struct Sender<'m> {
    handles: [Socket; 2],
    turn: usize,
    rest: &'m [u8],
    taken: usize,
}

impl Sender<'_> {
    fn step(&mut self, state: State) -> State {
        let nap = match state {
            State::Full(nap) => {
                sleep(Duration::from_millis(nap));
                nap
            }
            State::Ready => 0,
            over => return over,
        };
        if self.rest.is_empty() {
            return State::Over(Ok(()));
        }
        let most = self.rest.len().min(99_991);
        self.turn ^= 1;
        match self.handles[self.turn].send(&self.rest[..most]) {
            Ok(count) => {
                self.taken += count;
                self.rest = &self.rest[count..];
                State::Ready
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => State::Full((nap * 2).clamp(1, 16)),
            Err(error) if error.kind() == ErrorKind::Interrupted => State::Ready,
            Err(error) => State::Over(Err(error)),
        }
    }
}

fn run() -> Result<usize, String> {
    let given: Vec<_> = std::env::args().collect();
    let address: SocketAddr = given
        .get(1)
        .map_or("127.0.0.1:12345", |text| text)
        .parse()
        .map_err(|error| format!("address: {error}"))?;
    let size: usize = given.get(2).map_or(Ok(8_388_608), |text| text.parse()).map_err(|error| format!("size: {error}"))?;
    let message: Box<[u8]> = (0..size).map(|i| (i % 251) as u8).collect();
    let open = || -> io::Result<[Socket; 2]> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        socket.connect(&address.into())?;
        socket.set_nonblocking(true)?;
        Ok([socket.try_clone()?, socket])
    };
    let handles = open().map_err(|error| format!("{address}: {error}"))?;
    let mut sender = Sender { handles, turn: 0, rest: &message, taken: 0 };
    let mut state = State::Ready;
    loop {
        state = match sender.step(state) {
            State::Over(Ok(())) => return Ok(sender.taken),
            State::Over(Err(error)) => return Err(format!("{} of {size} bytes handed over, then {address} was gone: {error}", sender.taken)),
            going => going,
        }
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(taken) => println!("모두 넘겼습니다: {taken}바이트"),
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(255);
        }
    }
    ExitCode::SUCCESS
}
