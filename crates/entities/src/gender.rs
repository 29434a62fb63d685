//! Genders as FollowTheMoney codes them.
//!
//! In comes what a source or a query says in English, French, Spanish, Turkish or by letter; out comes *female*, *male*,
//! *other*, or nothing.

/// A gender as recorded by a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// `female`
    Female,
    /// `male`
    Male,
    /// `other`; never evidence for or against
    Other,
}

impl Gender {
    /// Reads a source's word or letter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Gender> {
        let folded = text.trim().to_lowercase();
        Some(match folded.as_str() {
            "f" | "female" | "femme" | "woman" | "w" | "weiblich" | "mujer" | "femenino" | "féminin" | "kadın"
            | "زن" => Gender::Female,
            "m" | "male" | "homme" | "man" | "männlich" | "hombre" | "masculino" | "masculin" | "erkek" | "مرد" => {
                Gender::Male
            }
            "x" | "other" | "divers" | "diverse" => Gender::Other,
            _ => return None,
        })
    }

    /// The FollowTheMoney code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Gender::Female => "female",
            Gender::Male => "male",
            Gender::Other => "other",
        }
    }
}
