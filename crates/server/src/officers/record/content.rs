//! The scorecard and the pages of programmes: only ever added to, with a source and a name behind every change.

use contract::{
    officer::record::{
        ProgrammeEdit, ProgrammeHistory, ProgrammeRevision, Stated, StatementEdit, Statements,
    },
    problem::Code,
    programme::ProgrammeText,
};
use domain::{
    Lang, Text,
    rectification::ItemNumber,
    report::wording::{LINE, PARAGRAPH, line, paragraph},
    scorecard::{Entry, EntryFault},
};
use store::{NewAudit, NewRevision, StoreError};

use crate::{
    app::App,
    officers::{session::Officer, stale},
    problem::Problem,
};

/// Characters of a page in one language.
const MOST_CHARACTERS: usize = 40_000;

/// Everything that was ever stated, shown or not.
pub async fn statements(app: &App) -> Result<Statements, Problem> {
    let all = app.store.look(|view| view.scores_by()).await?;
    let replaced = |at: usize, entry: &Entry| {
        all.iter()
            .skip(at + 1)
            .any(|(later, _)| (&later.key, later.year) == (&entry.key, entry.year))
    };
    let stated = all.iter().enumerate().map(|(at, (entry, by))| Stated {
        entry: entry.clone(),
        by: by.clone().unwrap_or_default(),
        replaced: replaced(at, entry),
    });
    Ok(Statements { statements: stated.collect() })
}

/// Adds a statement about the indicator `key`.
pub async fn state(
    app: &App,
    officer: &Officer,
    key: String,
    edit: StatementEdit,
) -> Result<Statements, Problem> {
    let entry = Entry {
        key,
        zh: edit.name.zh.trim().to_owned(),
        en: edit.name.en.trim().to_owned(),
        value: edit.value,
        unit: edit.unit.trim().to_owned(),
        year: edit.year,
        sign: edit.sign,
        quote: edit.quote.trim().to_owned(),
        source: edit.source.trim().to_owned(),
        note: Text::new(edit.note.zh.trim(), edit.note.en.trim()),
        publish: edit.publish,
        at: app.clock.now(),
    };
    let faults = faults(&entry);
    if !faults.is_empty() {
        return Err(Problem::fields(faults));
    }
    let facts = serde_json::json!({ "value": entry.value, "year": entry.year,
        "publish": entry.publish, "source": entry.source });
    let audit = audit(app, officer, "statement_add", &entry.key, &facts);
    let stated = app.store.state_score(entry, edit.seen, officer.staff.id, vec![audit]).await;
    stated.map_err(|error| stale::problem(error, u64::from(edit.seen) + 1))?;
    statements(app).await
}

/// Every field at fault.
fn faults(entry: &Entry) -> Vec<(String, Text)> {
    let said = |fault: EntryFault| Text::new(fault.sentence(Lang::Zh), fault.sentence(Lang::En));
    let mut faults = Vec::new();
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'_';
    if entry.key.len() > 60 || !entry.key.contains('.') || !entry.key.bytes().all(plain) {
        faults.push(("key".to_owned(), said(EntryFault::UnknownGroup)));
    }
    if let Err(fault) = entry.check() {
        let field = match fault {
            EntryFault::UnknownGroup => "key",
            EntryFault::NoName => "name",
            EntryFault::NoValue => "value",
            EntryFault::NoSource if entry.source.is_empty() => "source",
            EntryFault::NoSource => "quote",
            EntryFault::HalfNote => "note",
            EntryFault::BadYear => "year",
        };
        faults.push((field.to_owned(), said(fault)));
    }
    if !entry.publish && entry.note.is_empty() {
        let text = Text::new("不公开的数据须注明原因。", "Say why this is not to be shown.");
        faults.push(("note".to_owned(), text));
    }
    let value = entry.value.to_string();
    let lines = [
        ("name", &entry.zh),
        ("name", &entry.en),
        ("value", &value),
        ("unit", &entry.unit),
        ("source", &entry.source),
    ];
    let lines = lines.map(|(field, text)| (field, line(text, LINE)));
    let paragraphs = [("quote", &entry.quote), ("note", &entry.note.zh), ("note", &entry.note.en)];
    let paragraphs = paragraphs.map(|(field, text)| (field, paragraph(text, PARAGRAPH)));
    for (field, fits) in lines.into_iter().chain(paragraphs) {
        if let Err(fault) = fits {
            let text = Text::new(fault.sentence(Lang::Zh), fault.sentence(Lang::En));
            faults.push((field.to_owned(), text));
        }
    }
    faults
}

/// The page with all its revisions; none for a page that nobody made yet.
pub async fn history(app: &App, slug: &str) -> Result<ProgrammeHistory, Problem> {
    let revisions = app.store.revisions(slug).await?;
    let shown = |revision: &store::Revision| {
        Ok(ProgrammeRevision {
            at: revision.at,
            by: revision.staff_name.clone().unwrap_or_default(),
            text: serde_json::from_str(&revision.body).map_err(Problem::internal)?,
        })
    };
    Ok(ProgrammeHistory {
        slug: slug.to_owned(),
        version: revisions.first().map_or(0, |revision| revision.id),
        revisions: revisions.iter().map(shown).collect::<Result<_, Problem>>()?,
    })
}

/// Adds a revision of the page, or its first one.
pub async fn revise(
    app: &App,
    officer: &Officer,
    slug: &str,
    edit: ProgrammeEdit,
) -> Result<ProgrammeHistory, Problem> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if slug.is_empty() || slug.len() > 60 || !slug.bytes().all(plain) {
        return Err(Problem::new(Code::NotFound));
    }
    let faults = faults_of_page(app, &edit.text).await?;
    if !faults.is_empty() {
        return Err(Problem::fields(faults));
    }
    let new = NewRevision {
        slug: slug.to_owned(),
        at: app.clock.now(),
        staff: Some(officer.staff.id),
        body: serde_json::to_string(&edit.text).map_err(Problem::internal)?,
    };
    let facts = serde_json::json!({ "after": edit.seen_version });
    let audit = audit(app, officer, "programme_revise", slug, &facts);
    if let Err(error) = app.store.revise_programme(new, edit.seen_version, vec![audit]).await {
        let now = match &error {
            StoreError::Stale { .. } => history(app, slug).await?.version.unsigned_abs(),
            _ => 0,
        };
        return Err(stale::problem(error, now));
    }
    history(app, slug).await
}

/// Every field at fault: both languages are written, and what is named is there.
async fn faults_of_page(app: &App, text: &ProgrammeText) -> Result<Vec<(String, Text)>, Problem> {
    let mut faults = Vec::new();
    for (field, pair, most) in [
        ("title", &text.title, LINE),
        ("summary", &text.summary, PARAGRAPH),
        ("body", &text.body, MOST_CHARACTERS),
    ] {
        if pair.zh.trim().is_empty() || pair.en.trim().is_empty() {
            let text = Text::new("请填写中英文两种文本。", "Write it in both languages.");
            faults.push((field.to_owned(), text));
        }
        let fits = |text: &String| paragraph(text, most).err();
        if let Some(fault) = fits(&pair.zh).or_else(|| fits(&pair.en)) {
            let text = Text::new(fault.sentence(Lang::Zh), fault.sentence(Lang::En));
            faults.push((field.to_owned(), text));
        }
    }
    let scores = app.store.scores().await?;
    let mut unknown = |field: &str, name: &str| {
        let text = Text::new(format!("没有“{name}”。"), format!("There is no \"{name}\"."));
        faults.push((field.to_owned(), text));
    };
    for key in &text.figures {
        if !scores.iter().any(|entry| entry.key == *key) {
            unknown("figures", key);
        }
    }
    for code in &text.stations {
        if app.profile.station(code).is_none() {
            unknown("stations", code);
        }
    }
    for number in &text.items {
        let known = match ItemNumber::parse(number) {
            Ok(parsed) => app.store.item(parsed.as_str()).await?.is_some(),
            Err(_) => false,
        };
        if !known {
            unknown("items", number);
        }
    }
    Ok(faults)
}

fn audit(
    app: &App,
    officer: &Officer,
    action: &str,
    subject: &str,
    facts: &serde_json::Value,
) -> NewAudit {
    NewAudit {
        at: app.clock.now(),
        staff: Some(officer.staff.id),
        action: action.to_owned(),
        subject: subject.to_owned(),
        version: None,
        body: facts.to_string(),
    }
}
