//! One event of the ledger, and the one text it is hashed as.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{ActorRole, Body, Evidence, Facts, ItemNumber, Link, Milestone};
use crate::canonical::{Value, hex};

/// Something that happened to an issue, as it is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// 1, 2, 3… over the whole ledger, without holes.
    pub number: u64,
    /// Whose.
    pub item: ItemNumber,
    /// 1, 2, 3… within the issue.
    pub seq: u32,
    /// When it was written down, to the microsecond.
    #[serde(rename = "at_us", with = "jiff::fmt::serde::timestamp::microsecond::required")]
    pub at: Timestamp,
    /// The Beijing day it happened on, which all figures go by: of a list that is imported, long before `at`.
    pub on: Date,
    /// Who, by role.
    pub actor: ActorRole,
    /// The key of the officer's department; absent for the bureau itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// [`commitment`] to the officer's account: names nobody, and holds whoever keeps the ledger to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Made up for a demonstration: the day and the person, whatever the text is.
    #[serde(default, skip_serializing_if = "is_false")]
    pub simulated: bool,
    /// What.
    pub body: Body,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// What stands for the account in a published event: SHA-256 over a salt of its own and the account's number, in
/// hexadecimal digits. Two events of one person cannot be joined by it.
pub fn commitment(salt: &[u8; 16], staff: i64) -> String {
    hex(&Sha256::new().chain_update(salt).chain_update(staff.to_string()).finalize())
}

impl Event {
    /// The one JSON text of the event (RFC 8785), which is what is hashed and stored; serde reads it back.
    pub fn canonical(&self) -> String {
        Value::object_of_some([
            ("actor", Some(self.actor.key().into())),
            ("at_us", Some(self.at.as_microsecond().into())),
            ("body", Some(self.body.canonical())),
            ("item", Some(self.item.as_str().into())),
            // More events than that are never written.
            ("number", Some(i64::try_from(self.number).unwrap_or(i64::MAX).into())),
            ("on", Some(self.on.to_string().into())),
            ("seq", Some(self.seq.into())),
            ("simulated", self.simulated.then_some(true.into())),
            ("unit", self.unit.as_deref().map(Value::from)),
            ("who", self.who.as_deref().map(Value::from)),
        ])
        .to_string()
    }
}

type Member = (&'static str, Value);

impl Body {
    fn canonical(&self) -> Value {
        let kind = [("kind", Value::from(self.kind().key()))];
        Value::object(kind.into_iter().chain(self.members()))
    }

    fn members(&self) -> Vec<Member> {
        let text = |key, text: &str| (key, Value::from(text));
        let some = |key, text: &Option<String>| (key, Value::from(text.as_deref()));
        let day = |key, day: Option<Date>| (key, Value::from(day.map(|day| day.to_string())));
        match self {
            Self::Found { facts } => vec![("facts", facts.canonical())],
            Self::Amended { facts, reason } => {
                vec![("facts", facts.canonical()), text("reason", reason)]
            }
            Self::Assigned { unit, lead, term, due } => {
                vec![
                    text("unit", unit),
                    some("lead", lead),
                    text("term", term.key()),
                    day("due", *due),
                ]
            }
            Self::Reassigned { unit, lead, reason } => {
                vec![text("unit", unit), some("lead", lead), text("reason", reason)]
            }
            Self::DeadlineChanged { term, due, reason } => {
                vec![text("term", term.key()), day("due", *due), text("reason", reason)]
            }
            Self::MeasuresSet { goal, measures, plan, reason } => {
                let plan = Value::List(plan.iter().map(Milestone::canonical).collect());
                vec![
                    text("goal", goal),
                    text("measures", measures),
                    ("plan", plan),
                    some("reason", reason),
                ]
            }
            Self::Progress { permille, text: said, pace, evidence } => vec![
                ("permille", u32::from(*permille).into()),
                text("text", said),
                ("pace", pace.map(|pace| pace.key()).into()),
                shown(evidence),
            ],
            Self::PhaseDone { result, evidence } | Self::Done { result, evidence } => {
                vec![text("result", result), shown(evidence)]
            }
            Self::Checked { step, passed, record, evidence } => vec![
                text("step", step.key()),
                ("passed", (*passed).into()),
                text("record", record),
                shown(evidence),
            ],
            Self::Published { from, until, link } => {
                vec![day("from", Some(*from)), day("until", Some(*until)), some("link", link)]
            }
            Self::Objected { objection, sha256 } => {
                vec![("objection", (*objection).into()), text("sha256", sha256)]
            }
            Self::ObjectionAnswered { objection, upheld, answer } => vec![
                ("objection", (*objection).into()),
                ("upheld", (*upheld).into()),
                text("answer", answer),
            ],
            Self::Closed => Vec::new(),
            Self::Reopened { cause, reason, evidence } => {
                vec![text("cause", cause.key()), text("reason", reason), shown(evidence)]
            }
            Self::EvidenceAdded { evidence } => vec![shown(evidence)],
            Self::Linked { link } | Self::Unlinked { link } => vec![("link", link.canonical())],
            Self::CarriedOver { stage, document, result } => {
                vec![text("stage", stage.key()), text("document", document), text("result", result)]
            }
        }
    }
}

fn shown(evidence: &[Evidence]) -> Member {
    ("evidence", Value::List(evidence.iter().map(Evidence::canonical).collect()))
}

impl Facts {
    fn canonical(&self) -> Value {
        Value::object_of_some([
            ("source", Some(self.source.key().into())),
            ("batch", Some(self.batch.as_str().into())),
            ("medium", Some(self.medium.key().into())),
            ("title", Some(self.title.as_str().into())),
            ("title_en", self.title_en.as_deref().map(Value::from)),
            ("text", Some(self.text.as_str().into())),
            ("origin", Some(self.origin.key().into())),
            ("report", self.report.as_deref().map(Value::from)),
        ])
    }
}

impl Milestone {
    fn canonical(&self) -> Value {
        Value::object([
            ("day", self.day.to_string().into()),
            ("permille", u32::from(self.permille).into()),
        ])
    }
}

impl Evidence {
    fn canonical(&self) -> Value {
        Value::object_of_some([
            ("kind", Some(self.kind.key().into())),
            ("phase", Some(self.phase.key().into())),
            ("sha256", self.sha256.as_deref().map(Value::from)),
            ("note", Some(self.note.as_str().into())),
        ])
    }
}

impl Link {
    fn canonical(&self) -> Value {
        let (key, name) = match self {
            Self::Report(number) => ("report", number),
            Self::Station(code) => ("station", code),
        };
        Value::object([(key, name.as_str().into())])
    }
}
