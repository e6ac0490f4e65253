//! Wrong: step 4 counts the failures of all clients, and the fiftieth ends the server.
//! Steps written: 1-4

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, prelude::*};
use std::net::SocketAddr;
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
const GREETING: &str = "반갑습니다";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    let address = address
        .parse()
        .map_err(|_| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;
    let listener = listener(address)?;
    let bound = listener.local_addr()?.as_socket();
    println!("서버가 시작되었습니다: {}", bound.unwrap_or(address));
    serve_everyone(listener)
}

/// 다음 손님의 연결을 수락합니다. 손님과 이야기할 새 소켓과 손님의 주소를 돌려줍니다.
/// Accepts the next client: the new socket to talk on, and the client's address.
fn accept(listener: &Socket) -> io::Result<(Socket, SocketAddr)> {
    // 1단계: 다음 연결을 수락해, 새 소켓과 손님의 주소를 돌려주세요.
    // Step 1: Accept the next connection: return the new socket and the client's address.
    let (client, address) = listener.accept()?;
    let peer = address
        .as_socket()
        .ok_or_else(|| io::Error::other("IP 주소가 아닙니다"))?;
    Ok((client, peer))
}

fn greet(client: &mut Socket) -> io::Result<()> {
    // 2단계: GREETING의 바이트를 손님에게 모두 보내세요. 줄바꿈은 붙이지 않습니다.
    // Step 2: Send all bytes of GREETING to the client, without a newline.
    client.write_all(GREETING.as_bytes())
}

/// 손님을 차례로, 끝없이 맞이합니다. / Serves client after client, forever.
fn serve_everyone(listener: Socket) -> io::Result<()> {
    // 3단계: 첫 손님만이 아니라 모든 손님을 차례로 맞이하세요.
    // serve_one은 손님 한 명을 수락해서, 떠날 때까지 함께합니다.
    // Step 3: Serve every client, one after another, not only the first.
    // serve_one accepts one client and stays with it until it leaves.
    loop {
        serve_one(&listener)?;
    }
}

/// 손님과 이야기하다 오류가 났을 때. 여기서 돌려준 오류는 서버를 끝냅니다.
/// Talking to a client failed. An error returned from here ends the server.
fn client_failed(peer: SocketAddr, error: io::Error) -> io::Result<()> {
    // 4단계: 손님과 이야기하다 난 오류입니다. 누구(peer)와 무슨 오류가 났는지 stderr에 한 줄 남기고,
    // 서버는 계속 돌게 하세요. 여기서 Err를 돌려주면 서버가 끝납니다.
    // Step 4: Talking to this client failed. Leave a line on stderr that says who (peer) and why,
    // and let the server go on. An Err returned from here ends the server.
    use std::sync::atomic::{AtomicU32, Ordering};
    static FAILURES: AtomicU32 = AtomicU32::new(0);
    const TOO_MANY: u32 = 50;

    eprintln!("{peer}: {error}");
    // One failure is the client's. So many in a row are ours.
    if FAILURES.fetch_add(1, Ordering::Relaxed) + 1 >= TOO_MANY {
        return Err(error);
    }
    Ok(())
}

fn serve_one(listener: &Socket) -> io::Result<()> {
    let (mut client, peer) = accept(listener)?;
    println!("손님이 왔습니다: {peer}");
    match greet(&mut client).and_then(|()| wait_until_it_leaves(&mut client)) {
        Ok(()) => Ok(()),
        Err(error) => client_failed(peer, error),
    }
}

fn wait_until_it_leaves(client: &mut Socket) -> io::Result<()> {
    let mut ignored = [0; 1024];
    while client.read(&mut ignored)? > 0 {}
    Ok(())
}

fn listener(address: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    if cfg!(unix) {
        socket.set_reuse_address(true)?;
    }
    socket.bind(&address.into())?;
    socket.listen(128)?;
    Ok(socket)
}
