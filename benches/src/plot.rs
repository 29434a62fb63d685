//! The reliability plot: an SVG written by hand.
//!
//! In come measured sets, each with a name, out comes a picture: what was said from left to right, what came true from below
//! to above, a point for each bin with its 90 % interval, the larger the more mass it has. Honest probabilities lie on the
//! diagonal. Colours are told apart by form as well (circle, square, triangle, diamond); text is text, so that it can be read aloud.

use std::fmt::Write as _;

use crate::reliability::Reliability;

/// Edge of the plot's square, and the room around it.
const EDGE: f64 = 420.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 20.0;

const COLOURS: [&str; 4] = ["#1b5e91", "#b3541e", "#3c7a3c", "#7a4a8c"];

/// Draws a plot of up to four sets.
pub(crate) fn draw(sets: &[(&str, &Reliability)]) -> String {
    let mut svg = String::from(concat!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 600" font-family="sans-serif" font-size="13" "#,
        "role=\"img\">\n<title>Reliability of probabilities at even prior odds</title>\n",
        "<rect width=\"520\" height=\"600\" fill=\"#fff\"/>\n"
    ));
    axes(&mut svg);
    for (number, (name, measured)) in sets.iter().enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        for bin in measured.bins.iter().filter(|b| b.mass > 0.0) {
            let (low, high) = bin.interval();
            let (from, to) = (place(bin.said, low), place(bin.said, high));
            add(&mut svg, format_args!("<path d=\"M{:.1} {:.1}V{:.1}\" stroke=\"{colour}\"/>", from.0, from.1, to.1));
            let size = 3.0 + 8.0 * bin.mass.sqrt();
            mark(&mut svg, number, place(bin.said, bin.true_share), size, colour);
        }
        // Two beside one another below the axes, where no point lies.
        let at = (LEFT + 10.0 + 215.0 * (number % 2) as f64, TOP + EDGE + 100.0 + 24.0 * (number / 2) as f64);
        mark(&mut svg, number, (at.0, at.1 - 4.0), 5.0, colour);
        let told = format!("{name}: error {:.3}", measured.error);
        add(&mut svg, format_args!("<text x=\"{:.1}\" y=\"{:.1}\">{told}</text>", at.0 + 12.0, at.1));
    }
    svg.push_str("</svg>\n");
    svg
}

/// Where a pair of probabilities lies.
fn place(said: f64, came_true: f64) -> (f64, f64) {
    (LEFT + EDGE * said, TOP + EDGE * (1.0 - came_true))
}

fn axes(svg: &mut String) {
    let (zero, one) = (place(0.0, 0.0), place(1.0, 1.0));
    add(
        svg,
        format_args!(
            "<path d=\"M{:.0} {:.0}H{:.0}V{:.0}H{:.0}Z\" fill=\"none\" stroke=\"#999\"/>",
            zero.0, zero.1, one.0, one.1, zero.0
        ),
    );
    add(
        svg,
        format_args!(
            "<path d=\"M{:.0} {:.0}L{:.0} {:.0}\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>",
            zero.0, zero.1, one.0, one.1
        ),
    );
    for tick in 0..=5 {
        let value = f64::from(tick) / 5.0;
        let (x, y) = place(value, value);
        let below = zero.1 + 18.0;
        add(svg, format_args!("<text x=\"{x:.0}\" y=\"{below:.0}\" text-anchor=\"middle\">{value:.1}</text>"));
        let (left, middle) = (LEFT - 8.0, y + 4.0);
        add(svg, format_args!("<text x=\"{left:.0}\" y=\"{middle:.0}\" text-anchor=\"end\">{value:.1}</text>"));
    }
    let (x, y) = (LEFT + EDGE / 2.0, TOP + EDGE + 42.0);
    add(svg, format_args!("<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\">probability that was said</text>"));
    let y = TOP + EDGE / 2.0;
    add(
        svg,
        format_args!(
            "<text transform=\"translate(24 {y:.0}) rotate(-90)\" text-anchor=\"middle\">share that came true</text>"
        ),
    );
    let y = TOP + EDGE + 72.0;
    let told = "Line: 90 % interval. Size: share of the mass. Classes at equal mass.";
    add(svg, format_args!("<text x=\"{LEFT:.0}\" y=\"{y:.0}\" fill=\"#555\">{told}</text>"));
}

fn mark(svg: &mut String, form: usize, (x, y): (f64, f64), size: f64, colour: &str) {
    match form % 4 {
        0 => add(svg, format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{size:.1}\" fill=\"{colour}\"/>")),
        1 => {
            let (left, top, edge) = (x - size, y - size, 2.0 * size);
            add(
                svg,
                format_args!(
                    "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{edge:.1}\" height=\"{edge:.1}\" fill=\"{colour}\"/>"
                ),
            );
        }
        3 => {
            let (top, left, right, bottom) = (y - size, x - size, x + size, y + size);
            add(
                svg,
                format_args!(
                    "<path d=\"M{x:.1} {top:.1}L{right:.1} {y:.1}L{x:.1} {bottom:.1}L{left:.1} {y:.1}Z\" fill=\"{colour}\"/>"
                ),
            );
        }
        _ => {
            let (top, left, right, bottom) = (y - size, x - size, x + size, y + size);
            add(
                svg,
                format_args!("<path d=\"M{x:.1} {top:.1}L{right:.1} {bottom:.1}H{left:.1}Z\" fill=\"{colour}\"/>"),
            );
        }
    }
}

fn add(svg: &mut String, element: std::fmt::Arguments) {
    // Writing into a text cannot fail.
    let _ = writeln!(svg, "{element}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reliability::{Population, Prediction, measure};

    #[test]
    fn a_point_lies_where_its_bin_says() {
        assert_eq!(place(0.0, 0.0), (70.0, 440.0));
        assert_eq!(place(1.0, 0.5), (490.0, 230.0));
        let all = [true, false].map(|same| Prediction { even: 0.5, rare: 0.0, listed: same, same });
        let svg = draw(&[("a set", &measure(&all, Population::Even))]);
        assert!(svg.contains("<circle cx=\"280.0\" cy=\"230.0\" r=\"11.0\""), "{svg}");
        assert!(svg.contains("a set: error 0.000"));
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    }
}
