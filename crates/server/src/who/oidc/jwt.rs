//! ID tokens: a signature that is right, and claims that are for us (RFC 7515, RFC 7518, OpenID Connect Core 1.0, section 3.1.3.7).
//!
//! In comes a token in compact form and a key of the issuer, out comes the subject. Signatures are RS256 or ES256, computed by `ring`; which of both is said by the key,
//! never by the token alone, and a token without a signature is none.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{digest, signature};
use serde::{Deserialize, de::DeserializeOwned};

/// How far the issuer's clock may be off, in seconds.
const LEEWAY: i64 = 60;
/// The longest token that is read, in bytes.
const LONGEST: usize = 64 << 10;

/// A key of the issuer (RFC 7517).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Jwk {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that have to be understood (RFC 7515, section 4.1.11); we understand none.
    crit: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    nbf: Option<i64>,
    iat: i64,
    nonce: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// What the claims have to say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    /// Seconds since 1970.
    pub(super) now: i64,
}

/// A token whose signature is still to be checked.
#[derive(Debug)]
pub(super) struct Jwt<'a> {
    signed: &'a str,
    header: Header,
    signature: Vec<u8>,
}

/// What belongs to a verifier of PKCE (RFC 7636, section 4.2).
pub(super) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

impl<'a> Jwt<'a> {
    pub(super) fn read(text: &'a str) -> Result<Jwt<'a>, String> {
        let parts = text.rsplit_once('.').filter(|_| text.len() <= LONGEST);
        let (signed, signature) = parts.ok_or("the ID token is none")?;
        let (header, _) = signed.split_once('.').ok_or("the ID token is none")?;
        let header: Header = json(header)?;
        if header.crit.is_some() {
            return Err("the ID token has extensions that are not known here".to_owned());
        }
        Ok(Jwt { signed, header, signature: bytes(signature)? })
    }

    /// Whether it may have been signed with this key.
    pub(super) fn is_for(&self, key: &Jwk) -> bool {
        let fits = match self.header.alg.as_str() {
            "RS256" => key.kty == "RSA",
            "ES256" => key.kty == "EC" && key.crv.as_deref() == Some("P-256"),
            _ => false,
        };
        let is_named = self.header.kid.is_none() || self.header.kid == key.kid;
        let signs = key.usage.as_deref().is_none_or(|usage| usage == "sig");
        fits && is_named && signs && key.alg.as_ref().is_none_or(|alg| *alg == self.header.alg)
    }

    /// Whom the issuer vouches for.
    pub(super) fn subject(&self, key: &Jwk, expected: &Expected<'_>) -> Result<String, String> {
        self.is_signed_with(key)?;
        // Nothing of it is looked at before.
        let (_, claims) = self.signed.split_once('.').ok_or("the ID token is none")?;
        let claims: Claims = json(claims)?;
        claims.are_as(expected)?;
        Ok(claims.sub)
    }

    fn is_signed_with(&self, key: &Jwk) -> Result<(), String> {
        let part = |value: &Option<String>| bytes(value.as_deref().ok_or("a key of the issuer lacks a part")?);
        let is_right = match self.header.alg.as_str() {
            "RS256" if self.is_for(key) => {
                let (n, e) = (part(&key.n)?, part(&key.e)?);
                let key = signature::RsaPublicKeyComponents { n, e };
                key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, self.signed.as_bytes(), &self.signature).is_ok()
            }
            "ES256" if self.is_for(key) => {
                // SEC 1, section 2.3.3: a point that is not compressed.
                let point = [&[4], part(&key.x)?.as_slice(), part(&key.y)?.as_slice()].concat();
                let key = signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
                key.verify(self.signed.as_bytes(), &self.signature).is_ok()
            }
            other => {
                return Err(format!(
                    "the ID token is signed by '{}'; right would be RS256 or ES256",
                    super::printable(other)
                ));
            }
        };
        is_right.then_some(()).ok_or_else(|| "the signature of the ID token is wrong".to_owned())
    }
}

impl Claims {
    fn are_as(&self, expected: &Expected<'_>) -> Result<(), String> {
        let (is_ours, is_only_ours) = match &self.aud {
            Audience::One(one) => (one == expected.client, true),
            Audience::Many(many) => (many.iter().any(|one| one == expected.client), many.len() == 1),
        };
        let azp_fits = self.azp.as_deref().map_or(is_only_ours, |azp| azp == expected.client);
        let refused = if self.iss != expected.issuer {
            "it is of another issuer"
        } else if !is_ours || !azp_fits {
            "it is for another client"
        } else if self.exp <= expected.now - LEEWAY {
            "it has run out"
        } else if self.nbf.is_some_and(|nbf| nbf > expected.now + LEEWAY) || self.iat > expected.now + LEEWAY {
            "it is of the future; one of both clocks is wrong"
        } else if self.nonce.as_deref() != Some(expected.nonce) {
            "it answers another request"
        } else if self.sub.is_empty() {
            "it names nobody"
        } else {
            return Ok(());
        };
        Err(format!("the ID token does not count: {refused}"))
    }
}

fn bytes(text: &str) -> Result<Vec<u8>, String> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| "the ID token, or a key, is not in base64url".to_owned())
}

fn json<T: DeserializeOwned>(part: &str) -> Result<T, String> {
    serde_json::from_slice(&bytes(part)?).map_err(|error| format!("the ID token cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use ring::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
    };
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_800_000_000;

    struct Signer {
        pair: EcdsaKeyPair,
        random: SystemRandom,
    }

    impl Signer {
        fn new() -> Signer {
            let random = SystemRandom::new();
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
            Signer { pair, random }
        }

        fn key(&self) -> Jwk {
            let point = self.pair.public_key().as_ref();
            let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
            let key =
                json!({ "kty": "EC", "crv": "P-256", "kid": "k1", "x": part(&point[1..33]), "y": part(&point[33..]) });
            serde_json::from_value(key).unwrap()
        }

        fn token(&self, header: &Value, claims: &Value) -> String {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            let signed = format!("{}.{}", part(header), part(claims));
            let signature = self.pair.sign(&self.random, signed.as_bytes()).unwrap();
            format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
        }
    }

    fn claims() -> Value {
        json!({ "iss": "https://login.example", "sub": "cem-1", "aud": "mihenk", "exp": NOW + 300, "iat": NOW, "nonce": "n" })
    }

    fn subject(signer: &Signer, token: &str) -> Result<String, String> {
        let expected = Expected { issuer: "https://login.example", client: "mihenk", nonce: "n", now: NOW };
        Jwt::read(token)?.subject(&signer.key(), &expected)
    }

    #[test]
    fn a_token_for_us_names_its_subject_and_any_other_nobody() {
        let signer = Signer::new();
        let header = json!({ "alg": "ES256", "kid": "k1" });
        let with = |name: &str, value: Value| {
            let mut claims = claims();
            claims[name] = value;
            subject(&signer, &signer.token(&header, &claims))
        };
        assert_eq!(with("aud", json!("mihenk")), Ok("cem-1".to_owned()));
        assert_eq!(with("aud", json!(["mihenk"])), Ok("cem-1".to_owned()));
        assert_eq!(with("exp", json!(NOW - 59)), Ok("cem-1".to_owned()));
        for (name, value, word) in [
            ("iss", json!("https://login.example.org"), "another issuer"),
            ("aud", json!("other"), "another client"),
            ("aud", json!(["mihenk", "other"]), "another client"),
            ("azp", json!("other"), "another client"),
            ("exp", json!(NOW - 60), "run out"),
            ("exp", json!("never"), "cannot be read"),
            ("exp", Value::Null, "cannot be read"),
            ("nbf", json!(NOW + 61), "of the future"),
            ("iat", json!(NOW + 61), "of the future"),
            ("nonce", json!("m"), "another request"),
            ("nonce", Value::Null, "another request"),
            ("sub", json!(""), "names nobody"),
        ] {
            let refused = with(name, value.clone()).unwrap_err();
            assert!(refused.contains(word), "{name} {value}: {refused}");
        }
    }

    #[test]
    fn a_signature_is_there_and_right() {
        let (signer, other) = (Signer::new(), Signer::new());
        let good = signer.token(&json!({ "alg": "ES256", "kid": "k1" }), &claims());
        let [header, body, signature]: [&str; 3] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
        let none = URL_SAFE_NO_PAD.encode(json!({ "alg": "none" }).to_string());
        let hmac = URL_SAFE_NO_PAD.encode(json!({ "alg": "HS256", "kid": "k1" }).to_string());
        let rsa = URL_SAFE_NO_PAD.encode(json!({ "alg": "RS256", "kid": "k1" }).to_string());
        let changed = URL_SAFE_NO_PAD.encode(claims().to_string().replace("cem-1", "ayse"));
        for bad in [
            other.token(&json!({ "alg": "ES256", "kid": "k1" }), &claims()),
            signer.token(&json!({ "alg": "ES256", "kid": "k1", "crit": ["x"] }), &claims()),
            format!("{header}.{changed}.{signature}"),
            format!("{none}.{body}."),
            format!("{none}.{body}.{signature}"),
            format!("{hmac}.{body}.{signature}"),
            format!("{rsa}.{body}.{signature}"),
            format!("{header}.{body}."),
            format!("{header}.{body}"),
            String::new(),
            "...".to_owned(),
        ] {
            assert!(subject(&signer, &bad).is_err(), "{bad}");
        }
        for cut in (0..good.len()).filter(|cut| good.is_char_boundary(*cut)) {
            assert!(subject(&signer, &good[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn a_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_no_token(text in ".{0,200}", dots in "[A-Za-z0-9_.-]{0,200}") {
            let signer = Signer::new();
            proptest::prop_assert!(subject(&signer, &text).is_err() && subject(&signer, &dots).is_err());
        }
    }
}
