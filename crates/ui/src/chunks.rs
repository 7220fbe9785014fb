//! Parts of the program that are fetched when they are first needed.
//!
//! There are few of them: what two share becomes a file of its own, and every file is a request.

use std::future::Future;

use leptos::{either::Either, prelude::*, wasm_split::SplitLoaderError};

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
    Suspend::new(view).into_any()
}

/// What `show` gives, each time in place of what was there. A part alone would leave the page before it standing until it
/// has come: that page's signals are gone by then, and the new address would make it read them.
pub fn in_place(
    mut show: impl FnMut() -> AnyView + Send + 'static,
) -> impl FnMut() -> Either<AnyView, AnyView> + Send + 'static {
    let mut odd = false;
    move || {
        odd = !odd;
        let shown = show();
        // Another side is another view, which is taken away and not rebuilt.
        if odd { Either::Left(shown) } else { Either::Right(shown) }
    }
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
