//! Right: one task owns the room and is told by a channel what happens; each client is one task with two futures that are polled side by side.
use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

enum Told {
    Join(
        String,
        mpsc::Sender<String>,
        oneshot::Sender<()>,
        oneshot::Sender<Result<(), &'static str>>,
    ),
    Say(String, String),
    Leave(String),
}

/// Owns who is there; nobody else looks at it.
async fn room(mut told: mpsc::Receiver<Told>) {
    let mut members: HashMap<String, (mpsc::Sender<String>, Option<oneshot::Sender<()>>)> =
        HashMap::new();
    while let Some(told) = told.recv().await {
        let (name, line) = match told {
            Told::Join(name, lines, slow, answer) => {
                let bad = name.is_empty() || name.len() > 30 || name.chars().any(char::is_control);
                if bad || members.contains_key(&name) {
                    let why = if bad {
                        "쓸 수 없는 이름입니다"
                    } else {
                        "이미 있는 이름입니다"
                    };
                    let _ = answer.send(Err(why));
                    continue;
                }
                let count = members.len() + 1;
                let _ = lines.try_send(format!("환영합니다: {name} ({count}명)"));
                println!("들어왔습니다: {name} ({count}명)");
                members.insert(name.clone(), (lines, Some(slow)));
                let _ = answer.send(Ok(()));
                let line = format!("{name}님이 들어왔습니다");
                (name, line)
            }
            Told::Say(name, line) => {
                let line = line.replace(char::is_control, "");
                let line = format!("{name}: {line}");
                (name, line)
            }
            Told::Leave(name) => {
                members.remove(&name);
                println!("나갔습니다: {name} ({}명)", members.len());
                let line = format!("{name}님이 나갔습니다");
                (name, line)
            }
        };
        for (other, (lines, slow)) in &mut members {
            if *other != name && lines.try_send(line.clone()).is_err() {
                // Its task hears that this is dropped.
                slow.take();
            }
        }
    }
}

struct Reader<'a> {
    half: ReadHalf<'a>,
    bytes: Vec<u8>,
    ended: bool,
}

enum Why {
    Refused(&'static str),
    Broken(String),
}

impl Reader<'_> {
    async fn line(&mut self) -> Result<Option<String>, Why> {
        loop {
            let end = self.bytes.iter().position(|it| *it == b'\n');
            let end = end.or((self.ended && !self.bytes.is_empty()).then_some(self.bytes.len()));
            if let Some(end) = end {
                let rest = self.bytes.split_off((end + 1).min(self.bytes.len()));
                let mut line = std::mem::replace(&mut self.bytes, rest);
                line.truncate(end);
                if line.ends_with(b"\r") {
                    line.pop();
                }
                if line.len() > 1024 {
                    return Err(Why::Refused("줄이 너무 깁니다"));
                }
                let line = String::from_utf8(line).map_err(|_| Why::Refused("UTF-8이 아닙니다"))?;
                return Ok(Some(line));
            }
            if self.bytes.len() > 1025 {
                return Err(Why::Refused("줄이 너무 깁니다"));
            }
            if self.ended {
                return Ok(None);
            }
            let mut some = [0; 512];
            let count = self.half.read(&mut some).await;
            let count = count.map_err(|error| Why::Broken(error.to_string()))?;
            self.bytes.extend_from_slice(&some[..count]);
            self.ended = count == 0;
        }
    }
}

async fn send(
    half: &mut WriteHalf<'_>,
    queue: &mut mpsc::Receiver<String>,
    sent: &mut Vec<u8>,
) -> Option<()> {
    loop {
        while !sent.is_empty() {
            let count = half.write(sent).await.ok()?;
            sent.drain(..count);
        }
        match queue.recv().await {
            Some(line) => *sent = (line + "\n").into_bytes(),
            None => return Some(()),
        }
    }
}

async fn listen(
    reader: &mut Reader<'_>,
    lines: mpsc::Sender<String>,
    room: &mpsc::Sender<Told>,
    slow: oneshot::Sender<()>,
    mine: &mut Option<String>,
) -> Result<(), Why> {
    let _ = lines.try_send("이름을 알려 주세요".to_owned());
    let Some(name) = reader.line().await? else {
        return Ok(());
    };
    let (answer, answered) = oneshot::channel();
    let _ = room
        .send(Told::Join(name.clone(), lines, slow, answer))
        .await;
    if let Ok(Err(why)) = answered.await {
        return Err(Why::Refused(why));
    }
    *mine = Some(name.clone());
    while let Some(line) = reader.line().await? {
        let _ = room.send(Told::Say(name.clone(), line)).await;
    }
    Ok(())
}

async fn serve(mut client: TcpStream, address: SocketAddr, room: mpsc::Sender<Told>) {
    let (half, mut writer) = client.split();
    let mut reader = Reader {
        half,
        bytes: Vec::new(),
        ended: false,
    };
    let (lines, mut queue) = mpsc::channel(10_000);
    let (slow, is_slow) = oneshot::channel();
    let keep = lines.clone();
    let (mut name, mut sent) = (None, Vec::new());
    let ended = {
        let sending = send(&mut writer, &mut queue, &mut sent);
        let broken = |why: &str| Err(Why::Broken(why.to_owned()));
        tokio::select! {
            biased;
            ended = listen(&mut reader, keep, &room, slow, &mut name) => ended,
            _ = sending => broken("더 보낼 수 없습니다"),
            _ = is_slow => broken("큐가 가득 찼습니다"),
        }
    };
    drop(lines);
    match (&ended, &name) {
        (_, Some(name)) => {
            let _ = room.send(Told::Leave(name.clone())).await;
        }
        (Err(Why::Refused(why)), None) => println!("돌려보냈습니다: {why}"),
        (_, None) => println!("이름 없이 나갔습니다"),
    }
    let last = match ended {
        Ok(()) => None,
        Err(Why::Refused(why)) => Some(why),
        Err(Why::Broken(why)) => {
            eprintln!("{address}: {why}");
            return;
        }
    };
    let parting = async {
        queue.close();
        send(&mut writer, &mut queue, &mut sent).await?;
        if let Some(why) = last {
            writer.write_all(format!("{why}\n").as_bytes()).await.ok()?;
        }
        writer.shutdown().await.ok()?;
        let mut ignored = [0; 512];
        while reader.half.read(&mut ignored).await.ok()? > 0 {}
        Some(())
    };
    let _ = tokio::time::timeout(Duration::from_secs(2), parting).await;
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let address = arguments.get(1).map_or("127.0.0.1:12345", String::as_str);
    let places: u32 = arguments.get(2).map_or("8", String::as_str).parse()?;
    if places == 0 || places > 100_000 {
        return Err("자리는 1에서 100000까지입니다".into());
    }
    let listener = TcpListener::bind(address).await?;
    println!(
        "서버가 시작되었습니다: {} (Enter로 끝냅니다)",
        listener.local_addr()?
    );
    let (entered, enter) = oneshot::channel();
    std::thread::spawn(move || {
        if std::io::stdin().lines().next().is_some() {
            let _ = entered.send(());
        } else {
            std::mem::forget(entered);
        }
    });
    let (told, telling) = mpsc::channel(100);
    tokio::spawn(room(telling));
    tokio::select! {
        () = accept(listener, places, told) => Ok(()),
        _ = enter => std::process::exit(0),
    }
}

async fn accept(listener: TcpListener, places: u32, room: mpsc::Sender<Told>) {
    let (gone, mut going) = mpsc::unbounded_channel::<()>();
    let mut free = places;
    loop {
        tokio::select! {
            biased;
            _ = going.recv() => free += 1,
            accepted = listener.accept() => match accepted {
                Ok((client, address)) if free > 0 => {
                    free -= 1;
                    let (room, gone) = (room.clone(), gone.clone());
                    tokio::spawn(async move {
                        serve(client, address, room).await;
                        let _ = gone.send(());
                    });
                }
                Ok((client, _)) => {
                    println!("돌려보냈습니다: 자리가 없습니다");
                    let _ = client.try_write("자리가 없습니다\n".as_bytes());
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            },
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if let Err(error) = run().await {
        eprintln!("오류: {error}");
        std::process::exit(2);
    }
}
