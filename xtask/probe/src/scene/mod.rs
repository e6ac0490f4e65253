//! One scenario: opened by `scene!(step N)`, filled by programs and peers, closed
//! by [`Scene::end`]. What it does is told in the words of its story; how lines
//! are judged is left to `judge/`.

use crate::cast::company::Company;
use crate::cast::listener::{Listener, Loopback};
use crate::cast::middle::Middle;
use crate::cast::occupant::{Occupant, quiet_host};
use crate::cast::peer::Peer;
use crate::cast::program::Program;
use crate::cast::udp_middle::UdpMiddle;
use crate::cast::udp_peer::UdpPeer;
use crate::cast::weather::{Network, Weather};
use crate::judge::moment::Moment;
use crate::judge::reason::{Fault, Reason};
use crate::judge::stage::Stage;
use crate::judge::tellings::Telling;
use crate::judge::verdict::Cause;
use crate::process::programs::{CLIENT, Choice, Lesson, ONLY, SERVER};
use crate::process::running::Running;
use crate::process::transport::Transport;
use crate::sight::Sight;
use crate::transcript::event::Event;
use crate::transcript::happening::{Happening, Hold};
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;

/// One conversation between the program and the peers.
pub struct Scene {
    stage: Rc<Company>,
    /// Do both of the lesson's programs take part?
    pair: bool,
}

impl Scene {
    /// For the `scene!` macro. `inside` is the type name of an item in the test
    /// function, by which the scenario gets its name.
    pub fn open(lesson: Lesson, step: u32, inside: &str) -> Self {
        Self::of(lesson, step, inside, None)
    }

    /// `telling` is for one that judges waits.
    pub(crate) fn of(lesson: Lesson, step: u32, inside: &str, telling: Option<Telling>) -> Self {
        let function = inside.rsplit("::").nth(1).unwrap_or(inside);
        let stage = Stage::set(lesson, step, function.to_owned(), telling);
        Self {
            stage: Rc::new(Company::of(stage)),
            pair: false,
        }
    }

    /// This moment, for a wait that begins with what the scenario does next.
    pub fn moment(&self) -> Moment {
        self.stage.moment()
    }

    /// Both of the lesson's programs take part; the transcript calls them `server` and
    /// `client`. Where only one of them is being checked, the other is the lesson's own.
    #[must_use]
    pub fn with_both_programs(mut self) -> Self {
        self.pair = true;
        self
    }

    /// True, with the scenario reported as skipped, where this system does not let
    /// `sight` be seen.
    pub fn skipped_without(&self, sight: Sight) -> bool {
        let missing = !sight.is_here();
        if missing {
            self.stage.skip(Reason::Missing { sight });
        }
        missing
    }

    /// Starts the lesson's program with `arguments`, and does not wait for it.
    pub fn program(&mut self, arguments: &[&str]) -> Program {
        self.start(ONLY, ONLY, arguments)
    }

    /// Starts the lesson's client with `arguments`, and does not wait for it.
    pub fn client(&mut self, arguments: &[&str]) -> Program {
        self.start(self.called(CLIENT), CLIENT, arguments)
    }

    /// How the transcript calls the program in `role`.
    fn called(&self, role: &'static str) -> &'static str {
        if self.pair { role } else { ONLY }
    }

    /// Starts the lesson's program as a server on `127.0.0.1:0` and waits for the
    /// line that tells its address.
    pub fn server(&mut self) -> Program {
        self.server_with(&[])
    }

    /// As [`Scene::server`], with more `arguments` after the address.
    pub fn server_with(&mut self, arguments: &[&str]) -> Program {
        let mut all = vec!["127.0.0.1:0"];
        all.extend(arguments);
        self.serves(&all)
    }

    /// As [`Scene::server`], on another `host` of loopback: `[::1]` needs [`Sight::Ipv6`],
    /// `127.0.0.2` [`Sight::SecondLoopback`].
    pub fn server_on(&mut self, host: &str) -> Program {
        self.serves(&[&format!("{host}:0")])
    }

    fn serves(&mut self, arguments: &[&str]) -> Program {
        let mut program = self.start(self.called(SERVER), SERVER, arguments);
        program.tells_its_address("server");
        program
    }

    /// As [`Scene::server`], on the loopback address of IPv6. `None`, with the scenario
    /// reported as skipped, where there is none ([`Sight::Ipv6`]), and where the program ends
    /// in an error before it tells an address: one of another hand may know IPv4 only.
    pub fn server_over_ipv6(&mut self) -> Option<Program> {
        if self.skipped_without(Sight::Ipv6) {
            return None;
        }
        let mut program = self.start(self.called(SERVER), SERVER, &["[::1]:0"]);
        if program.fails_without_a_line() {
            self.stage.skip(Reason::Ipv4Only);
            return None;
        }
        program.tells_its_address("server");
        Some(program)
    }

    /// The check between the two programs: clients that connect to it are joined to
    /// `server`.
    pub fn middle(&mut self, server: &Program) -> Middle {
        let listener = self.listener("middle");
        Middle::before(&self.stage, listener, server)
    }

    /// A second copy of the lesson's program beside the first, as a server of its own:
    /// `program-b`, on the port `<second>`.
    pub fn second_server(&mut self) -> Program {
        let mut program = self.start("program-b", SERVER, &["127.0.0.1:0"]);
        program.tells_its_address("second");
        program
    }

    /// A second copy of the server, `program-b`, at the address that `first` has.
    pub fn second_copy_of(&mut self, first: &Program) -> Program {
        self.start("program-b", SERVER, &[&first.address()])
    }

    /// A port that the check itself listens on, written `<name>`.
    pub fn port_in_use(&mut self, name: &str) -> Occupant {
        self.occupy(name, Occupant::listening())
    }

    /// As [`Scene::port_in_use`], on a port that the check would share.
    pub fn port_in_use_to_be_shared(&mut self, name: &str) -> Occupant {
        self.occupy(name, Occupant::listening_and_sharing())
    }

    /// A port that is free but for a connection in TIME_WAIT, as a server leaves it
    /// that closed first; written `<name>`.
    pub fn port_in_time_wait(&mut self, name: &str) -> Occupant {
        self.occupy(name, Occupant::in_time_wait())
    }

    /// A port on which every connect is refused, written `<name>`.
    pub fn port_that_refuses(&mut self, name: &str) -> Occupant {
        self.occupy(name, Occupant::refusing())
    }

    /// A port on which no connect is answered, written `<name>`; needs
    /// [`Sight::SilentBacklog`].
    pub fn port_that_is_silent(&mut self, name: &str) -> Occupant {
        self.occupy(name, Occupant::silent())
    }

    /// A peer that listens for the program.
    pub fn listener(&mut self, name: &str) -> Listener {
        let opened = Listener::open(&self.stage, name);
        self.listens(name, opened)
    }

    /// As [`Scene::listener`]; of what it does not read it takes a few thousand bytes at most, so
    /// that the rest stays with the program's own system.
    pub fn listener_with_little_room(&mut self, name: &str) -> Listener {
        let opened = Listener::open_with_little_room(&self.stage, name);
        self.listens(name, opened)
    }

    /// A peer that listens on the port of `refused`, a [`Scene::port_that_refuses`] of the same
    /// `name`, from now on.
    pub fn listener_after_all(&mut self, name: &str, refused: Occupant) -> Listener {
        let opened = Listener::open_after_all(&self.stage, name, refused);
        self.listens(name, opened)
    }

    /// A peer that listens at 127.0.0.2; needs [`Sight::OtherLoopback`].
    pub fn listener_elsewhere(&mut self, name: &str) -> Listener {
        let opened = Listener::open_elsewhere(&self.stage, name);
        self.listens(name, opened)
    }

    /// A peer that listens on one loopback address, under a port that refuses on the
    /// other; needs [`Sight::Ipv6`], and to be found by the name `localhost`
    /// [`Sight::LocalhostBothWays`].
    pub fn listener_on(&mut self, only: Loopback, name: &str) -> Listener {
        let opened = Listener::open_on(&self.stage, name, only);
        self.listens(name, opened)
    }

    /// A peer that listens where the name `localhost` leads first on this system, which is
    /// written `127.0.0.1`: for a program that is given [`Listener::by_name`].
    pub fn listener_by_name(&mut self, name: &str) -> Listener {
        let opened = Listener::open_by_name(&self.stage, name);
        self.listens_at_a_name(name, opened)
    }

    /// As [`Scene::listener_by_name`]; on the name's other addresses no connect is answered.
    /// Needs [`Sight::LocalhostBothWays`] and [`Sight::SilentBacklog`].
    pub fn listener_beside_silence(&mut self, name: &str) -> Listener {
        let opened = Listener::open_beside_silence(&self.stage, name);
        self.listens_at_a_name(name, opened)
    }

    /// As [`Scene::listener_by_name`], where the name leads last; on its other addresses no
    /// connect is answered. Needs [`Sight::LocalhostBothWays`] and [`Sight::SilentBacklog`].
    pub fn listener_behind_silence(&mut self, name: &str) -> Listener {
        let opened = Listener::open_behind_silence(&self.stage, name);
        self.listens_at_a_name(name, opened)
    }

    fn listens_at_a_name(&self, name: &str, opened: std::io::Result<Listener>) -> Listener {
        if let Ok(listener) = &opened {
            let host = listener.address().ip();
            self.stage.names.borrow_mut().learn_host(host);
        }
        self.listens(name, opened)
    }

    fn listens(&self, name: &str, opened: std::io::Result<Listener>) -> Listener {
        match opened {
            Ok(listener) => {
                let address = listener.address();
                self.stage.names.borrow_mut().learn(address.port(), name);
                let listens = Happening::Holds(Hold::Listen, address.into());
                self.stage.record(Event::new(name, listens));
                listener
            }
            Err(error) => self.has_no_port(name, &error),
        }
    }

    /// A peer with a UDP socket.
    pub fn udp_peer(&mut self, name: &str) -> UdpPeer {
        self.udp_peer_on(Loopback::V4, name)
    }

    /// As [`Scene::udp_peer`]; over IPv6 it needs [`Sight::Ipv6`].
    pub fn udp_peer_on(&mut self, loopback: Loopback, name: &str) -> UdpPeer {
        self.opens_udp_peer(name, SocketAddr::new(loopback.address(), 0))
    }

    /// A UDP peer on 127.0.0.2, with the same port as `other`; needs
    /// [`Sight::SecondLoopback`].
    pub fn udp_peer_on_the_port_of(&mut self, other: &UdpPeer, name: &str) -> UdpPeer {
        let host = Ipv4Addr::new(127, 0, 0, 2);
        self.opens_udp_peer(name, SocketAddr::new(host.into(), other.address().port()))
    }

    fn opens_udp_peer(&self, name: &str, own: SocketAddr) -> UdpPeer {
        let opened = UdpPeer::open(&self.stage, name, own);
        opened.unwrap_or_else(|error| self.has_no_port(name, &error))
    }

    /// As [`Scene::middle`], for datagrams.
    pub fn udp_middle(&mut self, server: &Program) -> UdpMiddle {
        let opened = UdpMiddle::before(&self.stage, server);
        opened.unwrap_or_else(|error| self.has_no_port("middle", &error))
    }

    /// Bad weather between the two programs: a network that carries datagrams to
    /// `server` by itself, and treats them as `weather` decides.
    pub fn network(&mut self, server: &Program, weather: Weather) -> Network {
        let opened = Network::before(server.own_address(Transport::Udp), weather);
        let network = opened.unwrap_or_else(|error| self.has_no_port("network", &error));
        let address = network.address();
        let mut names = self.stage.names.borrow_mut();
        names.learn(address.port(), "network");
        drop(names);
        let binds = Happening::Holds(Hold::Bind, address.into());
        self.stage.record(Event::new("network", binds));
        network
    }

    fn has_no_port(&self, name: &str, error: &std::io::Error) -> ! {
        self.stage.stop(Cause::Broken(Reason::no_port(name, error)))
    }

    /// A UDP port that the check has, written `<name>`; it would share it with a program
    /// that sets SO_REUSEADDR.
    pub fn udp_port_in_use(&mut self, name: &str) -> Occupant {
        self.occupy(name, Occupant::having_datagrams())
    }

    /// A UDP port, written `<name>`, on which nobody receives: whoever sends there may get
    /// an ICMP message back (RFC 1122, section 4.1.3.1).
    pub fn udp_port_that_refuses(&mut self, name: &str) -> Occupant {
        self.occupy(name, Occupant::refusing_datagrams())
    }

    /// As [`Scene::server`], on a loopback host of its own where there is one: for a
    /// port that the program is to be given again after it ended.
    pub fn server_to_be_restarted(&mut self) -> Program {
        let host = quiet_host();
        self.stage.names.borrow_mut().learn_host(host.into());
        let mut program = self.start(ONLY, SERVER, &[&format!("{host}:0")]);
        program.tells_its_address("server");
        program
    }

    fn occupy(&mut self, name: &str, occupant: std::io::Result<Occupant>) -> Occupant {
        let occupant = occupant.unwrap_or_else(|error| self.has_no_port(name, &error));
        let address = occupant.address();
        {
            let mut names = self.stage.names.borrow_mut();
            names.learn(address.port(), name);
            names.learn_host(address.ip());
        }
        let holds = Happening::Holds(occupant.state, address.into());
        self.stage.record(Event::new(name, holds));
        occupant
    }

    /// Ends a scenario that has told everything: bytes or lines of the program that
    /// it did not ask for are a difference. The solution must be waiting for input,
    /// or have ended, when this is called: what it would still say is cut off.
    pub fn end(self) {
        let told = self.stage.lines_so_far();
        self.end_programs();
        for wire in self.stage.wires() {
            Peer::of(&self.stage, &wire).tells_what_is_left();
        }
        for mailbox in self.stage.mailboxes() {
            for event in mailbox.what_is_left(&self.stage) {
                self.stage.record(event);
            }
        }
        for running in self.stage.programs() {
            Program::of(&self.stage, &running).tells_what_is_left();
        }
        if self.stage.records() && self.stage.lines_so_far() > told {
            let fault = Fault::NotAllAskedFor;
            self.stage.stop(Cause::Broken(Reason::Scenario { fault }));
        }
        self.stage.conclude();
    }

    /// Ends a scenario in the middle: what the program does from here on belongs to
    /// another step.
    pub fn end_here(self) {
        self.end_programs();
        self.stage.conclude();
    }

    fn end_programs(&self) {
        for running in self.stage.programs() {
            running.finish(false);
        }
    }

    fn start(&self, who: &str, role: &str, arguments: &[&str]) -> Program {
        let lesson = &self.stage.lesson;
        let command = match lesson.command(lesson.role(role), self.pair) {
            Choice::Command(command) => command,
            Choice::NotGiven => self.stage.leave_out(Reason::NotGiven),
        };
        match Running::start(who, role, &command, arguments) {
            Ok(running) => {
                let running = Rc::new(running);
                self.stage.cast(&running);
                Program::of(&self.stage, &running)
            }
            Err(error) => {
                let name = command
                    .first()
                    .map_or_else(String::new, |first| first.to_string_lossy().into_owned());
                self.stage
                    .stop(Cause::Broken(Reason::cannot_start(name, &error)))
            }
        }
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.stage.left();
    }
}
