//! The picture: boxes with names, lines with what they mean, a legend, a description for whoever cannot see it.
//!
//! SVG 1.1 (W3C, second edition) with `title` and `desc`, dark on light, printable. What colour says is said by shape or words as well: who is listed
//! has a thick border and the word, an alert is a dashed line.

use std::fmt::Write;

use mihenk_ledger::cases::{
    PartyKind,
    graph::{Graph, Node, Tie},
};

use super::layout::{self, Point, Tied};

/// Margin around everything, room above for the heading and below for the legend, in pixels.
const MARGIN: f64 = 36.0;
const ABOVE: f64 = 76.0;
const BELOW: f64 = 64.0;
/// The least width, so that heading and legend fit.
const LEAST_WIDTH: f64 = 760.0;
/// Height of a line of a name, and of the small lines above and below.
const LINE: f64 = 18.0;
const SMALL: f64 = 15.0;
/// Columns of a line of a name, of a small line, and of a tie's words.
const NAME_COLUMNS: usize = 24;
const SMALL_COLUMNS: usize = 32;
const TIE_COLUMNS: usize = 22;
/// Lines of a name at most; what is left over stands in the table and in the box's title.
const NAME_LINES: usize = 3;

const STYLE: &str = "text{font-family:'Noto Sans','DejaVu Sans',Arial,sans-serif;fill:#1b1f24;unicode-bidi:plaintext}\
.h{font-size:18px;font-weight:600}.s{font-size:12px;fill:#4a5058}.n{font-size:14px;font-weight:600;text-anchor:middle}\
.k{font-size:11px;fill:#4a5058;text-anchor:middle}.t{font-size:11.5px;text-anchor:middle}\
.b{stroke:#59616b;stroke-width:1.2}.l{stroke:#9b1c1c;stroke-width:3}\
.e{stroke:#59616b;stroke-width:1.4;fill:none}.a{stroke:#9b1c1c;stroke-width:1.8;stroke-dasharray:7 4;fill:none}\
.w{fill:#ffffff;fill-opacity:.92}";

/// A box, made ready.
struct Card {
    centre: Point,
    size: Point,
    lines: Vec<String>,
    above: String,
    below: String,
}

/// A rectangle by its centre and size.
#[derive(Clone, Copy)]
struct Area {
    centre: Point,
    size: Point,
}

/// Draws a graph under a heading.
#[must_use]
pub fn draw(heading: &str, graph: &Graph) -> String {
    draw_with(heading, graph, Dashed { means: "alert: may be the same", is_directed: false })
}

/// What a dashed line is in a picture.
#[derive(Clone, Copy, Debug)]
pub struct Dashed {
    /// What it means, for the legend.
    pub means: &'static str,
    /// Whether it leads from one to the other.
    pub is_directed: bool,
}

/// Draws a graph under a heading, with a meaning of its own for ties that are dashed.
#[must_use]
pub fn draw_with(heading: &str, graph: &Graph, dashed: Dashed) -> String {
    let index = |key: &str| graph.nodes.iter().position(|node| node.key == key);
    let ties: Vec<(usize, usize, &Tie)> =
        graph.ties.iter().filter_map(|tie| Some((index(&tie.from)?, index(&tie.to)?, tie))).collect();
    let mut cards: Vec<Card> = graph.nodes.iter().map(card).collect();
    let sizes: Vec<Point> = cards.iter().map(|card| card.size).collect();
    let pairs: Vec<(usize, usize)> = ties.iter().map(|(from, to, _)| (*from, *to)).collect();
    let tied = |(from, to, tie): &(usize, usize, &Tie)| Tied { from: *from, to: *to, words: tie_words(tie).1.x };
    let (places, whole) = layout::place(&sizes, &ties.iter().map(tied).collect::<Vec<_>>());
    let width = (whole.x + 2.0 * MARGIN).max(LEAST_WIDTH);
    // A picture that is narrower than its heading stands in the middle.
    let left = f64::midpoint(width, -whole.x);
    for (card, place) in cards.iter_mut().zip(places) {
        card.centre = Point { x: place.x + left, y: place.y + ABOVE };
    }
    let height = whole.y + ABOVE + BELOW;
    let mut svg = String::new();
    open(&mut svg, heading, graph, width, height);
    let mut taken: Vec<Area> = cards.iter().map(|card| Area { centre: card.centre, size: card.size }).collect();
    let mut words = String::new();
    for (nth, (from, to, tie)) in ties.iter().enumerate() {
        let twins = |pair: &&(usize, usize)| **pair == (*from, *to) || **pair == (*to, *from);
        let (before, all) = (pairs[..nth].iter().filter(twins).count(), pairs.iter().filter(twins).count());
        let line = Line { tie, dashed, is_forward: *from < *to };
        draw_tie(&mut svg, &mut words, line, (&cards[*from], &cards[*to]), (before, all), &mut taken);
    }
    svg.push_str(&words);
    for (card, node) in cards.iter().zip(&graph.nodes) {
        draw_card(&mut svg, card, node);
    }
    legend(&mut svg, height, dashed.means);
    svg.push_str("</svg>\n");
    svg
}

fn open(svg: &mut String, heading: &str, graph: &Graph, width: f64, height: f64) {
    let (width, height) = (width.ceil(), height.ceil());
    let counted =
        format!("{} and {}", count(graph.nodes.len(), "party", "parties"), count(graph.ties.len(), "tie", "ties"));
    let mut described = format!("{counted}. ");
    let name = |key: &str| {
        graph.nodes.iter().find(|node| node.key == key).map_or_else(|| key.to_owned(), |node| node.label.clone())
    };
    for tie in &graph.ties {
        let _ = write!(described, "{} – {} – {}. ", name(&tie.from), tie.label, name(&tie.to));
    }
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"t d\">\n<title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<style>{STYLE}</style>\n\
         <defs><marker id=\"m\" viewBox=\"0 0 8 8\" refX=\"7.2\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" \
         orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#59616b\"/></marker></defs>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escaped(heading),
        escaped(&described)
    );
    let shown = lines(heading, 70, 1).join("");
    let _ = writeln!(svg, "<text class=\"h\" x=\"{MARGIN}\" y=\"34\">{}</text>", escaped(&shown));
    let _ = writeln!(svg, "<text class=\"s\" x=\"{MARGIN}\" y=\"54\">{counted}</text>");
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn card(node: &Node) -> Card {
    let named = lines(&node.label, NAME_COLUMNS, NAME_LINES);
    let kind = if node.kind == PartyKind::Other { "" } else { node.kind.as_str() };
    let above =
        [kind, node.key.as_str()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ");
    let above = lines(&above, SMALL_COLUMNS, 1).join("");
    let is_said = node.role.contains("listed") || !node.is_listed;
    let below = [node.role.as_str(), if is_said { "" } else { "listed" }];
    let below = below.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ");
    let below = lines(&below, SMALL_COLUMNS, 1).join("");
    let widest = named.iter().map(|line| columns(line) as f64 * 8.6);
    let small = [&above, &below].map(|line| columns(line) as f64 * 6.3);
    // The slanted sides of a hull and the points of a wallet take room of their own.
    let slanted = if matches!(node.kind, PartyKind::Vessel | PartyKind::Wallet) { 30.0 } else { 0.0 };
    let width = widest.chain(small).fold(110.0, f64::max) + 36.0 + slanted;
    let small_lines = 1 + usize::from(!below.is_empty());
    let height = named.len() as f64 * LINE + small_lines as f64 * SMALL + 18.0;
    Card { centre: Point { x: 0.0, y: 0.0 }, size: Point { x: width, y: height }, lines: named, above, below }
}

fn draw_card(svg: &mut String, card: &Card, node: &Node) {
    let class = if node.is_listed { "l" } else { "b" };
    let _ = writeln!(svg, "<g><title>{}</title>", escaped(&format!("{} ({}, {})", node.label, node.kind, node.key)));
    let shape = outline(node.kind, card);
    let _ = writeln!(svg, "<path class=\"{class}\" d=\"{shape}\" fill=\"{}\"/>", fill(node.kind));
    let x = card.centre.x;
    let mut y = card.centre.y - card.size.y / 2.0 + 9.0 + 11.0;
    let mut put = |class: &str, text: &str, step: f64| {
        let _ = writeln!(svg, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(text));
        y += step;
    };
    put("k", &card.above, SMALL + 2.0);
    card.lines.iter().for_each(|line| put("n", line, LINE));
    if !card.below.is_empty() {
        put("k", &card.below, SMALL);
    }
    svg.push_str("</g>\n");
}

fn fill(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Person => "#eaf2fb",
        PartyKind::Company => "#f6f0e2",
        PartyKind::Account => "#e9f5ec",
        PartyKind::Wallet => "#f1ecf9",
        PartyKind::Vessel => "#e4f4f6",
        PartyKind::Other => "#f3f4f5",
    }
}

/// Each kind has its own outline: a person round ends, a company square corners, an account a notched corner, a wallet six corners, a vessel a hull.
fn outline(kind: PartyKind, card: &Card) -> String {
    let (w, h) = (card.size.x / 2.0, card.size.y / 2.0);
    let Point { x, y } = card.centre;
    let polygon = |points: &[(f64, f64)]| {
        let corners = points.iter().map(|(dx, dy)| format!("{:.1} {:.1}", x + dx, y + dy)).collect::<Vec<_>>();
        format!("M{}z", corners.join("L"))
    };
    match kind {
        PartyKind::Person | PartyKind::Other => {
            let r = if kind == PartyKind::Person { 18.0 } else { 5.0 };
            format!(
                "M{:.1} {:.1}h{:.1}a{r} {r} 0 0 1 {r} {r}v{:.1}a{r} {r} 0 0 1 -{r} {r}h{:.1}a{r} {r} 0 0 1 -{r} -{r}v{:.1}a{r} {r} 0 0 1 {r} -{r}z",
                x - w + r,
                y - h,
                2.0 * (w - r),
                2.0 * (h - r),
                -2.0 * (w - r),
                -2.0 * (h - r)
            )
        }
        PartyKind::Company => polygon(&[(-w, -h), (w, -h), (w, h), (-w, h)]),
        PartyKind::Account => polygon(&[(-w, -h), (w - 16.0, -h), (w, -h + 16.0), (w, h), (-w, h)]),
        PartyKind::Wallet => {
            polygon(&[(-w + 14.0, -h), (w - 14.0, -h), (w, 0.0), (w - 14.0, h), (-w + 14.0, h), (-w, 0.0)])
        }
        PartyKind::Vessel => polygon(&[(-w, -h), (w, -h), (w - 20.0, h), (-w + 20.0, h)]),
    }
}

/// A tie on its way to a line.
struct Line<'a> {
    tie: &'a Tie,
    dashed: Dashed,
    is_forward: bool,
}

/// Draws a line from border to border, and its words where most room is. Of several between the same two each bends otherwise.
fn draw_tie(
    svg: &mut String,
    words: &mut String,
    Line { tie, dashed, is_forward }: Line<'_>,
    (from, to): (&Card, &Card),
    (nth, of): (usize, usize),
    taken: &mut Vec<Area>,
) {
    let (dx, dy) = (to.centre.x - from.centre.x, to.centre.y - from.centre.y);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let way = if is_forward { 1.0 } else { -1.0 };
    let bend = (nth as f64 - (of as f64 - 1.0) / 2.0) * 70.0 * way;
    let middle = Point {
        x: f64::midpoint(from.centre.x, to.centre.x) - dy / length * bend,
        y: f64::midpoint(from.centre.y, to.centre.y) + dx / length * bend,
    };
    let (start, end) = (border(from, middle), border(to, middle));
    let class = if tie.is_alert { "a" } else { "e" };
    let marker = if tie.is_alert && !dashed.is_directed { "" } else { " marker-end=\"url(#m)\"" };
    let _ = writeln!(
        svg,
        "<path class=\"{class}\"{marker} d=\"M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}\"><title>{}</title></path>",
        start.x,
        start.y,
        middle.x,
        middle.y,
        end.x,
        end.y,
        escaped(&format!("{} ({})", tie.label, tie.source))
    );
    let (text, size) = tie_words(tie);
    let centre = roomiest(start, middle, end, size, taken);
    taken.push(Area { centre, size });
    let (left, top) = (centre.x - size.x / 2.0, centre.y - size.y / 2.0);
    let _ = writeln!(
        words,
        "<rect class=\"w\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
        size.x, size.y
    );
    for (nth, line) in text.iter().enumerate() {
        let y = top + 13.0 + nth as f64 * 14.0;
        let _ = writeln!(words, "<text class=\"t\" x=\"{:.1}\" y=\"{y:.1}\">{}</text>", centre.x, escaped(line));
    }
}

/// The words of a tie in lines, and the room that they take.
fn tie_words(tie: &Tie) -> (Vec<String>, Point) {
    let text = lines(&tie.label, TIE_COLUMNS, 2);
    let widest = text.iter().map(|line| columns(line)).max().unwrap_or(0);
    let size = Point { x: widest as f64 * 6.4 + 8.0, y: text.len() as f64 * 14.0 + 4.0 };
    (text, size)
}

/// Where the way from a box's centre to a point leaves the box.
fn border(card: &Card, towards: Point) -> Point {
    let (dx, dy) = (towards.x - card.centre.x, towards.y - card.centre.y);
    let (w, h) = (card.size.x / 2.0 + 2.0, card.size.y / 2.0 + 2.0);
    let by_width = if dx.abs() > 0.001 { w / dx.abs() } else { f64::INFINITY };
    let by_height = if dy.abs() > 0.001 { h / dy.abs() } else { f64::INFINITY };
    let share = by_width.min(by_height).min(1.0);
    Point { x: card.centre.x + dx * share, y: card.centre.y + dy * share }
}

/// The place on a line where words of this size cover least of what is drawn already; the middle where all are alike.
fn roomiest(start: Point, middle: Point, end: Point, size: Point, taken: &[Area]) -> Point {
    let on_line = |t: f64| {
        let u = 1.0 - t;
        Point {
            x: u * u * start.x + 2.0 * u * t * middle.x + t * t * end.x,
            y: u * u * start.y + 2.0 * u * t * middle.y + t * t * end.y,
        }
    };
    let covered = |centre: Point| -> f64 { taken.iter().map(|area| shared(*area, Area { centre, size })).sum() };
    let mut best = on_line(0.5);
    let mut least = covered(best);
    for t in [0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8] {
        let centre = on_line(t);
        let over = covered(centre);
        if over + 0.5 < least {
            (best, least) = (centre, over);
        }
    }
    best
}

fn shared(one: Area, other: Area) -> f64 {
    let x = f64::midpoint(one.size.x, other.size.x) - (one.centre.x - other.centre.x).abs();
    let y = f64::midpoint(one.size.y, other.size.y) - (one.centre.y - other.centre.y).abs();
    if x > 0.0 && y > 0.0 { x * y } else { 0.0 }
}

fn legend(svg: &mut String, height: f64, dashed: &str) {
    let y = height - 22.0;
    let mut x = MARGIN;
    let mut entry = |mark: &str, text: &str| {
        svg.push_str(&format!(
            "<g transform=\"translate({x:.0} {y:.0})\">{mark}<text class=\"s\" x=\"44\" y=\"4\">{text}</text></g>\n"
        ));
        x += 62.0 + text.len() as f64 * 6.6;
    };
    entry("<path class=\"l\" d=\"M0 -8h34v16h-34z\" fill=\"#ffffff\"/>", "stands on a list");
    entry("<path class=\"a\" d=\"M0 0h34\"/>", dashed);
    entry("<path class=\"e\" marker-end=\"url(#m)\" d=\"M0 0h34\"/>", "known tie, read along the arrow");
}

/// A text in lines of so many columns, at most so many; what does not fit ends in an ellipsis. A word that is too long is broken.
fn lines(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        for (nth, piece) in pieces(word, width).into_iter().enumerate() {
            let last = lines.len() - 1;
            let blank = usize::from(nth == 0 && !lines[last].is_empty());
            if nth == 0 && columns(&lines[last]) + blank + columns(&piece) <= width {
                if blank > 0 {
                    lines[last].push(' ');
                }
                lines[last].push_str(&piece);
            } else if lines[last].is_empty() {
                lines[last] = piece;
            } else {
                lines.push(piece);
            }
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        let last = &mut lines[most - 1];
        while columns(last) >= width {
            last.pop();
        }
        last.push('…');
    }
    lines
}

fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        let last = pieces.len() - 1;
        if columns(&pieces[last]) + columns(c.encode_utf8(&mut [0; 4])) > width {
            pieces.push(c.to_string());
        } else {
            pieces[last].push(c);
        }
    }
    pieces
}

/// About how many columns a text takes: two for Chinese, Japanese and Korean letters, none for marks.
fn columns(text: &str) -> usize {
    let column = |c: char| match c {
        '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{200B}'..='\u{200F}' => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FF60}' => 2,
        _ => 1,
    };
    text.chars().map(column).sum()
}

/// Text as XML 1.0 can hold it: markup escaped, and without characters that XML forbids or that turn the direction of what follows.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control()
                || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(key: &str, kind: PartyKind, label: &str) -> Node {
        Node { key: key.into(), kind, label: label.into(), role: String::new(), is_listed: false }
    }

    #[test]
    fn text_of_others_is_text() {
        let mut graph = Graph::default();
        graph.nodes.push(node("K-1", PartyKind::Person, "</text><script>alert('x')</script> & \u{202E}Ayşe\u{1}"));
        graph.nodes.push(node("\"><a href=", PartyKind::Vessel, "MV \u{FFFF}ÖRNEK"));
        let tie = |source: &str| Tie {
            from: "K-1".into(),
            to: "\"><a href=".into(),
            label: "owns <b>".into(),
            source: source.into(),
            is_alert: false,
        };
        graph.ties.push(tie("a & b"));
        let svg = draw("Case <C-1> & more", &graph);
        for raw in ["<script", "<b>", "<a href", "\u{202E}", "\u{1}", "\u{FFFF}", "& more", "a & b"] {
            assert!(!svg.contains(raw), "{raw:?}");
        }
        assert!(svg.contains("<title id=\"t\">Case &lt;C-1&gt; &amp; more</title>"));
        assert_eq!(svg, draw("Case <C-1> & more", &graph), "the same graph gives the same bytes");
        assert_eq!(svg.matches('<').count(), svg.matches('>').count());
    }

    #[test]
    fn the_description_says_what_the_picture_shows() {
        let mut graph = Graph::default();
        graph.nodes.push(node("CP-1", PartyKind::Company, "Örnek Ticaret"));
        graph.nodes.push(node("CP-2", PartyKind::Account, "TR00 0000"));
        let tie = Tie {
            from: "CP-1".into(),
            to: "CP-2".into(),
            label: "holds".into(),
            source: "D-9".into(),
            is_alert: false,
        };
        graph.ties.push(tie);
        let svg = draw("C-1", &graph);
        assert!(svg.contains("2 parties and 1 tie. Örnek Ticaret – holds – TR00 0000. </desc>"), "{svg}");
    }

    #[test]
    fn long_names_are_broken_and_cut_with_a_sign() {
        assert_eq!(lines("one two three", 7, 3), ["one two", "three"]);
        assert_eq!(lines("abcdefghij", 4, 3), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("one two three four", 5, 2), ["one", "two…"]);
        assert_eq!(lines("", 5, 2), [""]);
        assert_eq!(columns("馬曉"), 4);
    }
}
