//! Wrong: Enter is looked at behind accept only, so that it does not end a server that is serving a client.
//! Steps written: 1-4

use socket2::{Domain, Protocol, Socket, Type};
use std::io::{self, prelude::*};
use std::net::*;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 요청은 이보다 길 수 없습니다. / A request may not be longer.
const LIMIT: usize = 1024;
/// 떠나지 않는 손님을 기다려 주는 시간. / How long a client may take to leave.
const PATIENCE: Duration = Duration::from_secs(10);

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
    let listener = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    allow_restart(&listener)?;
    listener.bind(&address.into())?;
    listener.listen(128)?;
    let bound = listener.local_addr()?.as_socket();
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        bound.unwrap_or(address)
    );
    let bound = bound.unwrap_or(address);
    std::thread::spawn(move || end_on_enter(bound));
    loop {
        let (client, _) = listener.accept()?;
        if ENDING.load(Ordering::SeqCst) {
            return Ok(());
        }
        let ended = serve(client);
        println!("{}", how_it_ended(ended));
    }
}

/// 요청을 끝까지 읽고, 답하고, 예의 바르게 헤어집니다.
/// Reads a request to its end, replies, and closes gracefully.
fn serve(mut client: Socket) -> io::Result<()> {
    client.set_read_timeout(Some(PATIENCE))?;
    // 같은 소켓의 두 번째 핸들. serve가 끝날 때까지 살아 있습니다.
    // A second handle to the same socket; it lives until serve returns.
    let _spare = client.try_clone()?;

    let mut request = Vec::new();
    (&mut client)
        .take(LIMIT as u64 + 1)
        .read_to_end(&mut request)?;
    let reply = match request.len() {
        ..=LIMIT => format!("{}바이트를 받았습니다\n", request.len()),
        _ => "너무 깁니다\n".to_owned(),
    };
    client.write_all(reply.as_bytes())?;

    finish_sending(&client)?;
    println!("할 말을 다 했습니다.");
    wait_until_it_leaves(&mut client)
}

/// 더 보낼 것이 없다고 알립니다. 받는 쪽은 열어 둡니다.
/// Says that nothing more will be sent; goes on receiving.
fn finish_sending(client: &Socket) -> io::Result<()> {
    // 1단계: 보내는 방향만 끝내세요(FIN). 같은 소켓의 핸들(_spare)이 하나 더 있어서
    // client를 drop해도 연결은 닫히지 않습니다.
    // Step 1: End the sending direction only (FIN). There is a second handle to the same
    // socket (_spare): dropping client would not close the connection.
    client.shutdown(Shutdown::Write)
}

/// 손님이 떠날 때까지 남은 바이트를 읽어서 버립니다.
/// Reads and throws away what is left, until the client leaves.
fn wait_until_it_leaves(client: &mut Socket) -> io::Result<()> {
    // 2단계: 손님이 끝낼 때까지 읽고 버리세요.
    // 읽지 않은 바이트를 두고 닫으면 RST가 가고, 손님은 답을 잃을 수 있습니다.
    // Step 2: Read and throw away, until the client has finished.
    // Closing with unread bytes sends RST, and the client may lose the reply.
    let mut ignored = [0; 16 * 1024];
    while client.read(&mut ignored)? > 0 {}
    Ok(())
}

/// 연결이 어떻게 끝났는지 한 줄로. / How the connection ended, in one line.
fn how_it_ended(ended: io::Result<()>) -> String {
    // 3단계: Ok면 "손님이 닫았습니다 (FIN)", ConnectionReset이면 "손님이 끊었습니다 (RST)",
    // 다른 오류면 그 오류를 넣은 한 줄을 돌려주세요.
    // Step 3: Ok: "손님이 닫았습니다 (FIN)" (the client closed); ConnectionReset: "손님이
    // 끊었습니다 (RST)" (it broke off); any other error: a line with the error in it.
    match ended {
        Ok(()) => "손님이 닫았습니다 (FIN)".to_owned(),
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {
            "손님이 끊었습니다 (RST)".to_owned()
        }
        Err(error) => format!("오류: {error}"),
    }
}

/// 먼저 닫은 서버의 연결이 TIME_WAIT에 있어도 다시 시작하게 합니다.
/// Lets the server start again while its own connections are in TIME_WAIT.
fn allow_restart(listener: &Socket) -> io::Result<()> {
    // 4단계: 먼저 닫은 쪽의 포트에는 TIME_WAIT이 남습니다. 그래도 다시 바인드할 수 있게 하세요. Unix에서만 켭니다.
    // Step 4: The side that closes first keeps its port in TIME_WAIT. Let it be bound again; on Unix only.
    if cfg!(unix) {
        listener.set_reuse_address(true)
    } else {
        Ok(())
    }
}

/// Enter가 왔습니다. / Enter has come.
static ENDING: AtomicBool = AtomicBool::new(false);

fn end_on_enter(server: SocketAddr) {
    let mut line = String::new();
    if io::stdin()
        .read_line(&mut line)
        .is_ok_and(|count| count > 0)
    {
        // 손님을 다 맞이하고 끝냅니다. accept에서 기다리고 있으면 깨웁니다.
        // The client being served comes first; wake accept.
        ENDING.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(server);
    }
}
