//! Foreign names in the scripts of East Asia: 贝拉克·奥巴马, バラク・オバマ and 버락 오바마 are *Barack Obama*.
//!
//! In come the parts of a name with the text they stand in, each a syllable or a word of kana; out come those that together
//! spell a word of a foreign name by sound, and their spelling. Chinese and Japanese set a dot between the words of a foreign name
//! (GB/T 15834-2011 for Chinese) and none inside a name of their own; Korean sets blanks, and no word of a Korean name has three
//! syllables. So what stands between syllables says what they are. What a transcriber does to the sounds is in
//! [`crate::sound::Sound::transcription`] and [`crate::distance::Writing`].

use crate::{
    name::{Bearer, Part},
    script::Script,
};

/// The dots that stand between two words of a foreign name: the middle dot, and what keyboards and converters write for it.
const DOTS: [&str; 6] = ["·", "‧", "•", "・", "･", "．"];

/// Syllables that nothing parts: a word of a foreign name.
pub(crate) struct Spelled {
    /// Its first and its last part.
    pub(crate) parts: (u8, u8),
    /// Whether other words of the name stand on both sides.
    pub(crate) is_inside: bool,
}

/// The words of a foreign name.
pub(crate) fn spelled(text: &str, parts: &[Part], bearer: Bearer) -> Vec<Spelled> {
    let mut out = Vec::new();
    if bearer != Bearer::Person || !parts.iter().any(|p| is_spelling(p.script)) {
        return out;
    }
    // What stands between a part and the one before it; nothing, when they are not of one such script.
    let gap = |i: usize| {
        let (before, behind) = (parts.get(i.checked_sub(1)?)?, parts.get(i)?);
        let alike = before.script == behind.script && is_spelling(before.script);
        alike.then(|| text.get(before.end..behind.start)).flatten()
    };
    let parts_words = |i: usize| {
        let is_blank = |gap: &str| parts[i].script == Script::Hangul && !gap.is_empty();
        gap(i).is_some_and(|gap| DOTS.contains(&gap.trim()) || gap.trim().is_empty() && is_blank(gap))
    };
    let (mut first, mut longest) = (0, 0);
    for next in 1..=parts.len() {
        if gap(next) == Some("") {
            continue;
        }
        if parts_words(first) || parts_words(next) {
            let is_inside = parts_words(first) && parts_words(next);
            out.push(Spelled { parts: (first as u8, next as u8 - 1), is_inside });
            longest = longest.max(next - first);
        }
        first = next;
    }
    // Otherwise it may be a Korean name.
    let is_korean = |word: &Spelled| parts[usize::from(word.parts.0)].script == Script::Hangul;
    out.retain(|word| longest > 2 || !is_korean(word));
    out
}

/// Whether a script is used to spell foreign names by sound.
fn is_spelling(script: Script) -> bool {
    matches!(script, Script::Han | Script::Hangul | Script::Kana)
}

/// Appends a romanised syllable, spelled so that the letters of pinyin have the sounds that they have in other names. *n* and
/// *ng* are one to a transcriber.
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
        assert_eq!(transcribed("バラク・オバマ"), ["baraku", "obama"]);
        assert_eq!(transcribed("버락 오바마"), ["beorak", "obama"]);
        for text in ["习近平", "习·", "Barack·Obama", "김정은", "김 정은", "남궁 정은", "习·近", "タナカ タロウ"]
        {
            assert_eq!(transcribed(text), Vec::<String>::new(), "{text}");
        }
        assert!(Name::read("贝拉克·奥巴马", Bearer::Organization).transcribed.is_empty());
    }

    // The names as news agencies of China, Japan and Korea write them.
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
            ("バラク・オバマ", ["barack", "obama"]),
            ("ドナルド・トランプ", ["donald", "trump"]),
            ("アンゲラ・メルケル", ["angela", "merkel"]),
            ("버락 오바마", ["barack", "obama"]),
            ("블라디미르 푸틴", ["vladimir", "putin"]),
            ("도널드 트럼프", ["donald", "trump"]),
            ("维克托·亚努科维奇", ["viktor", "yanukovych"]),
        ] {
            let forms = transcribed(text);
            assert_eq!(forms.len(), 2, "{text}: {forms:?} {:?}", Name::read(text, Bearer::Person));
            for (form, name) in forms.iter().zip(names) {
                let (spelled, heard) = (Sound::of(form).transcription(), Sound::of(name).transcribed());
                assert!(spelled.shares(&heard), "{form} {name}");
            }
        }
        for (form, name) in [("beilake", "obama"), ("pujin", "merkel"), ("aobama", "bama"), ("telanpu", "donald")] {
            assert!(!Sound::of(form).transcription().shares(&Sound::of(name).transcribed()), "{form} {name}");
        }
    }
}
