//! Right: vectored writes of up to 64 slices of one 251-byte pattern on a non-blocking std stream; advance_slices goes on by what was taken.
use std::io::{ErrorKind, IoSlice, Write};
use std::net::TcpStream;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().collect();
    let address = arguments.get(1).map_or("127.0.0.1:12345", String::as_str);
    let Ok(size) = arguments.get(2).map_or(Ok(8 * 1024 * 1024), |size| size.parse::<usize>()) else {
        eprintln!("크기가 숫자가 아닙니다: {}", arguments[2]);
        return ExitCode::FAILURE;
    };
    let pattern: Vec<u8> = (0..251).collect();
    let mut sent = 0;
    let mut send = || -> std::io::Result<()> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_nonblocking(true)?;
        while sent < size {
            let mut left = size - sent;
            let mut slices = vec![];
            let mut from = sent % 251;
            while left > 0 && slices.len() < 64 {
                let part = &pattern[from..251.min(from + left)];
                left -= part.len();
                slices.push(IoSlice::new(part));
                from = 0;
            }
            let mut slices = &mut slices[..];
            while !slices.is_empty() {
                match stream.write_vectored(slices) {
                    Ok(count) => { sent += count; IoSlice::advance_slices(&mut slices, count) }
                    Err(e) if e.kind() == ErrorKind::WouldBlock => std::thread::sleep(std::time::Duration::from_millis(1)),
                    Err(e) if e.kind() == ErrorKind::Interrupted => {}
                    Err(e) => return Err(e),
                }
            }
        }
        println!("모두 넘겼습니다: {sent}바이트");
        Ok(())
    };
    if let Err(error) = send() {
        eprintln!("{sent}바이트 뒤에 {address}이(가) 없어졌습니다: {error}");
        return ExitCode::from(111);
    }
    ExitCode::SUCCESS
}
