//! For PowerShell (`Get-Help Register-ArgumentCompleter`).

use super::offers::{Offer, Offers};

const HEAD: &str = r#"# PowerShell completion of `cargo xtask`, made by `cargo xtask completions powershell`.
# Keep it in a file, and have your profile ($PROFILE) read that:  . ~/cargo-xtask.ps1

Register-ArgumentCompleter -Native -CommandName cargo -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
    if ($words.Count -lt 2 -or $words[1] -ne 'xtask') { return }
    $before = @($words | Select-Object -Skip 2)
    if ($wordToComplete -ne '') { $before = @($before | Select-Object -SkipLast 1) }
    $command = ''
    for ($index = 0; $index -lt $before.Count; $index++) {
        if ($before[$index] -eq '--lang') { $index++ }
        elseif (-not $before[$index].StartsWith('-')) { $command = $before[$index]; break }
    }
    $last = if ($before.Count -gt 0) { $before[-1] } else { '' }
    # A word, a tab, and what it is.
    $offers = switch ($last) {
"#;

const MIDDLE: &str = r#"        default {
            switch ($command) {
"#;

const FOOT: &str = r#"            }
        }
    }
    foreach ($offer in $offers) {
        $word, $about = $offer -split "`t", 2
        if ($word -notlike "$wordToComplete*") { continue }
        if (-not $about) { $about = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
    }
}
"#;

pub fn script(offers: &Offers) -> String {
    let mut script = HEAD.to_owned();
    for (option, values) in &offers.of_options {
        let values: Vec<_> = values.iter().map(|value| format!("'{value}'")).collect();
        let values = values.join(", ");
        script += &format!("        '{option}' {{ @({values}) }}\n");
    }
    script += MIDDLE;
    script += &case("", &offers.commands);
    for (command, of_it) in &offers.of_commands {
        script += &case(command, of_it);
    }
    script + FOOT
}

fn case(command: &str, offers: &[Offer]) -> String {
    let offers = offers.iter().map(|offer| {
        // Within double quotes a backtick, a dollar and a quote would mean something.
        let about: String = offer
            .about
            .chars()
            .flat_map(|c| {
                matches!(c, '`' | '$' | '"')
                    .then_some('`')
                    .into_iter()
                    .chain([c])
            })
            .collect();
        format!("                    \"{}`t{about}\"\n", offer.word)
    });
    let offers: String = offers.collect();
    format!("                '{command}' {{\n{offers}                }}\n")
}
