//! Public counts of names: how common words are among people and organisations at large.
//!
//! In comes the text of a file of counts, out comes a [`Background`]. A comment begins with `#`; of these `# population: …` says
//! who was counted, and `# bearers: organizations` that it was not people. Every other line is a word and the share of bearers
//! that have it, from 0 to 1. Files that name one population are parts of it: a person has a word of each.

use mihenk_names::Bearer;
use thiserror::Error;

/// A public population: words with the share of people or organisations that bear them.
#[derive(Clone, Debug, PartialEq)]
pub struct Background {
    /// What it is.
    pub title: String,
    /// Who was counted.
    pub bearer: Bearer,
    /// Word and share of bearers.
    pub words: Vec<(String, f64)>,
}

/// Why a text is no file of counts.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BackgroundError {
    /// A line that is no word with a share.
    #[error("line {line}: '{found}'; expected a word and a share between 0 and 1")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// Unknown bearers.
    #[error("'# bearers: {0}'; expected 'people' or 'organizations'")]
    Bearers(String),
    /// One population was counted among people in one file, among organisations in another.
    #[error("the population '{0}' has people in one file and organisations in another")]
    Mixed(String),
    /// Nobody was counted.
    #[error("no words; expected a word and a share between 0 and 1 on each line")]
    Empty,
}

impl Background {
    /// Reads a file of counts; `name` is its title if its head gives none.
    ///
    /// # Errors
    /// [`BackgroundError`] names the line.
    pub fn read(name: &str, text: &str) -> Result<Background, BackgroundError> {
        let head = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        let bearer = match head("# bearers:") {
            None | Some("people") => Bearer::Person,
            Some("organizations") => Bearer::Organization,
            Some(other) => return Err(BackgroundError::Bearers(other.to_owned())),
        };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let words = lines
            .map(|(i, line)| {
                word_and_share(line).ok_or_else(|| BackgroundError::Line { line: i + 1, found: line.to_owned() })
            })
            .collect::<Result<Vec<_>, _>>()?;
        if words.is_empty() {
            return Err(BackgroundError::Empty);
        }
        Ok(Background { title: head("# population:").unwrap_or(name).to_owned(), bearer, words })
    }

    /// Takes a further file in: as a part of the population that it names, or as one of its own.
    ///
    /// # Errors
    /// When both name one population and not the same bearers.
    pub fn add_to(self, all: &mut Vec<Background>) -> Result<(), BackgroundError> {
        match all.iter_mut().find(|known| known.title == self.title) {
            Some(known) if known.bearer != self.bearer => Err(BackgroundError::Mixed(self.title)),
            Some(known) => {
                known.words.extend(self.words);
                Ok(())
            }
            None => {
                all.push(self);
                Ok(())
            }
        }
    }
}

fn word_and_share(line: &str) -> Option<(String, f64)> {
    let (word, share) = line.trim().rsplit_once(char::is_whitespace)?;
    let share: f64 = share.parse().ok().filter(|share| (0.0..=1.0).contains(share))?;
    Some((word.trim().to_owned(), share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_who_was_counted() {
        let people = Background::read("a.txt", "# population: all\nsmith 0.01\n\nde la 0.5\n").unwrap();
        assert_eq!((people.title.as_str(), people.bearer), ("all", Bearer::Person));
        assert_eq!(people.words, [("smith".to_owned(), 0.01), ("de la".to_owned(), 0.5)]);
        let firms = Background::read("b.txt", "# bearers: organizations\nbank 0.1\n").unwrap();
        assert_eq!((firms.title.as_str(), firms.bearer), ("b.txt", Bearer::Organization));
    }

    #[test]
    fn what_is_no_count_is_named() {
        let error = |text| Background::read("a.txt", text).unwrap_err().to_string();
        assert!(error("smith 0.01\njones 1.5\n").starts_with("line 2: 'jones 1.5'"));
        assert!(error("smith\n").starts_with("line 1: 'smith'"));
        assert!(error("# bearers: ships\nstar 0.1\n").contains("ships"));
        assert_eq!(Background::read("a.txt", "# nothing\n"), Err(BackgroundError::Empty));
    }

    #[test]
    fn files_of_one_population_are_counted_together() {
        let mut all = Vec::new();
        for text in ["# population: x\na 0.1\n", "# population: x\nb 0.2\n", "# population: y\nc 0.3\n"] {
            Background::read("", text).unwrap().add_to(&mut all).unwrap();
        }
        assert_eq!(all.iter().map(|b| b.words.len()).collect::<Vec<_>>(), [2, 1]);
        let other = Background::read("", "# population: x\n# bearers: organizations\nd 0.1\n").unwrap();
        assert_eq!(other.add_to(&mut all), Err(BackgroundError::Mixed("x".to_owned())));
    }
}
