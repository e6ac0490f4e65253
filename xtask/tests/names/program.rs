//! Programs that type in what the check writes for a port, or tell none:
//! `program MODE ADDRESS`. The server is lesson 04's, the client lesson 05's.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (mode, address) = (arguments[1].as_str(), arguments[2].as_str());
    match mode {
        "own-end" | "peer-s-end" => client(mode, address),
        _ => server(mode, address),
    }
}

fn server(mode: &str, address: &str) {
    let listener = TcpListener::bind(address).unwrap();
    let own = listener.local_addr().unwrap();
    let told = match mode {
        "server" => "127.0.0.1:<server>".to_owned(),
        "no-port" => "127.0.0.1".to_owned(),
        "port-0" => "127.0.0.1:0".to_owned(),
        _ => own.to_string(),
    };
    println!("서버가 시작되었습니다: {told}");
    while let Ok((mut client, peer)) = listener.accept() {
        match mode {
            "client-a" => println!("손님이 왔습니다: 127.0.0.1:<client-a>"),
            _ => println!("손님이 왔습니다: {peer}"),
        }
        client.write_all("반갑습니다".as_bytes()).unwrap();
        while client.read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
    }
}

fn client(mode: &str, address: &str) {
    let stream = TcpStream::connect(address).unwrap();
    let own = match mode {
        "peer-s-end" => stream.local_addr().unwrap().to_string(),
        _ => "127.0.0.1:<program>".to_owned(),
    };
    let peer = match mode {
        "peer-s-end" => "127.0.0.1:<server-a>".to_owned(),
        _ => stream.peer_addr().unwrap().to_string(),
    };
    print!("연결되었습니다.\n내 쪽 {own}, 상대 쪽 {peer}\n");
}
