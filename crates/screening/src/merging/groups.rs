//! Which entities are one, by rule and by decision.
//!
//! In come [`Subject`]s and what somebody decided of pairs of them; out come [`Groups`]: who is one and by which links, which links a
//! rule would have made but for what speaks against, and where decisions leave a question open. The order of what comes in does not
//! matter, but for the numbers.
//!
//! Decisions come first. Who is one by decision is different from everybody from whom any of them is. Then the rules: a link holds if
//! nothing speaks against its two ends, and then all links of a group hold together or none does. They do not if two of a group are
//! decided to be different, are two entries of one list, or contradict one another: to say which of the links is wrong is for a
//! person. So the result depends on no order, and more links never join less surely.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    merging::{
        FEW, Verdict,
        contradictions::{Subject, contradictions, schemata},
        keys::Key,
    },
    model::Model,
};

/// A link between two subjects, the smaller number first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The two.
    pub pair: (usize, usize),
    /// What they share; nothing for a link that somebody decided.
    pub shared: Vec<Key>,
}

/// A link that no rule makes, because something speaks against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// What they share.
    pub link: Link,
    /// What speaks against.
    pub reasons: Vec<String>,
}

/// A question that decisions leave open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// These two are decided to be different, and links, those of this group, make them one. None of those is followed.
    Different((usize, usize), Vec<Link>),
    /// These two are decided to be the same, and nothing is both.
    Unlike((usize, usize), String),
}

/// Entities that are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Their numbers, rising.
    pub members: Vec<usize>,
    /// What joins them.
    pub links: Vec<Link>,
}

/// Who is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Two or more that are one, by their smallest number.
    pub groups: Vec<Group>,
    /// What no rule joined.
    pub blocked: Vec<Blocked>,
    /// What decisions leave open.
    pub conflicts: Vec<Conflict>,
}

/// Joins subjects.
#[must_use]
pub fn join(subjects: &[Subject], decisions: &[(usize, usize, Verdict)], model: &Model) -> Groups {
    let mut out = Groups::default();
    let decided = Decided::new(subjects, decisions, &mut out.conflicts);
    let rules = rules(subjects, &decided, model, &mut out.blocked);
    let mut joined = decided.sets.clone();
    rules.iter().for_each(|link| joined.join(link.pair));
    let mut by_root: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    rules.into_iter().for_each(|link| by_root.entry(joined.root(link.pair.0)).or_default().push(link));
    for (root, members) in joined.sets() {
        let links = by_root.remove(&root).unwrap_or_default();
        let speaks = speaks_against(subjects, &members, &decided, &links, model);
        if let Some((pair, true)) = speaks.as_ref().map(|(pair, _, differ)| (*pair, *differ)) {
            out.conflicts.push(Conflict::Different(pair, links.clone()));
        }
        match speaks {
            None => out.groups.push(decided.group(members, links)),
            Some((_, reason, _)) => {
                out.groups.extend(decided.groups_within(&members));
                let blocked = links.into_iter().map(|link| Blocked { link, reasons: vec![reason.clone()] });
                out.blocked.extend(blocked);
            }
        }
    }
    out.groups.sort_by_key(|group| group.members[0]);
    out.blocked.sort_by_key(|blocked| blocked.link.pair);
    out
}

/// What speaks against a whole group: the pair, why, and whether somebody decided so.
fn speaks_against(
    subjects: &[Subject],
    members: &[usize],
    decided: &Decided,
    links: &[Link],
    model: &Model,
) -> Option<((usize, usize), String, bool)> {
    if links.is_empty() {
        return None;
    }
    let pairs = || pairs_of(members).filter(|&pair| !decided.are_one(pair));
    if let Some(pair) = pairs().find(|&pair| decided.differ(pair).is_some()) {
        let (a, b) = decided.differ(pair).unwrap_or(pair);
        let why = format!("{} and {} are decided to be different", subjects[a].id, subjects[b].id);
        return Some(((a, b), why, true));
    }
    if let Some((a, b)) = pairs().find(|&(a, b)| of_one_list(&subjects[a], &subjects[b])) {
        let why = format!("{} and {} of one list would be one", subjects[a].id, subjects[b].id);
        return Some(((a, b), why, false));
    }
    let is_linked = |pair: (usize, usize)| links.iter().any(|link| link.pair == pair);
    pairs().filter(|&pair| !is_linked(pair)).find_map(|(a, b)| {
        // They share nothing themselves, so their names may well be as far apart as those of the links.
        let own_number = [Key::Id(String::new())];
        let reasons = contradictions(&subjects[a], &subjects[b], &own_number, model);
        let why = format!("{} and {} would be one: {}", subjects[a].id, subjects[b].id, reasons.first()?);
        Some(((a, b), why, false))
    })
}

/// The links that rules make; what speaks against a pair goes to `blocked`.
fn rules(subjects: &[Subject], decided: &Decided, model: &Model, blocked: &mut Vec<Blocked>) -> Vec<Link> {
    let mut bearers: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
    for (number, subject) in subjects.iter().enumerate() {
        subject.keys.iter().for_each(|key| bearers.entry(key).or_default().push(number));
    }
    bearers.retain(|_, all| all.len() > 1 && all.len() <= FEW);
    let mut found: BTreeMap<(usize, usize), (Vec<Key>, bool)> = BTreeMap::new();
    for (key, all) in bearers {
        let is_ambiguous =
            |&(a, b): &(usize, usize)| of_one_list(&subjects[a], &subjects[b]) && !decided.are_one((a, b));
        let ambiguous = pairs_of(&all).any(|pair| is_ambiguous(&pair));
        for pair in pairs_of(&all).filter(|pair| !decided.are_one(*pair) && decided.differ(*pair).is_none()) {
            if of_one_list(&subjects[pair.0], &subjects[pair.1]) {
                continue;
            }
            let (keys, clear) = found.entry(pair).or_default();
            keys.push(key.clone());
            *clear |= !ambiguous;
        }
    }
    let mut links = Vec::new();
    for (pair, (shared, clear)) in found {
        let mut reasons = contradictions(&subjects[pair.0], &subjects[pair.1], &shared, model);
        if !clear {
            reasons.push("one of the lists gives it to two".to_owned());
        }
        let link = Link { pair, shared };
        match reasons.is_empty() {
            true => links.push(link),
            false => blocked.push(Blocked { link, reasons }),
        }
    }
    links
}

fn of_one_list(a: &Subject, b: &Subject) -> bool {
    a.lists.iter().any(|list| b.lists.contains(list))
}

fn pairs_of(members: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    members.iter().enumerate().flat_map(|(i, &a)| members[i + 1..].iter().map(move |&b| (a.min(b), a.max(b))))
}

/// What was decided, as far as it does not contradict itself.
struct Decided {
    sets: Sets,
    same: BTreeSet<(usize, usize)>,
    /// By the sets of the two: the two of whom it was said.
    different: BTreeMap<(usize, usize), (usize, usize)>,
}

impl Decided {
    fn new(subjects: &[Subject], decisions: &[(usize, usize, Verdict)], conflicts: &mut Vec<Conflict>) -> Decided {
        let of = |verdict: Verdict| -> BTreeSet<(usize, usize)> {
            let all = decisions.iter().filter(|(a, b, found)| *found == verdict && a != b);
            all.map(|&(a, b, _)| (a.min(b), a.max(b))).collect()
        };
        let (mut same, apart) = (of(Verdict::Same), of(Verdict::Different));
        same.retain(|&(a, b)| match schemata(subjects[a].record.schema, subjects[b].record.schema) {
            None => true,
            Some(why) => {
                conflicts.push(Conflict::Unlike((a, b), why));
                false
            }
        });
        let mut sets = Sets::new(subjects.len());
        same.iter().for_each(|&pair| sets.join(pair));
        for (root, members) in sets.sets() {
            let is_apart = |pair: &&(usize, usize)| sets.root(pair.0) == root && sets.root(pair.1) == root;
            // A chain of decisions may join what nothing is both of.
            let unlike = pairs_of(&members)
                .find_map(|(a, b)| Some(((a, b), schemata(subjects[a].record.schema, subjects[b].record.schema)?)));
            if let Some(&pair) = apart.iter().find(is_apart) {
                let links = same.iter().filter(|(a, _)| members.contains(a));
                let links = links.map(|&pair| Link { pair, shared: Vec::new() }).collect();
                conflicts.push(Conflict::Different(pair, links));
            } else if let Some((pair, why)) = unlike {
                conflicts.push(Conflict::Unlike(pair, why));
            } else {
                continue;
            }
            same.retain(|(a, _)| !members.contains(a));
        }
        let mut sets = Sets::new(subjects.len());
        same.iter().for_each(|&pair| sets.join(pair));
        let by_sets = |&(a, b): &(usize, usize)| (ordered(sets.root(a), sets.root(b)), (a, b));
        let different = apart.iter().rev().map(by_sets).collect();
        Decided { sets, same, different }
    }

    /// Whether two are one by decision.
    fn are_one(&self, (a, b): (usize, usize)) -> bool {
        self.sets.root(a) == self.sets.root(b)
    }

    /// The decision that makes two different: of themselves, or of others that are one with them.
    fn differ(&self, (a, b): (usize, usize)) -> Option<(usize, usize)> {
        self.different.get(&ordered(self.sets.root(a), self.sets.root(b))).copied()
    }

    fn group(&self, members: Vec<usize>, mut links: Vec<Link>) -> Group {
        let same = members.iter().flat_map(|&a| self.same.range((a, 0)..(a + 1, 0)));
        links.extend(same.map(|&pair| Link { pair, shared: Vec::new() }));
        links.sort_by_key(|link| link.pair);
        Group { members, links }
    }

    /// What is one by decision alone.
    fn groups_within(&self, members: &[usize]) -> Vec<Group> {
        let mut by_root: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        members.iter().for_each(|&member| by_root.entry(self.sets.root(member)).or_default().push(member));
        by_root.into_values().filter(|all| all.len() > 1).map(|all| self.group(all, Vec::new())).collect()
    }
}

fn ordered(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// Disjoint sets of numbers, each named by its smallest.
#[derive(Clone)]
struct Sets(Vec<usize>);

impl Sets {
    fn new(len: usize) -> Sets {
        Sets((0..len).collect())
    }

    fn root(&self, mut at: usize) -> usize {
        while self.0[at] != at {
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, (a, b): (usize, usize)) {
        let (a, b) = ordered(self.root(a), self.root(b));
        self.0[b] = a;
    }

    /// All sets of two or more, by their names.
    fn sets(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut all: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        (0..self.0.len()).for_each(|at| all.entry(self.root(at)).or_default().push(at));
        all.retain(|_, members| members.len() > 1);
        all
    }
}

#[cfg(test)]
mod tests {
    use mihenk_entities::Entity;
    use proptest::prelude::*;

    use super::*;
    use crate::{merging::keys::keys, record::Record};

    /// An entity of a list, with the UN reference that it cites if it cites one.
    fn subject(id: &str, list: u32, schema: &str, properties: &str, cites: &str) -> Subject {
        let text = format!(r#"{{"id":"{id}","schema":"{schema}","properties":{{{properties}}}}}"#);
        let entity = Entity::from_json(&text).unwrap();
        let values =
            entity.properties.iter().flat_map(|(p, values)| values.iter().map(move |v| (p.as_str(), v.as_str())));
        let mut all = keys(entity.schema, values);
        if !cites.is_empty() {
            all.push(Key::Reference("UN", cites.to_owned()));
        }
        Subject { id: id.to_owned(), lists: vec![list], record: Record::of(&entity), keys: all }
    }

    fn person(id: &str, list: u32, more: &str, cites: &str) -> Subject {
        subject(id, list, "Person", &format!(r#""name":["Hossein Zolfaqari"]{more}"#), cites)
    }

    fn joined(subjects: &[Subject], decisions: &[(usize, usize, Verdict)]) -> Groups {
        static MODEL: std::sync::LazyLock<Model> = std::sync::LazyLock::new(Model::built_in);
        join(subjects, decisions, &MODEL)
    }

    fn members(groups: &Groups) -> Vec<Vec<usize>> {
        groups.groups.iter().map(|group| group.members.clone()).collect()
    }

    #[test]
    fn three_lists_that_cite_one_reference_are_one() {
        let all = [person("a", 0, "", "QDi.001"), person("b", 1, "", "QDi.001"), person("c", 2, "", "QDi.001")];
        let groups = joined(&all, &[]);
        assert_eq!(members(&groups), [[0, 1, 2]]);
        assert_eq!(groups.groups[0].links.len(), 3);
        assert!(groups.blocked.is_empty() && groups.conflicts.is_empty());
    }

    #[test]
    fn a_chain_over_two_kinds_of_numbers_is_closed() {
        let passport = r#","nationality":["ir"],"passportNumber":["A1234567"]"#;
        let all = [person("a", 0, "", "QDi.001"), person("b", 1, passport, "QDi.001"), person("c", 2, passport, "")];
        assert_eq!(members(&joined(&all, &[])), [[0, 1, 2]]);
    }

    #[test]
    fn what_speaks_against_makes_it_a_question() {
        let born = |day: &str| format!(r#","birthDate":["{day}"]"#);
        let base = person("a", 0, &(born("1960-05-17") + r#","gender":["male"]"#), "QDi.001");
        for (other, word) in [
            (person("b", 1, &born("1971-02-03"), "QDi.001"), "dates lie apart (1960-05-17 / 1971-02-03)"),
            (person("b", 1, &born("1960-11-30"), "QDi.001"), "dates lie apart"),
            (person("b", 1, &born("1971"), "QDi.001"), "dates lie apart"),
            (person("b", 1, r#","gender":["female"]"#, "QDi.001"), "genders differ"),
            (
                subject("b", 1, "Company", r#""name":["Hossein Zolfaqari"]"#, "QDi.001"),
                "one is a Person, the other one a Company",
            ),
            (subject("b", 1, "Person", r#""name":["Birgit Claesson"]"#, "QDi.001"), "no word of their names"),
        ] {
            let groups = joined(&[base.clone(), other], &[]);
            assert!(groups.groups.is_empty(), "{word}");
            assert!(groups.blocked[0].reasons.iter().any(|reason| reason.contains(word)), "{:?}", groups.blocked);
        }
        for same in ["1960-05-17", "1960-05-16", "1960", "1960-05", "1961"] {
            let groups = joined(&[base.clone(), person("b", 1, &born(same), "QDi.001")], &[]);
            assert_eq!(members(&groups), [[0, 1]], "{same}");
        }
    }

    #[test]
    fn a_ship_may_change_its_name_and_not_its_number() {
        let ship = |id, list, name: &str, imo: &str| {
            let values = format!(
                r#""name":["{name}"],"imoNumber":["{imo}"],"registrationNumber":["12345678"],"flag":["ir"],"country":["ir"]"#
            );
            subject(id, list, "Vessel", &values, "")
        };
        assert_eq!(
            members(&joined(&[ship("a", 0, "Karim", "9074729"), ship("b", 1, "Stella", "9074729")], &[])),
            [[0, 1]]
        );
        // The other number is right by the same rule: 9·7+1·6+8·5+7·4+6·3+2·2 = 159.
        let groups = joined(&[ship("a", 0, "Karim", "9074729"), ship("b", 1, "Karim", "9187629")], &[]);
        assert!(groups.groups.is_empty());
        assert_eq!(groups.blocked[0].reasons, ["their IMO numbers differ (9074729 / 9187629)"]);
    }

    #[test]
    fn a_number_of_many_or_of_two_of_one_list_joins_nobody() {
        let passport = r#","nationality":["ir"],"passportNumber":["A1234567"]"#;
        let many: Vec<Subject> = (0..6).map(|n| person(&format!("p{n}"), n, passport, "")).collect();
        assert_eq!(joined(&many, &[]), Groups::default());
        assert_eq!(members(&joined(&many[..5], &[])), [[0, 1, 2, 3, 4]]);
        let two = [person("a", 0, passport, ""), person("b", 1, passport, ""), person("c", 1, passport, "")];
        let groups = joined(&two, &[]);
        assert!(groups.groups.is_empty());
        assert_eq!(groups.blocked.len(), 2);
        assert_eq!(groups.blocked[0].reasons, ["one of the lists gives it to two"]);
        // Once somebody has said that the two are one, they have one number.
        assert_eq!(members(&joined(&two, &[(1, 2, Verdict::Same)])), [[0, 1, 2]]);
    }

    #[test]
    fn two_of_one_list_are_not_joined_over_a_third() {
        let passport = r#","nationality":["ir"],"passportNumber":["A1234567"]"#;
        let all = [person("a", 0, passport, "QDi.001"), person("b", 1, passport, ""), person("c", 1, "", "QDi.001")];
        let groups = joined(&all, &[]);
        assert!(groups.groups.is_empty() && groups.conflicts.is_empty());
        assert_eq!(groups.blocked.len(), 2);
        assert!(groups.blocked[0].reasons[0].contains("b and c of one list"), "{:?}", groups.blocked);
    }

    #[test]
    fn a_decision_comes_before_a_rule() {
        let all = [person("a", 0, "", "QDi.001"), person("b", 1, "", "QDi.001"), person("c", 2, "", "")];
        assert_eq!(joined(&all, &[(0, 1, Verdict::Different)]), Groups::default(), "no rule, and nothing to ask");
        let same = joined(&all, &[(2, 1, Verdict::Same)]);
        assert_eq!(members(&same), [[0, 1, 2]]);
        assert_eq!(same.groups[0].links[1], Link { pair: (1, 2), shared: Vec::new() });
        // Who is one with b is different from a as well.
        let both = joined(&all, &[(1, 2, Verdict::Same), (0, 2, Verdict::Different)]);
        assert_eq!((members(&both), both.conflicts.len()), (vec![vec![1, 2]], 0));
    }

    #[test]
    fn what_decisions_leave_open_is_said_and_not_guessed() {
        let all = [person("a", 0, "", "QDi.001"), person("b", 1, "", "QDi.001"), person("c", 2, "", "QDi.001")];
        let groups = joined(&all, &[(0, 2, Verdict::Different)]);
        assert!(groups.groups.is_empty(), "b is one with a or with c, and nobody has said with whom");
        assert!(matches!(&groups.conflicts[..], [Conflict::Different((0, 2), links)] if links.len() == 2));
        let settled = joined(&all, &[(0, 2, Verdict::Different), (1, 2, Verdict::Different)]);
        assert_eq!((members(&settled), settled.conflicts.len()), (vec![vec![0, 1]], 0));
        let against_itself = [(0, 1, Verdict::Same), (1, 2, Verdict::Same), (0, 2, Verdict::Different)];
        let apart: Vec<Subject> = ["a", "b", "c"].iter().zip(0..).map(|(id, list)| person(id, list, "", "")).collect();
        let groups = joined(&apart, &against_itself);
        assert!(groups.groups.is_empty());
        assert!(matches!(&groups.conflicts[..], [Conflict::Different((0, 2), links)] if links.len() == 2));
        let firm = [apart[0].clone(), subject("f", 1, "Company", r#""name":["Zamani"]"#, "")];
        assert!(matches!(&joined(&firm, &[(0, 1, Verdict::Same)]).conflicts[..], [Conflict::Unlike((0, 1), _)]));
    }

    proptest! {
        /// Whatever was decided: no list loses the difference between two of its own by a rule, nobody is one with whom somebody
        /// said they are different from, and neither the order of the subjects nor that of the decisions matters.
        #[test]
        fn groups_keep_what_was_decided_whatever_the_order(
            cites in prop::collection::vec((0u32..4, 0usize..4, 0usize..3), 2..9),
            decisions in prop::collection::vec((0usize..9, 0usize..9, any::<bool>()), 0..6),
            turn in 0usize..9,
        ) {
            let len = cites.len();
            let subjects: Vec<Subject> = cites.iter().enumerate().map(|(n, &(list, reference, passport))| {
                let cited = if reference == 0 { String::new() } else { format!("QDi.00{reference}") };
                let number = if passport == 0 { String::new() } else { format!(r#","nationality":["ir"],"passportNumber":["A123456{passport}"]"#) };
                person(&format!("p{n}"), list, &number, &cited)
            }).collect();
            let verdict = |same| if same { Verdict::Same } else { Verdict::Different };
            let decided: BTreeMap<(usize, usize), Verdict> = decisions.iter().filter(|(a, b, _)| a % len != b % len)
                .map(|&(a, b, same)| (ordered(a % len, b % len), verdict(same))).collect();
            let decided: Vec<(usize, usize, Verdict)> = decided.into_iter().map(|((a, b), v)| (a, b, v)).collect();
            let groups = joined(&subjects, &decided);
            for group in &groups.groups {
                for pair in pairs_of(&group.members) {
                    prop_assert!(!decided.contains(&(pair.0, pair.1, Verdict::Different)));
                    let one_list = of_one_list(&subjects[pair.0], &subjects[pair.1]);
                    prop_assert!(!one_list || decided.iter().any(|d| d.2 == Verdict::Same));
                }
            }
            let moved = |n: usize| (n + turn) % len;
            let mut turned = subjects;
            turned.rotate_right(turn % len);
            let decided: Vec<(usize, usize, Verdict)> = decided.iter().rev().map(|&(a, b, v)| (moved(b), moved(a), v)).collect();
            let again = joined(&turned, &decided);
            let mut expected: Vec<Vec<usize>> = members(&groups).into_iter().map(|mut all| {
                all.iter_mut().for_each(|n| *n = moved(*n));
                all.sort_unstable();
                all
            }).collect();
            expected.sort();
            prop_assert_eq!(members(&again), expected);
            prop_assert_eq!(again.blocked.len(), groups.blocked.len());
        }
    }
}
