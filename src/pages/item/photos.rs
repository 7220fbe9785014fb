//! Photos before and after, laid over each other with a handle that finger, mouse and keyboard move alike.

use std::sync::Arc;

use contract::rectification::{Item, ItemPhoto};
use domain::{Lang, rectification::Phase};
use leptos::prelude::*;
use ui::{Written, lang};

use crate::words;

/// Pairs as sliders, then what has no counterpart.
#[component]
pub(super) fn Photos(item: Arc<Item>) -> impl IntoView {
    let lang = lang();
    let (pairs, others) = paired(&item.photos);
    let pairs: Vec<_> = pairs
        .into_iter()
        .enumerate()
        .map(|(number, (before, after))| view! { <li><Pair number=number + 1 before after/></li> })
        .collect();
    let others: Vec<_> = others.iter().map(|photo| single(photo, lang)).collect();
    (!item.photos.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="item-photos">
                <h2 id="item-photos">{words::item_photos(lang)}</h2>
                <ul class="pairs">{pairs}</ul>
                <ul class="photos">{others}</ul>
            </section>
        }
        .into_any()
    })
}

/// Photos before and after in the order they came, two by two; the rest in the order of the work.
fn paired(photos: &[ItemPhoto]) -> (Vec<(ItemPhoto, ItemPhoto)>, Vec<ItemPhoto>) {
    let of = |phase| photos.iter().filter(move |photo| photo.phase == phase).cloned();
    let pairs: Vec<_> = of(Phase::Before).zip(of(Phase::After)).collect();
    let rest = of(Phase::Before)
        .skip(pairs.len())
        .chain(of(Phase::During))
        .chain(of(Phase::After).skip(pairs.len()));
    let rest = rest.collect();
    (pairs, rest)
}

/// One photo over the other; the handle says how much of the second is seen.
#[component]
fn Pair(number: usize, before: ItemPhoto, after: ItemPhoto) -> impl IntoView {
    let lang = lang();
    let shown = RwSignal::new(50_u32);
    let id = format!("item-pair-{number}");
    let slide = move |event| {
        if let Ok(percent) = event_target_value(&event).parse() {
            shown.set(percent);
        }
    };
    let said = move || words::photo_shown(lang, &(100 - shown.get()), &shown.get());
    let width = before.width.max(1);
    let ratio = format!("{width} / {}", before.height.max(1));
    view! {
        <div class="pair">
            <div class="pair-stage" style=("aspect-ratio", ratio) style=("--shown", move || format!("{}%", shown.get()))>
                <img src=before.href.clone() alt=alt(&before, lang) loading="lazy"/>
                <img class="pair-after" src=after.href.clone() alt=alt(&after, lang) loading="lazy"/>
                <span class="pair-line" aria-hidden="true"></span>
            </div>
            <label class="field-label" for=id.clone()>{words::photo_compare(lang, &number)}</label>
            <input class="pair-handle" type="range" id=id min="0" max="100" step="5" prop:value=shown
                aria-valuetext=said on:input=slide/>
            <p class="meta pair-legend">
                <span>{Phase::Before.name(lang)} " " <Written text=before.note/></span>
                <span>{Phase::After.name(lang)} " " <Written text=after.note/></span>
            </p>
        </div>
    }
    .into_any()
}

fn single(photo: &ItemPhoto, lang: Lang) -> AnyView {
    let note = photo.note.clone();
    view! {
        <li>
            <img class="photo" src=photo.href.clone() alt=alt(photo, lang) width=photo.width height=photo.height loading="lazy"/>
            <p class="meta">{photo.phase.name(lang)} " " <Written text=note/></p>
        </li>
    }
    .into_any()
}

/// When it was taken. What it shows is said below it, in the language it was written in.
fn alt(photo: &ItemPhoto, lang: Lang) -> String {
    words::photo_alt(lang, &photo.phase.name(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(phase: Phase, href: &str) -> ItemPhoto {
        ItemPhoto { href: href.into(), phase, note: String::new(), width: 4, height: 3 }
    }

    #[test]
    fn photos_are_compared_two_by_two_and_none_is_left_out() {
        let photos = [
            photo(Phase::Before, "b1"),
            photo(Phase::After, "a1"),
            photo(Phase::During, "d1"),
            photo(Phase::Before, "b2"),
        ];
        let (pairs, rest) = paired(&photos);
        assert_eq!(pairs.len(), 1);
        assert_eq!((pairs[0].0.href.as_str(), pairs[0].1.href.as_str()), ("b1", "a1"));
        let rest: Vec<&str> = rest.iter().map(|photo| photo.href.as_str()).collect();
        assert_eq!(rest, ["b2", "d1"]);
    }
}
