//! For bash (`man bash`, "Programmable Completion"). What completes cargo itself goes on
//! doing so.

use super::offers::{Offer, Offers};

const HEAD: &str = r#"# bash completion of `cargo xtask`, made by `cargo xtask completions bash`.
# Keep it in a file, and have ~/.bashrc read that:  source ~/.cargo-xtask.bash

_cargo_xtask() {
    local current=${COMP_WORDS[COMP_CWORD]} command= words= index
    for ((index = 2; index < COMP_CWORD; index++)); do
        case ${COMP_WORDS[index]} in
            --lang) ((index++)) ;;
            -*) ;;
            *)
                command=${COMP_WORDS[index]}
                break
                ;;
        esac
    done
    case ${COMP_WORDS[COMP_CWORD - 1]} in
"#;

const MIDDLE: &str = r#"        *)
            case $command in
"#;

const FOOT: &str = r#"            esac
            ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}

_cargo_xtask_or_cargo() {
    if [[ ${COMP_WORDS[1]} == xtask && $COMP_CWORD -gt 1 ]]; then
        _cargo_xtask
    elif [[ -n $_cargo_xtask_cargo ]]; then
        "$_cargo_xtask_cargo" "$@"
    fi
}

if ! complete -p cargo >/dev/null 2>&1 && declare -F _completion_loader >/dev/null; then
    _completion_loader cargo
fi
if [[ $(complete -p cargo 2>/dev/null) =~ -F\ ([^ ]+) && ${BASH_REMATCH[1]} != _cargo_xtask_or_cargo ]]; then
    _cargo_xtask_cargo=${BASH_REMATCH[1]}
fi
complete -o default -F _cargo_xtask_or_cargo cargo
"#;

pub fn script(offers: &Offers) -> String {
    let mut script = HEAD.to_owned();
    for (option, values) in &offers.of_options {
        let values = values.join(" ");
        script += &format!("        {option}) words=\"{values}\" ;;\n");
    }
    script += MIDDLE;
    let all = |offers: &[Offer]| {
        let words: Vec<_> = offers.iter().map(|offer| offer.word.as_str()).collect();
        words.join(" ")
    };
    let commands = all(&offers.commands);
    script += &format!("                '') words=\"{commands} --lang --help\" ;;\n");
    for (command, of_it) in &offers.of_commands {
        let words = all(of_it);
        script += &format!("                {command}) words=\"{words}\" ;;\n");
    }
    script + FOOT
}
