//! Addresses of crypto-currency wallets: one form, and the check that the address carries in itself.
//!
//! In comes an address as written, with the code of its currency before it or not; out come its normal form and whether its own
//! check holds. Base58Check (Bitcoin, Litecoin, Dogecoin, Dash, Tron: a double SHA-256 of the payload, FIPS 180-4) is
//! case-sensitive. Bech32 and Bech32m (BIP 173, BIP 350) and hexadecimal addresses are not; a hexadecimal one in mixed case carries
//! a check in its case (ERC-55, with Keccak-256). What is of another form (Monero, Ripple, Solana) has no check here.

use sha2::{Digest, Sha256};

use crate::identifier::Check;

/// The normal form: letters and digits, hexadecimal and Bech32 in lower case, no currency code before it.
pub(crate) fn normal(value: &str) -> String {
    let plain = plain(value);
    let hex = plain.strip_prefix("0x").or_else(|| plain.strip_prefix("0X"));
    match hex {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => format!("0x{}", hex.to_ascii_lowercase()),
        _ if bech32_prefix(&plain.to_ascii_lowercase()).is_some() => plain.to_ascii_lowercase(),
        _ => plain,
    }
}

/// The address alone: of several words the longest, since an address has no blanks but `XBT` or `ETH` stands before some.
fn plain(value: &str) -> String {
    let words = value.split(|c: char| c.is_whitespace() || matches!(c, ':' | ','));
    let word = words.max_by_key(|word| word.len()).filter(|word| word.len() >= 24).unwrap_or(value);
    word.chars().filter(char::is_ascii_alphanumeric).take(128).collect()
}

/// Whether the address obeys the rule of its form.
pub(crate) fn check(value: &str) -> Check {
    let plain = plain(value);
    let lower = plain.to_ascii_lowercase();
    let passed = if let Some(hex) = plain.strip_prefix("0x").or_else(|| plain.strip_prefix("0X")) {
        let mixed = hex.bytes().any(|b| b.is_ascii_lowercase()) && hex.bytes().any(|b| b.is_ascii_uppercase());
        match (hex.len() == 40 && hex.bytes().all(|b| b.is_ascii_hexdigit()), mixed) {
            (false, _) => false,
            (true, true) => erc_55(hex),
            (true, false) => return Check::None,
        }
    } else if let Some(prefix) = bech32_prefix(&lower) {
        (plain == lower || plain == plain.to_ascii_uppercase()) && bech32(prefix, &lower[prefix.len() + 1..])
    } else if (25..=36).contains(&plain.len()) && plain.starts_with(['1', '3', 'L', 'M', 'D', 'X', 'T']) {
        base58_check(&plain)
    } else {
        return Check::None;
    };
    if passed { Check::Passed } else { Check::Failed }
}

/// The part before the separator `1` of the Bech32 addresses in use.
fn bech32_prefix(lower: &str) -> Option<&str> {
    ["bc", "tb", "ltc"]
        .into_iter()
        .find(|p| lower.strip_prefix(p).is_some_and(|rest| rest.starts_with('1') && rest.len() > 8))
}

fn bech32(prefix: &str, data: &str) -> bool {
    const CHARSET: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const BECH32: u32 = 1;
    const BECH32M: u32 = 0x2BC8_30A3;
    const GENERATOR: [u32; 5] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3];
    let high = prefix.bytes().map(|b| u32::from(b >> 5));
    let low = prefix.bytes().map(|b| u32::from(b & 31));
    let values: Option<Vec<u32>> = data.chars().map(|c| CHARSET.find(c).map(|at| at as u32)).collect();
    let Some(values) = values else { return false };
    let rest = high.chain([0]).chain(low).chain(values).fold(1u32, |rest, value| {
        let top = rest >> 25;
        let next = (rest & 0x01FF_FFFF) << 5 ^ value;
        GENERATOR.iter().enumerate().fold(next, |next, (i, g)| if top >> i & 1 == 1 { next ^ g } else { next })
    });
    matches!(rest, BECH32 | BECH32M)
}

/// One byte of version, twenty of hash, four of check.
fn base58_check(address: &str) -> bool {
    const ALPHABET: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut bytes = [0u8; 25];
    for c in address.chars() {
        let Some(digit) = ALPHABET.find(c) else { return false };
        let mut carry = digit as u32;
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) * 58;
            *byte = (carry & 0xFF) as u8;
            carry >>= 8;
        }
        if carry != 0 {
            return false;
        }
    }
    let sum = Sha256::digest(Sha256::digest(&bytes[..21]));
    sum[..4] == bytes[21..]
}

/// A letter is upper case where the digit of the hash in its place is 8 or more.
fn erc_55(hex: &str) -> bool {
    let hash = keccak_256(hex.to_ascii_lowercase().as_bytes());
    hex.bytes().enumerate().all(|(i, c)| {
        let digit = hash[i / 2] >> (4 * (1 - i % 2)) & 0xF;
        c.is_ascii_digit() || c.is_ascii_uppercase() == (digit >= 8)
    })
}

/// Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with the padding of the original submission, for one short block.
fn keccak_256(message: &[u8]) -> [u8; 32] {
    const RATE: usize = 136;
    let mut block = [0u8; RATE];
    let length = message.len().min(RATE - 1);
    block[..length].copy_from_slice(&message[..length]);
    block[length] ^= 0x01;
    block[RATE - 1] ^= 0x80;
    let mut lanes = [0u64; 25];
    for (lane, bytes) in lanes.iter_mut().zip(block.chunks_exact(8)) {
        *lane = bytes.iter().rev().fold(0, |lane, &byte| lane << 8 | u64::from(byte));
    }
    keccak_f(&mut lanes);
    let mut out = [0u8; 32];
    for (bytes, lane) in out.chunks_exact_mut(8).zip(lanes) {
        bytes.copy_from_slice(&lane.to_le_bytes());
    }
    out
}

/// The permutation KECCAK-f[1600] of FIPS 202, section 3.3; lane (x, y) is at x + 5y.
fn keccak_f(lanes: &mut [u64; 25]) {
    let mut register = 1u8;
    for _ in 0..24 {
        let column = |lanes: &[u64; 25], x: usize| (0..5).fold(0, |sum, y| sum ^ lanes[x + 5 * y]);
        let columns: [u64; 5] = std::array::from_fn(|x| column(lanes, x));
        for (i, lane) in lanes.iter_mut().enumerate() {
            let x = i % 5;
            *lane ^= columns[(x + 4) % 5] ^ columns[(x + 1) % 5].rotate_left(1);
        }
        // ρ and π: walk the lanes in the order of section 3.2.2, each turned by a triangular number.
        let (mut x, mut y, mut current) = (1, 0, lanes[1]);
        for t in 0..24u32 {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            let turned = current.rotate_left((t + 1) * (t + 2) / 2 % 64);
            current = std::mem::replace(&mut lanes[x + 5 * y], turned);
        }
        for row in lanes.chunks_exact_mut(5) {
            let old: [u64; 5] = std::array::from_fn(|x| row[x]);
            for x in 0..5 {
                row[x] = old[x] ^ (!old[(x + 1) % 5] & old[(x + 2) % 5]);
            }
        }
        // ι: the round constant, bit by bit from a shift register.
        for j in 0..7 {
            if register & 1 == 1 {
                lanes[0] ^= 1 << ((1 << j) - 1);
            }
            register = register << 1 ^ if register >> 7 == 1 { 0x71 } else { 0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Keccak-256 of nothing is the well-known hash of an empty account's code (Ethereum yellow paper).
    #[test]
    fn keccak_of_nothing_is_as_published() {
        let hex: String = keccak_256(b"").iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    }

    // The address of Bitcoin's first block; examples of BIP 173, BIP 350 and ERC-55; a Tron address of OFAC's kind.
    #[test]
    fn addresses_carry_their_check() {
        for address in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "XBT 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        ] {
            assert_eq!(check(address), Check::Passed, "{address}");
        }
        for address in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "1a1zp1ep5qgefi2dmptftl5slmv7divfna",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "bc1qW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
        ] {
            assert_eq!(check(address), Check::Failed, "{address}");
        }
        for address in ["0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh", "x"] {
            assert_eq!(check(address), Check::None, "{address}");
        }
    }

    #[test]
    fn one_address_has_one_form() {
        for (a, b) in [
            ("XBT 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
            ("ETH: 0x5AAEB6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),
        ] {
            assert_eq!(normal(a), normal(b), "{a}");
        }
        assert_ne!(normal("1Kuf2Rd8mD"), normal("1kuf2rd8md"), "Base58 is case-sensitive");
    }
}
