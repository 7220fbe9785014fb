//! Parts of the program that are fetched when they are first needed.
//!
//! There are few of them: what two share becomes a file of its own, and every file is a request.

use std::future::Future;

use leptos::{prelude::*, wasm_split::SplitLoaderError};

use crate::{lang, words};

/// A part's view, or that it could not be fetched.
pub type Chunk = Result<AnyView, SplitLoaderError>;

/// Shows a part when it has arrived; a part that cannot be fetched is a sentence and not a panic.
pub fn later(chunk: impl Future<Output = Chunk> + Send + 'static) -> AnyView {
    let view = async move {
        match chunk.await {
            Ok(view) => view,
            Err(_) => view! { <Missing/> }.into_any(),
        }
    };
    // What a function shows takes the place of the page before it at once. A `Suspend` alone would leave that page there
    // until the part has come: its signals are gone by then, and the new address would make it read them.
    let mut view = Some(view);
    (move || view.take().map(Suspend::new)).into_any()
}

#[component]
fn Missing() -> impl IntoView {
    let lang = lang();
    // A fresh start asks for everything again, from this device's own copy where there is one.
    let again = move |_| drop(window().location().reload());
    view! {
        <div class="notice" role="alert">
            <p>{words::chunk_failed(lang)}</p>
            <p><button type="button" class="button" on:click=again>{words::chunk_again(lang)}</button></p>
        </div>
    }
}
