//! Right: no BufReader: seven bytes a read into a VecDeque that is cut at newlines; each line goes back in two writes.
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::Duration;

const LIMIT: usize = 65_536;
struct Lines { stream: TcpStream, hoard: VecDeque<u8>, searched: usize, over: bool }
impl Lines {
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let found = self.hoard.range(self.searched..).position(|b| *b == b'\n').map(|at| self.searched + at + 1);
            let cut = match found {
                Some(at) => Some(at.min(LIMIT)),
                None if self.hoard.len() >= LIMIT => Some(LIMIT),
                None if self.over => Some(self.hoard.len()),
                None => None,
            };
            if let Some(cut) = cut {
                self.searched = 0;
                let line: Vec<u8> = self.hoard.drain(..cut).collect();
                return Ok(Some(line).filter(|line| !line.is_empty()));
            }
            self.searched = self.hoard.len();
            let mut seven = [0; 7];
            match self.stream.read(&mut seven) {
                Ok(0) => self.over = true,
                Ok(count) => self.hoard.extend(&seven[..count]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}
fn echo(stream: TcpStream) -> io::Result<bool> {
    stream.set_nodelay(true)?;
    let mut lines = Lines { stream, hoard: VecDeque::new(), searched: 0, over: false };
    while let Some(line) = lines.next()? {
        let (left, right) = line.split_at(line.len() / 2);
        lines.stream.write_all(left)?;
        lines.stream.write_all(right)?;
        if matches!(&line[..], b"quit" | b"quit\n" | b"quit\r\n" | b"quit\r") {
            lines.stream.shutdown(Shutdown::Write)?;
            lines.stream.set_read_timeout(Some(Duration::from_secs(10)))?;
            while lines.stream.read(&mut [0; 512]).is_ok_and(|count| count > 0) {}
            return Ok(true);
        }
    }
    Ok(false)
}
fn main() -> io::Result<()> {
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    loop {
        println!("{}", match echo(listener.accept()?.0) {
            Ok(true) => break,
            Ok(false) => "손님이 떠났습니다.",
            Err(error) => { eprintln!("{error}"); "손님과의 연결이 끊겼습니다." }
        });
    }
    println!("손님이 quit을 말했습니다. 서버를 마칩니다.");
    Ok(())
}
