//! `/metrics`: numbers about the server, in Prometheus's text format (version 0.0.4, <https://prometheus.io/docs/instrumenting/exposition_formats/>).
//!
//! In come counts and times of requests, what answers, how fresh lists are, and what the system says of this process; out comes text. There is no name, no
//! id and no query in it: labels are patterns of paths, statuses and names of data sets.

use std::fmt::{Display, Write};

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use jiff::Timestamp;

use crate::{app::State, observe::BOUNDS};

/// Metrics as text.
#[derive(Default)]
struct Text(String);

impl Text {
    /// Says what a metric is, once, before its samples.
    fn about(&mut self, name: &str, kind: &str, help: &str) {
        // Text in memory can always be written.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.about(name, kind, help);
        self.sample(name, &[], value);
    }
}

/// What `/metrics` answers.
pub(crate) fn page(state: &State) -> Response {
    let mut text = Text::default();
    requests(&mut text, state);
    lists(&mut text, state);
    process(&mut text);
    let mut response = Response::new(Body::from(text.0));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn requests(text: &mut Text, state: &State) {
    let routes = state.counts.now();
    text.about("mihenk_requests_total", "counter", "Requests that were answered.");
    for ((method, route, status), count) in &routes.requests {
        let labels = [("method", method.as_str()), ("route", route), ("status", &status.to_string())];
        text.sample("mihenk_requests_total", &labels, count);
    }
    let name = "mihenk_request_seconds";
    text.about(name, "histogram", "Seconds until an answer began.");
    for (route, times) in &routes.times {
        for (bound, count) in BOUNDS.iter().zip(times.buckets) {
            text.sample(&format!("{name}_bucket"), &[("route", route), ("le", &bound.to_string())], count);
        }
        text.sample(&format!("{name}_bucket"), &[("route", route), ("le", "+Inf")], times.count);
        text.sample(&format!("{name}_sum"), &[("route", route)], times.seconds);
        text.sample(&format!("{name}_count"), &[("route", route)], times.count);
    }
}

fn lists(text: &mut Text, state: &State) {
    let live = state.holder.live().ok();
    text.one("mihenk_ready", "gauge", "Whether lists are open.", u8::from(live.is_some()));
    let failed = u8::from(state.holder.failure().is_some());
    text.one("mihenk_open_failed", "gauge", "Whether other lists are in use that could not be opened.", failed);
    if let Some(live) = &live {
        text.about("mihenk_index_info", "gauge", "The version of the lists that answers, and the model.");
        let model = live.node.model().short_id();
        text.sample("mihenk_index_info", &[("version", live.version.as_str()), ("model", &model)], 1);
        text.one("mihenk_index_entities", "gauge", "Entities that are screened.", live.node.entity_count());
        text.about("mihenk_list_loaded_timestamp_seconds", "gauge", "When the version of a list in use was loaded.");
        for list in live.node.lists() {
            if let Ok(at) = list.loaded.parse::<Timestamp>() {
                text.sample("mihenk_list_loaded_timestamp_seconds", &[("dataset", &list.dataset)], at.as_second());
            }
        }
    }
    let Some(keeper) = &state.keeper else { return };
    let (known, (rounds, failed)) = (keeper.known(), keeper.failures());
    let now = Timestamp::now();
    text.about("mihenk_list_age_seconds", "gauge", "Seconds since somebody looked for a newer version with success.");
    for (name, list) in &known.lists {
        if let Some(good) = list.good {
            text.sample("mihenk_list_age_seconds", &[("dataset", name)], now.duration_since(good).as_secs().max(0));
        }
    }
    text.about("mihenk_list_stale", "gauge", "Whether a list is older than it may be.");
    for name in known.lists.keys() {
        text.sample("mihenk_list_stale", &[("dataset", name)], u8::from(known.stale.contains_key(name)));
    }
    text.about("mihenk_list_refresh_failed", "gauge", "Whether the last look for a newer version failed.");
    for (name, list) in &known.lists {
        text.sample("mihenk_list_refresh_failed", &[("dataset", name)], u8::from(list.failed.is_some()));
    }
    text.about("mihenk_list_refresh_failures_total", "counter", "Looks for a newer version that failed.");
    for (name, count) in &failed {
        text.sample("mihenk_list_refresh_failures_total", &[("dataset", name)], count);
    }
    let help = "Rounds that failed as a whole, whatever the lists.";
    text.one("mihenk_refresh_failures_total", "counter", help, rounds);
}

/// What the system says of this process, where it says it (Linux, proc(5)), under the names that Prometheus's clients use.
fn process(text: &mut Text) {
    let number = |line: &str| line.split_whitespace().nth(1)?.parse::<u64>().ok();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = status.lines().find(|line| line.starts_with("VmRSS:")).and_then(number);
    if let Some(kib) = kib {
        text.one("process_resident_memory_bytes", "gauge", "Resident memory.", kib * 1024);
    }
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, the second field, stands in brackets and may hold spaces; times are fields 14 and 15, in hundredths.
    let mut fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().skip(11);
    if let (Some(Ok(user)), Some(Ok(system))) =
        (fields.next().map(str::parse::<u64>), fields.next().map(str::parse::<u64>))
    {
        let seconds = (user + system) as f64 / 100.0;
        text.one("process_cpu_seconds_total", "counter", "Seconds on a processor.", seconds);
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        text.one("process_open_fds", "gauge", "Open files and connections.", open.count());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped() {
        let mut text = Text::default();
        text.about("x", "gauge", "X.");
        text.sample("x", &[("a", "q\"\\\n")], 1.5);
        assert_eq!(text.0, "# HELP x X.\n# TYPE x gauge\nx{a=\"q\\\"\\\\\\n\"} 1.5\n");
    }
}
