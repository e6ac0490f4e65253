//! 레슨 14 recvfrom: 누가 보냈는지 알고 보낸 쪽에 답합니다.
//! Lesson 14 recvfrom: know who sent it, and answer them.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{SocketAddr, UdpSocket};
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
    let address: SocketAddr = address
        .parse()
        .map_err(|_| io::Error::other(format!("{address}은(는) 주소가 아닙니다")))?;
    let socket = bound(address)?;
    println!("서버가 시작되었습니다: {}", socket.local_addr()?);
    loop {
        let (message, from) = receive(&socket)?;
        println!("{from}: {}", text(&message));
        answer(&socket, &message, from)?;
    }
}

/// `address`에 바인드된 UDP 소켓. 연결도, listen도, accept도 없습니다.
/// A UDP socket bound to `address`: no connection, no listen, no accept.
fn bound(address: SocketAddr) -> io::Result<UdpSocket> {
    // 1단계: UDP 소켓을 만들어 address에 바인드하고, std의 UdpSocket으로 바꾸어 돌려주세요.
    // socket2의 소켓은 into()로 바뀝니다.
    // Step 1: Make a UDP socket, bind it to address, and return it as std's UdpSocket.
    // A socket of socket2 is turned into one by into().
    // 다음 줄은 컴파일러의 경고를 막을 뿐입니다. 작성할 때 지우세요.
    // The next line only keeps the compiler quiet: take it out when you write the step.
    let _ = Socket::bind;
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!(
        "step 1: {address} {:?} {:?} {:?}",
        Domain::for_address(address),
        Type::DGRAM,
        Protocol::UDP
    )
}

/// 데이터그램 하나를 통째로 받습니다. 메시지와 보낸 쪽의 주소를 돌려줍니다.
/// Receives one whole datagram: the message, and the sender's address.
fn receive(socket: &UdpSocket) -> io::Result<(Vec<u8>, SocketAddr)> {
    // 2단계: recv_from으로 데이터그램 하나를 받아, 받은 만큼의 바이트와 보낸 쪽의 주소를 돌려주세요.
    // 버퍼가 데이터그램보다 작으면 나머지는 사라집니다. MOST바이트면 언제나 충분합니다.
    // Step 2: Receive one datagram with recv_from; return as many bytes as came, and the sender's address.
    // What does not fit into the buffer is lost. MOST bytes are always enough.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    // 아직은 데이터그램이 오기를 기다리기만 합니다. / For now this only waits for a datagram.
    socket.peek_from(&mut [0])?;
    todo!("step 2: {MOST}")
}

/// 보낸 쪽에 답합니다. / Answers the sender.
fn answer(socket: &UdpSocket, message: &[u8], from: SocketAddr) -> io::Result<()> {
    // 3단계: "N바이트를 받았습니다"를 보낸 쪽(from)에 데이터그램 하나로 보내세요. 빈 데이터그램에도 답합니다.
    // Step 3: Send "N바이트를 받았습니다" (N bytes received) to the sender (from) as one datagram. An empty datagram is answered, too.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 3: {socket:?} {from} {}", message.len())
}

/// 어떤 데이터그램도 이보다 길지 않습니다(바이트). / No datagram is longer, in bytes (RFC 768).
const MOST: usize = 65_535;

/// 메시지를 문자열로. / The message as text.
fn text(message: &[u8]) -> String {
    match std::str::from_utf8(message) {
        Ok(text) if text.chars().count() <= 30 => text.to_owned(),
        Ok(text) => text.chars().take(30).chain(['…']).collect(),
        Err(_) => "글이 아닙니다".to_owned(),
    }
}
