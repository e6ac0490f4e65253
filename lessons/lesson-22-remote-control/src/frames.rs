//! 프레임(레슨 16), 그리고 프레임 안의 번호. 여기에는 고칠 것이 없습니다.
//! Frames (lesson 16), and the IDs in them. There is nothing to write here.

use std::io::{self, ErrorKind, prelude::*};
use std::net::TcpStream;

/// 프레임의 본문은 이보다 길 수 없습니다(바이트). / A frame's body may not be longer, in bytes.
const FRAME: usize = 1024;

/// `done 7`의 7. / The 7 of `done 7`.
pub fn number_after(word: &str, frame: &str) -> io::Result<u64> {
    let found = frame.strip_prefix(word).and_then(number);
    found.ok_or_else(|| invalid("알 수 없는 프레임입니다"))
}

/// 숫자로만 적은 번호. / A number in digits alone.
pub fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// 프레임 하나: 본문의 길이를 담은 네 바이트, 그리고 본문(레슨 16).
/// One frame: four bytes with the body's length, then the body (lesson 16).
pub fn send_frame(mut stream: &TcpStream, text: &str) -> io::Result<()> {
    let length = u32::try_from(text.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), text.as_bytes()].concat())
}

/// 다음 프레임의 본문. 상대가 프레임 사이에서 끝냈으면 None.
/// The next frame's body; None where the other side has ended between two frames.
pub fn read_frame(mut stream: &TcpStream) -> io::Result<Option<String>> {
    let mut header = [0; 4];
    let count = stream.read(&mut header)?;
    if count == 0 {
        return Ok(None);
    }
    stream.read_exact(&mut header[count..])?;
    let length = u32::from_be_bytes(header) as usize;
    if length > FRAME {
        return Err(invalid("프레임이 너무 깁니다"));
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let text = String::from_utf8(body).map_err(|_| invalid("UTF-8이 아닙니다"))?;
    Ok(Some(text))
}

pub fn invalid(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why)
}
