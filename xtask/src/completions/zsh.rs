//! For zsh (`man zshcompsys`). Cargo's own completion calls `_cargo-xtask` by its name; where
//! there is none, this stands in.

use super::offers::{Offer, Offers};

const HEAD: &str = r#"# zsh completion of `cargo xtask`, made by `cargo xtask completions zsh`.
# Keep it in a file, and have ~/.zshrc read that after compinit:  source ~/.cargo-xtask.zsh

_cargo-xtask() {
    local command index
    local -a offers
    for ((index = ${words[(i)xtask]} + 1; index < CURRENT; index++)); do
        case ${words[index]} in
            --lang) ((index++)) ;;
            -*) ;;
            *)
                command=${words[index]}
                break
                ;;
        esac
    done
    case ${words[CURRENT - 1]} in
"#;

const MIDDLE: &str = r#"    esac
    case $command in
"#;

const FOOT: &str = r#"    esac
    _describe -t words 'cargo xtask' offers
}

_cargo-xtask-alone() {
    if [[ ${words[2]} == xtask ]] && ((CURRENT > 2)); then
        _cargo-xtask
    else
        _default
    fi
}

if typeset -f compdef >/dev/null && ((! $+_comps[cargo])); then
    compdef _cargo-xtask-alone cargo
fi
"#;

pub fn script(offers: &Offers) -> String {
    let mut script = HEAD.to_owned();
    for (option, values) in &offers.of_options {
        let does = if values.is_empty() {
            "_default".to_owned()
        } else {
            format!("compadd -- {}", values.join(" "))
        };
        script +=
            &format!("        {option})\n            {does}\n            return\n            ;;\n");
    }
    script += MIDDLE;
    script += &case("''", &offers.commands);
    for (command, of_it) in &offers.of_commands {
        script += &case(command, of_it);
    }
    script + FOOT
}

fn case(command: &str, offers: &[Offer]) -> String {
    let offers = offers.iter().map(|offer| {
        let about = offer.about.replace('\'', r"'\''");
        format!("                '{}:{about}'\n", offer.word)
    });
    let offers: String = offers.collect();
    format!("        {command})\n            offers=(\n{offers}            )\n            ;;\n")
}
