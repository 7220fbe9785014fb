//! The demonstration's record: cases quoted from the source, the rest of the list made up, the scorecard and the pages of
//! the profile. All of it is marked, and the same folder gets it once.

use anyhow::{Context, Result};
use domain::{
    canonical::{hex, sha256},
    period::beijing_day,
    rectification::{
        ActorRole, Body, Cause, CheckStep, Evidence, EvidenceKind, Facts, ItemNumber, Milestone,
        Origin, Phase, Refusal, Rules, Source, Stage, Term,
    },
};
use jiff::{ToSpan, civil::Date};
use store::{ItemChange, NewItemEvent, NewObjection, NewRevision, Seen};

use super::{
    course::Course,
    district::{Batch, District, Generated, QuotedCase, Template},
};
use crate::{app::App, keys};

/// Whoever reads who changed an issue last.
const BY: &str = "演示数据";

/// SplitMix64: the same list from the same seed, on every machine.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `most`, which is not 0.
    pub const fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % most
    }

    fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most - least).unwrap_or_default() + 1;
        least + i64::try_from(self.below(width)).unwrap_or_default()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(of.len()).ok().filter(|count| *count > 0)?;
        of.get(usize::try_from(self.below(count)).ok()?)
    }
}

/// Plays the record of the profile, unless it was played before.
///
/// # Errors
///
/// When something of the profile cannot be taken as it stands.
pub async fn play(app: &App) -> Result<()> {
    let district = app.profile.record.clone();
    let now = app.clock.now();
    if app.store.scores().await?.is_empty() {
        app.store.add_scores(district.statements.clone(), None, Vec::new()).await?;
    }
    for page in &district.programmes {
        if app.store.revisions(&page.slug).await?.is_empty() {
            let body = serde_json::to_string(&page.text())?;
            let new = NewRevision { slug: page.slug.clone(), at: now, staff: None, body };
            app.store.revise_programme(new, 0, Vec::new()).await?;
        }
    }
    if app.store.rectification_head().await?.count > 0 {
        return Ok(());
    }
    let units: Vec<String> = super::units(&app.profile).into_keys().collect();
    let calendar = &app.reports.calendar;
    let events = list(&district, &units, calendar, beijing_day(now))?;
    app.store.record_items(events, BY, Vec::new()).await?;
    objections(app).await?;
    app.store.publish_head(beijing_day(now)).await?;
    Ok(())
}

/// Every event of the list, in the order of their days.
///
/// # Errors
///
/// When a case of the profile breaks a rule.
pub fn list(
    district: &District,
    units: &[String],
    calendar: &domain::calendar::WorkCalendar,
    today: Date,
) -> Result<Vec<(ItemNumber, NewItemEvent)>> {
    let rules = &district.rules;
    let mut events = Vec::new();
    let mut closed = 0;
    for case in &district.cases {
        let course = Course::new(case.number.clone(), rules, calendar, today);
        let told = quoted(case, course);
        events.extend(told.with_context(|| format!("case {} of record.toml", case.number))?);
        closed += usize::from(case.stage == Stage::Closed);
    }
    if let Some(generated) = &district.generated {
        let maker = Maker { generated, units, rules, calendar, today };
        events.extend(maker.all(generated.closed.saturating_sub(closed))?);
    }
    // What happened to one issue stays in its order: the sort is stable.
    events.sort_by_key(|(_, event)| event.on);
    Ok(events)
}

fn record(note: &str, phase: Phase) -> Vec<Evidence> {
    vec![Evidence { kind: EvidenceKind::Record, phase, sha256: None, note: note.to_owned() }]
}

fn quoted(
    case: &QuotedCase,
    mut course: Course<'_>,
) -> Result<impl Iterator<Item = (ItemNumber, NewItemEvent)>, Refusal> {
    let facts = Facts {
        source: case.source,
        batch: case.batch.clone(),
        medium: case.medium,
        title: case.title.clone(),
        title_en: Some(case.title_en.clone()),
        text: case.text.clone(),
        origin: Origin::Quoted,
        report: None,
    };
    let words = Words {
        unit: case.unit.clone(),
        goal: case.goal.clone(),
        measures: case.measures.clone(),
        result: case.result.clone(),
    };
    let end = if case.stage == Stage::Closed { End::Closed } else { End::PhaseDone };
    let mut dice = Dice::new(u64::from(sha256(case.number.as_str().as_bytes())[0]));
    go(&mut course, facts, &words, case.found, 240, end, &mut dice)?;
    Ok(course.events())
}

/// What is said on the way.
struct Words {
    unit: String,
    goal: String,
    measures: String,
    result: String,
}

/// How far an issue goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Open,
    Assigned,
    MeasuresSet,
    OnTrack,
    Behind,
    PhaseDone,
    Done,
    Accepted,
    Publicity,
    Closed,
    ClosedAgain,
    Reopened,
}

/// The open issues of the list: how they end, how many, and how many days before today they were found.
const OPEN: [(End, usize, i64, i64); 10] = [
    (End::Open, 3, 1, 6),
    (End::Assigned, 5, 14, 22),
    (End::MeasuresSet, 6, 24, 40),
    (End::OnTrack, 15, 36, 75),
    (End::Behind, 6, 200, 260),
    (End::PhaseDone, 2, 150, 200),
    (End::Done, 4, 100, 140),
    (End::Accepted, 3, 115, 150),
    (End::Publicity, 5, 130, 131),
    (End::Reopened, 2, 230, 260),
];

struct Maker<'a> {
    generated: &'a Generated,
    units: &'a [String],
    rules: &'a Rules,
    calendar: &'a domain::calendar::WorkCalendar,
    today: Date,
}

impl Maker<'_> {
    fn all(&self, closed: usize) -> Result<Vec<(ItemNumber, NewItemEvent)>> {
        let mut dice = Dice::new(self.generated.seed);
        let batches = self.generated.batches.iter();
        let issues: Vec<&Batch> =
            batches.flat_map(|batch| std::iter::repeat_n(batch, batch.count)).collect();
        let open = issues.len().saturating_sub(closed);
        let mut ends: Vec<(End, i64, i64)> = OPEN
            .iter()
            .flat_map(|(end, count, least, most)| {
                std::iter::repeat_n((*end, *least, *most), *count)
            })
            .collect();
        anyhow::ensure!(
            ends.len() == open,
            "{} issues stay open, the demonstration tells of {}",
            open,
            ends.len()
        );
        // What central and municipal inspections found is all rectified; of the rest, one in twenty stays open while there are any.
        let may_stay =
            |batch: &Batch| matches!(batch.source, Source::SelfFound | Source::PublicReport);
        let mut events = Vec::new();
        for (at, batch) in issues.iter().enumerate() {
            let number = ItemNumber::parse(&format!("DEMO-{:04}", at + 1))?;
            let stays = may_stay(batch) && at % 20 == 7;
            let (end, found) = match stays.then(|| ends.pop()).flatten() {
                Some((end, least, most)) => (end, self.today - dice.between(least, most).days()),
                None => (self.closing(at), self.found(batch, &mut dice)),
            };
            events.extend(self.one(number, batch, end, found, &mut dice)?);
        }
        anyhow::ensure!(ends.is_empty(), "{} issues found no place in the list", ends.len());
        Ok(events)
    }

    const fn closing(&self, at: usize) -> End {
        if at % 150 == 49 { End::ClosedAgain } else { End::Closed }
    }

    /// Long enough ago to be closed by now.
    fn found(&self, batch: &Batch, dice: &mut Dice) -> Date {
        let latest = self.today - 420.days();
        let until = batch.until.unwrap_or(latest).min(latest);
        let width = i64::from((until - batch.from).get_days()).max(0);
        batch.from + dice.between(0, width).days()
    }

    fn one(
        &self,
        number: ItemNumber,
        batch: &Batch,
        end: End,
        found: Date,
        dice: &mut Dice,
    ) -> Result<Vec<(ItemNumber, NewItemEvent)>> {
        let template: &Template =
            dice.one(&self.generated.templates).context("record.toml has no templates")?;
        let unit = dice.one(self.units).context("the profile has no units")?.clone();
        let facts = Facts {
            source: batch.source,
            batch: batch.batch.clone(),
            medium: template.medium,
            title: template.title.zh.clone(),
            title_en: Some(template.title.en.clone()),
            text: template.text.clone(),
            origin: Origin::Simulated,
            report: None,
        };
        let words = Words {
            unit,
            goal: template.goal.clone(),
            measures: template.measures.clone(),
            result: template.result.clone(),
        };
        let length = match end {
            End::Closed => dice.between(40, 260),
            End::ClosedAgain => dice.between(40, 120),
            _ => 90,
        };
        let mut course = Course::new(number.clone(), self.rules, self.calendar, self.today);
        go(&mut course, facts, &words, found, length, end, dice)
            .with_context(|| format!("issue {number} of the demonstration"))?;
        Ok(course.events().collect())
    }
}

/// The course of one issue: `length` days of work, up to `end`.
fn go(
    course: &mut Course<'_>,
    facts: Facts,
    words: &Words,
    found: Date,
    length: i64,
    end: End,
    dice: &mut Dice,
) -> Result<(), Refusal> {
    course.add(found, Body::Found { facts })?;
    if end == End::Open {
        return Ok(());
    }
    let assigned = course.working(found + dice.between(1, 4).days());
    let term = if length < 60 { Term::Immediate } else { Term::Dated };
    // Some finish late, and the record says so.
    let late = dice.below(12) == 0;
    let due = assigned + (if late { length - 10 } else { length + 20 }).days();
    let unit = words.unit.clone();
    course.add(assigned, Body::Assigned { unit, lead: None, term, due: Some(due) })?;
    if end == End::Assigned {
        return Ok(());
    }
    let set = assigned + dice.between(3, 9).days();
    course.add(set, measures(words, assigned, length))?;
    if end == End::MeasuresSet {
        return Ok(());
    }
    work(course, assigned, length, end)?;
    if matches!(end, End::OnTrack | End::Behind) {
        return Ok(());
    }
    finish(course, words, assigned + length.days(), end, dice)
}

fn measures(words: &Words, assigned: Date, length: i64) -> Body {
    Body::MeasuresSet {
        goal: words.goal.clone(),
        measures: words.measures.clone(),
        plan: vec![
            Milestone { day: assigned + (length / 2).days(), permille: 400 },
            Milestone { day: assigned + length.days(), permille: 1_000 },
        ],
        reason: None,
    }
}

/// Reports on the way: a third, then two thirds; one that falls behind stays at the first.
fn work(course: &mut Course<'_>, assigned: Date, length: i64, end: End) -> Result<(), Refusal> {
    let shares: &[(i64, u16)] = match end {
        End::Behind => &[(3, 200)],
        End::OnTrack => &[(3, 450), (5, 700)],
        _ => &[(3, 400), (7, 800)],
    };
    for (tenth, permille) in shares {
        let progress = Body::Progress {
            permille: *permille,
            text: format!("已完成 {} %，其余按计划推进。", permille / 10),
            pace: None,
            evidence: record("现场进度检查", Phase::During),
        };
        course.add(assigned + (length * tenth / 10).days(), progress)?;
    }
    Ok(())
}

fn finish(
    course: &mut Course<'_>,
    words: &Words,
    ready: Date,
    end: End,
    dice: &mut Dice,
) -> Result<(), Refusal> {
    let result = words.result.clone();
    let evidence = record(&result, Phase::After);
    if end == End::PhaseDone {
        course.add(ready, Body::PhaseDone { result, evidence })?;
        return Ok(());
    }
    course.add(ready, Body::Done { result, evidence })?;
    if end == End::Done {
        return Ok(());
    }
    check_and_show(course, ready, end, dice)?;
    if matches!(end, End::ClosedAgain | End::Reopened) {
        again(course, words, end, dice)?;
    }
    Ok(())
}

fn check_and_show(
    course: &mut Course<'_>,
    ready: Date,
    end: End,
    dice: &mut Dice,
) -> Result<(), Refusal> {
    for (step, after) in CheckStep::ALL.iter().zip([2_i64, 4, 7]) {
        let record = format!("{}：现场核查，整改到位。", step.name(domain::Lang::Zh));
        let body = Body::Checked { step: *step, passed: true, record, evidence: Vec::new() };
        course.add(ready + after.days(), body)?;
    }
    if end == End::Accepted {
        return Ok(());
    }
    // Those that are shown now were accepted long before, or their days would be over.
    let accepted = course.case().map_or(ready, |case| case.last);
    let from = if end == End::Publicity {
        course.last_days(dice.between(2, 8))
    } else {
        course.working(accepted + dice.between(2, 10).days())
    };
    let window = course.window(from);
    let shown = Body::Published { from: window.from, until: window.until, link: None };
    course.add(from, shown)?;
    if end == End::Publicity {
        return Ok(());
    }
    course.add(window.until + 1.day(), Body::Closed)?;
    Ok(())
}

/// It came back, and was put right once more, or is being put right.
fn again(course: &mut Course<'_>, words: &Words, end: End, dice: &mut Dice) -> Result<(), Refusal> {
    let closed = course.case().map_or(Date::MIN, |case| case.last);
    let back = course.working(closed + dice.between(30, 60).days());
    let reason = "巡查发现问题反弹。".to_owned();
    let reopened = Body::Reopened {
        cause: Cause::Rebound,
        reason,
        evidence: record("巡查记录", Phase::Before),
    };
    course.add(back, reopened)?;
    let due = back + 90.days();
    let reason = "反弹后重新确定时限。".to_owned();
    course.add(back, Body::DeadlineChanged { term: Term::Dated, due: Some(due), reason })?;
    if end == End::Reopened {
        return Ok(());
    }
    let ready = back + 30.days();
    let result = words.result.clone();
    let evidence = record("复核到位", Phase::After);
    course.add(ready, Body::Done { result, evidence })?;
    check_and_show(course, ready, End::Closed, dice)
}

/// Objections to two of the issues that are shown: one waits for an answer, one was answered.
async fn objections(app: &App) -> Result<()> {
    let today = beijing_day(app.clock.now());
    let shown: Vec<_> = app
        .store
        .items()
        .await?
        .into_iter()
        .filter(|item| {
            item.stage == Stage::Publicity && item.until.is_some_and(|until| until >= today)
        })
        .take(2)
        .collect();
    for (at, item) in shown.iter().enumerate() {
        let number = ItemNumber::parse(&item.number)?;
        let text = "演示异议：雨后仍有异味，请再次核查。".to_owned();
        let objection = NewObjection { salt: keys::random()?, text, contact: None };
        let body = Body::Objected { objection: 1, sha256: hex(&objection.hash()) };
        let mut change = change(app, ActorRole::Public, body);
        change.objection = Some(objection);
        act(app, &number, change).await?;
        if at == 0 {
            let answer = "已再次到现场核查，未发现异味，异议不成立。".to_owned();
            let body = Body::ObjectionAnswered { objection: 1, upheld: false, answer };
            act(app, &number, self::change(app, ActorRole::Officer, body)).await?;
        }
    }
    Ok(())
}

fn change(app: &App, actor: ActorRole, body: Body) -> ItemChange {
    let at = app.clock.now();
    let on = beijing_day(at);
    let event = NewItemEvent { at, on, actor, unit: None, signed: None, simulated: true, body };
    ItemChange::of(event, BY)
}

async fn act(app: &App, number: &ItemNumber, change: ItemChange) -> Result<()> {
    let decide = move |_: &store::View<'_>, _: &domain::rectification::Case| {
        Ok::<_, store::StoreError>(change)
    };
    app.store.act_on_item(number, Seen::Any, decide).await?;
    Ok(())
}
