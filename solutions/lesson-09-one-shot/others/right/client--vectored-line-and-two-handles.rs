//! Right: writes the greeting vectored by one handle, reads by another with the other one given up, in chunks taken by a generic fold.

use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::net::TcpStream;
use std::process::exit;
use std::time::Duration;

fn write_all_vectored(to: &mut impl Write, parts: &[&str]) -> io::Result<()> {
    let mut slices: Vec<_> = parts.iter().map(|part| IoSlice::new(part.as_bytes())).collect();
    let mut rest = slices.as_mut_slice();
    while !rest.is_empty() {
        match to.write_vectored(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => IoSlice::advance_slices(&mut rest, count),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn chunks(mut from: impl Read) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    std::iter::from_fn(move || {
        let mut chunk = vec![0; 11];
        loop {
            return match from.read(&mut chunk) {
                Ok(0) => None,
                Ok(count) => {
                    chunk.truncate(count);
                    Some(Ok(chunk))
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => Some(Err(error)),
            };
        }
    })
}

fn run(address: &str) -> Result<String, Box<dyn std::error::Error>> {
    let mut writing = TcpStream::connect(address)?;
    writing.set_read_timeout(Some(Duration::new(10, 0)))?;
    let reading = writing.try_clone()?;
    write_all_vectored(&mut writing, &["안녕", "하세요?", " ", "반갑습니다!", "\n"])?;
    drop(writing);
    let reply = chunks(reading).try_fold(Vec::new(), |mut whole, chunk| -> io::Result<_> {
        whole.append(&mut chunk?);
        Ok(whole)
    })?;
    if reply.is_empty() {
        return Err("서버가 답하지 않고 끝냈습니다".into());
    }
    Ok(String::from_utf8(reply)?.trim_end().to_owned())
}

fn main() {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:12345".to_owned());
    match run(&address) {
        Ok(reply) => {
            let line = format!("서버의 답: {reply}\r\n");
            if io::stdout().write_all(line.as_bytes()).and_then(|()| io::stdout().flush()).is_err() {
                exit(1);
            }
        }
        Err(error) => {
            eprintln!("오류: {address}: {error}");
            exit(1);
        }
    }
}
