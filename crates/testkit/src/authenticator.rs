//! A device with one-time codes, as a person has it beside a browser.
//!
//! In come a secret and a time, out comes the code of RFC 6238 (SHA-1, six digits, thirty seconds), computed here a second time.

use ring::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};

/// The code of a secret (base 32, RFC 4648 section 6) at a time in milliseconds since 1970.
#[must_use]
pub fn one_time_code(base32: &str, at: i64) -> String {
    let value = |c: u8| if c.is_ascii_digit() { c - b'2' + 26 } else { c - b'A' };
    let bits: Vec<u8> = base32.bytes().flat_map(|c| (0..5).rev().map(move |bit| value(c) >> bit & 1)).collect();
    let secret: Vec<u8> = bits.chunks_exact(8).map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | bit)).collect();
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret);
    let hash = sign(&key, &(at / 30_000).to_be_bytes());
    let hash = hash.as_ref();
    let from = usize::from(hash[19] & 15);
    let four = hash[from..from + 4].iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte));
    format!("{:06}", (four & 0x7fff_ffff) % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::one_time_code;

    /// RFC 6238, Appendix B, the rows of SHA-1, the last six of their eight digits; the secret is "12345678901234567890".
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(one_time_code(secret, seconds * 1000), code);
        }
    }
}
