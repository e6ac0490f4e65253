//! For fish (`man complete`), whose completions of cargo stay beside these.

use super::offers::{Offer, Offers};

const HEAD: &str = r#"# fish completion of `cargo xtask`, made by `cargo xtask completions fish`.
# Keep it as ~/.config/fish/conf.d/cargo-xtask.fish

function __cargo_xtask_is
    set -l words (commandline -opc)
    test (count $words) -ge 2; and test $words[2] = xtask; or return 1
    set -e words[1..2]
    set -l command ''
    while set -q words[1]
        switch $words[1]
            case --lang
                set -e words[1]
            case '-*'
            case '*'
                set command $words[1]
                break
        end
        set -e words[1]
    end
    test "$command" = "$argv[1]"
end

"#;

pub fn script(offers: &Offers) -> String {
    let mut script = HEAD.to_owned();
    let of_all = |offer| line(offers, "", offer);
    script.extend(offers.commands.iter().map(of_all));
    for (command, of_it) in &offers.of_commands {
        script.extend(of_it.iter().map(|offer| line(offers, command, offer)));
    }
    script
}

fn line(offers: &Offers, command: &str, offer: &Offer) -> String {
    let about = offer.about.replace('\'', r"\'");
    let word = match offer.word.strip_prefix("--") {
        Some(name) => {
            let mut all = offers.of_options.iter();
            let values = all.find(|(option, _)| *option == offer.word);
            match values {
                None => format!("-l {name}"),
                Some((_, values)) if values.is_empty() => format!("-r -l {name}"),
                Some((_, values)) => format!("-x -l {name} -a '{}'", values.join(" ")),
            }
        }
        None => format!("-a {}", offer.word),
    };
    format!("complete -c cargo -f -n \"__cargo_xtask_is '{command}'\" {word} -d '{about}'\n")
}
