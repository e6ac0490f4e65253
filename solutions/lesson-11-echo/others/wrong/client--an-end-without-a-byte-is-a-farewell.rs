//! Wrong: step 3 ends well when the server closes without a byte of the echo.
//! Steps written: 1-4

use std::io::{self, BufReader, ErrorKind, IsTerminal, prelude::*};
use std::net::TcpStream;
use std::process::ExitCode;

const DEFAULT_ADDRESS: &str = "127.0.0.1:12345";

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
    let server = TcpStream::connect(address)?;
    converse(io::stdin().lock(), BufReader::new(server))?;
    println!("대화를 마칩니다.");
    Ok(())
}

/// 한 줄을 보내고, 되돌아온 한 줄을 줄바꿈 없이 돌려줍니다.
/// Sends a line, and returns the line that comes back, without its newline.
fn exchange(server: &mut BufReader<TcpStream>, line: &str) -> io::Result<String> {
    server.get_mut().write_all(format!("{line}\n").as_bytes())?;
    let mut echo = String::new();
    if server.read_line(&mut echo)? == 0 {
        println!("대화를 마칩니다.");
        std::process::exit(0);
    }
    match echo.strip_suffix('\n') {
        Some(echo) => Ok(echo.to_owned()),
        None => Err(ErrorKind::UnexpectedEof.into()),
    }
}

/// 친 줄마다 주고받습니다. quit을 주고받았거나 더 칠 것이 없으면 끝입니다.
/// Exchanges each line that is typed; it ends after quit, and where the input ends.
fn converse(mut input: impl BufRead, mut server: BufReader<TcpStream>) -> io::Result<()> {
    loop {
        let Some(line) = typed_line(&mut input)? else {
            return Ok(());
        };
        println!("메아리: {}", exchange(&mut server, &line)?);
        if line == "quit" {
            return Ok(());
        }
    }
}

/// 친 한 줄, 줄바꿈 없이. 입력이 끝났으면(Ctrl+D, Windows에서는 Ctrl+Z) None.
/// A typed line without its newline; None where the input has ended (Ctrl+D; Ctrl+Z on Windows).
fn typed_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    if io::stdin().is_terminal() {
        print!("> ");
        io::stdout().flush()?;
    }
    input.lines().next().transpose()
}
