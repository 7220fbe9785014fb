//! What is maintained beside the work: statements of the scorecard, pages of programmes.

mod programme;
mod score;

use contract::{
    officer::record::{Stated, Statements},
    programme::{ProgrammeLine, Programmes},
};
use domain::{
    Lang,
    scorecard::{Entry, Group, unit_name},
};
use leptos::prelude::*;
use ui::{Link, Title, lang};

use crate::{
    components::Failed,
    fetched::{fetched, fetched_public},
    routes::ContentPage,
    words,
};

/// Statements, below the console's interface.
const SCORECARD: &str = "record/scorecard";

/// The page; both lists without one.
pub(super) fn page(page: Option<ContentPage>) -> AnyView {
    match page {
        None => view! { <Lists/> }.into_any(),
        Some(ContentPage::Score(key)) => {
            view! { <score::ScorePage key=key.unwrap_or_default()/> }.into_any()
        }
        Some(ContentPage::Programme(slug)) => {
            view! { <programme::ProgrammePage slug=slug.unwrap_or_default()/> }.into_any()
        }
    }
}

#[component]
fn Lists() -> impl IntoView {
    let lang = lang();
    view! {
        <Title text=words::place_content(lang).to_owned()/>
        <h1>{words::place_content(lang)}</h1>
        <ProgrammeList/>
        <ScoreList/>
    }
}

#[component]
fn ProgrammeList() -> impl IntoView {
    let lang = lang();
    let pages = fetched_public::<Programmes>("api/v1/programmes");
    let row = move |line: ProgrammeLine| {
        let title = line.title.get(lang).to_owned();
        let summary = line.summary.get(lang).to_owned();
        let path = format!("content/programmes/{}", line.slug);
        view! {
            <li>
                <Link to=path class="case-link">{title}</Link>
                <span class="case-excerpt">{summary}</span>
            </li>
        }
    };
    let rows = move || {
        let known = pages.value.with(|known| known.as_ref().map(|known| known.programmes.clone()));
        known.unwrap_or_default().into_iter().map(row).collect_view()
    };
    view! {
        <section class="card stack" aria-label=words::content_programmes(lang)>
            <h2>{words::content_programmes(lang)}</h2>
            <Failed failure=pages.failure again=move |()| pages.again()/>
            <ul class="case-links">{rows}</ul>
            <p><Link to="content/programmes" class="button">{words::content_programme_new(lang)}</Link></p>
        </section>
    }
}

#[component]
fn ScoreList() -> impl IntoView {
    let lang = lang();
    let known = fetched::<Statements>(Signal::stored(SCORECARD.to_owned()));
    let come = known.has_come();
    let groups = move || {
        let current = known.value.with(|known| known.as_ref().map(current)).unwrap_or_default();
        let shown = Group::ALL.iter().map(|group| {
            let own = current.iter().filter(|stated| Group::of(&stated.entry.key) == Some(*group));
            table(*group, own.cloned().collect(), lang)
        });
        shown.collect_view()
    };
    view! {
        <section class="card stack" aria-label=words::content_scorecard(lang)>
            <h2>{words::content_scorecard(lang)}</h2>
            <p>{words::content_scorecard_explained(lang)}</p>
            <Failed failure=known.failure again=move |()| known.again()/>
            {move || (!come.get()).then(|| view! { <p role="status">{words::loading(lang)}</p> })}
            <p><Link to="content/scorecard" class="button">{words::content_score_new(lang)}</Link></p>
            {groups}
        </section>
    }
}

/// The statement of each key that was entered last, of those that nothing replaced.
fn current(known: &Statements) -> Vec<Stated> {
    let mut newest = std::collections::BTreeMap::new();
    for stated in known.statements.iter().filter(|stated| !stated.replaced) {
        newest.insert(stated.entry.key.clone(), stated.clone());
    }
    newest.into_values().collect()
}

fn table(group: Group, rows: Vec<Stated>, lang: Lang) -> Option<impl IntoView> {
    if rows.is_empty() {
        return None;
    }
    let name = group.name(lang);
    let row = move |stated: Stated| {
        let entry = stated.entry;
        let path = format!("content/scorecard/{}", entry.key);
        let mark = (!entry.publish).then(|| words::score_hidden(lang));
        let (name, key, said) = (name_of(&entry, lang), entry.key.clone(), in_words(&entry, lang));
        view! {
            <tr>
                <th scope="row">
                    <Link to=path class="case-link">{name}</Link>
                    <span class="case-excerpt">{key}</span>
                </th>
                <td>{said}</td>
                <td>{entry.source}{mark.map(|mark| view! { " "<span class="case-mark">{mark}</span> })}</td>
            </tr>
        }
    };
    Some(view! {
        <h3>{name}</h3>
        <div class="table-scroll" role="region" tabindex="0" aria-label=name>
            <table class="case-table">
                <caption class="visually-hidden">{name}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words::score_indicator(lang)}</th>
                        <th scope="col">{words::score_value(lang)}</th>
                        <th scope="col">{words::score_source(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    })
}

fn name_of(entry: &Entry, lang: Lang) -> String {
    lang.pick(&entry.zh, &entry.en).to_owned()
}

/// The statement as it is read: `超过 97 %（2023 年）`.
fn in_words(entry: &Entry, lang: Lang) -> String {
    let parts = [
        entry.sign.name(lang).to_owned(),
        entry.value.to_string(),
        unit_name(&entry.unit, lang).to_owned(),
    ];
    let said = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let year = entry.year.map(|year| words::score_of_year(lang, &year));
    format!("{said}{}", year.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use domain::scorecard::{Figure, Sign};

    use super::*;

    fn stated(key: &str, value: &str, replaced: bool) -> Stated {
        let entry = Entry {
            key: key.into(),
            zh: "销号率".into(),
            en: "closure rate".into(),
            value: Figure::read(value),
            unit: "%".into(),
            year: Some(2023),
            sign: Sign::Over,
            quote: "超过97%".into(),
            source: "公开报道".into(),
            note: domain::Text::default(),
            publish: true,
            at: "2026-11-27T06:05:00Z".parse().expect("an instant"),
        };
        Stated { entry, by: String::new(), replaced }
    }

    #[test]
    fn of_each_indicator_the_last_statement_that_stands_is_listed() {
        let known = Statements {
            statements: vec![
                stated("inspect.closed", "96", true),
                stated("inspect.closed", "97", false),
                stated("water.class", "II", false),
            ],
        };
        let current = current(&known);
        assert_eq!(current.len(), 2);
        assert_eq!(in_words(&current[0].entry, Lang::Zh), "超过 97 %（2023 年）");
    }
}
