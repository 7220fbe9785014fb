//! One indicator: what is stated of it, and what was stated before, which stays.

use contract::officer::record::{Stated, StatementEdit, Statements};
use domain::{
    Lang, Text,
    scorecard::{Figure, Sign},
};
use leptos::prelude::*;
use ui::{Choice, Link, Title, dates, lang};

use super::{SCORECARD, in_words, name_of};
use crate::{
    api_client,
    components::{Area, Failed, Input, Select},
    fetched::{Fetched, Sending, fetched},
    routes::Place,
    words,
};

/// The page; with an empty key, of an indicator that is not there yet.
#[component]
pub(super) fn ScorePage(key: String) -> impl IntoView {
    let lang = lang();
    let known = fetched::<Statements>(Signal::stored(SCORECARD.to_owned()));
    let come = known.has_come();
    let title = title(key.clone(), known, lang);
    view! {
        <Title text=title/>
        <h1>{title}</h1>
        {(!key.is_empty()).then(|| view! { <p class="meta">{key.clone()}</p> })}
        <Failed failure=known.failure again=move |()| known.again()/>
        {move || if come.get() {
            view! { <Whole key=key.clone() known/> }.into_any()
        } else {
            view! { <p role="status">{words::loading(lang)}</p> }.into_any()
        }}
        <p><Link to=Place::Content.path()>{words::content_all(lang)}</Link></p>
    }
}

/// What the indicator is called now; its key until that is known.
fn title(key: String, known: Fetched<Statements>, lang: Lang) -> Signal<String> {
    if key.is_empty() {
        return Signal::stored(words::content_score_new(lang).to_owned());
    }
    Signal::derive(move || {
        let last = |known: &Statements| {
            let mut own = known.statements.iter().map(|stated| &stated.entry);
            Some(name_of(own.rfind(|entry| entry.key == key)?, lang))
        };
        known.value.with(|known| known.as_ref().and_then(last)).unwrap_or_else(|| key.clone())
    })
}

/// What was typed.
#[derive(Clone, Copy)]
struct Typed {
    key: RwSignal<String>,
    zh: RwSignal<String>,
    en: RwSignal<String>,
    value: RwSignal<String>,
    unit: RwSignal<String>,
    year: RwSignal<String>,
    sign: RwSignal<String>,
    quote: RwSignal<String>,
    source: RwSignal<String>,
    note_zh: RwSignal<String>,
    note_en: RwSignal<String>,
    publish: RwSignal<bool>,
}

impl Typed {
    /// What was stated last, to be changed.
    fn of(key: String, last: Option<&Stated>) -> Self {
        let entry = last.map(|stated| &stated.entry);
        let text = |read: fn(&domain::scorecard::Entry) -> String| {
            RwSignal::new(entry.map(read).unwrap_or_default())
        };
        Self {
            key: RwSignal::new(key),
            zh: text(|entry| entry.zh.clone()),
            en: text(|entry| entry.en.clone()),
            value: text(|entry| entry.value.to_string()),
            unit: text(|entry| entry.unit.clone()),
            year: text(|entry| entry.year.map(|year| year.to_string()).unwrap_or_default()),
            sign: text(|entry| entry.sign.key().to_owned()),
            quote: text(|entry| entry.quote.clone()),
            source: text(|entry| entry.source.clone()),
            note_zh: text(|entry| entry.note.zh.clone()),
            note_en: text(|entry| entry.note.en.clone()),
            publish: RwSignal::new(entry.is_none_or(|entry| entry.publish)),
        }
    }

    fn edit(self, seen: u32) -> StatementEdit {
        let said = |signal: RwSignal<String>| signal.with_untracked(|text| text.trim().to_owned());
        StatementEdit {
            seen,
            name: Text::new(said(self.zh), said(self.en)),
            value: Figure::read(&said(self.value)),
            unit: said(self.unit),
            year: said(self.year).parse().ok(),
            sign: Sign::from_key(&said(self.sign)).unwrap_or(Sign::Exactly),
            quote: said(self.quote),
            source: said(self.source),
            note: Text::new(said(self.note_zh), said(self.note_en)),
            publish: self.publish.get_untracked(),
        }
    }
}

#[component]
fn Whole(key: String, known: Fetched<Statements>) -> impl IntoView {
    let (lang, sending) = (lang(), Sending::new());
    let is_new = key.is_empty();
    let stated = move |key: &str| {
        let of = |known: &Statements| {
            let own = known.statements.iter().filter(|stated| stated.entry.key == key);
            own.cloned().collect::<Vec<_>>()
        };
        known.value.with(|known| known.as_ref().map(of)).unwrap_or_default()
    };
    let last = untrack(|| stated(&key).into_iter().rfind(|stated| !stated.replaced));
    let typed = Typed::of(key, last.as_ref());
    let all = Memo::new(move |_| stated(&typed.key.get()));
    let saved = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let key = typed.key.get_untracked().trim().to_owned();
        let seen = all.with_untracked(Vec::len).try_into().unwrap_or(u32::MAX);
        let (path, body) = (format!("{SCORECARD}/{key}"), typed.edit(seen));
        let request = async move { api_client::put::<Statements>(&path, &body).await };
        sending.start(request, move |answer| {
            known.value.set(Some(answer));
            saved.set(true);
        });
    };
    view! {
        <form class="card stack" aria-label=words::score_form(lang) on:submit=submit>
            <h2>{words::score_form(lang)}</h2>
            {is_new.then(|| view! {
                <Input label=words::score_key(lang) value=typed.key required=true/>
                <p class="meta">{words::score_key_rule(lang)}</p>
            })}
            <Fields typed/>
            <p class="meta">{words::score_kept(lang)}</p>
            <Failed failure=sending.failure again=move |()| known.again()/>
            <p class="button-row">
                <button type="submit" class="button button-main" disabled=move || sending.busy.get()>{words::score_save(lang)}</button>
            </p>
            <p role="status">{move || saved.get().then(|| words::score_saved(lang))}</p>
        </form>
        <section class="card" aria-label=words::score_history(lang)>
            <h2>{words::score_history(lang)}</h2>
            <ol class="case-course">{move || all.get().into_iter().rev().map(|stated| row(stated, lang)).collect_view()}</ol>
        </section>
    }
}

#[component]
fn Fields(typed: Typed) -> impl IntoView {
    let lang = lang();
    let signs = Sign::ALL.iter().map(|sign| {
        let name =
            if sign.name(lang).is_empty() { words::score_exactly(lang) } else { sign.name(lang) };
        Choice::new(sign.key(), format!("{} {name}", sign.key()))
    });
    view! {
        <div class="fields fields-wide">
            <Input label=words::score_name_zh(lang) value=typed.zh required=true/>
            <Input label=words::score_name_en(lang) value=typed.en required=true/>
        </div>
        <div class="fields">
            <Select label=words::score_sign(lang) choices=signs.collect() value=typed.sign/>
            <Input label=words::score_value(lang) value=typed.value required=true/>
            <Input label=words::score_unit(lang) value=typed.unit/>
            <Input label=words::score_year(lang) value=typed.year inputmode="numeric"/>
        </div>
        <Area label=words::score_quote(lang) value=typed.quote rows=2 required=true/>
        <div class="fields fields-wide"><Input label=words::score_source(lang) value=typed.source required=true/></div>
        <div class="fields fields-wide">
            <Area label=words::score_note_zh(lang) value=typed.note_zh rows=2/>
            <Area label=words::score_note_en(lang) value=typed.note_en rows=2/>
        </div>
        <label class="check">
            <input type="checkbox" prop:checked=move || typed.publish.get() on:change=move |event| typed.publish.set(event_target_checked(&event))/>
            {words::score_publish(lang)}
        </label>
    }
}

fn row(stated: Stated, lang: Lang) -> impl IntoView {
    let entry = stated.entry;
    // What came with the profile was written down by nobody, at no time.
    let by = match stated.by.as_str() {
        "" => words::content_from_profile(lang).to_owned(),
        by => format!("{} · {by}", dates::plain(entry.at)),
    };
    let replaced = stated.replaced.then(|| words::score_replaced(lang));
    let hidden = (!entry.publish).then(|| words::score_hidden(lang));
    let marks = [replaced, hidden].into_iter().flatten();
    let marks = marks.map(|mark| view! { " "<span class="case-mark">{mark}</span> }).collect_view();
    view! {
        <li>
            <p><strong>{in_words(&entry, lang)}</strong>{marks}
                <span class="meta">" · "{by}</span></p>
            <p class="case-text">{entry.quote.clone()}</p>
            <p class="meta">{entry.source.clone()}</p>
            {(!entry.note.is_empty()).then(|| view! { <p class="meta">{entry.note.get(lang).to_owned()}</p> })}
        </li>
    }
}
