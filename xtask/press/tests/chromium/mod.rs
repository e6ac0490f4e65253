//! A real browser, for what only scripts in a page can show. Without Chromium there is
//! nothing to see; REQUIRE_ALL=1 makes that a failure.

use scraper::{Html, Selector};
use std::path::{Path, PathBuf};
use std::process::Command;
use url::Url;

pub struct Chromium(PathBuf);

impl Chromium {
    /// `None` where there is none.
    pub fn here() -> Option<Chromium> {
        crate::here::chromium().map(Chromium)
    }

    /// The page at an address, as it is once it has loaded and its scripts have run.
    pub fn look(&self, address: &Url) -> Html {
        let profile = tempfile::tempdir().unwrap();
        let output = Command::new(&self.0)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--dump-dom",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(address.as_str())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Html::parse_document(&String::from_utf8_lossy(&output.stdout))
    }

    /// The page at `file`, with `script` run when it has loaded. It is a page of its own, named
    /// `name`, beside the one that it is a copy of.
    pub fn look_after(
        &self,
        file: &Path,
        name: &str,
        query: &[(&str, &str)],
        script: &str,
    ) -> Html {
        let html = std::fs::read_to_string(file).unwrap();
        let run = format!("<script>addEventListener('load', () => {{ {script} }})</script></body>");
        let copy = file.with_file_name(format!("{name}.html"));
        std::fs::write(&copy, html.replace("</body>", &run)).unwrap();
        self.look(&address(&copy, query))
    }
}

/// Of a page that is read from a folder.
pub fn address(file: &Path, query: &[(&str, &str)]) -> Url {
    let mut address = Url::from_file_path(file).unwrap();
    if !query.is_empty() {
        address.query_pairs_mut().extend_pairs(query);
    }
    address
}

pub fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector)
        .map(|found| found.text().collect::<String>().trim().to_owned())
        .collect()
}
