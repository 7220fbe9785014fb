//! What the public would see or sees, and the decision about it.

use contract::{
    officer::{Case, CasePhoto},
    report::{Publication, PublishedReport},
};
use domain::{Lang, report::ActionKind};
use leptos::prelude::*;
use ui::{dates, lang};

use super::{OpenCase, photos::picture};
use crate::{
    components::{Area, Failed, PublicationBadge},
    fetched::Sending,
    words,
};

/// The preview, and the forms that publish or take down.
#[component]
pub(super) fn PublicationPart() -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let state = Memo::new(move |_| open.case.with(|case| case.publication));
    view! {
        <section class="card" aria-label=words::publication_title(lang)>
            <h2>{words::publication_title(lang)}</h2>
            <p>{move || view! { <PublicationBadge publication=state.get()/> }}</p>
            {move || open.case.with(|case| preview(&case.preview, lang))}
            <Publish/>
            {move || (state.get() != Publication::Never).then(|| view! { <Hide/> })}
        </section>
    }
}

fn preview(report: &PublishedReport, lang: Lang) -> impl IntoView + use<> {
    let place = match (&report.street, report.cell_m) {
        (Some(street), Some(cell)) => words::preview_cell(lang, &street.get(lang), &cell),
        (None, Some(cell)) => words::preview_cell(lang, &"", &cell),
        (Some(street), None) => street.get(lang).to_owned(),
        (None, None) => words::preview_no_place(lang).to_owned(),
    };
    let text = report.text.clone().unwrap_or_else(|| words::preview_no_text(lang).to_owned());
    let number = report.photos.len();
    view! {
        <div class="public-preview">
            <p class="meta">{words::preview_title(lang)}</p>
            <p><strong>{report.category_name.get(lang).to_owned()}</strong>" · "{report.state.name(lang)}" · "{dates::day(report.received, lang)}</p>
            <p class="case-text">{text}</p>
            <p class="meta">{place}" · "{words::preview_photos(lang, &number)}</p>
        </div>
    }
}

/// Text and photos as they are to be shown.
#[component]
fn Publish() -> impl IntoView {
    let (lang, open, sending) = (lang(), OpenCase::expect(), Sending::new());
    let text = RwSignal::new(
        open.case.with_untracked(|case| case.preview.text.clone()).unwrap_or_default(),
    );
    let wanted = RwSignal::new(open.case.with_untracked(wanted_at_first));
    let photos = Memo::new(move |_| open.case.with(|case| case.photos.clone()));
    let refusal =
        Memo::new(move |_| open.refusal(ActionKind::Publish).map(|why| why.get(lang).to_owned()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut act = open.wish(ActionKind::Publish);
        act.public_text = Some(text.get_untracked());
        act.public_photos = chosen(&photos.get_untracked(), &wanted.get_untracked());
        open.act(sending, act, || ());
    };
    view! {
        <form class="stack" on:submit=submit>
            <Area label=words::publish_text(lang) value=text/>
            <p class="meta">{words::publish_masked(lang)}</p>
            <ul class="case-photos">
                {move || photos.get().into_iter().map(|photo| view! { <Pick photo wanted/> }).collect_view()}
            </ul>
            <Failed failure=sending.failure again=move |()| open.look_again()/>
            <p>
                <button type="submit" class="button button-main" aria-describedby="publish-refusal"
                    disabled=move || sending.busy.get() || refusal.get().is_some()>
                    {ActionKind::Publish.name(lang)}
                </button>
                " "<span class="meta" id="publish-refusal">{refusal}</span>
            </p>
        </form>
    }
}

/// A photo and whether it is shown: its blackened copy where there is one.
#[component]
fn Pick(photo: CasePhoto, wanted: RwSignal<Vec<String>>) -> impl IntoView {
    let (lang, open) = (lang(), OpenCase::expect());
    let shown = picture(open, photo.redacted.as_ref().unwrap_or(&photo.sha256));
    let id = photo.sha256.clone();
    let own = id.clone();
    let change = move |event| {
        let ticked = event_target_checked(&event);
        wanted.update(|wanted| {
            wanted.retain(|known| *known != id);
            if ticked {
                wanted.push(id.clone());
            }
        });
    };
    let label = if photo.redacted.is_some() {
        words::publish_copy(lang)
    } else {
        words::publish_original(lang)
    };
    view! {
        <li>
            <img src=shown alt="" loading="lazy"/>
            <label class="check">
                <input type="checkbox" on:change=change
                    prop:checked=move || wanted.with(|wanted| wanted.contains(&own))/>
                {label}
            </label>
        </li>
    }
}

#[component]
fn Hide() -> impl IntoView {
    let (lang, open, sending) = (lang(), OpenCase::expect(), Sending::new());
    let reason = RwSignal::new(String::new());
    let refusal =
        Memo::new(move |_| open.refusal(ActionKind::Hide).map(|why| why.get(lang).to_owned()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut act = open.wish(ActionKind::Hide);
        act.reason = Some(reason.get_untracked());
        open.act(sending, act, move || reason.set(String::new()));
    };
    view! {
        <details>
            <summary>{words::hide_title(lang)}</summary>
            <form class="stack" on:submit=submit>
                <Area label=words::act_reason(lang) value=reason rows=2 required=true/>
                <Failed failure=sending.failure again=move |()| open.look_again()/>
                <p>
                    <button type="submit" class="button" aria-describedby="hide-refusal"
                        disabled=move || sending.busy.get() || refusal.get().is_some()>
                        {ActionKind::Hide.name(lang)}
                    </button>
                    " "<span class="meta" id="hide-refusal">{refusal}</span>
                </p>
            </form>
        </details>
    }
}

/// The photos that were chosen before.
fn wanted_at_first(case: &Case) -> Vec<String> {
    let chosen = case.photos.iter().filter(|photo| photo.publish);
    chosen.map(|photo| photo.sha256.clone()).collect()
}

/// The names to publish, in the order of the photos: the copy where there is one, never its original.
fn chosen(photos: &[CasePhoto], wanted: &[String]) -> Vec<String> {
    let chosen = photos.iter().filter(|photo| wanted.contains(&photo.sha256));
    chosen.map(|photo| photo.redacted.as_ref().unwrap_or(&photo.sha256).clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blackened_photo_is_published_as_its_copy() {
        let photo = |sha256: &str, redacted: Option<&str>| CasePhoto {
            sha256: sha256.into(),
            width: 640,
            height: 480,
            redacted: redacted.map(Into::into),
            publish: false,
            message: None,
        };
        let photos = [photo("a", None), photo("b", Some("b2")), photo("c", Some("c2"))];
        assert_eq!(chosen(&photos, &["b".into(), "a".into()]), ["a", "b2"]);
    }
}
