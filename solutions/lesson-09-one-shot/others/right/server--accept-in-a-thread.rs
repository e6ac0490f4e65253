//! Right: three threads (door, ear, mouth) hand clones of the client's socket along channels; the reply goes out in many writes.
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

fn run() -> Result<(), Box<dyn Error>> {
    thread::sleep(Duration::from_millis(100));
    let listener = TcpListener::bind(std::env::args().nth(1).unwrap_or("127.0.0.1:12345".into()))?;
    println!("서버가 시작되었습니다: {}", listener.local_addr()?);
    let (door, in_hall) = channel::<std::io::Result<(TcpStream, SocketAddr)>>();
    let doorman = thread::spawn(move || { let came = listener.accept(); drop(listener); let _ = door.send(came); });
    let (client, from) = in_hall.recv()??;
    doorman.join().map_err(|_| "the doorman panicked")?;
    println!("손님이 왔습니다: {from}");
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let ears = client.try_clone()?;
    let heard = thread::spawn(move || -> std::io::Result<Vec<u8>> {
        let mut line = Vec::new();
        BufReader::with_capacity(3, ears).take(1024).read_until(b'\n', &mut line)?;
        Ok(line)
    }).join().map_err(|_| "the ear panicked")??;
    if heard.len() >= 1024 && !heard.ends_with(b"\n") { return Err("메시지가 1024바이트를 넘습니다".into()) }
    let message = std::str::from_utf8(&heard)?;
    println!("받은 메시지: {}", message.trim_end());
    let mut mouth = client.try_clone()?;
    mouth.set_nodelay(true)?;
    thread::spawn(move || -> std::io::Result<()> {
        for letter in "네, 잘 들었습니다.\n".chars() { write!(mouth, "{letter}")?; }
        mouth.shutdown(Shutdown::Write)
    }).join().map_err(|_| "the mouth panicked")??;
    let count = (&client).bytes().try_fold(0, |count, byte| byte.map(|_| count + 1))?;
    eprintln!("({count} bytes thrown away)");
    Ok(())
}
fn main() { if let Err(e) = run() { eprintln!("오류: {e}"); std::process::exit(1) } }
