//! Bad weather between two programs of UDP: what a network does to each datagram is what its
//! weather says, as the program at the other end sees it.

mod told;

use probe::{Fate, Report, Scene, Side, Weather};
use told::{differs, passes, told};

/// A weather in which this is the fate of what the client sends, each for the first time.
fn weather(fates: &[(&str, Fate)]) -> Weather {
    let fits = |weather: &Weather| {
        let mut all = fates.iter();
        all.all(|(text, fate)| weather.fate(Side::Client, text.as_bytes(), 0) == *fate)
    };
    (0..)
        .map(Weather::of_seed)
        .find(fits)
        .expect("a seed of many")
}

/// The report of a server that prints two datagrams, of those that a client sends it.
fn printed(weather: Weather, sent: [&str; 2], expected: [&str; 2]) -> Report {
    let lines = expected.map(|text| format!(r#"server stdout "{text}\n""#));
    let expected = [
        r#"server stdout "at 127.0.0.1:<server>\n""#,
        "network bind 127.0.0.1:<network>",
        &lines[0],
        &lines[1],
    ];
    told(&expected, |scene: Scene| {
        let mut scene = scene.with_both_programs();
        let mut server = scene.server_with(&[
            "bind",
            "recvfrom",
            "print-heard",
            "print",
            "recvfrom",
            "print-heard",
            "print",
            "stay",
        ]);
        let network = scene.network(&server, weather);
        let [one, two] = sent.map(|text| format!("sendto {} {text}", network.address()));
        scene.client(&[&one, &two, "stay"]);
        server.prints_a_line();
        server.prints_a_line();
        scene.end();
        assert_eq!(network.came(sent[0].as_bytes()), 1);
    })
}

#[test]
fn a_datagram_is_delivered_doubled_or_overtaken() {
    for (fate, seen) in [
        (Fate::Delivered, ["a", "b"]),
        (Fate::Doubled, ["a", "a"]),
        (Fate::Overtaken, ["b", "a"]),
    ] {
        let weather = weather(&[("a", fate), ("b", Fate::Delivered)]);
        passes(&printed(weather, ["a", "b"], seen));
    }
}

#[test]
fn a_datagram_that_is_lost_leaves_what_comes_after_it() {
    let weather = weather(&[("a", Fate::Lost), ("b", Fate::Doubled)]);
    passes(&printed(weather, ["a", "b"], ["b", "b"]));
    differs(
        &printed(weather, ["a", "b"], ["a", "b"]),
        r#"server stdout "b\n""#,
    );
}

/// How late it is depends on the machine; that it comes at all does not.
#[test]
fn a_delayed_datagram_comes() {
    let weather = weather(&[("a", Fate::Delayed), ("b", Fate::Lost)]);
    passes(&printed_once(weather, "a"));
}

/// As [`printed`], for the only one of two that comes.
fn printed_once(weather: Weather, expected: &str) -> Report {
    let line = format!(r#"server stdout "{expected}\n""#);
    let expected = [
        r#"server stdout "at 127.0.0.1:<server>\n""#,
        "network bind 127.0.0.1:<network>",
        &line,
    ];
    told(&expected, |scene: Scene| {
        let mut scene = scene.with_both_programs();
        let mut server = scene.server_with(&["bind", "recvfrom", "print-heard", "print", "stay"]);
        let network = scene.network(&server, weather);
        let [one, two] = ["a", "b"].map(|text| format!("sendto {} {text}", network.address()));
        scene.client(&[&one, &two, "stay"]);
        server.prints_a_line();
        scene.end();
    })
}

#[test]
fn the_weather_may_turn() {
    let expected = [
        r#"server stdout "at 127.0.0.1:<server>\n""#,
        "network bind 127.0.0.1:<network>",
        r#"client stdin "\n""#,
        r#"server stdout "b\n""#,
    ];
    passes(&told(&expected, |scene| {
        let mut scene = scene.with_both_programs();
        let mut server = scene.server_with(&["bind", "recvfrom", "print-heard", "print", "stay"]);
        let loses = [("a", Fate::Lost), ("b", Fate::Lost)];
        let network = scene.network(&server, weather(&loses));
        let [one, two] = ["a", "b"].map(|text| format!("sendto {} {text}", network.address()));
        let mut client = scene.client(&[&one, "line", &two, "stay"]);
        network.turns_to(weather(&[loses[0], ("b", Fate::Delivered)]));
        client.is_typed("");
        server.prints_a_line();
        scene.end();
    }));
}
