//! 레슨 11 echo: 친 줄을 보내고 되돌아온 줄을 출력하는 클라이언트.
//! Lesson 11 echo: a client that sends what is typed and prints what comes back.

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
    // 3단계: line 뒤에 줄바꿈(\n)을 붙여 모두 보내고, 줄바꿈까지 읽어서 줄바꿈을 뗀 문자열을 돌려주세요.
    // 줄바꿈이 오기 전에 서버가 끝냈으면 UnexpectedEof 오류입니다.
    // Step 3: Send line and a newline (\n), all of it; then read up to the newline and return the text
    // without it. If the server finishes before the newline, it is an UnexpectedEof error.
    // todo! 안의 이름들은 컴파일러의 경고를 막을 뿐입니다. todo!를 모두 지우고 작성하세요.
    // The names in todo! only keep the compiler quiet: replace the whole of it with your code.
    todo!("step 3: {server:?} {line} {:?}", ErrorKind::UnexpectedEof)
}

/// 친 줄마다 주고받습니다. quit을 주고받았거나 더 칠 것이 없으면 끝입니다.
/// Exchanges each line that is typed; it ends after quit, and where the input ends.
fn converse(mut input: impl BufRead, mut server: BufReader<TcpStream>) -> io::Result<()> {
    // 4단계: typed_line으로 친 줄을 받아 exchange로 주고받고 "메아리: 되돌아온 줄"을 출력하기를 되풀이하세요.
    // quit을 주고받았거나 typed_line이 None이면 끝입니다.
    // Step 4: Again and again: take a line with typed_line, exchange it, and print "메아리: LINE" (echo)
    // with the line that came back. It ends after quit was exchanged, or when typed_line gives None.
    // 아래는 작성하기 전까지 자리를 채우는 줄입니다. 모두 지우고 작성하세요.
    // The lines below only fill the gap until then: replace them all with your code.
    eprintln!("not yet implemented: step 4");
    // 아직은 한 줄만 주고받습니다. / For now one line only.
    let line = typed_line(&mut input)?.unwrap_or_default();
    println!("메아리: {}", exchange(&mut server, &line)?);
    Ok(())
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
