//! 레슨 21의 서버가 거부해야 하는 것들.
//! What the server of lesson 21 has to refuse.

/// 요청 줄이 아닌 것과 모르는 버전. / What is not a request line, and versions that are not known.
pub const REQUEST_LINES: [&str; 22] = [
    "GET /",
    "GET  / HTTP/1.1",
    "GET /  HTTP/1.1",
    "GET  HTTP/1.1",
    "GET / HTTP/1.1 x",
    "GET / HTTP/1.1 ",
    " GET / HTTP/1.1",
    "GET\t/ HTTP/1.1",
    "G@T / HTTP/1.1",
    "GÉT / HTTP/1.1",
    "GET / http/1.1",
    "GET / HTTP/1",
    "GET / HTTP/2",
    "GET / HTTP/1.",
    "GET / HTTP/1.x",
    "GET / HTTP/1.10",
    "GET / HTTP/11.1",
    "GET / HTTP/+1.1",
    "GET / HTTP/1.１",
    "GET / HTTP/2.0",
    "GET / HTTP/0.9",
    "GET / HTTP/9.1",
];

/// 버전, 그리고 Host가 없거나 둘인 필드. / A version, and fields in which no Host is, or two.
pub const HOSTS: [&str; 3] = [
    "1.1\r\n",
    "1.1\r\nHost: a\r\nhost: a\r\n",
    "1.1\r\nHost: a\r\nX: x\r\nHOST: b\r\n",
];

/// 필드가 아닌 줄. / What is not a field.
pub const FIELDS: [&str; 12] = [
    "x",
    ": x",
    "X : x",
    "X\t: x",
    "X: x\r\n x",
    "X: x\r\n\ty: y",
    "a b: x",
    " X: x",
    "é: x",
    "(x): x",
    "[x]: x",
    "x/y: x",
];

/// 숫자만으로 적히지 않았거나 너무 큰 길이. / Lengths that are not of digits alone, or too great.
pub const LENGTHS: [&str; 12] = [
    "-1",
    "+5",
    "0x5",
    "5 5",
    "5,5",
    "5.0",
    "5_0",
    "",
    "\u{a0}5",
    "5\u{3000}",
    "５",
    "18446744073709551616",
];
