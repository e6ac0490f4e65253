//! Bad weather for datagrams: between a client and a server of UDP stands a [`Network`]
//! that loses, doubles, delays and reorders what passes, as its [`Weather`] decides. A
//! weather is known by its seed: what happens to a datagram depends on the seed, its
//! direction, its bytes and how often they passed before, and on nothing else.

use crate::network::mailbox::LARGEST;
use crate::transcript::happening::Side;
use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What happens to a datagram on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It never comes.
    Lost,
    /// It comes twice.
    Doubled,
    /// It comes after the next one of its direction.
    Overtaken,
    /// It comes after [`Weather::DELAY`].
    Delayed,
    /// It comes.
    Delivered,
}

/// Of ten datagrams three are lost, one is doubled, one overtaken and one delayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weather {
    seed: u64,
}

impl Weather {
    /// How late a delayed datagram is: 12 milliseconds, many round trips over loopback.
    pub const DELAY: Duration = Duration::from_millis(12);

    /// The weather of this seed, the same on every machine.
    pub fn of_seed(seed: u64) -> Self {
        Self { seed }
    }

    /// What happens to `datagram` from `side`, of which there were `before` before.
    pub fn fate(self, side: Side, datagram: &[u8], before: u32) -> Fate {
        let direction = match side {
            Side::Client => 1,
            Side::Server => 2,
        };
        let start = mixed(mixed(self.seed) ^ direction ^ (u64::from(before) << 8));
        let drawn = datagram
            .iter()
            .fold(start, |drawn, byte| mixed(drawn ^ u64::from(*byte)));
        match drawn % 10 {
            0..3 => Fate::Lost,
            3 => Fate::Doubled,
            4 => Fate::Overtaken,
            5 => Fate::Delayed,
            _ => Fate::Delivered,
        }
    }
}

/// One step of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
/// generators, 2014): neighbouring seeds give numbers that have nothing in common.
fn mixed(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The network between the clients of one address and a server. It carries datagrams on
/// two threads until it is dropped.
pub struct Network {
    address: SocketAddr,
    shared: Arc<Shared>,
    carriers: Vec<JoinHandle<()>>,
}

/// What both directions look at.
struct Shared {
    weather: Mutex<Weather>,
    /// Where the client sent from last.
    client: Mutex<Option<SocketAddr>>,
    /// How often each datagram of each side came.
    came: Mutex<HashMap<(Side, Vec<u8>), u32>>,
    over: AtomicBool,
}

impl Network {
    /// A network on a loopback port that the system chooses. Fails where no socket is to
    /// be had.
    pub fn before(server: SocketAddr, weather: Weather) -> io::Result<Self> {
        let (front, back) = (socket()?, socket()?);
        let address = front.local_addr()?;
        let shared = Arc::new(Shared {
            weather: Mutex::new(weather),
            client: Mutex::default(),
            came: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let direction = |side, from: &UdpSocket, to: &UdpSocket| {
            Ok::<_, io::Error>(Direction {
                side,
                from: from.try_clone()?,
                to: to.try_clone()?,
                server,
                shared: Arc::clone(&shared),
                overtaken: Vec::new(),
                delayed: Vec::new(),
            })
        };
        let directions = [
            direction(Side::Client, &front, &back)?,
            direction(Side::Server, &back, &front)?,
        ];
        let carriers = directions
            .map(|direction| thread::spawn(|| direction.carries()))
            .into();
        Ok(Self {
            address,
            shared,
            carriers,
        })
    }

    /// Where the client is to send.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on the weather is another one.
    pub fn turns_to(&self, weather: Weather) {
        *locked(&self.shared.weather) = weather;
    }

    /// How often the client sent this datagram.
    pub fn came(&self, request: &[u8]) -> u32 {
        let came = locked(&self.shared.came);
        let of_the_client = (Side::Client, request.to_vec());
        came.get(&of_the_client).copied().unwrap_or_default()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        for carrier in self.carriers.drain(..) {
            // A carrier that panicked has said why.
            let _ = carrier.join();
        }
    }
}

/// How long a carrier waits for a datagram before it looks at what it holds.
const MOMENT: Duration = Duration::from_millis(2);

fn socket() -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.set_read_timeout(Some(MOMENT))?;
    Ok(socket)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What comes from one side.
struct Direction {
    side: Side,
    from: UdpSocket,
    to: UdpSocket,
    server: SocketAddr,
    shared: Arc<Shared>,
    overtaken: Vec<Vec<u8>>,
    delayed: Vec<(Instant, Vec<u8>)>,
}

impl Direction {
    fn carries(mut self) {
        let mut buffer = vec![0; LARGEST];
        while !self.shared.over.load(Ordering::SeqCst) {
            if let Ok((count, sender)) = self.from.recv_from(&mut buffer) {
                if self.side == Side::Client {
                    *locked(&self.shared.client) = Some(sender);
                }
                self.takes(&buffer[..count]);
            }
            self.delivers_what_is_due();
        }
    }

    fn takes(&mut self, datagram: &[u8]) {
        let held = std::mem::take(&mut self.overtaken);
        match self.next_fate(datagram) {
            Fate::Lost => {}
            Fate::Doubled => {
                self.delivers(datagram);
                self.delivers(datagram);
            }
            Fate::Overtaken => self.overtaken.push(datagram.to_vec()),
            Fate::Delayed => {
                let due = Instant::now() + Weather::DELAY;
                self.delayed.push((due, datagram.to_vec()));
            }
            Fate::Delivered => self.delivers(datagram),
        }
        held.iter().for_each(|datagram| self.delivers(datagram));
    }

    fn next_fate(&self, datagram: &[u8]) -> Fate {
        let mut came = locked(&self.shared.came);
        let before = came.entry((self.side, datagram.to_vec())).or_default();
        let fate = locked(&self.shared.weather).fate(self.side, datagram, *before);
        *before += 1;
        fate
    }

    fn delivers_what_is_due(&mut self) {
        let now = Instant::now();
        let (due, delayed) = self.delayed.drain(..).partition(|(due, _)| *due <= now);
        self.delayed = delayed;
        let due: Vec<_> = due;
        due.iter().for_each(|(_, datagram)| self.delivers(datagram));
    }

    fn delivers(&self, datagram: &[u8]) {
        let receiver = match self.side {
            Side::Client => Some(self.server),
            Side::Server => *locked(&self.shared.client),
        };
        if let Some(receiver) = receiver {
            // What the system does not take is lost: that is the weather, too.
            let _ = self.to.send_to(datagram, receiver);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Neither changes when the code does: a seed that fails can be looked at again.
    #[test]
    fn a_seed_is_the_same_weather_everywhere() {
        let fates = |seed| {
            let weather = Weather::of_seed(seed);
            (0..8).map(move |before| weather.fate(Side::Client, "1 안녕".as_bytes(), before))
        };
        assert!(fates(7).eq(fates(7)));
        assert!(!fates(7).eq(fates(8)));
        assert_eq!(mixed(0), 0xe220_a839_7b1d_cdaf);
    }

    #[test]
    fn three_in_ten_are_lost_and_one_each_doubled_overtaken_and_delayed() {
        let mut counts = HashMap::new();
        for seed in 0..10_000 {
            let fate = Weather::of_seed(seed).fate(Side::Server, b"1 a", 0);
            *counts.entry(format!("{fate:?}")).or_insert(0_i32) += 1;
        }
        for (fate, due) in [
            ("Lost", 3_000),
            ("Doubled", 1_000),
            ("Overtaken", 1_000),
            ("Delayed", 1_000),
            ("Delivered", 4_000),
        ] {
            let count = counts[fate];
            assert!((count - due).abs() < due / 10, "{fate}: {count}");
        }
    }
}
