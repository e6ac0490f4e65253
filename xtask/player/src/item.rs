//! One step of a run as an item of the list.

use crate::escape::{code_and_words, escaped, quoted};
use recording::{Call, Change, Event, Returned, Said, Step};
use spoken::Lang;

/// The item; `question` is asked before it, `other` is what another run does here.
pub(crate) fn html(step: &Step<'_>, question: &str, other: &str, lang: Lang) -> String {
    let matters = if step.matters { " run-matters" } else { "" };
    let attributes = attributes(step);
    let place = step.call.and_then(|call| call.line.as_ref());
    let place = place.filter(|_| !matches!(step.event, Event::Ends { .. }));
    let place = place.map(|line| {
        let file = line.file.rsplit('/').next().unwrap_or_default();
        format!(
            "<span class=\"run-place\">{}:{}</span> ",
            escaped(file),
            line.line
        )
    });
    let changes: String = step
        .changes
        .iter()
        .map(|change| socket(change, lang))
        .collect();
    let changes = if changes.is_empty() {
        changes
    } else {
        format!("<ul class=\"run-sockets\">{changes}</ul>")
    };
    let other = match other {
        "" => String::new(),
        other => format!(
            " <span class=\"run-other\">{}</span>",
            code_and_words(other)
        ),
    };
    let said = in_language(&step.said, lang);
    let said = match said {
        "" => String::new(),
        said => format!(" <span class=\"run-said\">{}</span>", code_and_words(said)),
    };
    format!(
        "<li class=\"run-step{matters}\"{attributes}>{question}{place}\
         <code class=\"run-call\">{what}</code>{said}{other}{changes}</li>",
        place = place.unwrap_or_default(),
        what = escaped(&what(step, lang)),
    )
}

pub(crate) fn in_language(said: &Said, lang: Lang) -> &str {
    match lang {
        Lang::Ko => &said.ko,
        Lang::En => &said.en,
    }
}

fn attributes(step: &Step<'_>) -> String {
    let of_call = |call: &Call, part| {
        let line = call.line.as_ref().map(|line| {
            format!(
                " data-file=\"{}\" data-line=\"{}\"",
                quoted(&line.file),
                line.line
            )
        });
        format!(
            " data-lane=\"program\" data-who=\"{}\" data-call=\"{}\" data-part=\"{part}\"{}",
            quoted(&call.who),
            call.id,
            line.unwrap_or_default()
        )
    };
    match (step.event, step.call) {
        (Event::Peer { line, .. }, _) => {
            let who = line.split_whitespace().next().unwrap_or_default();
            format!(" data-lane=\"peer\" data-who=\"{}\"", quoted(who))
        }
        (Event::Over { who, .. }, _) => {
            format!(" data-lane=\"over\" data-who=\"{}\"", quoted(who))
        }
        (Event::Call { .. }, Some(call)) => of_call(call, "whole"),
        (Event::Begins { .. }, Some(call)) => of_call(call, "begins"),
        (Event::Ends { outcome, .. }, Some(call)) if outcome.returned == Returned::Never => {
            of_call(call, "never")
        }
        (_, Some(call)) => of_call(call, "ends"),
        (_, None) => String::new(),
    }
}

/// `accept(3) = 4`, or what a peer did.
pub(crate) fn what(step: &Step<'_>, lang: Lang) -> String {
    match step.event {
        Event::Peer { line, .. } => match probe::Event::parse(line) {
            Ok(told) => spoken::line(&told, lang),
            Err(_) => line.clone(),
        },
        Event::Over { who, how } => format!("{who} {how}"),
        Event::Call { call, outcome } => call.written(Some(outcome)),
        Event::Begins { call } => call.written(None),
        Event::Ends { outcome, .. } => {
            let name = step.call.map_or("", |call| call.name.as_str());
            format!("{name} … = {}", outcome.written())
        }
    }
}

fn socket(change: &Change<'_>, lang: Lang) -> String {
    let after = change.after;
    let data = [
        ("socket", format!("{}:{}", change.of, after.fd)),
        ("fd", after.fd.to_string()),
        ("kind", after.kind.clone()),
        ("state", after.state.clone()),
        ("local", after.local.clone()),
        ("peer", after.peer.clone()),
        ("queue", after.queue.to_string()),
    ];
    let data = data.map(|(name, value)| format!(" data-{name}=\"{}\"", quoted(&value)));
    let said = change.said();
    let said = escaped(in_language(&said, lang));
    format!("<li{}>{said}</li>", data.concat())
}
