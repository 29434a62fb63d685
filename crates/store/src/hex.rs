//! Bytes as hexadecimal digits and back.
//!
//! In come bytes, out come two lower-case digits for each; the way back takes nothing else, so that a hash has one spelling.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Appends two digits for each byte.
pub(crate) fn push(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        out.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
}

/// Two digits for each byte.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len() * 2);
    push(&mut out, bytes);
    out.into_iter().map(char::from).collect()
}

/// A hash of 32 bytes.
#[must_use]
pub fn hash(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    fill(text, &mut hash)?;
    Some(hash)
}

/// The bytes that the digits mean.
pub(crate) fn bytes(text: &str, out: &mut Vec<u8>) -> Option<()> {
    out.clear();
    out.resize(text.len() / 2, 0);
    fill(text, out)
}

fn fill(text: &str, out: &mut [u8]) -> Option<()> {
    if text.len() != out.len() * 2 {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = (digit(pair[0])? << 4) | digit(pair[1])?;
    }
    Some(())
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(text(&[0, 0xab, 0xff]), "00abff");
        let mut out = Vec::new();
        assert_eq!(bytes("00abff", &mut out), Some(()));
        assert_eq!(out, [0, 0xab, 0xff]);
        for bad in ["0", "0g", "AB", "é"] {
            assert_eq!(bytes(bad, &mut out), None, "{bad}");
        }
        assert_eq!(hash(&"00".repeat(32)), Some([0; 32]));
        assert_eq!(hash("00"), None);
    }
}
