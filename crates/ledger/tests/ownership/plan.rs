//! Structures in words: `X listed`, `X owns 50 of A`, `A is blocked`.
//!
//! In comes a text, out comes a [`Plan`]: a graph, who is listed, and what is expected of whom. A line that is not understood fails the test.

use std::collections::BTreeMap;

use mihenk_ledger::ownership::{
    graph::{Edge, Graph},
    holding::{Interest, PartyNo},
    rule::Rule,
    share::Share,
    solve::{Answer, Listed, Sums, solve},
};

/// What is expected of a party, as recorded or bounded, in the order of the rules.
pub(crate) struct Expected {
    pub(crate) party: PartyNo,
    pub(crate) sums: Sums,
    pub(crate) answers: Vec<Answer>,
    pub(crate) line: String,
}

#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) names: BTreeMap<String, PartyNo>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) certain: Vec<PartyNo>,
    pub(crate) perhaps: Vec<PartyNo>,
    pub(crate) unknown: Vec<PartyNo>,
    pub(crate) expected: Vec<Expected>,
}

impl Plan {
    pub(crate) fn read(text: &str) -> Plan {
        let mut plan = Plan::default();
        for line in text.lines().map(|line| line.split('#').next().unwrap().trim()).filter(|line| !line.is_empty()) {
            plan.line(line);
        }
        plan
    }

    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [name, "listed"] => {
                let party = self.party(name);
                self.certain.push(party);
            }
            [name, "perhaps", "listed"] => {
                let party = self.party(name);
                self.perhaps.push(party);
            }
            [name, "unknown"] => {
                let party = self.party(name);
                self.unknown.push(party);
            }
            [owner, "owns", share @ .., "of", asset] => self.edge(owner, asset, Interest::Shares, &share.join(" ")),
            [owner, "votes", share @ .., "of", asset] => self.edge(owner, asset, Interest::Votes, &share.join(" ")),
            [owner, "appoints", "board", "of", asset] => self.edge(owner, asset, Interest::Board, "100"),
            [owner, "controls", asset] => self.edge(owner, asset, Interest::Control, "[0,100]"),
            [owner, "directs", asset] => self.edge(owner, asset, Interest::Office, "100"),
            ["expect", party, answers] => self.expect(party, answers, Sums::Bounded, line),
            ["as-recorded", party, answers] => self.expect(party, answers, Sums::AsRecorded, line),
            _ => panic!("not understood: {line}"),
        }
    }

    fn party(&mut self, name: &str) -> PartyNo {
        let next = PartyNo::try_from(self.names.len()).unwrap();
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    fn edge(&mut self, owner: &str, asset: &str, interest: Interest, share: &str) {
        let share = if share == "unknown" { Share::UNKNOWN } else { Share::parse(share).unwrap() };
        let (owner, asset) = (self.party(owner), self.party(asset));
        self.edges.push(Edge { owner, asset, interest, share });
    }

    /// Letters for OFAC, the EU, the UK: B blocked, N not blocked, T cannot be told, L listed.
    fn expect(&mut self, party: &str, answers: &str, sums: Sums, line: &str) {
        let answer = |letter: char| match letter {
            'B' => Answer::Blocked,
            'N' => Answer::NotBlocked,
            'T' => Answer::CannotBeTold,
            'L' => Answer::Listed,
            _ => panic!("{line}"),
        };
        let party = self.names[party];
        self.expected.push(Expected { party, sums, answers: answers.chars().map(answer).collect(), line: line.into() });
    }

    pub(crate) fn graph(&self) -> Graph {
        Graph::new(self.names.len(), self.edges.clone())
    }

    pub(crate) fn listed(&self) -> Listed {
        let mut listed = Listed::nobody(self.names.len());
        self.certain.iter().for_each(|party| listed.certain[*party as usize] = true);
        self.perhaps.iter().for_each(|party| listed.perhaps[*party as usize] = true);
        self.unknown.iter().for_each(|party| listed.unknown[*party as usize] = true);
        listed
    }

    /// Fails unless every expectation holds.
    pub(crate) fn check(&self, title: &str) {
        assert!(!self.expected.is_empty(), "{title}: nothing is expected");
        let (graph, listed, rules) = (self.graph(), self.listed(), Rule::all().unwrap());
        for expected in &self.expected {
            assert_eq!(expected.answers.len(), rules.len(), "{title}: {}", expected.line);
            for (rule, answer) in rules.iter().zip(&expected.answers) {
                let found = solve(&graph, rule, &listed, expected.sums).answer(expected.party);
                assert_eq!(found, *answer, "{title}: {} under {}", expected.line, rule.id);
            }
        }
    }
}
