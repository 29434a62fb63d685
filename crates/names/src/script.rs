//! Which writing system a character belongs to.
//!
//! In comes a character, out comes a [`Script`]. Only the distinctions that change how a name is read are made: scripts
//! that Mihenk romanises by a table of its own, scripts that write no short vowels, scripts that write without spaces,
//! and *other*. Ranges are those of the Unicode Standard's block list (<https://www.unicode.org/Public/UNIDATA/Blocks.txt>);
//! whole blocks are enough here, because unassigned characters do not occur in names.

/// A writing system, as far as reading names needs to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Script {
    /// Digits and everything else that all scripts share.
    Common = 0,
    /// Latin with all its diacritics, also full-width and mathematical letters.
    Latin,
    /// Arabic script: Arabic, Persian, Urdu, Pashto, Kurdish, Uyghur.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Cyrillic: Russian, Ukrainian, Serbian, Bulgarian, Kazakh and others.
    Cyrillic,
    /// Greek.
    Greek,
    /// Armenian.
    Armenian,
    /// Georgian, all three alphabets.
    Georgian,
    /// Devanagari: Hindi, Nepali, Marathi.
    Devanagari,
    /// Chinese characters, also in Japanese and Korean names.
    Han,
    /// Korean syllables and letters.
    Hangul,
    /// Hiragana and katakana.
    Kana,
    /// Any other script; romanised by a general table.
    Other,
    /// Chinese characters, Korean syllables or kana that spell a foreign name by sound; the script of no character, but of
    /// syllables read as one word.
    Transcription,
}

impl Script {
    /// The script of one character.
    #[must_use]
    pub fn of(c: char) -> Script {
        match c as u32 {
            0x30..=0x39 => Script::Common,
            0x41..=0x5A | 0x61..=0x7A => Script::Latin,
            0..=0xA9 | 0xAB..=0xB4 | 0xB6..=0xB9 | 0xBB..=0xBF | 0xD7 | 0xF7 => Script::Common,
            0xAA..=0x2AF | 0x1D00..=0x1DBF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F => Script::Latin,
            0xA720..=0xA7FF | 0xAB30..=0xAB6F | 0xFB00..=0xFB06 => Script::Latin,
            0x2160..=0x218B | 0x212A..=0x212B | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A => Script::Latin,
            0x1D400..=0x1D6A5 => Script::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF | 0x1D6A8..=0x1D7CB => Script::Greek,
            0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Script::Cyrillic,
            0x530..=0x58F | 0xFB13..=0xFB17 => Script::Armenian,
            0x590..=0x5FF | 0xFB1D..=0xFB4F => Script::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0x870..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => Script::Arabic,
            0x900..=0x97F | 0xA8E0..=0xA8FF => Script::Devanagari,
            0x10A0..=0x10FF | 0x1C90..=0x1CBF | 0x2D00..=0x2D2F => Script::Georgian,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xFFA0..=0xFFDC => Script::Hangul,
            0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2E80..=0x2FDF => Script::Han,
            0x20000..=0x3FFFF => Script::Han,
            0x3041..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F => Script::Kana,
            _ => Script::Other,
        }
    }

    /// Whether the script usually leaves short vowels out, so that a romanised name shows consonants only.
    #[must_use]
    pub fn is_unvowelled(self) -> bool {
        matches!(self, Script::Arabic | Script::Hebrew)
    }

    /// Whether names in this script are written without spaces, each character a syllable of its own.
    #[must_use]
    pub fn is_syllabic(self) -> bool {
        matches!(self, Script::Han | Script::Hangul | Script::Transcription)
    }

    /// What the script does to the sounds of a word, as a number below [`Script::WRITINGS`]: a form that is written in two of
    /// these ways is two words.
    #[must_use]
    pub fn writing(self) -> usize {
        match self {
            Script::Transcription => 3,
            _ if self.is_syllabic() => 2,
            _ => usize::from(self.is_unvowelled()),
        }
    }

    /// How many there are of [`Script::writing`].
    pub const WRITINGS: usize = 4;

    /// Whether the script has capital letters, which mark names in running text.
    #[must_use]
    pub fn has_case(self) -> bool {
        matches!(self, Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_is_recognised_by_a_typical_letter() {
        let samples = [
            ('a', Script::Latin),
            ('Ş', Script::Latin),
            ('ｗ', Script::Latin),
            ('ی', Script::Arabic),
            ('ﻤ', Script::Arabic),
            ('ש', Script::Hebrew),
            ('Ж', Script::Cyrillic),
            ('ѓ', Script::Cyrillic),
            ('Ω', Script::Greek),
            ('Ջ', Script::Armenian),
            ('ქ', Script::Georgian),
            ('स', Script::Devanagari),
            ('习', Script::Han),
            ('김', Script::Hangul),
            ('ア', Script::Kana),
            ('ช', Script::Other),
            ('7', Script::Common),
            ('-', Script::Common),
        ];
        for (c, script) in samples {
            assert_eq!(Script::of(c), script, "{c}");
        }
    }
}
