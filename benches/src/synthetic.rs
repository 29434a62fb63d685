//! Invented entities with realistic names, as many as are wanted, the same every time.
//!
//! In come a number of entities and a seed, out come lines of FollowTheMoney JSON. Names are drawn as they occur: given and family
//! names of the United States by the counts in `data/background`, those of other regions from short pools below, so that some
//! words are borne by hundreds of thousands and many by a few. Three of four are people; companies are made of words of company
//! names, founders' names and a legal form; a few are ships. Every third entity has a second name, many have dates, countries
//! and numbers. Nobody of them exists.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use anyhow::Context;
use mihenk_names::Bearer;

use crate::{inputs::backgrounds, rows::Draw};

/// Draws invented entities.
pub(crate) struct Synthetic {
    draw: Draw,
    given: Weighted,
    family: Weighted,
    trade: Weighted,
}

/// Words with the sum of shares up to each.
struct Weighted(Vec<(String, f64)>);

/// A region: given names, first and second halves of family names, and its country.
struct Region {
    country: &'static str,
    given: &'static [&'static str],
    stems: &'static [&'static str],
    endings: &'static [&'static str],
}

const REGIONS: [Region; 5] = [
    Region {
        country: "sy",
        given: &[
            "Ahmad",
            "Mohammad",
            "Ali",
            "Hassan",
            "Hussein",
            "Omar",
            "Khaled",
            "Mahmoud",
            "Ibrahim",
            "Yusuf",
            "Fatima",
            "Maryam",
            "Abd al-Rahman",
            "Abdullah",
            "Salim",
            "Nasser",
            "Karim",
            "Jamal",
            "Tariq",
            "Zaynab",
        ],
        stems: &[
            "al-Mas", "al-Had", "al-Khat", "al-Baz", "al-Dul", "al-Rash", "al-Sab", "al-Tam", "al-Qas", "al-Jab",
            "Nas", "Sal", "Zar", "Fay", "Ham", "Kar", "Bash", "Das", "Ghan", "Mur", "Shah", "Taw", "Wah", "Yas",
        ],
        endings: &[
            "ri", "adi", "ibi", "imi", "awi", "ouni", "uri", "ali", "mani", "hani", "dani", "rawi", "zi", "fi", "aymi",
        ],
    },
    Region {
        country: "ir",
        given: &[
            "Reza", "Hossein", "Mehdi", "Amir", "Saeed", "Javad", "Hamid", "Morteza", "Zahra", "Leila", "Gholam",
            "Bahram", "Dariush", "Farhad", "Kaveh", "Nader", "Parviz", "Shirin", "Mojtaba", "Abbas",
        ],
        stems: &[
            "Zam", "Ahm", "Kar", "Raf", "Tehr", "Shir", "Esf", "Moh", "Nour", "Ghor", "Far", "Bagh", "Jal", "Sol",
            "Tavak", "Rost", "Ebra", "Hash", "Mous", "Golp",
        ],
        endings: &[
            "ani", "adi", "imi", "anzadeh", "azi", "ahani", "ammadi", "bani", "hadi", "heri", "ali", "eimani", "oli",
            "ami", "pour",
        ],
    },
    Region {
        country: "ru",
        given: &[
            "Sergey",
            "Aleksandr",
            "Vladimir",
            "Dmitriy",
            "Andrey",
            "Aleksey",
            "Ivan",
            "Mikhail",
            "Olga",
            "Elena",
            "Natalya",
            "Tatyana",
            "Nikolay",
            "Yevgeniy",
            "Viktor",
            "Oleg",
            "Igor",
            "Pavel",
            "Yuriy",
            "Svetlana",
        ],
        stems: &[
            "Ivan", "Petr", "Sidor", "Kuznets", "Smirn", "Vasil", "Nov", "Moroz", "Volk", "Sokol", "Lebed", "Kozl",
            "Orl", "Belous", "Gavril", "Zakhar", "Tikhon", "Yakov", "Romanen", "Shevchen", "Kravchen", "Bondaren",
        ],
        endings: &[
            "ov", "ova", "ev", "eva", "ko", "skiy", "skaya", "in", "ina", "enkov", "yuk", "chuk", "tsev", "nikov",
        ],
    },
    Region {
        country: "cn",
        given: &[
            "Wei", "Fang", "Xiuying", "Jing", "Min", "Lei", "Jun", "Yang", "Yong", "Yan", "Jie", "Juan", "Tao", "Ming",
            "Chao", "Xiulan", "Xia", "Ping", "Gang", "Guiying", "Zhiqiang", "Jianhua", "Haiyan", "Xiaoming",
        ],
        stems: &[
            "Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun", "Ma", "Zhu",
            "Hu", "Guo", "He", "Gao", "Lin", "Luo", "Zheng", "Liang", "Xie", "Song", "Tang", "Deng", "Feng", "Han",
            "Cao", "Zeng",
        ],
        endings: &[""],
    },
    Region {
        country: "tr",
        given: &[
            "Mehmet", "Mustafa", "Ahmet", "Ayşe", "Fatma", "Emine", "Hüseyin", "İbrahim", "İsmail", "Osman", "Yusuf",
            "Murat", "Ömer", "Ramazan", "Hatice", "Zeynep", "Kemal", "Selim", "Tayfun", "Gökhan",
        ],
        stems: &[
            "Yıl", "Öz", "Kara", "Demir", "Çel", "Şah", "Aydı", "Arsl", "Doğ", "Kılı", "Koç", "Kurt", "Taş", "Ay",
            "Er", "Gün", "Ulu", "Bal", "Bozk", "Aksoy",
        ],
        endings: &[
            "maz", "türk", "taş", "ik", "in", "lan", "anlı", "ç", "oğlu", "kan", "demir", "man", "soy", "er", "can",
        ],
    },
];

const FORMS: [&str; 12] =
    ["Ltd", "LLC", "Inc", "GmbH", "S.A.", "Co., Ltd.", "OOO", "A.Ş.", "FZE", "PLC", "AG", "Trading Co."];

impl Synthetic {
    /// A source of entities with a seed.
    pub(crate) fn new(seed: u64) -> anyhow::Result<Synthetic> {
        let mut people = Vec::new();
        let mut trade = Vec::new();
        for background in backgrounds()? {
            let words = background.words.into_iter();
            match background.bearer {
                Bearer::Organization => trade.extend(words),
                _ => people.extend(words),
            }
        }
        // One file of given names comes before one of surnames; each begins with its commonest.
        let cut =
            people.windows(2).position(|w| w[1].1 > w[0].1).context("the background has one file of people only")?;
        let family = people.split_off(cut + 1);
        Ok(Synthetic {
            draw: Draw(seed),
            given: Weighted::of(people),
            family: Weighted::of(family),
            trade: Weighted::of(trade),
        })
    }

    /// Writes so many entities, a line each.
    pub(crate) fn write(&mut self, count: usize, out: &mut impl Write) -> io::Result<()> {
        let mut line = String::new();
        for number in 0..count {
            line.clear();
            self.entity(number, &mut line);
            line.push('\n');
            out.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    fn entity(&mut self, number: usize, line: &mut String) {
        let (schema, names, country) = match self.draw.below(20) {
            0 => ("Vessel", self.twice(Synthetic::ship), "pa"),
            1..=4 => ("Company", self.twice(Synthetic::company), "us"),
            _ => {
                let region = self.draw.below(2 * REGIONS.len());
                let country = REGIONS.get(region).map_or("us", |r| r.country);
                ("Person", self.twice(|s| s.person(region)), country)
            }
        };
        // Writing to a text cannot fail.
        let _ = write!(
            line,
            "{{\"id\":\"syn-{number:07}\",\"schema\":\"{schema}\",\"datasets\":[\"synthetic\"],\"properties\":{{\"name\":[\"{}\"]",
            names[0]
        );
        if let Some(alias) = names.get(1) {
            let _ = write!(line, ",\"alias\":[\"{alias}\"]");
        }
        if schema == "Person" && self.draw.below(10) < 7 {
            let (year, month, day) = (1930 + self.draw.below(75), 1 + self.draw.below(12), 1 + self.draw.below(28));
            let _ = write!(line, ",\"birthDate\":[\"{year}-{month:02}-{day:02}\"]");
        }
        let _ = write!(line, ",\"country\":[\"{country}\"]");
        if self.draw.below(4) == 0 {
            let property = match schema {
                "Person" => "passportNumber",
                "Company" => "registrationNumber",
                _ => "mmsi",
            };
            let _ = write!(line, ",\"{property}\":[\"{}\"]", 100_000_000 + self.draw.below(800_000_000));
        }
        line.push_str("}}");
    }

    /// One name, or for every third entity two.
    fn twice(&mut self, name: impl Fn(&mut Synthetic) -> String) -> Vec<String> {
        let count = if self.draw.below(3) == 0 { 2 } else { 1 };
        (0..count).map(|_| name(self)).collect()
    }

    fn person(&mut self, region: usize) -> String {
        let Some(region) = REGIONS.get(region) else {
            let given = self.given.pick(&mut self.draw);
            let middle =
                if self.draw.below(3) == 0 { format!(" {}", self.given.pick(&mut self.draw)) } else { String::new() };
            return format!("{given}{middle} {}", self.family.pick(&mut self.draw));
        };
        let mut pick = |from: &[&'static str]| from[self.draw.below(from.len())];
        let (given, family) = (pick(region.given), format!("{}{}", pick(region.stems), pick(region.endings)));
        match region.country {
            "cn" => format!("{family} {given}"),
            // The father's or a second given name.
            "sy" | "ir" => format!("{given} {} {family}", pick(region.given)),
            _ => format!("{given} {family}"),
        }
    }

    fn company(&mut self) -> String {
        let founder = self.family.pick(&mut self.draw).to_owned();
        let trade = self.trade.pick(&mut self.draw).to_owned();
        let more =
            if self.draw.below(2) == 0 { format!(" {}", self.trade.pick(&mut self.draw)) } else { String::new() };
        format!("{founder} {trade}{more} {}", FORMS[self.draw.below(FORMS.len())])
    }

    fn ship(&mut self) -> String {
        let first = self.trade.pick(&mut self.draw).to_owned();
        format!("{first} {} {}", self.given.pick(&mut self.draw), 1 + self.draw.below(40))
    }
}

impl Weighted {
    fn of(words: Vec<(String, f64)>) -> Weighted {
        let mut sum = 0.0;
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        };
        Weighted(
            words
                .into_iter()
                .map(|(word, share)| {
                    sum += share;
                    (capital(&word), sum)
                })
                .collect(),
        )
    }

    fn pick(&self, draw: &mut Draw) -> &str {
        const STEPS: usize = 1 << 30;
        let all = self.0.last().map_or(0.0, |last| last.1);
        let at = draw.below(STEPS) as f64 / STEPS as f64 * all;
        let index = self.0.partition_point(|word| word.1 <= at);
        self.0.get(index).map_or("", |word| word.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use mihenk_entities::Entity;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_entities_and_all_are_read() {
        let lines = |seed| {
            let mut out = Vec::new();
            Synthetic::new(seed).unwrap().write(500, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let text = lines(1);
        assert_eq!(text, lines(1));
        assert_ne!(text, lines(2));
        let entities: Vec<Entity> = text.lines().map(|line| Entity::from_json(line).unwrap()).collect();
        assert_eq!(entities.len(), 500);
        let people = entities.iter().filter(|e| e.schema.is("Person")).count();
        assert!((300..450).contains(&people), "three of four are people: {people}");
        assert!(entities.iter().all(|e| e.first("name").is_some_and(|n| n.contains(' '))));
    }
}
