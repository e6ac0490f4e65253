//! 페이지의 목록을, 브라우저가 보여 주는 글로 읽습니다.
//! The list of a page, read as a browser shows it.

/// `<li>`마다 한 줄. 태그는 빈칸으로, 문자 참조는 그 글자로 읽습니다. 그냥 쓰인 따옴표는 속성을 끝낼
/// 수 있으니 `(raw ")`로 적습니다.
/// A line for each `<li>`: tags are blanks, character references the characters that they stand for.
/// A quote as it is could end an attribute, and is told as `(raw ")`.
pub fn items(html: &[u8]) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let items = html.split("<li").skip(1);
    let lines = items.map(|item| {
        let item = item.split("</li>").next().unwrap_or_default();
        let shown = without_tags(&format!("<li{item}"));
        let words: Vec<_> = shown.split_whitespace().collect();
        words.join(" ") + "\n"
    });
    lines.collect::<String>().into_bytes()
}

fn without_tags(html: &str) -> String {
    let mut shown = String::new();
    for part in html.split('<').skip(1) {
        let text = part.split_once('>').map_or("", |(_, text)| text);
        shown += " ";
        shown += &read_references(&told_quotes(text));
    }
    shown
}

fn told_quotes(text: &str) -> String {
    let quotes = |c: char| match c {
        '"' | '\'' => format!("(raw {c})"),
        c => c.to_string(),
    };
    text.chars().map(quotes).collect()
}

fn read_references(text: &str) -> String {
    let mut parts = text.split('&');
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let reference = part.split_once(';');
        match reference.and_then(|(name, rest)| Some((character(name)?, rest))) {
            Some((character, rest)) => {
                shown.push(character);
                shown += rest;
            }
            None => shown = shown + "&" + part,
        }
    }
    shown
}

/// `lt`, `#39`, `#x27`
fn character(name: &str) -> Option<char> {
    let number = |digits, base| u32::from_str_radix(digits, base).ok();
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let hex = digits.strip_prefix(['x', 'X']);
            char::from_u32(hex.map_or_else(|| number(digits, 10), |it| number(it, 16))?)
        }
    }
}
