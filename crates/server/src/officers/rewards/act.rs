//! An officer decides on a reward: what is decided, the ledger and the audit log change together.

use contract::{
    officer::{RewardAct, RewardCase},
    problem::Code,
};
use domain::{
    Text,
    calendar::WorkCalendar,
    ledger::LedgerActor,
    period::beijing_day,
    report::Refusal,
    reward::{
        Amount, AwardFacts, EmergencyLevel, Reward, RewardAction, RewardActor, RewardRefusal,
        RewardRules, RewardStep, Verdict, VoucherNumber, award, eligibility, outcome,
    },
};
use jiff::Timestamp;
use store::{NewAudit, NewLedgerEntry, ReportChange, ReportRow, Seen, Staff, StoreError, View};

use super::{facts, view};
use crate::{
    app::App,
    cases::reward::{self, Kept},
    officers::{
        cases::file::{self, CaseFile},
        hands,
        names::Names,
        session::Officer,
        stale, webhooks,
    },
    problem::Problem,
    reports::arrived::after,
};

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
enum RewardError {
    #[error("{0:?}")]
    Refused(RewardRefusal),
    #[error("{field}: {}", text.en)]
    Incomplete { field: &'static str, text: Text },
    #[error("the two accounts are in one administrator's hands")]
    OnePerson,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<RewardRefusal> for RewardError {
    fn from(refusal: RewardRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A decision with everything it needs.
struct Deciding {
    at: Timestamp,
    staff: i64,
    by: String,
    act: RewardAct,
    rules: RewardRules,
    calendar: WorkCalendar,
}

/// Takes the decision; the reward as it then is.
pub async fn act(
    app: &App,
    officer: &Officer,
    public_id: &str,
    act: RewardAct,
) -> Result<RewardCase, Problem> {
    permitted(officer, act.action)?;
    let report = file::found(app, officer, public_id).await?;
    decide_at(app, &officer.staff, &report, act, app.clock.now()).await?;
    shown(app, officer, &report.id).await
}

/// Takes the decision in the name of `staff` at an instant; whether the roles permit it is asked elsewhere.
///
/// # Errors
///
/// What the rules of rewards refuse, what is missing, and that the report has changed since it was seen.
pub async fn decide_at(
    app: &App,
    staff: &Staff,
    report: &ReportRow,
    act: RewardAct,
    at: Timestamp,
) -> Result<(), Problem> {
    let seen = Seen::Version(u32::try_from(act.seen_version).unwrap_or(u32::MAX));
    let (names, hooks) = (Names::of(app), app.config.reports.webhooks.clone());
    let deciding = Deciding {
        at,
        staff: staff.id,
        by: staff.display_name.clone(),
        act,
        rules: names.rules.clone(),
        calendar: names.calendar.clone(),
    };
    let decide = move |view: &View<'_>, report: &ReportRow| {
        let file = CaseFile::read(view, report)?;
        let mut change = decided(view, &file, &deciding)?;
        change.jobs.extend(webhooks::jobs(&hooks, report, &change));
        Ok::<_, RewardError>(change)
    };
    let acted = app.store.act_on_report(&report.id, seen, decide).await;
    acted.map(|_report| ()).map_err(|error| problem(error, report.version))
}

/// What an officer may never do is refused before anything is looked up, whatever version was seen.
fn permitted(officer: &Officer, action: RewardAction) -> Result<(), Problem> {
    let refused = |text| Err(Problem::new(Code::NotPermitted).with(text));
    match action.permission() {
        None => refused(RewardRefusal::WrongActor { action }.text()),
        Some(needed) if !officer.roles.may(needed) => {
            refused(Refusal::NoPermission(view::needs(needed)).text())
        }
        Some(_) => Ok(()),
    }
}

async fn shown(app: &App, officer: &Officer, id: &str) -> Result<RewardCase, Problem> {
    let (id, staff) = (id.to_owned(), officer.staff.id);
    let read = app.store.look(move |view| {
        let Some(report) = view.report(&id)? else { return Ok(None) };
        let file = CaseFile::read(view, &report)?;
        let candidates = facts::candidates(view, &file)?;
        let doubles = facts::doubles(view, &file, staff)?;
        Ok(Some((file, candidates, doubles)))
    });
    let (file, candidates, doubles) = read.await?.ok_or_else(|| Problem::new(Code::NotFound))?;
    let by = (officer, doubles.as_slice());
    Ok(view::of(&Names::of(app), by, &file, &candidates, app.clock.now()))
}

fn decided(
    view: &View<'_>,
    file: &CaseFile,
    deciding: &Deciding,
) -> Result<ReportChange, RewardError> {
    let (act, rules) = (&deciding.act, &deciding.rules);
    let before = reward::known(file.reward.as_ref());
    let mut kept = Kept::of(file.reward.as_ref())?;
    for (key, verdict) in &act.verdicts {
        kept.verdicts.insert(key.clone(), verdict.clone());
    }
    let candidates = facts::candidates(view, file)?;
    let known = reward::eligibility(file, &kept, facts::first(file, &candidates), rules);
    let criteria = eligibility(&known, rules);
    let step = match act.action {
        RewardAction::FindNotEligible => {
            let failed = criteria.iter().filter(|criterion| criterion.verdict == Verdict::NotMet);
            kept.reasons = failed.map(|criterion| criterion.key).collect();
            RewardStep::FindNotEligible(kept.reasons.clone())
        }
        RewardAction::Propose => {
            kept.facts = award_facts(act, rules)?;
            let amount_fen = amount(act, &kept.facts, rules)?;
            RewardStep::Propose { amount_fen, facts: kept.facts, outcome: outcome(&criteria) }
        }
        RewardAction::Notify => {
            let add = |day, count: u16| deciding.calendar.add_working_days(day, u32::from(count));
            RewardStep::Notify { claim_until: rules.claim_until(beijing_day(deciding.at), add) }
        }
        RewardAction::Pay => RewardStep::Pay(voucher(act)?),
        RewardAction::Reconsider => RewardStep::Reconsider,
        RewardAction::Approve => RewardStep::Approve,
        RewardAction::Reject => RewardStep::Reject,
        // The reporter's and the portal's own; the rules refuse them to officers.
        RewardAction::Claim => RewardStep::Claim(VoucherNumber::new(0)),
        RewardAction::Decline => RewardStep::Decline,
        RewardAction::Expire => RewardStep::Expire,
    };
    let number = deciding.staff.to_string();
    for double in facts::doubles(view, file, deciding.staff)? {
        let (as_double, day) = (double.to_string(), beijing_day(deciding.at));
        let acted = before.act(step.clone(), RewardActor::Officer(&as_double), day, rules);
        if let Err(RewardRefusal::OwnProposal | RewardRefusal::OwnDecision) = acted {
            return Err(RewardError::OnePerson);
        }
    }
    let (next, body) =
        before.act(step, RewardActor::Officer(&number), beijing_day(deciding.at), rules)?;
    let mut change = ReportChange::of(
        &file.report,
        &deciding.by,
        &format!("reward_{}", body.kind()),
        deciding.at,
    );
    change.reward = Some(stored(&next, &kept, rules));
    change.audit.push(audit(file, deciding, body.kind()));
    change.ledger.push(NewLedgerEntry {
        at: deciding.at,
        actor: LedgerActor::Officer(number),
        body,
    });
    Ok(change)
}

/// The award as the store keeps it.
pub fn stored(reward: &Reward, kept: &Kept, rules: &RewardRules) -> store::Reward {
    let number = |person: &Option<String>| person.as_deref().and_then(|text| text.parse().ok());
    let grounds = award(&kept.facts, rules).map(|award| award.grounds).unwrap_or_default();
    store::Reward {
        state: reward.state,
        amount_fen: reward.amount_fen.map(Amount::fen),
        edition: rules.edition.zh.clone(),
        tier: grounds.first().map(|ground| ground.key().to_owned()),
        proposer: number(&reward.proposer),
        approver: number(&reward.approver),
        payer: number(&reward.payer),
        voucher: reward.voucher.as_ref().map(|voucher| voucher.as_str().to_owned()),
        claim_due: reward.claim_until.map(after),
        body: serde_json::to_string(kept).unwrap_or_else(|_never| "{}".to_owned()),
    }
}

fn award_facts(act: &RewardAct, rules: &RewardRules) -> Result<AwardFacts, RewardError> {
    let incomplete =
        |field, zh: &str, en: &str| RewardError::Incomplete { field, text: Text::new(zh, en) };
    let mut facts = AwardFacts::default();
    match act.basis.as_deref() {
        Some("clue") => {
            let tiers = rules.clue_tiers_fen.get().cloned().unwrap_or_default();
            let wished = act.tier_fen.map(Amount::from_fen);
            let tier = tiers.iter().position(|tier| Some(*tier) == wished);
            facts.clue_tier = tier.and_then(|tier| u8::try_from(tier).ok());
            facts.clue_tier.ok_or_else(|| {
                incomplete(
                    "tier_fen",
                    "请选择规则中的一档金额。",
                    "Choose one of the rule's tiers.",
                )
            })?;
        }
        Some("penalty") => {
            let fine = act.fine_fen.filter(|fine| *fine > 0);
            facts.fine_fen = fine.map(Amount::from_fen);
            facts.fine_fen.ok_or_else(|| {
                incomplete("fine_fen", "请填写罚款金额。", "Give the fine that was imposed.")
            })?;
        }
        Some("emergency") => {
            facts.emergency = act.level.as_deref().and_then(level);
            facts.emergency.ok_or_else(|| {
                incomplete("level", "请选择事件级别。", "Choose the level of the emergency.")
            })?;
        }
        _ => return Err(incomplete("basis", "请选择奖励依据。", "Choose what the reward is for.")),
    }
    Ok(facts)
}

fn level(key: &str) -> Option<EmergencyLevel> {
    serde_json::from_value(serde_json::Value::from(key)).ok()
}

/// The amount by the rules, or the one given where they leave it open.
fn amount(act: &RewardAct, facts: &AwardFacts, rules: &RewardRules) -> Result<Amount, RewardError> {
    let worth = award(facts, rules).ok_or(RewardRefusal::NoGround)?;
    if let Some(fen) = act.amount_fen {
        return Ok(Amount::from_fen(fen));
    }
    if worth.least_fen == worth.most_fen {
        return Ok(worth.most_fen);
    }
    let (least_fen, most_fen) = (worth.least_fen, worth.most_fen);
    Err(RewardRefusal::Amount { least_fen, most_fen }.into())
}

fn voucher(act: &RewardAct) -> Result<VoucherNumber, RewardError> {
    VoucherNumber::parse(act.voucher.as_deref().unwrap_or_default()).map_err(|error| {
        let text =
            Text::new("凭证号有误，请逐位核对。", format!("{error}; compare it with the voucher."));
        RewardError::Incomplete { field: "voucher", text }
    })
}

fn audit(file: &CaseFile, deciding: &Deciding, kind: &str) -> NewAudit {
    let reason =
        deciding.act.reason.as_deref().map(|reason| reason.chars().take(500).collect::<String>());
    NewAudit {
        at: deciding.at,
        staff: Some(deciding.staff),
        action: format!("reward_{kind}"),
        subject: file.report.public_id.clone(),
        version: Some(file.report.version),
        body: serde_json::json!({ "reason": reason }).to_string(),
    }
}

fn problem(error: RewardError, version: u32) -> Problem {
    match error {
        RewardError::Store(error) => stale::problem(error, u64::from(version)),
        RewardError::Incomplete { field, text } => Problem::fields(vec![(field.to_owned(), text)]),
        RewardError::OnePerson => Problem::new(Code::NotPermitted).with(hands::one_person()),
        // One's own decision is never allowed, whatever becomes of the case.
        RewardError::Refused(
            refusal @ (RewardRefusal::OwnProposal
            | RewardRefusal::OwnDecision
            | RewardRefusal::WrongActor { .. }),
        ) => Problem::new(Code::NotPermitted).with(refusal.text()),
        RewardError::Refused(refusal) => Problem::new(Code::Conflict).with(refusal.text()),
    }
}
