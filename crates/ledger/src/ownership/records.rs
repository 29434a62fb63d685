//! Entities in, a [`Network`] out: which record of FollowTheMoney says what of shares, control, offices, ties and listings.
//!
//! `Ownership` is shares; `Control` is votes, the board, or other control, by its `controlType`; `Directorship` is an office; `Family`, `Associate`,
//! `Membership`, `Employment`, `Representation` and a list's *linked to* (`UnknownLink`) are ties. A company's `parent` holds an unknown part of it, a
//! vessel's `owner` the whole if there is one only. `Sanction` is a listing of the datasets it is in. What cannot be understood is a [`Doubt`] with the record's id.

use mihenk_entities::{Date, Entity};

use super::{
    holding::{Holding, Interest, PartyNo, Period, Source},
    network::{Doubt, DoubtKind, Listing, Network},
    share::Share,
};

/// Relations that are a tie and nothing more.
const TIES: [&str; 7] =
    ["Family", "Associate", "Membership", "Employment", "Representation", "Succession", "UnknownLink"];

/// Reads entities one after the other.
#[derive(Default)]
pub struct Reader {
    network: Network,
}

impl Reader {
    /// Takes in an entity of a list or file. `canonical` gives the id under which an id's entity goes.
    pub fn add(&mut self, entity: &Entity, file: &str, canonical: &dyn Fn(&str) -> String) {
        let mut record = Record { network: &mut self.network, entity, file, canonical };
        match entity.schema.name() {
            "Ownership" => record.ownership(),
            "Control" => record.control(),
            "Directorship" => record.relation(Interest::Office),
            "Sanction" => record.sanction(),
            schema if TIES.contains(&schema) => record.relation(Interest::Tie),
            _ if entity.schema.is("LegalEntity") || entity.schema.is("Vehicle") => record.party(),
            _ => {}
        }
    }

    /// The network of all that was read.
    #[must_use]
    pub fn finish(self) -> Network {
        let mut network = self.network;
        let mut doubts: Vec<Doubt> = network
            .holdings
            .iter()
            .filter(|holding| network.parties[holding.owner as usize].is_unknown() && holding.interest != Interest::Tie)
            .map(|holding| Doubt {
                kind: DoubtKind::MissingParty,
                parties: vec![holding.owner, holding.asset],
                source: Some(holding.source.clone()),
                what: match network.parties[holding.owner as usize].schema {
                    Some(_) => "the holder has no name, and may be anybody".to_owned(),
                    None => "no record says who the holder is, who may be anybody".to_owned(),
                },
            })
            .collect();
        network.doubts.append(&mut doubts);
        network
    }
}

/// An entity that is being read.
struct Record<'a> {
    network: &'a mut Network,
    entity: &'a Entity,
    file: &'a str,
    canonical: &'a dyn Fn(&str) -> String,
}

impl Record<'_> {
    fn source(&self) -> Source {
        let dataset = self.entity.datasets.first().map_or(self.file, String::as_str);
        Source { dataset: dataset.to_owned(), record: self.entity.id.to_string() }
    }

    fn party_of(&mut self, id: &str) -> PartyNo {
        let id = (self.canonical)(id);
        self.network.enter(&id)
    }

    fn doubt(&mut self, kind: DoubtKind, parties: Vec<PartyNo>, what: String) {
        let source = Some(self.source());
        self.network.doubts.push(Doubt { kind, parties, source, what });
    }

    fn party(&mut self) {
        let no = self.party_of(self.entity.id.as_str());
        for referent in &self.entity.referents {
            self.network.by_id.entry(referent.clone()).or_insert(no);
        }
        let names = ["name", "alias", "previousName"].iter().flat_map(|property| self.entity.values(property));
        let party = &mut self.network.parties[no as usize];
        // Two lists may know different things of one entity; the more exact schema holds.
        if party.schema.is_none_or(|known| self.entity.schema.is(known)) {
            party.schema = Some(self.entity.schema.name());
        }
        for name in names {
            if !party.names.contains(name) {
                party.names.push(name.clone());
            }
        }
        if party.names.is_empty() && self.entity.caption() != self.entity.id.as_str() {
            party.names.push(self.entity.caption().to_owned());
        }
        if self.entity.values("topics").iter().any(|topic| topic == "sanction") {
            self.list(no, Period::default());
        }
        self.parents(no);
        self.owners(no);
    }

    fn list(&mut self, no: PartyNo, period: Period) {
        for dataset in &self.entity.datasets {
            let listing = Listing { dataset: Some(dataset.clone()), period };
            let listings = &mut self.network.parties[no as usize].listings;
            // A listing with its dates says more than the word that there is one.
            listings.retain(|known| known.dataset != listing.dataset || known.period != Period::default());
            let is_said = period == Period::default() && listings.iter().any(|l| l.dataset == listing.dataset);
            if !is_said && !listings.contains(&listing) {
                listings.push(listing);
            }
        }
    }

    fn parents(&mut self, no: PartyNo) {
        for parent in self.entity.values("parent") {
            let owner = self.party_of(parent);
            self.hold(owner, no, Interest::Shares, Share::UNKNOWN, "parent");
        }
    }

    fn owners(&mut self, no: PartyNo) {
        if !self.entity.schema.is("Vehicle") {
            return;
        }
        let owners = self.entity.values("owner");
        let share = if owners.len() == 1 { Share::ALL } else { Share::UNKNOWN };
        for owner in owners {
            let owner = self.party_of(owner);
            self.hold(owner, no, Interest::Shares, share, "owner");
        }
    }

    fn hold(&mut self, owner: PartyNo, asset: PartyNo, interest: Interest, share: Share, kind: &str) {
        let period = self.period(owner, asset);
        let (kind, source) = (kind.to_owned(), self.source());
        self.network.holdings.push(Holding { owner, asset, interest, share, kind, period, source });
    }

    /// From when until when; a date that is none is a doubt, and leaves that side open.
    fn period(&mut self, owner: PartyNo, asset: PartyNo) -> Period {
        // Of a party itself, dates are those of its life.
        if self.entity.schema.edge().is_none() && self.entity.schema.name() != "Sanction" {
            return Period::default();
        }
        let parties = || vec![owner, asset];
        let from = self.date("startDate", parties()).or_else(|| self.date("listingDate", parties()));
        let period = Period { from, until: self.date("endDate", parties()) };
        if period.is_contradictory() {
            let (from, until) = (self.entity.first("startDate"), self.entity.first("endDate"));
            let what = format!(
                "it ends ({}) before it begins ({}); whether it is so on any day cannot be told",
                until.unwrap_or_default(),
                from.unwrap_or_default()
            );
            self.doubt(DoubtKind::Dates, parties(), what);
        }
        period
    }

    fn date(&mut self, property: &str, parties: Vec<PartyNo>) -> Option<Date> {
        let text = self.entity.first(property)?;
        match Date::parse(text) {
            Ok(date) => Some(date),
            Err(error) => {
                self.doubt(DoubtKind::UnreadableDate, parties, format!("{property}: {error}; taken as open"));
                None
            }
        }
    }

    /// The two ends of a relation, each with each; a missing owner is somebody unknown.
    fn ends(&mut self) -> Vec<(PartyNo, PartyNo)> {
        let Some((from, to)) = self.entity.schema.edge() else { return Vec::new() };
        let assets: Vec<PartyNo> = self.entity.values(to).iter().map(|id| self.party_of(id)).collect();
        let mut owners: Vec<PartyNo> = self.entity.values(from).iter().map(|id| self.party_of(id)).collect();
        if assets.is_empty() {
            let what = format!("the record does not say of whom (no '{to}'); it is left out");
            self.doubt(DoubtKind::MissingParty, owners, what);
            return Vec::new();
        }
        if owners.is_empty() {
            owners.push(self.network.enter(&format!("unknown:{}", self.entity.id)));
        }
        owners.iter().flat_map(|owner| assets.iter().map(|asset| (*owner, *asset))).collect()
    }

    fn ownership(&mut self) {
        let kinds = ["ownershipType", "sharesType", "role"];
        let kind = kinds.iter().find_map(|property| self.entity.first(property)).unwrap_or("shares").to_owned();
        for (owner, asset) in self.ends() {
            let share = self.share(owner, asset);
            self.hold(owner, asset, Interest::Shares, share, &kind);
        }
    }

    fn control(&mut self) {
        let kind = ["controlType", "role"].iter().find_map(|property| self.entity.first(property));
        let kind = kind.unwrap_or("control").to_owned();
        let plain = kind.to_lowercase();
        let interest = if plain.contains("vot") {
            Interest::Votes
        } else if plain.contains("appoint") {
            Interest::Board
        } else {
            Interest::Control
        };
        for (owner, asset) in self.ends() {
            let share = match interest {
                Interest::Votes => self.share(owner, asset),
                Interest::Board => Share::ALL,
                _ => Share::UNKNOWN,
            };
            self.hold(owner, asset, interest, share, &kind);
        }
    }

    /// How much; what is said of it in several ways lies between all of them.
    fn share(&mut self, owner: PartyNo, asset: PartyNo) -> Share {
        let mut share: Option<Share> = None;
        for text in self.entity.values("percentage") {
            match Share::parse(text) {
                Ok(read) => share = Some(share.map_or(read, |so_far| so_far.hull(read))),
                Err(error) => {
                    self.doubt(DoubtKind::UnknownShare, vec![owner, asset], format!("{error}; taken as unknown"));
                    share = Some(Share::UNKNOWN);
                }
            }
        }
        let share = share.unwrap_or(Share::UNKNOWN);
        if self.entity.values("status").iter().any(|status| status == "indirect") {
            let what = format!("{share}, through others who are not recorded: how much counts is taken as open");
            self.doubt(DoubtKind::Indirect, vec![owner, asset], what);
            return share.perhaps();
        }
        share
    }

    fn relation(&mut self, interest: Interest) {
        let kind = ["role", "relationship"].iter().find_map(|property| self.entity.first(property));
        let kind = kind.unwrap_or(self.entity.schema.label()).to_owned();
        for (owner, asset) in self.ends() {
            self.hold(owner, asset, interest, Share::ALL, &kind);
        }
    }

    fn sanction(&mut self) {
        for id in self.entity.values("entity") {
            let no = self.party_of(id);
            let period = self.period(no, no);
            self.list(no, period);
        }
    }
}
