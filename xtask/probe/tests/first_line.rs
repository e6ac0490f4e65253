//! A server whose first line tells no usable address: the line is not what is due, which
//! is the program's fault, and the scenario never gets to ask for the address.

mod told;

use told::{differs, passes, told};

/// What is told of a server whose first line is `line`.
fn first_line(line: &str) -> probe::Report {
    let expected = [
        r#"program stdout "at 127.0.0.1:<server>\n""#,
        "client-a connect 127.0.0.1:<server>",
    ];
    told(&expected, |mut scene| {
        scene
            .server_with(&[line, "accept", "stay"])
            .client("client-a");
        scene.end_here();
    })
}

#[test]
fn a_first_line_without_a_usable_address_differs() {
    for (line, seen) in [
        ("at 127.0.0.1:<server>", r"at 127.0.0.1:\<server>"),
        ("at 127.0.0.1", "at 127.0.0.1"),
        ("at 127.0.0.1:0", "at 127.0.0.1:0"),
        ("at 127.0.0.1:99999", "at 127.0.0.1:99999"),
        ("at [127.0.0.1]:80", "at [127.0.0.1]:80"),
        ("nothing", "nothing"),
        ("", ""),
    ] {
        let report = first_line(&format!("print {line}"));
        differs(&report, &format!(r#"program stdout "{seen}\n""#));
        assert_eq!((report.differs_at, report.reason), (Some(0), None));
    }
}

#[test]
fn a_first_line_with_the_server_s_own_address_is_as_expected() {
    passes(&first_line("listen"));
}

#[test]
fn a_second_address_has_a_name_of_its_own() {
    let expected = [
        r#"program stdout "at 127.0.0.1:<server>\n""#,
        r#"program stdout "at 127.0.0.1:<door>\n""#,
        "client-a connect 127.0.0.1:<door>",
    ];
    let report = told(&expected, |mut scene| {
        let mut server = scene.server_with(&["listen", "listen", "accept", "stay"]);
        server.also_tells_an_address("door").client("client-a");
        scene.end();
    });
    passes(&report);
}
