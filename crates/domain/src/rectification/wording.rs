//! What the official texts of the ledger may contain: they are kept for good and read by everybody.

use super::{Body, Evidence, EvidenceKind, Facts, Link, Refusal};
use crate::{
    privacy::{PersonalData, find},
    report::wording::{LINE, line, paragraph},
};

/// Characters of a longer official text.
pub const TEXT: usize = 4_000;

/// Checks every text in `body`.
///
/// # Errors
///
/// [`Refusal::Wording`] for what is too long or invisible, [`Refusal::Personal`] for numbers that belong to a
/// person, [`Refusal::NotFilled`] for a title or task that is empty, [`Refusal::BadPhoto`] for evidence that
/// names no photo.
pub fn check(body: &Body) -> Result<(), Refusal> {
    let mut texts = Texts::default();
    match body {
        Body::Found { facts } => texts.facts(facts)?,
        Body::Amended { facts, reason } => {
            texts.facts(facts)?;
            texts.long("reason", reason);
        }
        Body::Assigned { unit, lead, .. } => texts.units(unit, lead.as_deref()),
        Body::Reassigned { unit, lead, reason } => {
            texts.units(unit, lead.as_deref());
            texts.long("reason", reason);
        }
        Body::MeasuresSet { goal, measures, reason, .. } => {
            texts.long("goal", goal);
            texts.long("measures", measures);
            texts.long("reason", reason.as_deref().unwrap_or_default());
        }
        Body::Progress { text, .. } => texts.long("text", text),
        Body::PhaseDone { result, .. } | Body::Done { result, .. } => texts.long("result", result),
        Body::Checked { record, .. } => texts.long("record", record),
        Body::Published { link, .. } => texts.short("link", link.as_deref().unwrap_or_default()),
        Body::ObjectionAnswered { answer, .. } => texts.long("answer", answer),
        Body::DeadlineChanged { reason, .. } | Body::Reopened { reason, .. } => {
            texts.long("reason", reason);
        }
        Body::Linked { link: Link::Report(name) | Link::Station(name) }
        | Body::Unlinked { link: Link::Report(name) | Link::Station(name) } => {
            texts.short("link", name);
        }
        Body::CarriedOver { document, result, .. } => {
            texts.short("document", document);
            texts.long("result", result);
        }
        Body::Objected { .. } | Body::Closed | Body::EvidenceAdded { .. } => {}
    }
    for evidence in body.evidence() {
        texts.long("evidence", &evidence.note);
        photo(evidence)?;
    }
    texts.verdict()
}

/// The kinds that have no business in an official text. A plate or a house number may be the issue itself.
const fn is_persons(kind: PersonalData) -> bool {
    match kind {
        PersonalData::Mobile
        | PersonalData::IdNumber
        | PersonalData::BankCard
        | PersonalData::Email
        | PersonalData::Wechat
        | PersonalData::Qq => true,
        PersonalData::Plate | PersonalData::HomeAddress => false,
    }
}

/// Texts with the names of their fields.
#[derive(Default)]
struct Texts<'a> {
    short: Vec<(&'static str, &'a str)>,
    long: Vec<(&'static str, &'a str)>,
}

impl<'a> Texts<'a> {
    fn short(&mut self, field: &'static str, text: &'a str) {
        self.short.push((field, text));
    }

    fn long(&mut self, field: &'static str, text: &'a str) {
        self.long.push((field, text));
    }

    fn units(&mut self, unit: &'a str, lead: Option<&'a str>) {
        self.short("unit", unit);
        self.short("lead", lead.unwrap_or_default());
    }

    fn facts(&mut self, facts: &'a Facts) -> Result<(), Refusal> {
        for (field, text) in [("title", &facts.title), ("text", &facts.text)] {
            if text.trim().is_empty() {
                return Err(Refusal::NotFilled { field });
            }
        }
        self.short("title", &facts.title);
        self.short("title_en", facts.title_en.as_deref().unwrap_or_default());
        self.short("batch", &facts.batch);
        self.long("text", &facts.text);
        Ok(())
    }

    fn verdict(self) -> Result<(), Refusal> {
        for (field, text) in self.short.iter().chain(&self.long) {
            let is_short = self.short.iter().any(|known| known == &(*field, *text));
            let fits = if is_short { line(text, LINE) } else { paragraph(text, TEXT) };
            fits.map_err(|fault| Refusal::Wording { field, fault })?;
            let persons = find(text).into_iter().map(|found| found.kind).find(|k| is_persons(*k));
            if let Some(kind) = persons {
                return Err(Refusal::Personal { field, kind });
            }
        }
        Ok(())
    }
}

fn photo(evidence: &Evidence) -> Result<(), Refusal> {
    let is_hash = |text: &String| {
        text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    match evidence.kind {
        EvidenceKind::Photo if !evidence.sha256.as_ref().is_some_and(is_hash) => {
            Err(Refusal::BadPhoto)
        }
        EvidenceKind::Record if evidence.note.trim().is_empty() => Err(Refusal::NoEvidence),
        _ => Ok(()),
    }
}
