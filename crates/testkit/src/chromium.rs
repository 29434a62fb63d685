//! A real browser for tests: Chromium without a window, driven by its DevTools protocol over a pair of pipes.
//!
//! In come addresses, keys and expressions, out come values, pictures and whatever the browser complained about. The protocol is JSON, each message ended by a zero byte, on the descriptors
//! 3 and 4 of the process (`--remote-debugging-pipe`); a shell puts our pipes there, so that neither a socket nor a library is needed. The browser talks to the loopback
//! interface alone and keeps its profile in a folder that goes with it.

use std::{
    collections::VecDeque,
    fs,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// The line that installs what is missing.
pub const INSTALL: &str = "cargo xtask setup, or: apt-get install --yes --no-install-recommends chromium";
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser that runs.
#[derive(Debug)]
pub struct Browser {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    events: VecDeque<Value>,
    session: String,
    context: String,
    last: u64,
    profile: PathBuf,
    /// Exceptions, errors on the console, what the policy of a page refused.
    complaints: Vec<String>,
}

impl Browser {
    /// Starts a browser with one page.
    ///
    /// # Panics
    /// When Chromium is not installed, with the line that installs it, or does not start.
    #[must_use]
    pub fn start() -> Browser {
        let profile = std::env::temp_dir().join(
            format!("mihenk-chromium-{}-{:?}", std::process::id(), Instant::now())
                .replace([' ', '{', '}', ':', ','], ""),
        );
        fs::create_dir_all(&profile).unwrap_or_else(|error| panic!("{}: {error}", profile.display()));
        let mut command = Command::new("sh");
        // The order counts: our pipes go to 3 and 4 before 0 and 1 lead elsewhere.
        command.args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"#, "chromium"]);
        command.args([
            "--headless=new",
            "--remote-debugging-pipe",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]);
        command.arg(format!("--user-data-dir={}", profile.display()));
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = started.unwrap_or_else(|error| panic!("cannot start chromium: {error}; {INSTALL}"));
        let (Some(to), Some(out)) = (child.stdin.take(), child.stdout.take()) else { unreachable!("both are piped") };
        let (send, from) = channel();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(out);
            let mut bytes = Vec::new();
            while reader.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
                bytes.pop();
                if let Ok(message) = serde_json::from_slice(&bytes)
                    && send.send(message).is_err()
                {
                    break;
                }
                bytes.clear();
            }
        });
        let (session, context) = (String::new(), String::new());
        let (events, complaints) = (VecDeque::new(), Vec::new());
        let mut browser = Browser { child, to, from, events, session, context, last: 0, profile, complaints };
        browser.fresh();
        browser
    }

    /// A page of somebody else: no cookie of the one before is there.
    pub fn fresh(&mut self) {
        self.session.clear();
        if !self.context.is_empty() {
            let context = std::mem::take(&mut self.context);
            self.ask("Target.disposeBrowserContext", &json!({ "browserContextId": context }));
        }
        let context = self.ask("Target.createBrowserContext", &json!({}));
        self.context = context["browserContextId"].as_str().unwrap_or_default().to_owned();
        let target =
            self.ask("Target.createTarget", &json!({ "url": "about:blank", "browserContextId": self.context }));
        let attached = self.ask("Target.attachToTarget", &json!({ "targetId": target["targetId"], "flatten": true }));
        self.session = attached["sessionId"].as_str().unwrap_or_else(|| panic!("no page: {attached}")).to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            self.ask(&format!("{domain}.enable"), &json!({}));
        }
    }

    /// Asks the browser something of the protocol.
    ///
    /// # Panics
    /// When it refuses, or does not answer.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !self.session.is_empty() && !method.starts_with("Target.") {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap_or_else(|error| panic!("chromium has ended: {error}; {INSTALL}"));
        let until = Instant::now() + PATIENCE;
        loop {
            let message = self.message(until, method);
            if message["id"] == json!(self.last) {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    /// The next message; events are kept.
    fn message(&mut self, until: Instant, waiting_for: &str) -> Value {
        let message = match self.from.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => panic!("chromium does not answer: {waiting_for}"),
            Err(RecvTimeoutError::Disconnected) => panic!("chromium has ended while {waiting_for}; {INSTALL}"),
        };
        if message.get("method").is_some() {
            self.hear(&message);
            self.events.push_back(message.clone());
        }
        message
    }

    fn hear(&mut self, event: &Value) {
        let params = &event["params"];
        let complaint = match event["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" => params["exceptionDetails"]["exception"]["description"].to_string(),
            "Runtime.consoleAPICalled" if params["type"] == "error" => params["args"].to_string(),
            "Log.entryAdded" if params["entry"]["level"] == "error" => {
                format!("{} {}", params["entry"]["text"], params["entry"]["url"])
            }
            _ => return,
        };
        self.complaints.push(complaint);
    }

    /// What the browser complained about since this was asked last.
    pub fn complaints(&mut self) -> Vec<String> {
        self.value("0");
        std::mem::take(&mut self.complaints)
    }

    /// Opens an address and waits until it is loaded.
    pub fn open(&mut self, address: &str) {
        self.events.clear();
        self.ask("Page.navigate", &json!({ "url": address }));
        self.loaded();
    }

    /// Waits for an event of a page that loads.
    ///
    /// # Panics
    /// When none does within a minute.
    pub fn loaded(&mut self) {
        let until = Instant::now() + PATIENCE;
        loop {
            while let Some(event) = self.events.pop_front() {
                if event["method"] == "Page.loadEventFired" {
                    return;
                }
            }
            self.message(until, "a page to load");
        }
    }

    /// The value of an expression on the page.
    ///
    /// # Panics
    /// When it throws.
    pub fn value(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.ask("Runtime.evaluate", &params);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// The text of the first element that a selector finds; empty when there is none.
    pub fn text(&mut self, selector: &str) -> String {
        let found = self.value(&format!("document.querySelector({})?.innerText ?? ''", json!(selector)));
        found.as_str().unwrap_or_default().to_owned()
    }

    /// The path of the page.
    pub fn path(&mut self) -> String {
        self.value("location.pathname").as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true.
    ///
    /// # Panics
    /// When it is not within a minute.
    pub fn wait_for(&mut self, expression: &str) {
        let until = Instant::now() + PATIENCE;
        while self.value(&format!("Boolean({expression})")) != json!(true) {
            assert!(Instant::now() < until, "it never is so: {expression}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Does something that leads to another page, and waits until that is loaded.
    pub fn goes(&mut self, act: impl FnOnce(&mut Browser)) {
        self.events.clear();
        act(self);
        self.loaded();
    }

    /// Clicks on the first element that a selector finds.
    ///
    /// # Panics
    /// When there is none.
    pub fn click(&mut self, selector: &str) {
        let selector = json!(selector);
        let found = self.value(&format!(
            "(() => {{ const one = document.querySelector({selector}); one?.click(); return Boolean(one); }})()"
        ));
        assert_eq!(found, json!(true), "there is no {selector}");
    }

    /// Types into a field.
    pub fn fill(&mut self, selector: &str, text: &str) {
        self.value(&format!(
            "(() => {{ const one = document.querySelector({}); one.focus(); one.select?.(); }})()",
            json!(selector)
        ));
        self.ask("Input.insertText", &json!({ "text": text }));
    }

    /// Presses a key, such as `j`, `Enter`.
    pub fn key(&mut self, key: &str) {
        self.key_with(key, 0);
    }

    /// Presses a key with Control.
    pub fn control(&mut self, key: &str) {
        self.key_with(key, 2);
    }

    fn key_with(&mut self, key: &str, modifiers: u8) {
        let is_letter = key.chars().count() == 1 && key.chars().all(|c| c.is_ascii_alphabetic());
        let is_digit = key.chars().count() == 1 && key.chars().all(|c| c.is_ascii_digit());
        let code = match key {
            letter if is_letter => format!("Key{}", letter.to_uppercase()),
            digit if is_digit => format!("Digit{digit}"),
            other => other.to_owned(),
        };
        let mut params = json!({ "type": "keyDown", "key": key, "code": code, "modifiers": modifiers });
        if modifiers == 0 && (is_letter || is_digit || key == "?") {
            params["text"] = json!(key);
        }
        if key == "Enter" {
            params["text"] = json!("\r");
            params["windowsVirtualKeyCode"] = json!(13);
        }
        self.ask("Input.dispatchKeyEvent", &params);
        params["type"] = json!("keyUp");
        self.ask("Input.dispatchKeyEvent", &params);
    }

    /// The size of the window, and whether the system is dark.
    pub fn look(&mut self, width: u32, height: u32, is_dark: bool) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", &size);
        let scheme = if is_dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.ask("Emulation.setEmulatedMedia", &json!({ "media": "", "features": features }));
    }

    /// A picture of the whole page (PNG).
    pub fn picture(&mut self) -> Vec<u8> {
        // The window becomes as high as the page: a picture beyond the window moves pages that run from right to left.
        let width = self.value("innerWidth");
        let height = self.value("Math.max(innerHeight, document.documentElement.scrollHeight)");
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", &size);
        let answer = self.ask("Page.captureScreenshot", &json!({ "format": "png" }));
        decoded(answer["data"].as_str().unwrap_or_default())
    }

    /// The page as it is printed (PDF, A4).
    pub fn printed(&mut self) -> Vec<u8> {
        let paper = json!({ "paperWidth": 8.27, "paperHeight": 11.69, "printBackground": true });
        let answer = self.ask("Page.printToPDF", &paper);
        decoded(answer["data"].as_str().unwrap_or_default())
    }

    /// Shows the page as paper does, until [`Browser::look`].
    pub fn as_on_paper(&mut self) {
        // A4 at 96 pixels an inch, without margins of a centimetre.
        let size = json!({ "width": 718, "height": 1040, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", &size);
        self.ask("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    }

    /// A page's own address and the addresses of everything that it fetched since [`Browser::open`].
    pub fn fetched(&mut self) -> Vec<String> {
        self.value("0");
        let sent = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        sent.filter_map(|event| event["params"]["request"]["url"].as_str().map(str::to_owned)).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// Base64 (RFC 4648, section 4).
fn decoded(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut out, mut held, mut bits) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for six in text.bytes().filter_map(value) {
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 0xFF) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10
        for (text, bytes) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar")] {
            assert_eq!(decoded(text), bytes.as_bytes());
        }
    }
}
