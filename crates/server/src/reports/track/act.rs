//! What the holder of a claim code does: report, history, ledger and reward change together or not at all.

use contract::report::HolderAct;
use domain::{
    Lang, Text,
    canonical::hex,
    ledger::{Body, LedgerActor},
    period::beijing_day,
    report::{
        ActionKind, ActorRole, Deadlines, EventBody, EventKind, MessageRef, Refusal, wording,
    },
    reward::{CriterionKey, Outcome, RewardActor, RewardRules, RewardStep, VoucherNumber},
};
use jiff::Timestamp;
use store::{
    NewLedgerEntry, NewMessage, NewReportEvent, NewReportPhoto, Publication, ReportChange,
    SealedContact, Seen, Sender, StoreError,
};

use super::{
    holder::{Holding, Refused},
    problem,
};
use crate::{
    app::App,
    cases::{File, facts, reward, touch},
    keys::random,
    officers::webhooks,
    problem::Problem,
    reports::{
        arrived::after,
        challenge::unhex,
        check::{Fault, MOST_PHOTOS, is_sealed, photo_missing},
        submit::photos_are_free,
    },
};

/// As colleagues read who changed a report last.
pub const BY: &str = "reporter";

/// Why an act was not carried out.
#[derive(Debug, thiserror::Error)]
enum ActError {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for ActError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}

/// An act with everything that was looked up for it.
struct Acting {
    at: Timestamp,
    deed: Deed,
    text: Option<String>,
    photos: Vec<[u8; 32]>,
    rules: RewardRules,
    deadlines: Deadlines,
}

/// What is done, checked.
enum Deed {
    Answer,
    NotFixed,
    Withdraw,
    Hide,
    Claim(VoucherNumber),
    Decline,
    Contact(SealedContact),
}

/// Carries an act out at an instant, on the version that was seen.
pub(in crate::reports) async fn carry_out(
    app: &App,
    report: &str,
    version: u64,
    act: HolderAct,
    at: Timestamp,
) -> Result<(), Problem> {
    let acting = acting(app, act, at)?;
    photos_are_free(app, report, &acting.photos).await?;
    let seen = Seen::Version(u32::try_from(version).unwrap_or(u32::MAX));
    let hooks = app.config.reports.webhooks.clone();
    let acted = app.store.act_on_report(report, seen, move |view, report| {
        let file = File::of(view, report.clone())?;
        let mut change = acting.change(&file)?;
        change.jobs.extend(webhooks::jobs(&hooks, report, &change));
        Ok(change)
    });
    acted.await.map(|_report| ()).map_err(|error: ActError| match error {
        ActError::Refused(refused) => refused.into(),
        ActError::Store(error) => problem(error),
    })
}

fn acting(app: &App, act: HolderAct, at: Timestamp) -> Result<Acting, Problem> {
    let at = Timestamp::from_microsecond(at.as_microsecond()).map_err(Problem::internal)?;
    let mut acting = Acting {
        at,
        deed: Deed::Hide,
        text: None,
        photos: Vec::new(),
        rules: app.profile.reports.reward.clone(),
        deadlines: app.reports.deadlines,
    };
    match act {
        HolderAct::Answer { text, photos } => {
            (acting.deed, acting.text) = (Deed::Answer, worded(text, photos.is_empty())?);
            acting.photos = named(&photos)?;
        }
        HolderAct::NotFixed { text, photos } => {
            (acting.deed, acting.text) = (Deed::NotFixed, worded(text, true)?);
            acting.photos = named(&photos)?;
        }
        HolderAct::Withdraw => acting.deed = Deed::Withdraw,
        HolderAct::Hide => acting.deed = Deed::Hide,
        HolderAct::Claim => {
            let number = u64::from_be_bytes(random().map_err(Problem::internal)?);
            acting.deed = Deed::Claim(VoucherNumber::new(number));
        }
        HolderAct::Decline => acting.deed = Deed::Decline,
        HolderAct::Contact { sealed } => acting.deed = Deed::Contact(contact(app, sealed, at)?),
    }
    Ok(acting)
}

fn fault(field: &str, zh: &str, en: &str) -> Problem {
    Problem::fields(vec![(field.to_owned(), Text::new(zh, en))])
}

/// A text without tricks; needed unless photos speak for themselves.
fn worded(text: String, needed: bool) -> Result<Option<String>, Problem> {
    let wrong = wording::paragraph(&text, wording::DESCRIPTION).err();
    let wrong = wrong
        .or_else(|| (needed && text.trim().is_empty()).then_some(wording::WordingFault::Empty));
    match wrong {
        Some(wrong) => Err(fault("text", &wrong.sentence(Lang::Zh), &wrong.sentence(Lang::En))),
        None => Ok(Some(text).filter(|text| !text.trim().is_empty())),
    }
}

fn named(photos: &[String]) -> Result<Vec<[u8; 32]>, Problem> {
    if photos.len() > MOST_PHOTOS {
        return Err(fault("photos", "一次最多 4 张照片。", "At most 4 photos at a time."));
    }
    let named = photos.iter().enumerate().map(|(at, name)| {
        let bytes = unhex(name).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| photo_missing(at))
    });
    named.collect::<Result<_, Fault>>().map_err(|fault| Problem::fields(vec![fault]))
}

fn contact(app: &App, sealed: String, given: Timestamp) -> Result<SealedContact, Problem> {
    let recipient = app.config.reports.identity_recipient.trim().to_owned();
    if recipient.is_empty() || !is_sealed(&sealed) {
        return Err(fault(
            "sealed",
            "联系方式未能加密，因此没有保存。",
            "The contact was not sealed, so it is not kept.",
        ));
    }
    Ok(SealedContact { recipient, sealed: sealed.into_bytes(), given })
}

impl Acting {
    /// What the act changes about the report as it is now.
    fn change(&self, file: &File) -> Result<ReportChange, ActError> {
        let holding = Holding::at(file, &self.rules, self.at);
        match &self.deed {
            Deed::Answer => {
                let answers = facts::question_open(&file.events);
                let kind = if answers { ActionKind::Answer } else { ActionKind::AddEvidence };
                holding.may(kind)?;
                self.acted(file, kind)
            }
            Deed::NotFixed => {
                holding.may(ActionKind::NotFixed)?;
                let mut change = self.acted(file, ActionKind::NotFixed)?;
                let standing = &mut change.standing;
                (standing.closed, standing.finding) = (None, None);
                standing.reopened += 1;
                standing.due = Some(after(self.deadlines.close_by(self.at, false)));
                Ok(change)
            }
            Deed::Withdraw => {
                holding.may(ActionKind::Withdraw)?;
                let mut change = self.acted(file, ActionKind::Withdraw)?;
                let standing = &mut change.standing;
                (standing.closed, standing.due) = (Some(self.at), None);
                hide(&mut change);
                change.ledger.push(self.entry(Body::Eligibility {
                    outcome: Outcome::NotEligible,
                    reasons: vec![CriterionKey::Standing],
                }));
                Ok(change)
            }
            Deed::Hide => {
                holding.may(ActionKind::Hide)?;
                let mut change = self.acted(file, ActionKind::Hide)?;
                hide(&mut change);
                Ok(change)
            }
            Deed::Claim(voucher) => self.reward(file, RewardStep::Claim(voucher.clone())),
            Deed::Decline => self.reward(file, RewardStep::Decline),
            Deed::Contact(contact) => {
                let mut change = ReportChange::of(&file.report, BY, "contact_given", self.at);
                change.events.push(self.event(EventKind::ContactGiven, EventBody::default()));
                change.contact = Some(contact.clone());
                Ok(change)
            }
        }
    }

    /// An action of the report's own rules, with its words and photos.
    fn acted(&self, file: &File, kind: ActionKind) -> Result<ReportChange, ActError> {
        let mut change = ReportChange::of(&file.report, BY, kind.key(), self.at);
        if kind != ActionKind::Hide {
            change.standing.state =
                file.report.standing.state.apply(kind).map_err(Refusal::from)?;
        }
        let message = self.text.as_ref().map(|text| NewMessage {
            at: self.at,
            sender: Sender::Reporter,
            kind: "answer".to_owned(),
            text: text.clone(),
            to_reporter: true,
        });
        let number = file.report.messages + 1;
        let body = EventBody {
            message: message
                .as_ref()
                .map(|message| MessageRef { number, sha256: hex(&message.sha256()) }),
            photos: self.photos.iter().map(|photo| hex(photo)).collect(),
            ..EventBody::default()
        };
        let with = message.as_ref().map(|_| number);
        change.photos.extend(self.photos.iter().map(|sha256| NewReportPhoto {
            sha256: *sha256,
            sender: Sender::Reporter,
            message: with,
        }));
        change.messages.extend(message);
        touch(&mut change, EventKind::of(kind));
        change.events.push(self.event(EventKind::of(kind), body));
        Ok(change)
    }

    fn reward(&self, file: &File, step: RewardStep) -> Result<ReportChange, ActError> {
        let holding = Holding::at(file, &self.rules, self.at);
        holding.may_reward(step.action())?;
        let today = beijing_day(self.at);
        let (next, body) = holding
            .reward()
            .act(step, RewardActor::Reporter, today, &self.rules)
            .map_err(Refused::Reward)?;
        let what = format!("reward_{}", body.kind());
        let mut change = ReportChange::of(&file.report, BY, &what, self.at);
        change.reward = Some(reward::moved(file.reward.as_ref(), &next, &self.rules));
        change.ledger.push(self.entry(body));
        Ok(change)
    }

    fn event(&self, kind: EventKind, body: EventBody) -> NewReportEvent {
        NewReportEvent { at: self.at, actor: ActorRole::Reporter, staff: None, kind, body }
    }

    fn entry(&self, body: Body) -> NewLedgerEntry {
        NewLedgerEntry { at: self.at, actor: LedgerActor::Reporter, body }
    }
}

/// Takes a report out of the public's sight, unless its kind is never in it.
fn hide(change: &mut ReportChange) {
    if change.standing.publication != Publication::Never {
        change.standing.publication = Publication::HiddenByHolder;
    }
}
