//! HTTP의 답 하나를 바이트에서 읽습니다: 어디서 끝나고 무슨 뜻인지.
//! One answer of HTTP, read from its bytes: where it ends, and what it means (RFC 9112).

use probe::{Message, Reading};

/// 이보다 긴 헤드는 답이 아닙니다(바이트). / A longer head, in bytes, is not an answer.
const HEAD: usize = 16 * 1024;
const FIELDS: usize = 64;
/// 이보다 짧은 답은 없습니다(바이트). / No answer is shorter, in bytes.
const SHORTEST: usize = "HTTP/1.1 200 \r\n\r\n".len();
/// 길이를 모르는 답은 끝까지 읽습니다. / An answer of no known length is read until the end.
const TO_THE_END: Reading = Reading::More(64 * 1024);

/// 무엇에 대한 답이고, 그 답의 무엇을 적을지. / What is answered, and what is told of the answer.
pub struct Asked<'a> {
    pub method: &'a str,
    pub fields: &'a [&'a str],
    pub with_body: bool,
    /// 닫는다는 말도 적는가? / Is it told that the connection is closed?
    pub with_close: bool,
}

struct Head {
    status: u16,
    is_newer: bool,
    length: usize,
    fields: Vec<(String, String)>,
}

impl<'a> Asked<'a> {
    pub fn all_of(method: &'a str, fields: &'a [&'a str]) -> Self {
        Self {
            method,
            fields,
            with_body: true,
            with_close: true,
        }
    }

    pub fn read(&self, got: &[u8]) -> Reading {
        self.read_as(got, <[u8]>::to_vec)
    }

    /// 본문을 `shown`으로 읽어서. / With the body as `shown` reads it.
    pub fn read_as(&self, got: &[u8], shown: impl Fn(&[u8]) -> Vec<u8>) -> Reading {
        let head = match Head::read(got) {
            Ok(Some(head)) => head,
            Ok(None) if got.len() < HEAD => return Reading::More(1),
            _ => return Reading::Not,
        };
        let body = &got[head.length..];
        match self.body_length(&head) {
            Some(Ok(length)) if body.len() < length => Reading::More(length - body.len()),
            Some(Ok(_)) => Reading::Message(self.meaning(&head, &shown(body))),
            Some(Err(())) => Reading::Not,
            None => TO_THE_END,
        }
    }

    /// 차례로 온 `count`개의 답. 상태가 모두 같아야 합니다. / `count` answers in a row, all of one status.
    pub fn read_many(&self, got: &[u8], count: usize) -> Reading {
        let mut rest = got;
        let mut first = None;
        for left in (0..count).rev() {
            let at_least = |missing| Reading::More(missing + left * SHORTEST);
            let head = match Head::read(rest) {
                Ok(Some(head)) => head,
                Ok(None) if rest.len() < HEAD => return at_least(1),
                _ => return Reading::Not,
            };
            let Some(Ok(length)) = self.body_length(&head) else {
                return Reading::Not;
            };
            if *first.get_or_insert(head.status) != head.status {
                return Reading::Not;
            }
            let whole = head.length + length;
            match rest.split_at_checked(whole) {
                Some((_, after)) => rest = after,
                None => return at_least(whole - rest.len()),
            }
        }
        let times = format!("× {count}");
        Reading::Message(Message::new(
            "HTTP",
            first.unwrap_or_default(),
            &[times],
            None,
        ))
    }

    /// 본문의 길이. 없으면 None, 바르지 않으면 Err. / How long the body is; None where nothing says
    /// so, Err where what says so is wrong.
    fn body_length(&self, head: &Head) -> Option<Result<usize, ()>> {
        let lengths = head.all("content-length");
        let length = match lengths[..] {
            [] => None,
            [digits] if digits.bytes().all(|it| it.is_ascii_digit()) => {
                Some(digits.parse().map_err(|_| ()))
            }
            _ => Some(Err(())),
        };
        match head.status {
            100..200 | 204 | 304 => Some(Ok(0)),
            _ if self.method == "HEAD" => Some(length?.map(|_| 0)),
            _ => length,
        }
    }

    fn meaning(&self, head: &Head, body: &[u8]) -> Message {
        let mut names = self.fields.to_vec();
        names.sort_unstable();
        let asked = names.iter().filter(|name| **name != "Connection");
        let mut details: Vec<_> = asked.filter_map(|name| head.told(name)).collect();
        let closes = self.with_close && head.closes();
        details.extend(closes.then(|| "Connection: close".to_owned()));
        details.sort_unstable();
        Message::new(
            "HTTP",
            head.status,
            &details,
            self.with_body.then_some(body),
        )
    }
}

impl Head {
    /// 다 오지 않았으면 None, 답이 아니면 Err. / None where it is not whole yet, Err where it is not an answer.
    fn read(got: &[u8]) -> Result<Option<Self>, httparse::Error> {
        let mut fields = [httparse::EMPTY_HEADER; FIELDS];
        let mut response = httparse::Response::new(&mut fields);
        let httparse::Status::Complete(length) = response.parse(got)? else {
            return Ok(None);
        };
        // 줄은 CR LF로 끝내야 합니다. / Whoever answers has to end its lines by CR LF.
        if has_bare_line_feed(&got[..length]) {
            return Err(httparse::Error::NewLine);
        }
        let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let field = |it: &httparse::Header<'_>| (it.name.to_ascii_lowercase(), text(it.value));
        Ok(Some(Self {
            status: response.code.unwrap_or_default(),
            is_newer: response.version == Some(1),
            length,
            fields: response.headers.iter().map(field).collect(),
        }))
    }

    fn all(&self, name: &str) -> Vec<&str> {
        let named = self.fields.iter().filter(|field| field.0 == name);
        named.map(|field| field.1.trim()).collect()
    }

    /// 그 이름의 필드를, 뜻이 같으면 같게. / The field of this name; those that mean the same are told alike.
    fn told(&self, name: &str) -> Option<String> {
        let values = self.all(&name.to_ascii_lowercase());
        if values.is_empty() {
            return None;
        }
        let value = match name {
            "Allow" => sorted_list(&values),
            "Content-Type" => {
                let value = values.join(", ").to_ascii_lowercase();
                value
                    .split(';')
                    .map(str::trim)
                    .collect::<Vec<_>>()
                    .join("; ")
            }
            "Content-Length" => values.concat().parse::<u64>().ok()?.to_string(),
            _ => values.join(", "),
        };
        Some(format!("{name}: {value}"))
    }

    fn closes(&self) -> bool {
        let list = self.all("connection").join(",").to_ascii_lowercase();
        let has = |word| list.split(',').any(|it| it.trim() == word);
        has("close") || !self.is_newer && !has("keep-alive")
    }
}

fn sorted_list(values: &[&str]) -> String {
    let list = values.join(",");
    let mut words: Vec<_> = list.split(',').map(str::trim).collect();
    words.sort_unstable();
    words.join(", ")
}

fn has_bare_line_feed(head: &[u8]) -> bool {
    let ends = head.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    ends.into_iter()
        .any(|(at, _)| at == 0 || head[at - 1] != b'\r')
}
