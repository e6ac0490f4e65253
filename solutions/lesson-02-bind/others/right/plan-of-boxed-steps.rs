//! Right: the socket goes through a plan of boxed closures; each carries the sentence for its own failure.
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, BufRead, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;

type Work = Box<dyn FnOnce(&Socket) -> io::Result<()>>;
type Sentence = Box<dyn Fn(io::Error) -> String>;

fn plan(address: SocketAddr) -> Vec<(Work, Sentence)> {
    let mut plan: Vec<(Work, Sentence)> = Vec::new();
    if cfg!(unix) {
        plan.push((
            Box::new(|socket| socket.set_reuse_address(true)),
            Box::new(|error| format!("SO_REUSEADDR를 켤 수 없습니다: {error}")),
        ));
    }
    plan.push((
        Box::new(move |socket| socket.bind(&address.into())),
        Box::new(move |error| {
            if error.kind() == ErrorKind::AddrInUse {
                format!("주소 {address}이(가) 이미 쓰이고 있습니다. 쓰고 있는 프로그램을 끝내거나, 다른 포트로 해 보세요.")
            } else {
                format!("{address}에는 묶을 수 없습니다. 까닭: {error}")
            }
        }),
    ));
    plan
}

fn prepared(address: SocketAddr) -> Result<Socket, String> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))
        .map_err(|error| error.to_string())?;
    plan(address)
        .into_iter()
        .try_for_each(|(work, sentence)| work(&socket).map_err(sentence))?;
    Ok(socket)
}

fn run(text: String) -> Result<(), String> {
    let address: SocketAddr = text.parse().map_err(|_| format!("{text}은(는) 주소가 아닙니다"))?;
    // std's type only asks for the name here; it never listens.
    let bound = TcpListener::from(prepared(address)?);
    let told = bound.local_addr().map_err(|error| error.to_string())?;
    let mut out = io::stdout().lock();
    write!(out, "묶었습니다: {told} (Enter)\r\n")
        .and_then(|()| out.flush())
        .map_err(|error| error.to_string())?;
    let mut keyboard = io::stdin().lock();
    // Enter, or the end of the input.
    keyboard.skip_until(b'\n').map_err(|error| error.to_string())?;
    Ok(())
}

fn main() -> ExitCode {
    let text = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    match run(text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprint!("오류: {sentence}\r\n");
            ExitCode::FAILURE
        }
    }
}
