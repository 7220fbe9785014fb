//! A case as officers see it.

use contract::{
    officer::{Case, CaseLink, CasePlace, PersonalMark, record::ItemOfReport},
    problem::Code,
    report::{NamedPlace, OfferedAction},
};
use domain::{
    Lang, Text, privacy,
    report::{ActionKind, Actor, CaseFacts, may, not_fixed_until},
};
use jiff::Timestamp;
use store::{ItemRow, Sender};

use super::{
    course,
    file::{self, CaseFile},
    line::{self, Beside},
    pictures, publication,
    similar::{self, Near},
};
use crate::{
    app::App,
    cases::{self, facts},
    officers::{names::Names, rewards, session::Officer},
    problem::Problem,
    reports::district,
};

/// The case with that number.
pub async fn case(app: &App, officer: &Officer, public_id: &str) -> Result<Case, Problem> {
    let (stored, now) = (file::stored_id(public_id)?, app.clock.now());
    let staff = officer.staff.id;
    let read = app.store.look(move |view| {
        let Some(report) = view.report_by_public_id(&stored)? else { return Ok(None) };
        let file = CaseFile::read(view, &report)?;
        let others = (similar::linked(view, &file)?, similar::near(view, &file, now)?);
        let candidates = rewards::facts::candidates(view, &file)?;
        let doubles = rewards::facts::doubles(view, &file, staff)?;
        let items = view.items_of_report(&report.public_id)?;
        Ok(Some((file, others, (candidates, doubles), items)))
    });
    let read = read.await?.filter(|(file, ..)| file::sees(officer, &file.report));
    let (file, mut others, (candidates, doubles), items) =
        read.ok_or_else(|| Problem::new(Code::NotFound))?;
    // What is alike or linked may be another department's.
    for others in [&mut others.0, &mut others.1] {
        others.retain(|near| file::sees(officer, near.report()));
    }
    let names = Names::of(app);
    let reward = rewards::view::of(&names, (officer, doubles.as_slice()), &file, &candidates, now);
    let case = shown(&names, officer, &file, &others, now);
    let items = items.into_iter().map(item).collect();
    Ok(Case { reward, items, ..case })
}

fn shown(
    names: &Names<'_>,
    officer: &Officer,
    file: &CaseFile,
    (links, similar): &(Vec<Near>, Vec<Near>),
    now: Timestamp,
) -> Case {
    let (report, facts) = (&file.report, facts::of(file));
    let text = report.told.text.clone().unwrap_or_default();
    Case {
        line: line::with(names, report, beside(file), now),
        version: u64::from(report.version),
        server_time: now,
        answers: course::answers(names, file),
        exact: place(file),
        photos: pictures::listed(file),
        media_urls: media_urls(file),
        source: source(&report.channel).to_owned(),
        has_identity: file.identity,
        course: course::events(names, file),
        messages: course::messages(file),
        links: others(names, file, links, now),
        items: Vec::new(),
        similar: others(names, file, similar, now),
        department: department(names, file),
        preview: publication::preview(names, file),
        personal: personal(&text),
        publication: cases::publication(report.standing.publication),
        contest_until: facts.closed_at.map(not_fixed_until),
        reward: rewards::view::none(file),
        actions: offered(file, &facts, officer, now),
        text,
    }
}

fn item(row: ItemRow) -> ItemOfReport {
    ItemOfReport { number: row.number, title: row.title, stage: row.stage }
}

fn beside(file: &CaseFile) -> Beside {
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let newest = file.messages.iter().rev().find(|message| message.to_reporter);
    Beside {
        assignee: file.assignee.clone(),
        photos: count(file.photos.len()),
        linked: count(file.links.len()),
        unanswered: newest.is_some_and(|message| message.sender == Sender::Reporter)
            && file.report.standing.state.is_open(),
    }
}

/// How it came, as the contract names it.
fn source(channel: &str) -> &str {
    match channel {
        "app" => "portal",
        "form" => "no_script",
        other => other,
    }
}

fn place(file: &CaseFile) -> CasePlace {
    let told = &file.report.told;
    CasePlace {
        point: told.place.and_then(similar::point).map(district::place),
        address: told.place_text.clone(),
        street: told.street.clone(),
        outfall: told.outfall.clone(),
    }
}

/// Addresses that an Open311 client named; whoever follows one leaves the portal.
fn media_urls(file: &CaseFile) -> Vec<String> {
    #[derive(Default, serde::Deserialize)]
    #[serde(default)]
    struct Extra {
        media_url: Vec<String>,
    }
    let extra = file.report.told.extra.as_deref().map(serde_json::from_str::<Extra>);
    extra.and_then(Result::ok).unwrap_or_default().media_url
}

fn department(names: &Names<'_>, file: &CaseFile) -> Option<NamedPlace> {
    let key = file.report.standing.department.clone()?;
    let name =
        names.department(&key).cloned().unwrap_or_else(|| Text::new(key.clone(), key.clone()));
    Some(NamedPlace { code: key, name, place: None })
}

fn others(names: &Names<'_>, file: &CaseFile, near: &[Near], now: Timestamp) -> Vec<CaseLink> {
    near.iter().map(|near| similar::shown(names, file, near, now)).collect()
}

fn personal(text: &str) -> Vec<PersonalMark> {
    let found = privacy::find(text).into_iter();
    let mark = |found: privacy::Found| PersonalMark {
        from: found.range.start,
        to: found.range.end,
        kind: Text::new(found.kind.name(Lang::Zh), found.kind.name(Lang::En)),
    };
    found.map(mark).collect()
}

/// Every action of officers, with the reason where it may not be taken.
fn offered(
    file: &CaseFile,
    facts: &CaseFacts,
    officer: &Officer,
    now: Timestamp,
) -> Vec<OfferedAction> {
    let officers = ActionKind::ALL.iter().copied().filter(|kind| !kind.permissions().is_empty());
    let offer = |action| {
        let refusal = may(facts, action, Actor::Officer(officer.roles), now).err();
        let kept = || publication::objection(&file.report);
        let kept = if action == ActionKind::Publish { kept() } else { None };
        OfferedAction { action, refusal: refusal.map(|refusal| refusal.text()).or(kept) }
    };
    officers.map(offer).collect()
}
