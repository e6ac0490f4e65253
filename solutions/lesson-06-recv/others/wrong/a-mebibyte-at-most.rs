//! Wrong: step 1 takes no more than 1 MiB, and counts just that of a message that is longer.
//! Steps written: 1-1

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, Read};
use std::net::SocketAddr;
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";

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
    loop {
        let (client, _) = listener.accept()?;
        serve(client);
    }
}

fn serve(mut client: Socket) {
    let mut message = Vec::new();
    let received = receive_all(&mut client, &mut message);
    println!("받은 바이트: {}", message.len());
    match received {
        Ok(()) => println!("{}", text(&message)),
        Err(error) => println!("{}", broken_off(&error)),
    }
}

/// 상대가 보내기를 끝낼 때까지 받아 `message`에 모읍니다. 오류가 나도 그때까지 받은 것은 남습니다.
/// Receives into `message` until the peer has finished; on an error, what came so far stays.
fn receive_all(client: &mut Socket, message: &mut Vec<u8>) -> io::Result<()> {
    // 1단계: 상대가 보내기를 끝낼 때까지 읽어 message에 모으세요.
    // 한 번의 read가 가져오는 것은 한 메시지가 아니라 지금 와 있는 바이트입니다.
    // Step 1: Read into message until the peer has finished sending.
    // One read brings the bytes that are there by now, not one message.
    // Nobody may fill our memory.
    const LIMIT: u64 = 1024 * 1024;
    client.take(LIMIT).read_to_end(message)?;
    Ok(())
}

/// 다 받은 바이트를 문자열로 바꿉니다. / Turns the whole message into text.
fn text(message: &[u8]) -> String {
    // 2단계: "메시지: …"를 돌려주세요. UTF-8이 아니면
    // "UTF-8이 아닙니다: N바이트까지만 글자입니다"를 돌려줍니다.
    // Step 2: Return "메시지: …" (message). If it is not UTF-8, return
    // "UTF-8이 아닙니다: N바이트까지만 글자입니다" (text up to byte N only).
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 2: {}", message.len())
}

/// 끝나기 전에 끊긴 연결을 한 문장으로. / A connection that broke off, in one sentence.
fn broken_off(error: &io::Error) -> String {
    // 3단계: 연결이 끊겼으면(ConnectionReset) "상대가 연결을 끊었습니다 (RST)"를,
    // 다른 오류면 그 오류를 넣은 한 문장을 돌려주세요.
    // Step 3: For a reset (ConnectionReset) return "상대가 연결을 끊었습니다 (RST)" (the peer
    // reset the connection), for any other error a sentence with the error in it.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 3: {error}")
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
