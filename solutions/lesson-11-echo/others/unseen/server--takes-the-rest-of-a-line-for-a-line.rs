//! Wrong: echo takes the rest of a line that is longer than LIMIT for a line of its own, which may be quit.
//! Steps written: 1-4
//! Not seen: what the rest of a line of more than 65,536 bytes is taken for is left open.

use std::io::{self, BufReader, prelude::*};
use std::net::*;
use std::process::ExitCode;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";
/// 이보다 긴 줄은 나누어 다룹니다(바이트). / A longer line is taken in parts of this size, in bytes.
const LIMIT: u64 = 64 * 1024;
/// 떠나지 않는 손님을 기다려 주는 시간. / How long a client may take to leave.
const PATIENCE: Duration = Duration::from_secs(10);

/// 대화가 어떻게 끝났나. / How a conversation ended.
enum End {
    /// 손님이 quit을 말했습니다. / The client said quit.
    Quit,
    /// 손님이 그냥 떠났습니다. / The client just left.
    Left,
}

fn main() -> ExitCode {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    match run(&address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    loop {
        let (client, _) = listener.accept()?;
        match echo(client) {
            Ok(End::Quit) => {
                println!("손님이 quit을 말했습니다. 서버를 마칩니다.");
                return Ok(());
            }
            Ok(End::Left) => println!("손님이 떠났습니다."),
            Err(_) => println!("손님과의 연결이 끊겼습니다."),
        }
    }
}

/// 손님이 quit을 말하거나 떠날 때까지 줄마다 되돌려 줍니다.
/// Sends each line back until the client says quit, or leaves.
fn echo(mut client: TcpStream) -> io::Result<End> {
    let mut reader = BufReader::new(client.try_clone()?);
    while let Some(line) = next_line(&mut reader)? {
        client.write_all(&line)?;
        if is_quit(&line) {
            client.shutdown(Shutdown::Write)?;
            client.set_read_timeout(Some(PATIENCE))?;
            // 답은 모두 보냈습니다. / Everything is sent.
            let _ = io::copy(&mut client, &mut io::sink());
            return Ok(End::Quit);
        }
    }
    Ok(End::Left)
}

/// 다음 줄. 줄바꿈까지 들어 있고, 마지막 줄에는 없을 수도 있습니다. 손님이 끝냈으면 None.
/// The next line with its newline, which the last one may lack; None when the client is done.
fn next_line(reader: &mut BufReader<TcpStream>) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    reader.take(LIMIT).read_until(b'\n', &mut line)?;
    Ok(if line.is_empty() { None } else { Some(line) })
}

/// 줄이 quit인가? 줄의 끝은 \n일 수도, \r\n일 수도 있습니다.
/// Is the line quit? It may end in \n or in \r\n.
fn is_quit(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line == b"quit"
}
