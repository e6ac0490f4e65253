//! Right: a LocalSet, with Rc and RefCell in place of locks; each client has a task that talks, one that sends, and one that waits for both and tidies up.
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::{AbortHandle, LocalSet, spawn_local};

type Lines = Sender<Rc<str>>;

#[derive(Default)]
struct Hall {
    members: RefCell<BTreeMap<Rc<str>, (Lines, AbortHandle)>>,
    connected: Cell<usize>,
}

enum End {
    Finished,
    Refused(&'static str),
    Failed(String),
}

impl From<std::io::Error> for End {
    fn from(error: std::io::Error) -> Self {
        End::Failed(error.to_string())
    }
}

impl Hall {
    fn tell(&self, but: &str, line: &str) {
        let line: Rc<str> = line.into();
        for (name, (lines, task)) in self.members.borrow().iter() {
            if &**name != but && lines.try_send(Rc::clone(&line)).is_err() {
                task.abort();
            }
        }
    }

    fn join(&self, name: &Rc<str>, lines: &Lines, task: AbortHandle) -> Result<(), End> {
        if name.is_empty() || name.len() > 30 || name.contains(char::is_control) {
            return Err(End::Refused("쓸 수 없는 이름입니다"));
        }
        if self.members.borrow().contains_key(name) {
            return Err(End::Refused("이미 있는 이름입니다"));
        }
        let count = self.members.borrow().len() + 1;
        let _ = lines.try_send(format!("환영합니다: {name} ({count}명)").into());
        self.tell(name, &format!("{name}님이 들어왔습니다"));
        self.members
            .borrow_mut()
            .insert(Rc::clone(name), (lines.clone(), task));
        println!("들어왔습니다: {name} ({count}명)");
        Ok(())
    }

    fn leave(&self, name: &str) {
        self.members.borrow_mut().remove(name);
        self.tell(name, &format!("{name}님이 나갔습니다"));
        println!("나갔습니다: {name} ({}명)", self.members.borrow().len());
    }
}

struct Talk {
    hall: Rc<Hall>,
    reader: BufReader<OwnedReadHalf>,
    lines: Lines,
    name: Rc<OnceCell<Rc<str>>>,
    task: Rc<OnceCell<AbortHandle>>,
}

impl Talk {
    async fn line(&mut self) -> Result<Option<String>, End> {
        let mut line = Vec::new();
        (&mut self.reader)
            .take(1026)
            .read_until(b'\n', &mut line)
            .await?;
        if line.is_empty() {
            return Ok(None);
        }
        line.pop_if(|it| *it == b'\n');
        line.pop_if(|it| *it == b'\r');
        if line.len() > 1024 {
            return Err(End::Refused("줄이 너무 깁니다"));
        }
        let line = String::from_utf8(line);
        line.map(Some).map_err(|_| End::Refused("UTF-8이 아닙니다"))
    }

    async fn go_on(mut self) -> (OwnedReadHalf, End) {
        let ended = self.talk().await.err().unwrap_or(End::Finished);
        (self.reader.into_inner(), ended)
    }

    async fn talk(&mut self) -> Result<(), End> {
        let Some(name) = self.line().await? else {
            return Ok(());
        };
        let name: Rc<str> = name.into();
        let task = self.task.get().cloned().ok_or(End::Finished)?;
        self.hall.join(&name, &self.lines, task)?;
        let _ = self.name.set(Rc::clone(&name));
        while let Some(mut line) = self.line().await? {
            line.retain(|it| !it.is_control());
            self.hall.tell(&name, &format!("{name}: {line}"));
        }
        Ok(())
    }
}

async fn send(mut writer: OwnedWriteHalf, mut queue: Receiver<Rc<str>>) {
    while let Some(line) = queue.recv().await {
        if writer
            .write_all(format!("{line}\n").as_bytes())
            .await
            .is_err()
        {
            return;
        }
    }
    let _ = writer.shutdown().await;
}

async fn serve(hall: Rc<Hall>, client: TcpStream, address: String) {
    let (reader, writer) = client.into_split();
    let (lines, queue) = channel(10_000);
    let (name, task) = (Rc::new(OnceCell::new()), Rc::new(OnceCell::new()));
    let _ = lines.try_send("이름을 알려 주세요".into());
    let sending = spawn_local(send(writer, queue));
    let talk = Talk {
        hall: Rc::clone(&hall),
        reader: BufReader::new(reader),
        lines: lines.clone(),
        name: Rc::clone(&name),
        task: Rc::clone(&task),
    };
    let talking = spawn_local(talk.go_on());
    let _ = task.set(talking.abort_handle());
    let ended = talking.await;
    if let Some(name) = name.get() {
        hall.leave(name);
    }
    let (reader, why) = match ended {
        Ok((reader, End::Refused(why))) => (reader, Some(why)),
        Ok((reader, End::Finished)) => (reader, None),
        failed => {
            sending.abort();
            let why = match failed {
                Ok((_, End::Failed(why))) => why,
                _ => "큐가 가득 찼습니다".to_owned(),
            };
            if name.get().is_none() {
                println!("이름 없이 나갔습니다");
            }
            eprintln!("{address}: {why}");
            return;
        }
    };
    match (name.get(), why) {
        (None, Some(why)) => println!("돌려보냈습니다: {why}"),
        (None, None) => println!("이름 없이 나갔습니다"),
        _ => {}
    }
    if let Some(why) = why {
        let _ = lines.try_send(why.into());
    }
    drop(lines);
    part(sending, reader).await;
}

async fn part(mut sending: tokio::task::JoinHandle<()>, mut reader: OwnedReadHalf) {
    let rest = async {
        let _ = (&mut sending).await;
        let mut ignored = [0; 1000];
        while reader.read(&mut ignored).await.is_ok_and(|count| count > 0) {}
    };
    if tokio::time::timeout(Duration::from_secs(3), rest)
        .await
        .is_err()
    {
        sending.abort();
    }
}

async fn accept(listener: TcpListener, places: usize) {
    let hall = Rc::new(Hall::default());
    loop {
        let Ok((client, address)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        if hall.connected.get() == places {
            println!("돌려보냈습니다: 자리가 없습니다");
            let _ = client.try_write("자리가 없습니다\n".as_bytes());
            continue;
        }
        hall.connected.set(hall.connected.get() + 1);
        let hall = Rc::clone(&hall);
        spawn_local(async move {
            serve(Rc::clone(&hall), client, address.to_string()).await;
            hall.connected.set(hall.connected.get() - 1);
        });
    }
}

fn fail(why: impl std::fmt::Display) -> ! {
    eprintln!("오류: {why}");
    std::process::exit(1)
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or("127.0.0.1:12345".to_owned());
    let places = arguments.next().map_or(Ok(8), |it| it.parse()).unwrap_or(0);
    if !(1..=100_000).contains(&places) {
        fail("자리는 1에서 100000까지입니다");
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap_or_else(|error| fail(error));
    LocalSet::new().block_on(&runtime, async {
        let listener = TcpListener::bind(&address).await;
        let listener = listener.unwrap_or_else(|error| fail(error));
        let bound = listener.local_addr().unwrap_or_else(|error| fail(error));
        println!("서버가 시작되었습니다: {bound} (Enter로 끝냅니다)");
        std::thread::spawn(|| {
            if std::io::stdin().lines().next().is_some() {
                std::process::exit(0);
            }
        });
        accept(listener, places).await;
    });
}
