//! In which script a text is written, for those who show it.
//!
//! In comes a text, out comes its script's subtag (ISO 15924, as BCP 47 takes it) and its direction.

use mihenk_names::script::Script;

/// The subtag of the script of a text (ISO 15924), if all its letters are of one and it is not Latin, and whether it is written from right to left.
#[must_use]
pub fn script_of(text: &str) -> Option<(&'static str, bool)> {
    let mut only = None;
    // Joiners are spelling, of whatever script stands around them.
    for c in text.chars().filter(|c| !matches!(c, '\u{200C}' | '\u{200D}')) {
        match (Script::of(c), only) {
            (Script::Common, _) => {}
            (script, None) => only = Some(script),
            (script, Some(before)) if script == before => {}
            _ => return None,
        }
    }
    Some(match only? {
        Script::Arabic => ("Arab", true),
        Script::Hebrew => ("Hebr", true),
        Script::Cyrillic => ("Cyrl", false),
        Script::Greek => ("Grek", false),
        Script::Armenian => ("Armn", false),
        Script::Georgian => ("Geor", false),
        Script::Devanagari => ("Deva", false),
        Script::Han => ("Hani", false),
        Script::Hangul => ("Hang", false),
        Script::Common | Script::Latin | Script::Kana | Script::Transcription | Script::Other => return None,
    })
}
