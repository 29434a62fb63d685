//! The weights of the evidence: how many bits each observation adds or takes away.
//!
//! Every line of a waterfall belongs to one [`Feature`]; its weight is a number of the model. Weights are reasoned first
//! ([`Weights::reasoned`], each with its reason) and then fitted by `model build`, which may move a weight but never over
//! zero: a conflict can not come to speak *for* a match ([`Feature::sign`]).

use crate::bits::Bits;

/// What is observed when two records are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Feature {
    /// Evidence of words that are letter by letter the same (per bit).
    Exact,
    /// Evidence of words that are alike (per bit).
    Varied,
    /// Evidence of initials (per bit).
    Initial,
    /// Words that go together are worth their pair's rarity, not the sum (per bit too much).
    Together,
    /// What a stranger's prior costs.
    Stranger,
    /// What a relative's prior costs: one in tens, not one in the population.
    Relative,
    /// Evidence that a relative would not share: the least telling word of a name without conflict (per bit).
    Unshared,
    /// A word that is alike but not the same.
    Variants,
    /// A word compared without its vowels.
    Unvowelled,
    /// No word is letter by letter the same.
    AllVaried,
    /// A word on either side, unlike.
    Conflict,
    /// The first word on either side, unlike.
    ConflictFirst,
    /// The last word on either side, unlike.
    ConflictLast,
    /// A word that only the asked name has.
    AskedOnly,
    /// A word that only the listed name has.
    ListedOnly,
    /// A word of an organisation or ship that stays open on either side, however common: *Systems*, *Trading*, *Blue* tell
    /// sisters apart (per word, two at most).
    Sister,
    /// The share of the asked name's rarity that stays unexplained (per tenth).
    AskedOpen,
    /// The share of the listed name's rarity that stays unexplained (per tenth).
    ListedOpen,
    /// Every word of both names is explained.
    Whole,
    /// Every word of both names is the same.
    WholeExact,
    /// Only one word of either name is explained.
    Single,
    /// Two words stand for one.
    Merged,
    /// Both names have the same numbers.
    NumberSame,
    /// The names have different numbers.
    NumberDiffers,
    /// One name has a number, the other none.
    NumberMissing,
    /// The legal forms are of different kinds.
    LegalForm,
    /// What one record calls the given name the other calls the family name, and the other way round.
    Exchanged,
    /// A word that only the asked name has stands in the place of an unlike word of another name of the entity.
    Elsewhere,
    /// The listed name is one that the list itself calls weak.
    WeakAlias,
    /// The entity had many names, and so as many chances to look alike (per bit).
    Chances,
    /// Birth date: the same day.
    BornSameDay,
    /// Birth date: day and month swapped.
    BornSwapped,
    /// Birth date: agrees as far as one side knows it (year, month, interval).
    BornAgrees,
    /// Birth date: one digit differs.
    BornOneDigit,
    /// Birth date: the same year, another day.
    BornSameYear,
    /// Birth date: years one apart.
    BornOneYear,
    /// Birth date: years two apart.
    BornTwoYears,
    /// Birth date: another.
    BornOther,
    /// Another birth date beside names that agree: a namesake bears them too (per bit that their words are worth).
    Namesake,
    /// A country in common (per bit of its rarity, at most three).
    CountrySame,
    /// No country in common.
    CountryDiffers,
    /// The same gender.
    GenderSame,
    /// Another gender.
    GenderDiffers,
    /// A birth place in common.
    PlaceSame,
    /// No birth place in common.
    PlaceDiffers,
    /// An address in common.
    AddressSame,
    /// A unique number (IMO, LEI …) that differs.
    NumberOther,
}

/// How many features there are.
pub const FEATURES: usize = Feature::NumberOther as usize + 1;

impl Feature {
    /// All features, in the order of their numbers.
    pub const ALL: [Feature; FEATURES] = {
        use Feature::*;
        [
            Exact,
            Varied,
            Initial,
            Together,
            Stranger,
            Relative,
            Unshared,
            Variants,
            Unvowelled,
            AllVaried,
            Conflict,
            ConflictFirst,
            ConflictLast,
            AskedOnly,
            ListedOnly,
            Sister,
            AskedOpen,
            ListedOpen,
            Whole,
            WholeExact,
            Single,
            Merged,
            NumberSame,
            NumberDiffers,
            NumberMissing,
            LegalForm,
            Exchanged,
            Elsewhere,
            WeakAlias,
            Chances,
            BornSameDay,
            BornSwapped,
            BornAgrees,
            BornOneDigit,
            BornSameYear,
            BornOneYear,
            BornTwoYears,
            BornOther,
            Namesake,
            CountrySame,
            CountryDiffers,
            GenderSame,
            GenderDiffers,
            PlaceSame,
            PlaceDiffers,
            AddressSame,
            NumberOther,
        ]
    };

    /// +1 for what may only speak for a match, −1 for what may only speak against, 0 for what may do either.
    #[must_use]
    pub fn sign(self) -> i32 {
        use Feature::*;
        match self {
            Exact | Varied | Initial | Unshared | Whole | WholeExact | NumberSame | BornSameDay | BornSwapped
            | BornAgrees | CountrySame | GenderSame | PlaceSame | AddressSame | Relative => 1,
            Variants | Unvowelled | AllVaried | Conflict | ConflictFirst | ConflictLast | AskedOnly | ListedOnly
            | Sister | AskedOpen | ListedOpen | Single | Merged | NumberDiffers | NumberMissing | LegalForm
            | Exchanged | Elsewhere | WeakAlias | Chances | Together | Stranger | BornTwoYears | BornOther
            | Namesake | CountryDiffers | GenderDiffers | PlaceDiffers | NumberOther => -1,
            BornOneDigit | BornSameYear | BornOneYear => 0,
        }
    }
}

/// A weight for each feature, in hundredths of a bit per unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights(pub [i32; FEATURES]);

impl Default for Weights {
    fn default() -> Weights {
        Weights::reasoned()
    }
}

impl Weights {
    /// The weight of a feature.
    #[must_use]
    pub fn of(&self, feature: Feature) -> i32 {
        self.0[feature as usize]
    }

    /// Weights by reasoning alone, before any fit.
    #[must_use]
    pub fn reasoned() -> Weights {
        use Feature::*;
        let mut all = [0; FEATURES];
        let mut set = |feature: Feature, bits: f64| all[feature as usize] = Bits::of(bits).0;
        // Token evidence is counted in bits already.
        set(Exact, 1.0);
        set(Varied, 1.0);
        set(Initial, 1.0);
        set(Unshared, 1.0);
        set(Together, -1.0);
        set(Chances, -0.3);
        // A stranger with just this name is looked up sixteen times as often as the listed person.
        set(Stranger, -4.0);
        // A relative's evidence starts where a namesake in a family of some sixty ends.
        set(Relative, 6.0);
        // Two independent variants are rarely one name.
        set(Variants, -0.5);
        set(Unvowelled, 0.0);
        set(AllVaried, -1.0);
        // Both have a word there, unlike: one in 500 records of one person looks so.
        set(Conflict, -9.0);
        set(ConflictFirst, -1.0);
        set(ConflictLast, -1.0);
        set(AskedOnly, -1.6);
        set(ListedOnly, -1.2);
        // People leave out a name of theirs; a firm or ship with one more word is more often another one.
        set(Sister, -1.5);
        set(AskedOpen, -0.5);
        set(ListedOpen, -0.3);
        set(Whole, 3.0);
        set(WholeExact, 3.0);
        set(Single, -1.0);
        set(Merged, -0.5);
        set(NumberSame, 5.0);
        // Fund III stands beside fund IV: a number tells sisters apart.
        set(NumberDiffers, -12.0);
        set(NumberMissing, -6.0);
        // Of one company's names that have a form some 6 in 100 differ in its kind, of strangers' names half do.
        set(LegalForm, -3.0);
        // One in thirty forms has the two fields the wrong way round; two people who bear the words so are two as likely as not.
        set(Exchanged, -4.0);
        // As if the name without that word were not listed: a conflict, less what a word more costs already.
        set(Elsewhere, -7.4);
        set(WeakAlias, -1.0);
        // One in 20,000 people shares a birth day; half of it is lost to lists that copy one another's errors.
        set(BornSameDay, 8.0);
        set(BornSwapped, 6.0);
        set(BornAgrees, 3.5);
        set(BornOneDigit, 3.0);
        set(BornSameYear, 0.5);
        set(BornOneYear, -1.0);
        set(BornTwoYears, -2.0);
        set(BornOther, -8.0);
        // What names say beside another birth date they say of a namesake as well; a misprint in the date is the lesser part.
        set(Namesake, -0.4);
        set(CountrySame, 0.4);
        set(CountryDiffers, -1.0);
        set(GenderSame, 0.3);
        set(GenderDiffers, -4.0);
        set(PlaceSame, 2.5);
        set(PlaceDiffers, -0.5);
        set(AddressSame, 3.0);
        set(NumberOther, -8.0);
        Weights(all)
    }
}
