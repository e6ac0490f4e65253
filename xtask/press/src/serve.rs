//! Shows the book while it is being written: serves the printed pages, prints
//! them anew when a source changes, and has open pages load themselves again.
//! A book that cannot be printed is told of in the terminal; the pages of the
//! last good print stay.

use crate::address;
use crate::edition::Edition;
use crate::print::Press;
use crate::watch::Glance;
use anyhow::{Context, Result, anyhow};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io::{self, ErrorKind, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// What an answer carries: a file as it is read, or a page as it was made.
type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Where a page asks which print it should be showing.
const PRINT_NUMBER: &str = "/-/print";

/// Added to each page on its way out, so that the printed files stay as they are.
const RELOADER: &str = concat!("\n<script>\n", include_str!("reloader.js"), "</script>\n");

/// What a page says that is not there. It shows what is, once that has been printed.
const NOT_HERE: &str = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">\
    <title>404</title><p lang=\"ko\">이 주소에는 쪽이 없습니다. <a href=\"/\">첫 쪽으로</a></p>\
    <p>There is no page here. <a href=\"/\">To the first page</a></p></html>";

/// How often the sources are looked at.
const PAUSE: Duration = Duration::from_millis(400);

/// Serves until the process ends. `ready` is told the book's address first.
pub fn serve(
    press: Press,
    editions: Vec<Edition>,
    address: SocketAddr,
    ready: impl FnOnce(&str) -> Result<()>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the server's runtime")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| cannot_listen(address, &error))?;
        let bound = listener.local_addr().context("cannot tell the address")?;
        if !bound.ip().is_loopback() {
            let _ = writeln!(
                io::stderr(),
                "press: whoever reaches this machine can read the book at {bound}"
            );
        }
        let url = address::to_open(bound);
        let site = Site::of(&press, &editions);
        ready(&url)?;
        site.answer_all(&listener).await
    })
}

/// The pages, and the number of the print.
#[derive(Clone)]
struct Site {
    pages: ServeDir,
    number: Arc<AtomicU64>,
}

impl Site {
    /// Of what is printed now, and of what a thread keeps fresh.
    fn of(press: &Press, editions: &[Edition]) -> Self {
        // A server started again counts from somewhere else, so its pages reload.
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let number = Arc::new(AtomicU64::new(now.as_secs() << 20));

        let seen = Glance::at(&press.sources());
        tell(press.print(editions));
        let (watched, editions, counter) = (press.clone(), editions.to_vec(), Arc::clone(&number));
        thread::spawn(move || keep_printing(&watched, &editions, seen, &counter));
        Self {
            pages: ServeDir::new(press.out()),
            number,
        }
    }

    async fn answer_all(&self, listener: &TcpListener) -> Result<()> {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // A client that left already, or too many files: the next may do better.
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let site = self.clone();
            let service = service_fn(move |request| {
                let site = site.clone();
                async move { Ok::<_, Infallible>(site.answer(request).await) }
            });
            let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::spawn(serving);
        }
    }

    async fn answer(mut self, mut request: Request<Incoming>) -> Response<Body> {
        // Nothing is given in parts: a page is not what its file is.
        request.headers_mut().remove(header::RANGE);
        let asks_for_the_head = request.method() == Method::HEAD;
        if request.uri().path() == PRINT_NUMBER {
            let number = self.number.load(Ordering::Relaxed).to_string();
            return for_now(Response::new(whole(number)));
        }
        match self.pages.try_call(request).await {
            Ok(found) if found.status() != StatusCode::NOT_FOUND => {
                reloading(found.map(BodyExt::boxed_unsync), asks_for_the_head).await
            }
            _ => reloading(not_here(), asks_for_the_head).await,
        }
    }
}

fn keep_printing(press: &Press, editions: &[Edition], mut seen: Glance, number: &AtomicU64) {
    loop {
        thread::sleep(PAUSE);
        let now = Glance::at(&press.sources());
        if now != seen {
            seen = now;
            if tell(press.print(editions)) {
                number.fetch_add(1, Ordering::Relaxed);
                let _ = writeln!(std::io::stderr(), "printed again");
            }
        }
    }
}

/// Whether the print went well; says why where it did not.
fn tell(printed: Result<()>) -> bool {
    if let Err(error) = &printed {
        let _ = writeln!(std::io::stderr(), "press: {error:#}");
    }
    printed.is_ok()
}

fn whole(text: impl Into<Bytes>) -> Body {
    Full::new(text.into())
        .map_err(|never| match never {})
        .boxed_unsync()
}

fn not_here() -> Response<Body> {
    let mut answer = Response::new(whole(NOT_HERE));
    *answer.status_mut() = StatusCode::NOT_FOUND;
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

/// An answer that is not to be kept.
fn for_now(mut answer: Response<Body>) -> Response<Body> {
    let keep_nothing = HeaderValue::from_static("no-store");
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, keep_nothing);
    answer
}

/// Adds the reloader to pages, also to the one that says that there is none here.
async fn reloading(answer: Response<Body>, asks_for_the_head: bool) -> Response<Body> {
    let (mut parts, body) = for_now(answer).into_parts();
    let is_page = parts
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return Response::from_parts(parts, body);
    }
    // Of a page's head, its file's length is all that is known of the body.
    let length = parts.headers.remove(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    parts.headers.remove(header::LAST_MODIFIED);
    parts.headers.remove(header::ACCEPT_RANGES);
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    parts.headers.insert(header::CONTENT_TYPE, kind);
    if asks_for_the_head {
        let length = length.unwrap_or(NOT_HERE.len()) + RELOADER.len();
        parts.headers.insert(header::CONTENT_LENGTH, length.into());
        return Response::from_parts(parts, whole(""));
    }
    let page = body.collect().await.map(|page| page.to_bytes());
    let mut page = page.unwrap_or_default().to_vec();
    page.extend_from_slice(RELOADER.as_bytes());
    Response::from_parts(parts, whole(page))
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "cannot serve on {address}: another program listens there; stop it, name another \
             address (--serve {}:4000), or let the system choose (--serve {}:0)",
            address.ip(),
            address.ip()
        ),
        ErrorKind::PermissionDenied => {
            anyhow!(
                "cannot serve on {address}: ports below 1024 need privileges; name a higher one"
            )
        }
        ErrorKind::AddrNotAvailable => {
            anyhow!(
                "cannot serve on {address}: this machine has no such address; try 127.0.0.1:3000"
            )
        }
        _ => anyhow!("cannot serve on {address}: {error}"),
    }
}
