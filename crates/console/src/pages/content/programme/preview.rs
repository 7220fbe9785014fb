//! A text as the public will see it: the server turns it into HTML, with the function that makes the public page.

use std::time::Duration;

use domain::{Lang, Text};
use leptos::{prelude::*, task::spawn_local};
use ui::lang;

use crate::{
    api_client::{self, Failure},
    components::Failed,
    words,
};

/// Without a key pressed for so long, what was typed is shown.
const PAUSE: Duration = Duration::from_millis(600);

/// The page's heading and text in one language.
#[component]
pub(super) fn Preview(
    /// Markdown, as it is typed.
    text: RwSignal<String>,
    title: RwSignal<String>,
    of: Lang,
) -> impl IntoView {
    let (html, failure) = (RwSignal::new(String::new()), RwSignal::new(None::<Failure>));
    let (asked, retried) = (StoredValue::new(0_u32), RwSignal::new(0_u32));
    Effect::new(move |before: Option<()>| {
        retried.track();
        let body = text.get();
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let number = asked.get_value();
        let ask = move || spawn_local(show(body, of, number, asked, html, failure));
        set_timeout(ask, if before.is_some() { PAUSE } else { Duration::ZERO });
    });
    let name = match of {
        Lang::Zh => words::programme_preview_zh(lang()),
        Lang::En => words::programme_preview_en(lang()),
    };
    view! {
        <section class="card" aria-label=name>
            <h2>{name}</h2>
            <Failed failure again=move |()| retried.update(|count| *count += 1)/>
            <div class="public-preview" lang=of.tag()>
                <p class="preview-title">{title}</p>
                // Made by the server of a few harmless elements; whatever else was typed is text in it.
                <div class="prose story" inner_html=html></div>
            </div>
        </section>
    }
}

/// Asks for the HTML, unless something newer was typed meanwhile.
async fn show(
    body: String,
    of: Lang,
    number: u32,
    asked: StoredValue<u32>,
    html: RwSignal<String>,
    failure: RwSignal<Option<Failure>>,
) {
    let is_newest = move || asked.try_get_value() == Some(number);
    if !is_newest() {
        return;
    }
    let markdown = match of {
        Lang::Zh => Text::new(body, ""),
        Lang::En => Text::new("", body),
    };
    let outcome = api_client::post::<Text>("record/markdown", &markdown).await;
    if !is_newest() {
        return;
    }
    match outcome {
        Ok(shown) => {
            failure.set(None);
            html.set(shown.get(of).to_owned());
        }
        Err(why) => failure.set(Some(why)),
    }
}
