//! One-time codes of an authenticator: RFC 6238 over RFC 4226, six digits, steps of thirty seconds, HMAC-SHA-1, which is what every authenticator takes.
//!
//! In comes a secret and a time, out comes a code or the step in which a code is right. Nothing here keeps anything: that a step counts once is seen to in
//! `second_factor`.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Bytes of a secret: as many as the hash has (RFC 4226, section 4, R6).
pub(super) const SECRET_BYTES: usize = 20;
/// A step, in milliseconds.
const STEP_MS: i64 = 30_000;
/// Digits of a code.
const DIGITS: usize = 6;
/// Steps that a clock may be off, either way (RFC 6238, section 5.2).
const DRIFT: i64 = 1;
/// The letters of base 32 (RFC 4648, section 6).
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step.
fn code(secret: &[u8], step: i64) -> Option<u32> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    // RFC 4226, section 5.3: the last four bits say where the number stands.
    let at = usize::from(hash.last()? & 0xf);
    let four: [u8; 4] = hash.get(at..at + 4)?.try_into().ok()?;
    Some((u32::from_be_bytes(four) & 0x7fff_ffff) % 10_u32.pow(DIGITS as u32))
}

/// The step in which a code is right, near a time in milliseconds and after the last one that counted.
pub(super) fn step_of(secret: &[u8], given: &str, at: i64, last: i64) -> Option<i64> {
    let digits: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let given: u32 = digits.parse().ok()?;
    let now = at.div_euclid(STEP_MS);
    (now - DRIFT..=now + DRIFT).filter(|step| *step > last).find(|step| code(secret, *step) == Some(given))
}

/// As an authenticator reads it from a QR code (the key URI format of Google Authenticator).
pub(super) fn uri(secret: &[u8], name: &str) -> String {
    // Letters of other scripts in a name are written as their bytes (RFC 3986).
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let name: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("otpauth://totp/Mihenk:{name}?secret={}&issuer=Mihenk&algorithm=SHA1&digits=6&period=30", base32(secret))
}

/// As somebody types it: base 32 without padding.
pub(super) fn base32(bytes: &[u8]) -> String {
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect::<Vec<_>>();
    bits.chunks(5)
        .map(|five| {
            let value = (0..5).fold(0, |value, at| value << 1 | five.get(at).copied().unwrap_or(0));
            char::from(BASE32[usize::from(value)])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret, times in seconds, and codes of eight digits, of which ours are the last six.
    const SECRET: &[u8] = b"12345678901234567890";
    const VECTORS: [(i64, &str); 6] = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, eight) in VECTORS {
            assert_eq!(step_of(SECRET, &eight[2..], seconds * 1000, 0), Some(seconds / 30), "{seconds}");
        }
        // RFC 4226, appendix D: the first codes by their counters.
        for (counter, six) in ["755224", "287082", "359152", "969429", "338314"].iter().enumerate() {
            assert_eq!(code(SECRET, counter as i64), Some(six.parse().unwrap()));
        }
    }

    #[test]
    fn a_clock_may_be_off_by_a_step_and_a_step_counts_once() {
        let six = "287082"; // of step 1, seconds 30 to 59
        let right = |seconds: i64, last: i64| step_of(SECRET, six, seconds * 1000, last);
        assert_eq!([0, 29, 30, 59, 60, 89].map(|seconds| right(seconds, 0)), [Some(1); 6]);
        assert_eq!((right(90, 0), right(45, 1), right(45, 2)), (None, None, None));
        assert_eq!(step_of(SECRET, " 287 082 ", 45_000, 0), Some(1));
        for wrong in ["", "28708", "2870820", "28708a", "٢٨٧٠٨٢", "-87082", "+87082"] {
            assert_eq!(step_of(SECRET, wrong, 45_000, 0), None, "{wrong}");
        }
    }

    #[test]
    fn base_32_is_that_of_the_standard() {
        // RFC 4648, section 10, without the padding.
        for (text, expected) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(base32(text.as_bytes()), expected);
        }
        let uri = uri(SECRET, "ayşe@bank");
        assert!(
            uri.starts_with("otpauth://totp/Mihenk:ay%C5%9Fe%40bank?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&"),
            "{uri}"
        );
    }
}
