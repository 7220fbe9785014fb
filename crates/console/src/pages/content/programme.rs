//! The page of a programme in Markdown, beside what the public will see of it.

mod preview;

use contract::{
    officer::record::{ProgrammeEdit, ProgrammeHistory, ProgrammeRevision},
    programme::ProgrammeText,
};
use domain::{Lang, Text};
use leptos::prelude::*;
use ui::{Link, Router, Title, Visit, dates, lang};

use self::preview::Preview;
use crate::{
    api_client,
    components::{Area, Failed, Input},
    fetched::{Fetched, Sending, fetched},
    routes::Place,
    words,
};

/// The page; with an empty name, of a programme that is not there yet.
#[component]
pub(super) fn ProgrammePage(slug: String) -> impl IntoView {
    if slug.is_empty() {
        return view! { <NewPage/> }.into_any();
    }
    let lang = lang();
    let history = fetched::<ProgrammeHistory>(Signal::stored(path_of(&slug)));
    let come = history.has_come();
    let name = slug.clone();
    let title = Signal::derive(move || {
        let newest = |history: &ProgrammeHistory| {
            history.revisions.first().map(|newest| newest.text.title.get(lang).to_owned())
        };
        history.value.with(|known| known.as_ref().and_then(newest)).unwrap_or_else(|| name.clone())
    });
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        <p class="meta">{slug.clone()}</p>
        <Failed failure=history.failure again=move |()| history.again()/>
        {move || if come.get() {
            view! { <Whole history/> }.into_any()
        } else {
            view! { <p role="status">{words::loading(lang)}</p> }.into_any()
        }}
        <p class="button-row">
            <Link to=Place::Content.path() class="button">{words::content_all(lang)}</Link>
            <a class="button" rel="external" href=format!("../programmes/{slug}?lang={}", lang.tag())>{words::programme_public(lang)}</a>
        </p>
    }
    .into_any()
}

fn path_of(slug: &str) -> String {
    format!("record/programmes/{slug}")
}

/// A new page begins with its name; its first text is written on the page itself.
#[component]
fn NewPage() -> impl IntoView {
    let (lang, router) = (lang(), Router::expect());
    let slug = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = slug.get_untracked().trim().to_lowercase();
        router
            .go(&untrack(|| router.address_of(&format!("content/programmes/{name}"))), Visit::Push);
    };
    view! {
        <Title text=words::content_programme_new(lang).to_owned()/>
        <h1>{words::content_programme_new(lang)}</h1>
        <form class="card stack" on:submit=submit>
            <Input label=words::programme_slug(lang) value=slug required=true/>
            <p class="meta">{words::programme_slug_rule(lang)}</p>
            <p><button type="submit" class="button button-main">{words::programme_begin(lang)}</button></p>
        </form>
    }
}

/// What was typed, each in both languages.
#[derive(Clone, Copy)]
struct Typed {
    title: Both,
    summary: Both,
    body: Both,
    figures: RwSignal<String>,
    stations: RwSignal<String>,
    items: RwSignal<String>,
}

/// A text in both languages.
#[derive(Clone, Copy)]
struct Both {
    zh: RwSignal<String>,
    en: RwSignal<String>,
}

impl Both {
    fn empty() -> Self {
        Self { zh: RwSignal::new(String::new()), en: RwSignal::new(String::new()) }
    }

    fn put(self, text: &Text) {
        self.zh.set(text.zh.clone());
        self.en.set(text.en.clone());
    }

    fn text(self) -> Text {
        Text::new(self.zh.get_untracked(), self.en.get_untracked())
    }
}

impl Typed {
    fn empty() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            title: Both::empty(),
            summary: Both::empty(),
            body: Both::empty(),
            figures: empty(),
            stations: empty(),
            items: empty(),
        }
    }

    fn put(self, text: &ProgrammeText) {
        self.title.put(&text.title);
        self.summary.put(&text.summary);
        self.body.put(&text.body);
        self.figures.set(text.figures.join(" "));
        self.stations.set(text.stations.join(" "));
        self.items.set(text.items.join(" "));
    }

    fn text(self) -> ProgrammeText {
        ProgrammeText {
            title: self.title.text(),
            summary: self.summary.text(),
            body: self.body.text(),
            figures: self.figures.with_untracked(|text| names(text)),
            stations: self.stations.with_untracked(|text| names(text)),
            items: self.items.with_untracked(|text| names(text)),
        }
    }
}

/// Names between blanks or commas of either script.
fn names(text: &str) -> Vec<String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、');
    text.split(between).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[component]
fn Whole(history: Fetched<ProgrammeHistory>) -> impl IntoView {
    let (lang, sending, typed) = (lang(), Sending::new(), Typed::empty());
    let newest = history.value.with_untracked(|known| known.as_ref()?.revisions.first().cloned());
    if let Some(newest) = newest {
        typed.put(&newest.text);
    }
    let saved = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let seen = history.value.with_untracked(|known| {
            known.as_ref().map(|known| (path_of(&known.slug), known.version))
        });
        let Some((path, seen_version)) = seen else { return };
        let body = ProgrammeEdit { seen_version, text: typed.text() };
        let request = async move { api_client::put::<ProgrammeHistory>(&path, &body).await };
        sending.start(request, move |answer| {
            history.value.set(Some(answer));
            saved.set(true);
        });
    };
    let revisions = move || {
        history
            .value
            .with(|known| known.as_ref().map(|known| known.revisions.clone()))
            .unwrap_or_default()
    };
    view! {
        <div class="case-page programme-page">
            <form class="card stack" aria-label=words::programme_form(lang) on:submit=submit>
                <h2>{words::programme_form(lang)}</h2>
                <Fields typed/>
                <Failed failure=sending.failure again=move |()| history.again()/>
                <p><button type="submit" class="button button-main" disabled=move || sending.busy.get()>{words::programme_save(lang)}</button></p>
                <p role="status">{move || saved.get().then(|| words::programme_saved(lang))}</p>
            </form>
            <div class="stack">
                <Preview text=typed.body.zh title=typed.title.zh of=Lang::Zh/>
                <Preview text=typed.body.en title=typed.title.en of=Lang::En/>
                <section class="card" aria-label=words::programme_revisions(lang)>
                    <h2>{words::programme_revisions(lang)}</h2>
                    <ol class="case-course">
                        {move || revisions().into_iter().map(|known| revision(known, typed, lang)).collect_view()}
                    </ol>
                </section>
            </div>
        </div>
    }
}

#[component]
fn Fields(typed: Typed) -> impl IntoView {
    let lang = lang();
    view! {
        <div class="fields fields-wide">
            <Input label=words::programme_title_zh(lang) value=typed.title.zh required=true/>
            <Input label=words::programme_title_en(lang) value=typed.title.en required=true/>
        </div>
        <Area label=words::programme_summary_zh(lang) value=typed.summary.zh rows=2 required=true/>
        <Area label=words::programme_summary_en(lang) value=typed.summary.en rows=2 required=true/>
        <p class="meta">{words::programme_markdown(lang)}</p>
        <Area label=words::programme_body_zh(lang) value=typed.body.zh rows=14 required=true/>
        <Area label=words::programme_body_en(lang) value=typed.body.en rows=14 required=true/>
        <div class="fields fields-wide">
            <Input label=words::programme_figures(lang) value=typed.figures/>
            <Input label=words::programme_stations(lang) value=typed.stations/>
            <Input label=words::programme_items(lang) value=typed.items/>
        </div>
        <p class="meta">{words::programme_names(lang)}</p>
    }
}

/// One revision, which can be brought back into the form.
fn revision(known: ProgrammeRevision, typed: Typed, lang: Lang) -> impl IntoView {
    let by = match known.by.as_str() {
        "" => words::content_from_profile(lang).to_owned(),
        by => by.to_owned(),
    };
    let at = dates::plain(known.at);
    let name = words::programme_bring_back(lang, &at);
    let title = known.text.title.get(lang).to_owned();
    view! {
        <li>
            <p><strong>{title}</strong><span class="meta">" · "{at}" · "{by}</span></p>
            <button type="button" class="button" on:click=move |_| typed.put(&known.text)>{name}</button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_stand_between_blanks_or_commas_of_either_script() {
        assert_eq!(names("a.b, c.d，e\n f、g "), ["a.b", "c.d", "e", "f", "g"]);
        assert!(names("  ").is_empty());
    }
}
