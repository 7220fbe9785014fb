use std::collections::BTreeMap;

use domain::{
    calendar::WorkCalendar,
    canonical::{Hash, chain},
    ledger::GENESIS,
    period::day_start,
    rectification::*,
    role::{Role, RoleSet},
};
use jiff::{ToSpan, civil::Date};

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn number(text: &str) -> ItemNumber {
    ItemNumber::parse(text).unwrap()
}

/// An officer with every role: what the rules forbid, they forbid to them too.
pub(crate) fn officer(staff: i64, unit: Option<&str>) -> Actor {
    Actor::Officer { roles: RoleSet::all(), staff, unit: unit.map(str::to_owned) }
}

pub(crate) fn with(role: Role) -> Actor {
    Actor::Officer { roles: RoleSet::of([role]), staff: 9, unit: None }
}

pub(crate) fn facts(source: Source, medium: Medium) -> Facts {
    Facts {
        source,
        batch: "第一轮".to_owned(),
        medium,
        title: "支路环境脏乱".to_owned(),
        title_en: None,
        text: "支路沿线环境脏乱差，雨天污水横流。".to_owned(),
        origin: Origin::Recorded,
        report: None,
    }
}

pub(crate) fn found() -> Body {
    Body::Found { facts: facts(Source::Central, Medium::Water) }
}

pub(crate) fn assigned(due: &str) -> Body {
    Body::Assigned { unit: "street".to_owned(), lead: None, term: Term::Dated, due: Some(day(due)) }
}

pub(crate) fn measures() -> Body {
    Body::MeasuresSet {
        goal: "环境整洁".to_owned(),
        measures: "清理、硬化、雨污分流".to_owned(),
        plan: Vec::new(),
        reason: None,
    }
}

pub(crate) fn progress(permille: Permille) -> Body {
    Body::Progress {
        permille, text: "按计划推进".to_owned(), pace: None, evidence: Vec::new()
    }
}

pub(crate) fn seen() -> Vec<Evidence> {
    vec![Evidence {
        kind: EvidenceKind::Record,
        phase: Phase::After,
        sha256: None,
        note: "现场已整治到位".to_owned(),
    }]
}

pub(crate) fn done() -> Body {
    Body::Done { result: "已整治到位".to_owned(), evidence: seen() }
}

pub(crate) fn checked(step: CheckStep, passed: bool) -> Body {
    Body::Checked { step, passed, record: "已到现场核查".to_owned(), evidence: Vec::new() }
}

pub(crate) fn published(from: &str) -> Body {
    let window = Rules::default().window(day(from), &WorkCalendar::default());
    Body::Published { from: window.from, until: window.until, link: None }
}

pub(crate) fn objected(objection: u32) -> Body {
    Body::Objected { objection, sha256: "0".repeat(64) }
}

pub(crate) fn answered(objection: u32, upheld: bool) -> Body {
    Body::ObjectionAnswered { objection, upheld, answer: "已到现场复核".to_owned() }
}

pub(crate) fn reopened() -> Body {
    Body::Reopened {
        cause: Cause::Rebound,
        reason: "雨后再次积水".to_owned(),
        evidence: Vec::new(),
    }
}

/// A ledger as it grows: every event passes the rules first.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) kept: Vec<Kept>,
    pub(crate) cases: BTreeMap<ItemNumber, Case>,
}

impl Book {
    pub(crate) fn try_add(
        &mut self,
        item: &str,
        on: Date,
        actor: &Actor,
        body: Body,
    ) -> Result<(), Refusal> {
        let now = day_start(on) + 9.hours();
        let item = number(item);
        let case = self.cases.get(&item);
        match case {
            None => check_found(&body, actor, on, now)?,
            Some(case) => {
                let (rules, calendar) = (Rules::default(), WorkCalendar::default());
                check(case, &body, actor, on, now, &rules, &calendar)?;
            }
        }
        self.append(item, on, actor, body)
    }

    /// Without asking whether the actor may.
    pub(crate) fn append(
        &mut self,
        item: ItemNumber,
        on: Date,
        actor: &Actor,
        body: Body,
    ) -> Result<(), Refusal> {
        let (role, staff, unit) = match actor {
            Actor::Public => (ActorRole::Public, None, None),
            Actor::Officer { staff, unit, .. } => (ActorRole::Officer, Some(*staff), unit.clone()),
            Actor::System => (ActorRole::System, None, None),
        };
        let number = self.kept.len() as u64 + 1;
        let salt = staff.map(|_| [u8::try_from(number % 251).unwrap(); 16]);
        let event = Event {
            number,
            item: item.clone(),
            seq: self.cases.get(&item).map_or(0, |case| case.seq) + 1,
            at: day_start(on) + 9.hours(),
            on,
            actor: role,
            unit,
            who: staff.zip(salt).map(|(staff, salt)| commitment(&salt, staff)),
            simulated: false,
            body,
        };
        match self.cases.get_mut(&item) {
            Some(case) => case.apply(&event, staff)?,
            None => {
                self.cases.insert(item, Case::begin(&event)?);
            }
        }
        self.kept.push(kept(event, staff, salt, self.head()));
        Ok(())
    }

    pub(crate) fn head(&self) -> Hash {
        self.kept.last().map_or(GENESIS, |row| row.hash)
    }

    pub(crate) fn add(&mut self, item: &str, on: &str, actor: &Actor, body: Body) {
        let kind = body.kind();
        self.try_add(item, day(on), actor, body)
            .unwrap_or_else(|refusal| panic!("{item} {on} {}: {refusal}", kind.key()));
    }

    pub(crate) fn register(&self) -> Register {
        let mut register = Register::new(Rules::default().soon_days);
        self.events().for_each(|event| register.learn(event));
        register
    }

    pub(crate) fn events(&self) -> impl Iterator<Item = &Event> {
        self.kept.iter().filter_map(|row| row.event.as_ref())
    }

    pub(crate) fn case(&self, item: &str) -> &Case {
        &self.cases[&number(item)]
    }

    /// An issue accepted on 2026-03-20, with its deadline on 2026-06-30.
    pub(crate) fn accepted(item: &str) -> Self {
        let mut book = Self::default();
        let hand = officer(1, Some("street"));
        book.add(item, "2026-01-05", &hand, found());
        book.add(item, "2026-01-06", &hand, assigned("2026-06-30"));
        book.add(item, "2026-01-12", &hand, measures());
        book.add(item, "2026-02-02", &hand, progress(400));
        book.add(item, "2026-03-16", &hand, done());
        book.add(
            item,
            "2026-03-17",
            &officer(2, Some("street")),
            checked(CheckStep::SelfCheck, true),
        );
        book.add(
            item,
            "2026-03-18",
            &officer(3, Some("street")),
            checked(CheckStep::Preliminary, true),
        );
        book.add(item, "2026-03-20", &officer(4, None), checked(CheckStep::Acceptance, true));
        book
    }

    /// The same, shown to the public from 2026-03-23 to 2026-04-03.
    pub(crate) fn shown(item: &str) -> Self {
        let mut book = Self::accepted(item);
        book.add(item, "2026-03-23", &officer(5, None), published("2026-03-23"));
        book
    }
}

pub(crate) fn kept(event: Event, staff: Option<i64>, salt: Option<[u8; 16]>, prev: Hash) -> Kept {
    let bytes = event.canonical();
    Kept {
        number: event.number,
        item: event.item.to_string(),
        seq: event.seq,
        at_us: event.at.as_microsecond(),
        on: event.on.to_string(),
        kind: event.body.kind().key().to_owned(),
        staff,
        salt,
        hash: chain(&prev, bytes.as_bytes()),
        prev_hash: prev,
        event: Some(event),
        bytes,
    }
}
