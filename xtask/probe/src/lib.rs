//! The probe: starts a program, plays the peers it talks to, writes down what
//! happened as a transcript, and judges the transcript against the snapshot
//! recorded from the reference solution.
//!
//! A lesson's `tests/check.rs` tells its scenarios with three things:
//!
//! ```text
//! Scene      one scenario, opened by `scene!(step N)`, closed by `end()`
//! ├─ Program   the learner's program: its lines, its input, its ending
//! ├─ Peer      a TCP connection played by the check: sends, expects, leaves
//! ├─ Listener  a TCP server played by the check: accepts the program
//! ├─ UdpPeer   a UDP socket played by the check: sends and receives datagrams
//! ├─ Middle    between the lesson's two programs: records, splits, delays, cuts
//! └─ Network   between them as well: bad weather for datagrams, by a seed
//! ```
//!
//! Every wait has a deadline ([`PATIENCE`]); every program is confined (its own
//! process group, a memory limit, capped output) and dies with its scene. What
//! the verdict means to a learner is left to `xtask`.

#![warn(missing_docs, unreachable_pub)]

mod cast;
mod deadline;
mod environment;
mod glimpse;
mod in_time;
mod judge;
mod little_room;
mod network;
mod process;
mod scene;
mod sight;
mod socket_option;
mod transcript;

pub use cast::letting_go::Ends;
pub use cast::listener::{Listener, Loopback};
pub use cast::messages::Reading;
pub use cast::middle::Middle;
pub use cast::occupant::Occupant;
pub use cast::peer::Peer;
pub use cast::program::Program;
pub use cast::udp_middle::UdpMiddle;
pub use cast::udp_peer::UdpPeer;
pub use cast::weather::{Fate, Network, Weather};
pub use deadline::{PATIENCE, QUIET};
pub use environment::{
    BACKTRACES_VARIABLE, PATIENCE_VARIABLE, PROGRAMS_VARIABLE, REPORTS_VARIABLE, UNWRITTEN_VARIABLE,
};
pub use in_time::tell_in_time;
pub use judge::channel::{keeping_the_report, reported};
pub use judge::moment::Moment;
pub use judge::reason::{Fault, Reason};
pub use judge::report::Report;
pub use judge::snapshot::{Recorded, recorded, scenarios_of};
pub use judge::telling::Unit;
pub use judge::time::Wait;
pub use judge::verdict::Verdict;
pub use process::confine::{FILE_LIMIT, MEMORY_LIMIT, dies_with_us, sweep_what_was_left_behind};
pub use process::ending::Ending;
pub use process::household;
pub use process::output::KEPT;
pub use process::panics::Panic;
pub use process::programs::{CLIENT, Commands, Lesson, ONLY, SERVER};
pub use process::python::python;
pub use process::running::{STAND_IN, Started};
pub use scene::Scene;
pub use sight::Sight;
pub use transcript::address::{Address, Port};
pub use transcript::escape::speaks_to_a_terminal;
pub use transcript::event::{Event, NoLine};
pub use transcript::happening::{
    Accept, Connect, Datagram, End, Flow, Happening, Hold, Input, Output, Side, Stderr, Whose,
};
pub use transcript::kind::Kind;
pub use transcript::message::Message;
pub use transcript::text::{Payload, Quoted, Span, Text};

/// Opens the scenario of the test function it stands in: `scene!(step 2)`, or for a
/// lesson with a server and a client `scene!(lesson "09", step 2)`.
///
/// The macro, not the function behind it, knows which package's test this is:
/// the same file is compiled for the lesson and for its solution.
#[macro_export]
macro_rules! scene {
    (step $step:literal) => {
        $crate::scene!($step, $crate::programs_of!())
    };
    (lesson $lesson:literal, step $step:literal) => {
        $crate::scene!($step, $crate::programs_of!($lesson))
    };
    // A scenario of other programs, by role.
    ($step:literal, $programs:expr) => {{
        fn here() {}
        $crate::Scene::open(
            $crate::Lesson {
                package: env!("CARGO_PKG_NAME"),
                folder: env!("CARGO_MANIFEST_DIR"),
                programs: $programs.to_vec(),
            },
            $step,
            ::std::any::type_name_of_val(&here),
        )
    }};
}

/// As [`scene!`], for a scenario that judges how long the program waits:
/// `timed!(step 3, from 20 ms, |mut scene, wait| { … })`. `wait` is what the waits are
/// multiples of; it is longer each time the scenario is told, until the machine can tell.
/// For a program that has a wait of its own: `of 500 ms`, which does not grow.
/// With `8 times` as many copies are told beside each other, and all have to be right.
#[macro_export]
macro_rules! timed {
    (step $step:literal, from $unit:literal ms, $($rest:tt)*) => {
        $crate::timed!($step, From, $unit, $crate::programs_of!(), $($rest)*)
    };
    (step $step:literal, of $unit:literal ms, $($rest:tt)*) => {
        $crate::timed!($step, Own, $unit, $crate::programs_of!(), $($rest)*)
    };
    (lesson $lesson:literal, step $step:literal, from $unit:literal ms, $($rest:tt)*) => {
        $crate::timed!($step, From, $unit, $crate::programs_of!($lesson), $($rest)*)
    };
    (lesson $lesson:literal, step $step:literal, of $unit:literal ms, $($rest:tt)*) => {
        $crate::timed!($step, Own, $unit, $crate::programs_of!($lesson), $($rest)*)
    };
    ($step:literal, $kind:ident, $unit:literal, $programs:expr, $times:literal times, $tells:expr) => {{
        fn here() {}
        $crate::tell_in_time(
            &$crate::Lesson {
                package: env!("CARGO_PKG_NAME"),
                folder: env!("CARGO_MANIFEST_DIR"),
                programs: $programs.to_vec(),
            },
            $step,
            ::std::any::type_name_of_val(&here),
            $crate::Unit::$kind(::std::time::Duration::from_millis($unit)),
            $times,
            $tells,
        )
    }};
    ($step:literal, $kind:ident, $unit:literal, $programs:expr, $tells:expr) => {
        $crate::timed!($step, $kind, $unit, $programs, 1 times, $tells)
    };
}

/// For [`scene!`]: the programs of the lesson, by role.
#[doc(hidden)]
#[macro_export]
macro_rules! programs_of {
    () => {
        [(
            $crate::ONLY,
            env!(concat!("CARGO_BIN_EXE_", env!("CARGO_PKG_NAME"))),
        )]
    };
    ($lesson:literal) => {
        [
            ($crate::SERVER, $crate::program_of!($lesson, "-server")),
            ($crate::CLIENT, $crate::program_of!($lesson, "-client")),
        ]
    };
}

/// For [`scene!`]: one of a lesson's two programs, the starter's or the solution's.
#[doc(hidden)]
#[macro_export]
macro_rules! program_of {
    ($lesson:literal, $role:literal) => {
        option_env!(concat!("CARGO_BIN_EXE_lesson-", $lesson, $role))
            .or(option_env!(concat!(
                "CARGO_BIN_EXE_solution-",
                $lesson,
                $role
            )))
            .unwrap_or_default()
    };
}
