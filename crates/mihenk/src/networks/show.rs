//! How a network is told to a person: what names were taken for, paths step by step with what each is worth and why, neighbours, groups.
//!
//! In comes an answer, out comes text. Every figure stands beside what it is made of.

use mihenk_node::{
    ledger::networks::{
        Source, Step, Tie,
        around::Around,
        groups::Group,
        paths::{Between, Path},
    },
    networks::{Answered, By, Taken, labelled},
};

use crate::{
    paint::{Paint, count, wrapped},
    table::Table,
};

pub(super) fn told(answered: &Answered, paths_asked: usize) -> String {
    let show = Show { answered, paths_asked, paint: Paint::for_stdout() };
    let mut out: String = answered.taken.iter().map(|taken| show.taken(taken)).collect();
    for two in &answered.between {
        out.push_str(&show.between(two));
    }
    if let Some(around) = &answered.around {
        out.push_str(&show.around(around));
    }
    if let Some(groups) = &answered.groups {
        out.push_str(&show.groups(groups));
    }
    out.push('\n');
    out.push_str(&show.made_of());
    out
}

struct Show<'a> {
    answered: &'a Answered,
    paths_asked: usize,
    paint: Paint,
}

impl Show<'_> {
    fn name(&self, id: &str) -> String {
        let name = self.answered.subjects.get(id).map_or("", |subject| subject.name.as_str());
        if name.is_empty() { id.to_owned() } else { name.to_owned() }
    }

    /// A subject on a line of its own.
    fn subject(&self, id: &str) -> String {
        let subject = self.answered.subjects.get(id);
        let kind = subject.map_or(String::new(), |subject| {
            let listed = if subject.is_listed { ", listed" } else { "" };
            format!("{id}, {}{listed}", subject.what)
        });
        let (name, about) = (self.paint.foreign(&self.name(id)), self.paint.foreign(&kind));
        format!("{} {}\n", self.paint.strong(&name), self.paint.dim(&format!("({about})")))
    }

    fn taken(&self, taken: &Taken) -> String {
        let by = match &taken.by {
            By::Id => return String::new(),
            By::Name => "which alone is called so".to_owned(),
            By::Screening { shown, .. } => format!("the best hit of screening, score {shown}"),
        };
        let mut out = format!("'{}' was taken for {} ({}), {by}\n", taken.asked, taken.name, taken.id);
        if !taken.others.is_empty() {
            let others: Vec<String> = taken.others.iter().map(|(name, id)| format!("{name} ({id})")).collect();
            out.push_str(&format!("  it may also be {}\n", others.join(", ")));
        }
        out.lines().map(|line| format!("{}\n", self.paint.warn(&self.paint.foreign(line)))).collect()
    }

    fn between(&self, two: &Between) -> String {
        let heading = format!("{} and {}", self.name(&two.from), self.name(&two.to));
        let mut out = format!("\n{}\n", self.paint.strong(&self.paint.foreign(&heading)));
        let ties = match two.ties_searched {
            1 => "one tie".to_owned(),
            many => format!("{many} ties"),
        };
        if two.strongest.is_empty() {
            let why = match two.is_apart {
                true => "Nothing ties them, by however many ties.".to_owned(),
                false => format!("No path of up to {ties} was found."),
            };
            out.push_str(&format!("  {why}\n"));
        }
        let mut paths: Vec<(&Path, Option<usize>, Option<usize>)> = Vec::new();
        paths.extend(two.strongest.iter().enumerate().map(|(at, path)| (path, Some(at + 1), None)));
        for (at, path) in two.shortest.iter().enumerate() {
            match paths.iter_mut().find(|known| known.0 == path) {
                Some(known) => known.2 = Some(at + 1),
                None => paths.push((path, None, Some(at + 1))),
            }
        }
        for (number, (path, by_evidence, by_length)) in paths.iter().enumerate() {
            let rank = |place: &Option<usize>, by: &str| place.map(|place| format!("{} by {by}", ordinal(place)));
            let ranks: Vec<String> =
                [rank(by_evidence, "evidence"), rank(by_length, "length")].into_iter().flatten().collect();
            out.push_str(&format!("\n  Path {} · {}\n  {}\n", number + 1, ranks.join(", "), strength(path)));
            out.push_str(&self.path(path));
        }
        if !two.shared.is_empty() {
            out.push_str("\n  In common, but with too many others to tie them:\n");
            for shared in &two.shared {
                let line = format!(
                    "{} {}: {} subjects, {} bits",
                    shared.what,
                    shared.value,
                    count(shared.bearers),
                    shared.bits
                );
                out.push_str(&self.lines(&line, "  - ", "    "));
            }
        }
        if two.is_cut {
            out.push_str("  There may be more paths: not all beginnings were followed.\n");
        }
        if !two.is_cut && (1..self.paths_asked).contains(&two.strongest.len()) {
            out.push_str(&format!("\n  {}\n", self.paint.dim(&format!("There is no other path of up to {ties}."))));
        }
        out
    }

    fn path(&self, path: &Path) -> String {
        let Some(first) = path.steps.first() else { return String::new() };
        let mut out = format!("    {}", self.subject(&first.from));
        for step in &path.steps {
            for (at, tie) in step.ties.iter().enumerate() {
                out.push_str(&self.tie(step, tie, at == 0));
            }
            out.push_str(&format!("    {}", self.subject(&step.to)));
        }
        out
    }

    /// A tie with what it is worth and why.
    fn tie(&self, step: &Step, tie: &Tie, leads: bool) -> String {
        let (arrow, what, why) = match tie {
            Tie::Relation { kind, from, words, .. } => {
                let arrow = if *from == step.from { "↓" } else { "↑" };
                (arrow, labelled(*kind, words), "as stated".to_owned())
            }
            Tie::Attribute { attribute, bearers, among, .. } => (
                "↕",
                format!("the same {} {}", attribute.kind.label(), attribute.shown),
                format!("{} subjects bear it, counted among {}", count(*bearers), count(*among as usize)),
            ),
        };
        let bits = format!("{:>6}", tie.bits().to_string());
        let (head, what) = match leads {
            true => (format!("      {arrow} {bits}  "), what),
            false => (format!("        {bits}  "), format!("also {what} (not added)")),
        };
        let indent = " ".repeat(16);
        let because = format!("{why}; {}", sources(tie.sources()));
        let because: String =
            self.lines(&because, &indent, &indent).lines().map(|line| self.paint.dim(line) + "\n").collect();
        self.lines(&what, &head, &indent) + &because
    }

    fn lines(&self, text: &str, first: &str, rest: &str) -> String {
        wrapped(&self.paint.foreign(text), first, rest).into_iter().map(|line| line + "\n").collect()
    }

    fn around(&self, around: &Around) -> String {
        let mut out = format!("\n{}", self.subject(&around.of));
        if around.paths.is_empty() {
            out.push_str("  Nothing ties it to anybody.\n");
            return out;
        }
        let mut table = Table::new(&["strength", "ties", "subject", "id", "kind", "how"]);
        for path in &around.paths {
            let Some(last) = path.steps.last() else { continue };
            let subject = self.answered.subjects.get(&last.to);
            let listed = if subject.is_some_and(|subject| subject.is_listed) { ", listed" } else { "" };
            let kind = subject.map_or(String::new(), |subject| format!("{}{listed}", subject.what));
            let row = [
                format!("{:>8}", path.strength.to_string()),
                path.steps.len().to_string(),
                self.name(&last.to),
                last.to.clone(),
            ];
            table.row(row.into_iter().chain([kind, self.how(path)]));
        }
        out.push('\n');
        out.push_str(&table.to_string());
        if around.reached > around.paths.len() {
            let (shown, all) = (around.paths.len(), count(around.reached));
            out.push_str(&format!("The strongest {shown} of {all}; --neighbours shows more.\n"));
        }
        out.push_str(&format!(
            "\n{}\n",
            self.paint.dim("strength = weakest tie of the path − 3.00 bits for each tie beyond the first")
        ));
        out
    }

    /// A path in a few words: what leads on, by whom.
    fn how(&self, path: &Path) -> String {
        let told = path.steps.iter().enumerate().map(|(at, step)| {
            let via = if at == 0 { String::new() } else { format!("{} · ", self.name(&step.from)) };
            let more = if step.ties.len() > 1 { format!(" and {} more", step.ties.len() - 1) } else { String::new() };
            format!("{via}{}{more}", self.short(step))
        });
        told.collect::<Vec<_>>().join("; by ")
    }

    /// What a step goes by, read from its beginning.
    fn short(&self, step: &Step) -> String {
        step.ties.first().map_or_else(String::new, |tie| short(tie, step))
    }

    fn groups(&self, groups: &[Group]) -> String {
        if groups.is_empty() {
            return "\nNo group is proposed: nobody is tied by two kinds of strong ties.\n".to_owned();
        }
        let mut out = String::new();
        for (at, group) in groups.iter().enumerate() {
            let heading =
                format!("Group {} · {} members · held together by {} bits", at + 1, group.members.len(), group.bits);
            out.push_str(&format!("\n{}\n\n", self.paint.strong(&heading)));
            let mut table = Table::new(&["member", "id", "kind", ""]);
            for member in &group.members {
                let listed = if member.is_listed { "listed" } else { "" };
                table.row([member.name.clone(), member.id.clone(), member.what.clone(), listed.to_owned()]);
            }
            out.push_str(&table.to_string());
            out.push('\n');
            let mut table = Table::new(&["bits", "one", "other", "tied by"]);
            for pair in &group.pairs {
                let ties: Vec<String> = pair.step.ties.iter().map(|tie| short(tie, &pair.step)).collect();
                let (one, other) = (self.name(&pair.step.from), self.name(&pair.step.to));
                table.row([pair.bits.to_string(), one, other, ties.join("; ")]);
            }
            out.push_str(&table.to_string());
        }
        out.push_str("\nA group is a proposal: nothing was stored, and nobody was made one with another.\n");
        out
    }

    fn made_of(&self) -> String {
        let made = &self.answered.made_of;
        let mut parts = vec![format!("{} subjects and {} ties", count(made.subjects), count(made.ties))];
        if !made.sources.is_empty() {
            let lists = made.sources.len();
            parts.push(format!("of {lists} list{}", if lists == 1 { "" } else { "s" }));
        }
        if let (Some(customers), Some(cases)) = (made.customers, made.cases) {
            parts.push(format!("with {} customers and {} cases", count(customers), count(cases)));
        }
        let mut out = parts.join(" ");
        let left = [
            (made.unread.telephones, "telephone without a country", "telephones without a country"),
            (made.unread.addresses, "address that is a town or a street", "addresses that are a town or a street"),
            (made.unread.numbers, "number that is too short", "numbers that are too short"),
            (made.left.without_end, "relation to a record that is not here", "relations to records that are not here"),
            (made.left.with_itself, "relation of a record with itself", "relations of records with themselves"),
            (made.unread.victims, "record of a victim", "records of victims"),
        ];
        let told = |(n, one, many): &(usize, &str, &str)| format!("{} {}", count(*n), if *n == 1 { one } else { many });
        let left: Vec<String> = left.iter().filter(|(n, ..)| *n > 0).map(told).collect();
        if !left.is_empty() {
            out.push_str(&format!("; left out: {}", left.join(", ")));
        }
        self.lines(&out, "", "").lines().map(|line| self.paint.dim(line) + "\n").collect()
    }
}

fn short(tie: &Tie, step: &Step) -> String {
    match tie {
        Tie::Relation { kind, from, words, bits, .. } => {
            let way = if *from == step.from { "→" } else { "←" };
            format!("{way} {} [{bits}]", labelled(*kind, words))
        }
        Tie::Attribute { attribute, bearers, bits, .. } => {
            format!("{} {} (borne by {bearers}) [{bits}]", attribute.kind.label(), attribute.shown)
        }
    }
}

fn strength(path: &Path) -> String {
    match path.steps.len() {
        0 | 1 => format!("strength {} bits: its one tie", path.strength),
        2 => format!(
            "strength {} bits = weakest tie {} − {} for one tie more",
            path.strength, path.weakest, path.discount
        ),
        ties => format!(
            "strength {} bits = weakest tie {} − {} for {} ties more",
            path.strength,
            path.weakest,
            path.discount,
            ties - 1
        ),
    }
}

fn sources(sources: &[Source]) -> String {
    let mut told: Vec<String> = Vec::new();
    for source in sources {
        let record = if source.record.is_empty() { String::new() } else { format!(" ({})", source.record) };
        let since = if source.since.is_empty() { String::new() } else { format!(", since {}", source.since) };
        let until = if source.until.is_empty() { String::new() } else { format!(", until {}", source.until) };
        let one = format!("{}{record}{since}{until}", source.origin);
        if !told.contains(&one) {
            told.push(one);
        }
    }
    told.join(" and ")
}

fn ordinal(place: usize) -> String {
    let end = match place {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{place}{end}")
}
