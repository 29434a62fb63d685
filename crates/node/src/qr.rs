//! QR codes (ISO/IEC 18004) of short texts, such as the address that tells an authenticator its secret.
//!
//! In comes a text, out comes a picture as SVG for a page or as text for a terminal. Nothing is kept.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::error::NodeError;

/// Light modules around the code (section 9.1 of the standard: the quiet zone).
const BORDER: i32 = 4;

fn code(text: &str) -> Result<QrCode, NodeError> {
    QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| NodeError::Act(format!("no QR code: {error:?}")))
}

/// As SVG, black on white whatever the page's colours are; it has neither script nor style in it.
///
/// # Errors
/// When the text is longer than a code can hold.
pub fn svg(text: &str) -> Result<String, NodeError> {
    let code = code(text)?;
    let side = code.size() + 2 * BORDER;
    let mut path = String::new();
    for (x, y) in dark(&code) {
        let _ = write!(path, "M{},{}h1v1h-1z", x + BORDER, y + BORDER);
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"QR code\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

fn dark(code: &QrCode) -> impl Iterator<Item = (i32, i32)> + '_ {
    let size = code.size();
    (0..size).flat_map(move |y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y))
}

/// As text, two rows of modules in a line; light modules are drawn, since terminals are dark.
///
/// # Errors
/// When the text is longer than a code can hold.
pub fn text(text: &str) -> Result<String, NodeError> {
    let code = code(text)?;
    let (from, to) = (-BORDER, code.size() + BORDER);
    let mut out = String::new();
    for y in (from..to).step_by(2) {
        for x in from..to {
            out.push(match (code.get_module(x, y), code.get_module(x, y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_square_with_its_three_corners() {
        // ISO/IEC 18004, section 6.3.3: a finder pattern is 7 modules wide, its middle 3, and stands in three corners.
        let code = code("otpauth://totp/Mihenk:cem?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        let last = code.size() - 7;
        for (left, top) in [(0, 0), (last, 0), (0, last)] {
            let row: Vec<bool> = (0..7).map(|x| code.get_module(left + x, top + 3)).collect();
            assert_eq!(row, [true, false, true, true, true, false, true]);
        }
        let svg = svg("short").unwrap();
        assert!(svg.starts_with("<svg ") && svg.contains("viewBox=\"0 0 29 29\"") && !svg.contains("style"), "{svg}");
        let drawn = text("short").unwrap();
        assert!(drawn.lines().all(|line| line.chars().count() == 29), "{drawn}");
        assert!(super::text(&"x".repeat(5000)).is_err());
    }
}
