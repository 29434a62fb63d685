//! Rules for documents and data: links lead somewhere, the README begins with what works, data say what they are.
//!
//! In come a path, its text and a way to ask what exists; out come [`Finding`]s. Links are read as CommonMark writes
//! them, in brackets or as references, and as `src` and `href` of HTML; code is not looked into. Addresses on the web
//! are not visited: a check must not depend on the network.

use super::Finding;

/// The first command of the README, which `cargo xtask test` runs.
pub(crate) const FIRST_COMMAND: &str = "cargo run --release -- demo";

/// Relative links that lead nowhere; `exists` is asked for paths relative to the root.
pub(crate) fn links(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (line, prose) in prose(text) {
        for target in targets(&prose) {
            let file = target.split(['#', '?']).next().unwrap_or_default().replace("%20", " ");
            let is_elsewhere = target.starts_with("//") || target.split('/').next().is_some_and(|s| s.contains(':'));
            if file.is_empty() || is_elsewhere {
                continue;
            }
            match resolve(path, &file) {
                None => {
                    let found = format!("the link {target} leaves the repository");
                    findings.push(Finding::new(path, line, found, "a path inside it, relative to this file"));
                }
                Some(file) if !exists(&file) => {
                    let found = format!("the link {target}, and there is no {file}");
                    findings.push(Finding::new(path, line, found, "a file that exists, relative to this one"));
                }
                Some(_) => {}
            }
        }
    }
    findings
}

/// The README's first command has to be the one that is tested.
pub(crate) fn first_command(path: &str, text: &str) -> Option<Finding> {
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| !is_fence(line)).skip(1);
    let (at, command) = lines.find(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or((0, ""));
    let command = command.trim().trim_start_matches("$ ").replace("--quiet ", "");
    // A comment may follow on the line.
    let is_it = command == FIRST_COMMAND || command.starts_with(&format!("{FIRST_COMMAND} "));
    let right = format!("`{FIRST_COMMAND}`, which is what `cargo xtask test` tries");
    (!is_it).then(|| Finding::new(path, at + 1, format!("the first command is {command:?}"), right))
}

/// A data file opens with a comment, or the README beside it says what it is; samples are as users would write them.
pub(crate) fn data(path: &str, text: &str, readme: Option<&str>) -> Option<Finding> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_explained = text.starts_with('#') || readme.is_some_and(|readme| readme.contains(&format!("`{name}`")));
    let found = "no comment that says what the file is";
    let right = "an opening `#`: what it is, where it is from; or a line about it in the README beside it";
    (!is_explained).then(|| Finding::new(path, 1, found, right))
}

/// The lines outside code blocks, counted from 1, without the code inside them.
fn prose(text: &str) -> Vec<(usize, String)> {
    let mut in_code = false;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if is_fence(line) {
            in_code = !in_code;
        } else if !in_code {
            lines.push((at + 1, without_code(line)));
        }
    }
    lines
}

/// A line without its code spans, which end with as many backticks as they begin with.
fn without_code(line: &str) -> String {
    let mut prose = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let (before, span) = rest.split_at(start);
        prose.push_str(before);
        let inside = span.trim_start_matches('`');
        let ticks = &span[..span.len() - inside.len()];
        // Backticks that nothing closes are text.
        rest = inside.find(ticks).map_or(inside, |end| inside[end..].trim_start_matches('`'));
    }
    prose + rest
}

fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~")
}

/// Where the links of a line lead.
fn targets(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("](") {
        let target = &line[at + 2..];
        found.push(match target.strip_prefix('<') {
            Some(quoted) => quoted.split('>').next(),
            None => target.split([' ', ')']).next(),
        });
    }
    for attribute in ["src=\"", "href=\""] {
        found.extend(line.split(attribute).skip(1).map(|rest| rest.split('"').next()));
    }
    // `[name]: target`, but not the footnote `[^1]: text`.
    if let Some((name, target)) = line.split_once("]: ")
        && name.starts_with('[')
        && !name.starts_with("[^")
    {
        found.push(target.split_whitespace().next());
    }
    found.into_iter().flatten().collect()
}

/// A link's target relative to the root; None when it lies outside.
fn resolve(path: &str, link: &str) -> Option<String> {
    if link.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let exists = |path: &str| ["docs/src/lists.md", "README.md", "docs/a b.png", "docs"].contains(&path);
        let findings = links("docs/src/index.md", text, exists);
        findings.into_iter().map(|finding| format!("{}: {}", finding.line, finding.found)).collect()
    }

    #[test]
    fn links_that_lead_somewhere() {
        for good in [
            "[lists](lists.md) and [the rest](./lists.md#rest \"title\")",
            "![](<../a b.png>) and ![](../a%20b.png) [docs](..)",
            "<img src=\"../../README.md\">",
            "[readme]: ../../README.md",
            "[site](https://example.org/a.md) [mail](mailto:a@example.org) [above](#above)",
            "`[x](nowhere.md)` and ``[y](nowhere.md)``",
            "```\n[x](nowhere.md)\n```",
            "[^1]: nowhere.md",
        ] {
            assert!(found(good).is_empty(), "{good}: {:?}", found(good));
        }
    }

    #[test]
    fn links_that_do_not() {
        assert_eq!(found("a\n[x](list.md)"), ["2: the link list.md, and there is no docs/src/list.md"]);
        assert_eq!(found("[x][y]\n\n[y]: list.md"), ["3: the link list.md, and there is no docs/src/list.md"]);
        assert_eq!(found("<a href=\"list.md\">"), ["1: the link list.md, and there is no docs/src/list.md"]);
        assert_eq!(found("[x](../../../shared/a.md)"), ["1: the link ../../../shared/a.md leaves the repository"]);
        assert_eq!(found("[x](/lists.md)"), ["1: the link /lists.md leaves the repository"]);
    }

    #[test]
    fn the_readme_begins_with_the_command_that_is_tried() {
        let readme = |command: &str| first_command("README.md", &format!("# Mihenk\n\n```sh\n{command}\n```\n"));
        assert!(readme(FIRST_COMMAND).is_none());
        assert!(readme("# try it\n$ cargo run --release --quiet -- demo   # one minute").is_none());
        assert_eq!(readme("make").unwrap().line, 4);
        assert_eq!(first_command("README.md", "# Mihenk\n").unwrap().found, "the first command is \"\"");
    }

    #[test]
    fn data_say_what_they_are() {
        assert!(data("data/titles.txt", "# Titles\nDr\n", None).is_none());
        assert!(data("data/starter/names.txt", "Ali\n", Some("| `names.txt` | names |")).is_none());
        assert!(data("data/titles.txt", "Dr\n", None).is_some());
        assert!(data("data/titles.txt", "Dr\n", Some("| `names.txt` |")).is_some());
    }
}
