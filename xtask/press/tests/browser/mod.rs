//! A real Chromium, driven over the DevTools protocol: one for each test that wants one, a tab for
//! each. Without Chromium there is nothing to see; REQUIRE_ALL=1 makes that a failure.

use crate::here::chromium;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};
use url::Url;

/// How long anything may take on a busy machine: axe-core takes half a minute for the whole
/// book on one page.
const PATIENCE: Duration = Duration::from_secs(180);

/// One Chromium, with a profile of its own. It ends with this value.
pub struct Browser {
    process: Child,
    socket: WebSocket<TcpStream>,
    asked: u64,
    /// What happened while an answer was waited for.
    heard: Vec<Value>,
    _profile: TempDir,
}

impl Browser {
    /// `None` where there is no Chromium.
    pub fn start() -> Option<Browser> {
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new(chromium()?)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
            ])
            .args(["--no-first-run", "--disable-background-networking"])
            .args(["--disable-component-update", "--disable-sync"])
            .args(["--remote-debugging-port=0", "about:blank"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stderr.take().unwrap());
        let mut lines = said.lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| {
                line.strip_prefix("DevTools listening on ")
                    .map(str::to_owned)
            })
            .expect("Chromium says where it listens");
        // Whatever else it says must not stop it.
        std::thread::spawn(move || lines.for_each(drop));
        let url = Url::parse(&address).unwrap();
        let stream = TcpStream::connect(("127.0.0.1", url.port().unwrap())).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(address.as_str(), stream).unwrap();
        Some(Browser {
            process,
            socket,
            asked: 0,
            heard: Vec::new(),
            _profile: profile,
        })
    }

    /// A new tab, so many pixels wide.
    pub fn tab(&mut self, width: u32) -> Tab<'_> {
        let made = self.ask(None, "Target.createTarget", json!({"url": "about:blank"}));
        let attached = json!({"targetId": made["targetId"], "flatten": true});
        let attached = self.ask(None, "Target.attachToTarget", attached);
        let session = attached["sessionId"].as_str().unwrap().to_owned();
        let mut tab = Tab {
            browser: self,
            session,
            target: made["targetId"].clone(),
        };
        tab.ask("Page.enable", json!({}));
        tab.ask("Network.enable", json!({}));
        // A page that prints itself would wait for a dialogue that nobody sees.
        tab.before_each_page("window.print = () => {}");
        tab.is_wide(width);
        tab
    }

    fn ask(&mut self, session: Option<&str>, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        let mut question = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            question["sessionId"] = json!(session);
        }
        self.socket
            .send(Message::text(question.to_string()))
            .unwrap();
        loop {
            let said = self.hear();
            if said["id"] == id {
                assert!(said["error"].is_null(), "{method}: {}", said["error"]);
                return said["result"].clone();
            }
            self.heard.push(said);
        }
    }

    fn hear(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().unwrap() {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One page at a time.
pub struct Tab<'a> {
    browser: &'a mut Browser,
    session: String,
    target: Value,
}

impl Tab<'_> {
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.browser.ask(Some(&self.session), method, params)
    }

    pub fn is_wide(&mut self, width: u32) {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.ask("Emulation.setDeviceMetricsOverride", size);
    }

    /// Runs a script in each page from now on, before the page's own.
    pub fn before_each_page(&mut self, script: &str) {
        self.ask(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": script}),
        );
    }

    /// The page as the theme `theme` shows it.
    pub fn in_theme(&mut self, theme: &str) {
        self.before_each_page(&format!(
            "try {{ localStorage.setItem('mdbook-theme', '{theme}') }} catch {{}}"
        ));
    }

    pub fn without_scripts(&mut self) {
        self.ask(
            "Emulation.setScriptExecutionDisabled",
            json!({"value": true}),
        );
    }

    pub fn opens(&mut self, page: &Path) {
        let address = Url::from_file_path(page).unwrap();
        self.opens_at(address.as_str());
    }

    /// Opens an address, and waits until the page has loaded.
    pub fn opens_at(&mut self, address: &str) {
        self.browser.heard.clear();
        self.ask("Page.navigate", json!({"url": address}));
        self.waits_for("Page.loadEventFired");
    }

    pub fn reloads(&mut self) {
        self.browser.heard.clear();
        self.ask("Page.reload", json!({}));
        self.waits_for("Page.loadEventFired");
    }

    /// Waits until the page has loaded itself again, because of what is done.
    pub fn loads_itself_after(&mut self, done: impl FnOnce()) {
        self.browser.heard.clear();
        done();
        self.waits_for("Page.loadEventFired");
    }

    /// Waits until the browser tells of this.
    pub fn waits_for(&mut self, event: &str) {
        let deadline = Instant::now() + PATIENCE;
        let is_it =
            |said: &Value, session: &str| said["method"] == event && said["sessionId"] == session;
        while !self
            .browser
            .heard
            .iter()
            .any(|said| is_it(said, &self.session))
        {
            assert!(Instant::now() < deadline, "{event} did not come");
            let said = self.browser.hear();
            self.browser.heard.push(said);
        }
    }

    /// Waits until the tab has come to an address that ends like this.
    pub fn comes_to(&mut self, end: &str) {
        let deadline = Instant::now() + PATIENCE;
        let question = json!({"targetId": self.target});
        loop {
            let told = self
                .browser
                .ask(None, "Target.getTargetInfo", question.clone());
            let address = told["targetInfo"]["url"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            if address.ends_with(end) {
                break;
            }
            assert!(Instant::now() < deadline, "{address} is not {end}");
            std::thread::sleep(Duration::from_millis(50));
        }
        self.tells(
            "document.readyState === 'complete' || new Promise(done => addEventListener('load', () => done(true)))",
        );
    }

    /// The addresses that the page has asked for since it was opened.
    pub fn requests(&self) -> Vec<String> {
        let sent = self.browser.heard.iter().filter(|said| {
            said["method"] == "Network.requestWillBeSent" && said["sessionId"] == self.session
        });
        sent.filter_map(|said| said["params"]["request"]["url"].as_str().map(str::to_owned))
            .collect()
    }

    /// What a script's last expression is; a promise is waited for.
    pub fn tells(&mut self, script: &str) -> Value {
        let question = json!({"expression": script, "returnByValue": true, "awaitPromise": true});
        let answer = self.ask("Runtime.evaluate", question);
        let failed = &answer["exceptionDetails"];
        assert!(failed.is_null(), "{script}: {failed}");
        answer["result"]["value"].clone()
    }

    /// Waits until a script tells this, whatever page is there by then: one that loads itself
    /// again may do so twice.
    pub fn comes_to_tell(&mut self, script: &str, due: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.tells(script) != due {
            assert!(
                Instant::now() < deadline,
                "{script} does not come to be {due}"
            );
        }
    }

    /// A list of words that a script's last expression is.
    pub fn lists(&mut self, script: &str) -> Vec<String> {
        let told = self.tells(script);
        let all = told
            .as_array()
            .unwrap_or_else(|| panic!("{script}: {told}"));
        all.iter()
            .map(|one| one.as_str().unwrap().to_owned())
            .collect()
    }

    /// Clicks into the middle of the first element that a selector finds, as a mouse does.
    pub fn clicks(&mut self, selector: &str) {
        let middle = self.tells(&format!(
            "(() => {{
                const one = document.querySelector('{selector}');
                one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const box = one.getBoundingClientRect();
                return [box.left + box.width / 2, box.top + box.height / 2];
            }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": middle[0], "y": middle[1],
                "button": "left", "clickCount": 1});
            self.ask("Input.dispatchMouseEvent", event);
        }
    }

    /// Lets the page's scripts do what they have to do.
    pub fn rests(&mut self) {
        self.tells("new Promise(done => setTimeout(done, 100))");
    }

    /// Presses a key, as a keyboard does: `ArrowRight`, `Tab`, `Enter`.
    pub fn presses(&mut self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "ArrowLeft" => 37,
            "ArrowRight" => 39,
            _ => panic!("no key of these tests: {key}"),
        };
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let kind = if text.is_empty() && kind == "keyDown" {
                "rawKeyDown"
            } else {
                kind
            };
            let event = json!({"type": kind, "key": key, "code": key, "text": text,
                "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code});
            self.ask("Input.dispatchKeyEvent", event);
        }
    }
}
