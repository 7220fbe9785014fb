//! A reader objects during publicity. No account is needed; a proof of work is, for one objection stops a closing.

use std::net::IpAddr;

use contract::{
    problem::Code,
    rectification::{Objection, ObjectionTaken},
};
use domain::{
    Text,
    canonical::hex,
    period::beijing_day,
    rectification::{Actor, ActorRole, Body, Case, ItemNumber, Refusal, check},
    report::wording::{PARAGRAPH, paragraph},
};
use store::{ItemChange, NewItemEvent, NewObjection, SealedContact, Seen, StoreError};

use crate::{
    app::App,
    keys,
    problem::Problem,
    reports::{self, challenge::Purpose, check::is_sealed},
};

/// Objections to one issue that may wait for an answer: each is in the ledger for good, and more of them say nothing new.
const MOST_WAITING: usize = 100;

/// Takes an objection to the issue.
///
/// # Errors
///
/// What is wrong with the form, by field; the ledger's refusal where the issue is not open to objections.
pub async fn take(
    app: &App,
    number: &ItemNumber,
    sent: Objection,
    client: IpAddr,
) -> Result<ObjectionTaken, Problem> {
    let now = app.clock.now();
    let text = sent.text.trim().to_owned();
    form(app, &text, &sent)?;
    if !app.reports.objections.take(client, now) {
        return Err(Problem::new(Code::TooManyRequests).retry_after(3_600));
    }
    let waiting = app.store.objections(number.as_str()).await?;
    if waiting.iter().filter(|one| one.upheld.is_none()).count() >= MOST_WAITING {
        return Err(Problem::new(Code::TooManyRequests).retry_after(86_400));
    }
    proven(app, &sent).await?;
    let contact = sent.sealed_contact.map(|sealed| SealedContact {
        recipient: app.config.reports.identity_recipient.trim().to_owned(),
        sealed: sealed.into_bytes(),
        given: now,
    });
    let salt = keys::random().map_err(Problem::internal)?;
    let objection = NewObjection { salt, text, contact };
    let hash = hex(&objection.hash());
    let rules = app.profile.record.rules;
    let calendar = app.reports.calendar.clone();
    let (named, simulated) = (hash.clone(), app.demonstration);
    let decide = move |_: &store::View<'_>, case: &Case| {
        let number = u32::try_from(case.objections.len()).unwrap_or(u32::MAX - 1) + 1;
        let body = Body::Objected { objection: number, sha256: named };
        let on = beijing_day(now).max(case.last);
        check(case, &body, &Actor::Public, on, now, &rules, &calendar)?;
        let event = NewItemEvent {
            at: now,
            on,
            actor: ActorRole::Public,
            unit: None,
            signed: None,
            simulated,
            body,
        };
        let mut change = ItemChange::of(event, "public");
        change.objection = Some(objection);
        Ok::<_, Refused>(change)
    };
    app.store.act_on_item(number, Seen::Any, decide).await.map_err(Refused::problem)?;
    let events = app.store.item_events(number.as_str()).await?;
    // Others may have objected since: the salted hash says which one is this reader's.
    let own = number_of(&hash, events.iter().map(|row| &row.event.body));
    let objection = own.ok_or_else(|| {
        Problem::internal(anyhow::anyhow!("an objection just written is not there"))
    })?;
    Ok(ObjectionTaken { objection, sha256: hash, salt: hex(&salt) })
}

fn number_of<'a>(hash: &str, mut bodies: impl Iterator<Item = &'a Body>) -> Option<u32> {
    bodies.find_map(|body| match body {
        Body::Objected { objection, sha256 } if *sha256 == hash => Some(*objection),
        _ => None,
    })
}

/// Why nothing was written.
enum Refused {
    Rule(Refusal),
    Store(StoreError),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Rule(refusal)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Refused {
    fn problem(self) -> Problem {
        match self {
            Self::Rule(refusal) | Self::Store(StoreError::Unlawful(refusal)) => {
                Problem::new(Code::NotPermitted).with(refusal.text())
            }
            Self::Store(StoreError::NoSuch { .. }) => Problem::new(Code::NotFound),
            Self::Store(error) => error.into(),
        }
    }
}

fn form(app: &App, text: &str, sent: &Objection) -> Result<(), Problem> {
    let mut faults = Vec::new();
    if text.is_empty() {
        faults.push((
            "text".to_owned(),
            Text::new("请写明异议及理由。", "Write what you object to, and why."),
        ));
    }
    if let Err(fault) = paragraph(text, PARAGRAPH) {
        let said = |lang| fault.sentence(lang);
        faults.push(("text".to_owned(), Text::new(said(domain::Lang::Zh), said(domain::Lang::En))));
    }
    let keyless = app.config.reports.identity_recipient.trim().is_empty();
    if sent.sealed_contact.as_deref().is_some_and(|sealed| keyless || !is_sealed(sealed)) {
        faults.push((
            "sealed_contact".to_owned(),
            Text::new(
                "联系方式未能加密，因此没有发送；可以不留联系方式直接提交。",
                "The contact was not sealed, so it is not taken. You can send the objection without one.",
            ),
        ));
    }
    if !sent.website.is_empty() {
        faults.push(("website".to_owned(), Text::new("请将此项留空。", "Leave this field empty.")));
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::fields(faults)) }
}

async fn proven(app: &App, sent: &Objection) -> Result<(), Problem> {
    let secrets = reports::open_for_holders(app)?;
    let refused = || {
        Problem::fields(vec![(
            "proof".to_owned(),
            Text::new("验证已失效，请重试。", "The proof of work has expired. Please try again."),
        )])
    };
    let proof = sent.proof.as_ref().ok_or_else(refused)?;
    let solved = secrets
        .challenges
        .check(Purpose::Report, proof, app.clock.now())
        .map_err(|_does_not_hold| refused())?;
    if app.store.spend_challenge(solved.id.to_vec(), solved.expires).await? {
        Ok(())
    } else {
        Err(refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_told_of_the_own_objection_and_not_of_the_last() {
        let objected =
            |objection, sha256: &str| Body::Objected { objection, sha256: sha256.into() };
        let bodies = [Body::Closed, objected(1, "aa"), objected(2, "bb")];
        assert_eq!(number_of("aa", bodies.iter()), Some(1));
        assert_eq!(number_of("cc", bodies.iter()), None);
    }
}
