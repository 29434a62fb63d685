//! Foreign names in Chinese characters: 贝拉克·奥巴马 is *Barack Obama*.
//!
//! In come the parts of a name, each a syllable, with the text they stand in; out come the syllables that together spell a word of
//! a foreign name by sound, and their spelling. Chinese sets a dot between the words of a foreign name (GB/T 15834-2011)
//! and none inside a Chinese one, so the dot says what the syllables are. What a transcriber does to the sounds is in
//! [`crate::sound::Sound::transcription`] and [`crate::distance::Writing`].

use crate::{
    name::{Bearer, Part},
    script::Script,
};

/// The dots that stand between two words of a foreign name: the middle dot, and what keyboards and converters write for it.
const DOTS: [&str; 6] = ["·", "‧", "•", "・", "･", "．"];

/// Syllables that nothing parts, beside a dot: a word of a foreign name.
pub(crate) struct Spelled {
    /// Its first and its last part.
    pub(crate) parts: (u8, u8),
    /// Whether other words of the name stand on both sides.
    pub(crate) is_inside: bool,
}

/// The words of a foreign name.
pub(crate) fn spelled(text: &str, parts: &[Part], bearer: Bearer) -> Vec<Spelled> {
    let mut out = Vec::new();
    if bearer != Bearer::Person || !parts.iter().any(|p| p.script == Script::Han) {
        return out;
    }
    // What stands between a syllable and the one before it; nothing, when one of them is none.
    let gap = |i: usize| {
        let (before, behind) = (parts.get(i.checked_sub(1)?)?, parts.get(i)?);
        let both = before.script == Script::Han && behind.script == Script::Han;
        both.then(|| text.get(before.end..behind.start)).flatten()
    };
    let is_dot = |i: usize| gap(i).is_some_and(|gap| DOTS.contains(&gap.trim()));
    let mut first = 0;
    for next in 1..=parts.len() {
        if gap(next) == Some("") {
            continue;
        }
        if is_dot(first) || is_dot(next) {
            let parts = (first as u8, next as u8 - 1);
            out.push(Spelled { parts, is_inside: is_dot(first) && is_dot(next) });
        }
        first = next;
    }
    out
}

/// Appends a syllable of pinyin, spelled so that its letters have the sounds that they have in other names. *n* and *ng* are one
/// to a transcriber.
pub(crate) fn respell(syllable: &str, out: &mut String) {
    let (begin, rest) = match syllable.as_bytes() {
        [b'q', ..] => ("ch", &syllable[1..]),
        [b'x', ..] => ("sh", &syllable[1..]),
        [b'c', b'h', ..] => ("", syllable),
        [b'c', ..] => ("ts", &syllable[1..]),
        b"wu" => ("", "u"),
        b"er" => ("", "r"),
        [b'y', b'i', ..] => ("", &syllable[1..]),
        _ => ("", syllable),
    };
    out.push_str(begin);
    out.push_str(rest.strip_suffix("ng").unwrap_or(rest));
    if rest.ends_with("ng") {
        out.push('n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        name::{Name, Role},
        sound::Sound,
    };

    fn transcribed(text: &str) -> Vec<String> {
        let units = Name::read(text, Bearer::Person).units();
        units.into_iter().filter(|u| u.script == Script::Transcription).map(|u| u.form).collect()
    }

    #[test]
    fn syllables_between_dots_are_one_word() {
        for text in ["贝拉克·奥巴马", "贝拉克・奥巴马", "贝拉克‧奥巴马", "贝拉克•奥巴马", "贝拉克 · 奥巴马"]
        {
            assert_eq!(transcribed(text), ["beilake", "aobama"], "{text}");
        }
        assert_eq!(transcribed("唐纳德·约翰·特朗普"), ["tannade", "yuehan", "telanpu"]);
        assert_eq!(transcribed("奥萨马·本·拉登"), ["aosama", "laden"], "one syllable is a word by itself");
        let roles = |text| Name::read(text, Bearer::Person).parts.into_iter().map(|p| p.role).collect::<Vec<_>>();
        assert_eq!(roles("奥萨马·本·拉登")[3], Role::Particle, "bin");
        assert_eq!(roles("奥萨马·本")[3], Role::Word);
        assert_eq!(transcribed("习近平 贝拉克·奥巴马"), ["beilake", "aobama"]);
        for text in ["习近平", "习·", "Barack·Obama", "김정은·김정일", "习·近"] {
            assert_eq!(transcribed(text), Vec::<String>::new(), "{text}");
        }
        assert!(Name::read("贝拉克·奥巴马", Bearer::Organization).transcribed.is_empty());
    }

    // The names as Xinhua writes them.
    #[test]
    fn a_transcription_shares_a_skeleton_with_the_name_it_spells() {
        for (text, names) in [
            ("贝拉克·奥巴马", ["barack", "obama"]),
            ("弗拉基米尔·普京", ["vladimir", "putin"]),
            ("安格拉·默克尔", ["angela", "merkel"]),
            ("唐纳德·特朗普", ["donald", "trump"]),
            ("希拉里·克林顿", ["hillary", "clinton"]),
            ("埃马纽埃尔·马克龙", ["emmanuel", "macron"]),
            ("谢尔盖·拉夫罗夫", ["sergey", "lavrov"]),
            ("萨达姆·侯赛因", ["saddam", "hussein"]),
            ("穆阿迈尔·卡扎菲", ["muammar", "qadhafi"]),
            ("易卜拉欣·拉希米", ["ibrahim", "rahimi"]),
            ("米哈伊尔·戈尔巴乔夫", ["mikhail", "gorbachev"]),
            ("维克托·亚努科维奇", ["viktor", "yanukovych"]),
        ] {
            for (form, name) in transcribed(text).iter().zip(names) {
                let (spelled, heard) = (Sound::of(form).transcription(), Sound::of(name).transcribed());
                assert!(spelled.shares(&heard), "{form} {name}");
            }
        }
        for (form, name) in [("beilake", "obama"), ("pujin", "merkel"), ("aobama", "bama"), ("telanpu", "donald")] {
            assert!(!Sound::of(form).transcription().shares(&Sound::of(name).transcribed()), "{form} {name}");
        }
    }
}
