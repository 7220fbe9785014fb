//! Step 5: what the public would see, what only officers see, and sending it off.

use domain::{Lang, privacy, report::Category};
use leptos::{prelude::*, task::spawn_local};
use ui::{Kept, Visit, lang};

use super::{
    draft::Draft,
    place::sentence,
    seal::seal,
    start::{Desk, View},
    step::Step,
    writing::{CURRENT, Writing, address_of_step},
};
use crate::{
    components::{PersonalData, PhotoView, focus_on},
    device::{Change, Shelf, Shelves, Unkept},
    outbox::{self, Fate, Parcel, photo_key},
    words,
};

/// Both readings of the report, and the button.
#[component]
pub(super) fn Preview() -> impl IntoView {
    let writing = Writing::expect();
    writing.solve();
    view! { <PublicCopy/> <OfficersCopy/> <Send/> }
}

/// Exactly what the server makes public once an officer has looked: masked by the same function.
#[component]
fn PublicCopy() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let draft = writing.draft;
    let text = writing.part(|draft| draft.text.clone());
    let category = Memo::new(move |_| writing.category());
    let fact =
        |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    let content = move || match category.get() {
        Some(category) if !category.is_public() => {
            view! { <p>{words::report_never_public(lang)}</p> }.into_any()
        }
        category => {
            let name = category.as_ref().map(|category| category.name.get(lang).to_owned());
            let place = draft.with(|draft| public_place(draft, category.as_ref(), writing, lang));
            let day = ui::dates::day(ui::dates::beijing(writing.clock.now()).date(), lang);
            view! {
                <dl class="preview">
                    {fact(words::report_category(lang), name.unwrap_or_default())}
                    <div><dt>{words::report_text(lang)}</dt><dd class="written">{privacy::mask(text.get().trim())}</dd></div>
                    {fact(words::report_step_where(lang), place)}
                    {fact(words::reports_received(lang), day)}
                </dl>
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="report-public">
            <h3 id="report-public">{words::report_public(lang)}</h3>
            <p>{words::report_public_about(lang)}</p>
            {content}
            <PersonalData text/>
        </section>
    }
    .into_any()
}

/// The place as a cell, as large as the category needs.
fn public_place(
    draft: &Draft,
    category: Option<&Category>,
    writing: Writing,
    lang: Lang,
) -> String {
    let street = writing.form.with_value(|form| {
        let street = form.streets.iter().find(|street| street.code == draft.street);
        street.map(|street| street.name.get(lang).to_owned())
    });
    let cell = match (draft.place, category) {
        (None, _) => words::report_cell_none(lang).to_owned(),
        (Some(_), Some(category)) if category.from_home => {
            words::report_cell_home(lang, &privacy::cells::K)
        }
        (Some(_), Some(category)) if category.fine_cell => {
            words::report_cell(lang, &privacy::cells::Level::M50.metres())
        }
        (Some(_), _) => words::report_cell(lang, &privacy::cells::Level::M500.metres()),
    };
    street.map_or(cell.clone(), |street| words::report_cell_in(lang, &street, &cell))
}

/// What is added for officers alone.
#[component]
fn OfficersCopy() -> impl IntoView {
    let (lang, writing) = (lang(), Writing::expect());
    let draft = writing.draft;
    let fact = |name: &'static str, text: String| {
        (!text.is_empty())
            .then(|| view! { <div><dt>{name}</dt><dd class="written">{text}</dd></div> })
    };
    let facts = move || {
        draft.with(|draft| {
            let answers = answers(draft, writing, lang);
            let place = draft.place.map(|place| sentence(place, lang)).unwrap_or_default();
            let named = draft.contact.given
                && writing.form.with_value(|form| form.identity_recipient.is_some());
            let who = if named { words::report_named(lang) } else { words::report_anonymous(lang) };
            view! {
                <dl class="preview">
                    {answers}
                    {fact(words::report_place(lang), place)}
                    {fact(words::report_address(lang), draft.address.clone())}
                    {fact(words::report_outfall(lang), draft.outfall.clone())}
                    {fact(words::report_who(lang), who.to_owned())}
                </dl>
            }
            .into_any()
        })
    };
    let id = writing.part(|draft| draft.id.clone());
    let photos = writing.part(|draft| draft.photos.clone());
    let pictures = move || {
        let picture = |(number, photo): (usize, super::draft::DraftPhoto)| {
            let key = photo_key(&id.get_untracked(), &photo.digest);
            view! { <li><PhotoView key name=words::report_photo(lang, &(number + 1))/></li> }
        };
        photos.get().into_iter().enumerate().map(picture).collect_view()
    };
    view! {
        <section class="card" aria-labelledby="report-officers">
            <h3 id="report-officers">{words::report_officers(lang)}</h3>
            {facts}
            <ul class="photos">{pictures}</ul>
        </section>
    }
    .into_any()
}

fn answers(draft: &Draft, writing: Writing, lang: Lang) -> AnyView {
    let questions = writing.category().map(|category| category.questions).unwrap_or_default();
    let answered = questions.into_iter().filter_map(|question| {
        let values = draft.answer(&question.code);
        let label = |value: &String| {
            let choice = question.choices.iter().find(|choice| choice.key == *value);
            choice.map_or(value.clone(), |choice| choice.label.get(lang).to_owned())
        };
        let text = values.iter().map(label).collect::<Vec<_>>().join(words::list_gap(lang));
        let label = question.label.get(lang).to_owned();
        (!values.is_empty())
            .then(|| view! { <div><dt>{label}</dt><dd class="written">{text}</dd></div> })
    });
    answered.collect_view().into_any()
}

/// The button; what is wrong is told above, and the focus goes there.
#[component]
fn Send() -> impl IntoView {
    let (lang, writing, desk) = (lang(), Writing::expect(), Desk::expect());
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<&'static str>));
    let send = move |_| {
        if busy.get_untracked() || !writing.tell(&Step::ALL) {
            return;
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let outcome = send_off(writing).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(id) => show_sent(writing, desk, id),
                Err(sentence) => {
                    let _ = trouble.try_set(Some(sentence));
                    focus_on("report-send".to_owned());
                }
            }
        });
    };
    let website = writing.website;
    let put = move |event| website.set(event_target_value(&event));
    view! {
        <div class="off-page" aria-hidden="true">
            <label>{words::report_trap(lang)}
                <input type="text" name="website" tabindex="-1" autocomplete="off" prop:value=website on:input=put/>
            </label>
        </div>
        <div role="alert">{move || trouble.get().map(|sentence| view! { <p class="notice">{sentence}</p> })}</div>
        <p><button type="button" id="report-send" class="button button-main" on:click=send disabled=move || busy.get()>
            {words::report_send(lang)}
        </button></p>
        <p class="meta">{words::report_send_about(lang)}</p>
    }
    .into_any()
}

fn show_sent(writing: Writing, desk: Desk, id: String) {
    Kept::set_preference(CURRENT, None);
    outbox::send(writing.clock);
    let address = untrack(|| address_of_step(writing.router, Some("sent")));
    // The draft is gone: the way back leads to the beginning.
    writing.router.go(&address, Visit::Replace);
    desk.view.set(View::Sent(id));
}

/// Puts the report into the outbox; its id, or why that is not possible.
async fn send_off(writing: Writing) -> Result<String, &'static str> {
    let draft = writing.draft.get_untracked();
    let now_ms = writing.clock.now().as_millisecond();
    let recipient = writing.form.with_value(|form| form.identity_recipient.clone());
    let sealed = match recipient.filter(|_| draft.contact.given) {
        Some(recipient) => Some(
            seal(&recipient, &draft.contact.name, &draft.contact.reach)
                .await
                .ok_or(words::report_seal_failed(writing.lang))?,
        ),
        None => None,
    };
    let website = writing.website.get_untracked();
    let submission = draft.submission(writing.lang, now_ms, website, sealed);
    let parcel = Parcel {
        id: draft.id.clone(),
        made_ms: now_ms,
        category: draft.category.clone(),
        unsent: submission.photos.clone(),
        submission: Some(submission),
        left_out: vec![],
        proof: writing.proof.get_untracked(),
        failures: 0,
        code: Some(draft.code.clone()),
        fate: Fate::Waiting,
    };
    let shelves = Shelves::open().await;
    writing.sent.set_value(true);
    match outbox::send_off(&shelves, &parcel).await {
        Ok(()) => {}
        // Another tab was faster: it is the same report, and this one's draft is done with.
        Err(Unkept::Known) => {
            let gone = vec![Change::Delete(Shelf::Drafts, draft.id.clone())];
            let _ = shelves.change(gone).await;
        }
        Err(Unkept::Refused) => {
            writing.sent.set_value(false);
            return Err(words::report_no_room(writing.lang));
        }
    }
    Ok(draft.id)
}
