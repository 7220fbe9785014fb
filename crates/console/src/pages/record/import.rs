//! A list is looked at first; only then it is imported, whole or without the rows at fault.

mod findings;

use contract::officer::record::{ImportRun, ImportState, ImportView};
use leptos::{prelude::*, task::spawn_local};
use ui::{Link, Title, lang};
use web_sys::HtmlInputElement;

use self::findings::Findings;
use crate::{api_client, components::Failed, fetched::Sending, routes::Place, words};

/// Between two questions of how far it is.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(700);

/// The page.
#[component]
pub(super) fn ImportPage() -> impl IntoView {
    let (lang, sending) = (lang(), Sending::new());
    let import = RwSignal::new(None::<ImportView>);
    let choose = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        import.set(None);
        sending.start(
            async move { api_client::send_file::<ImportView>("record/import/dry-run", &file).await },
            move |view| follow(import, sending, view),
        );
        // The same file may be chosen again once it was put right.
        input.set_value("");
    };
    // The server goes on with what was begun, also while nobody can ask.
    let again = move |()| {
        let busy = import.get_untracked().filter(|view| view.state.is_busy());
        if let Some(view) = busy {
            ask(import, sending, view.token);
        }
    };
    view! {
        <Title text=words::record_import(lang).to_owned()/>
        <h1>{words::record_import(lang)}</h1>
        <p>{words::import_explained(lang)}</p>
        <section class="card stack" aria-label=words::import_file(lang)>
            <h2>{words::import_file(lang)}</h2>
            <label class="field">
                <span class="field-label">{words::import_choose(lang)}</span>
                <input type="file" accept=".csv,.xlsx" on:change=choose disabled=move || sending.busy.get()/>
            </label>
            <p class="meta">{words::import_columns(lang)}</p>
            <Failed failure=sending.failure again/>
            <Standing import sending/>
        </section>
        {move || import.get().filter(|view| view.state == ImportState::Read).map(|view| view! { <Decide view import sending/> })}
        <p><Link to=Place::Record.path()>{words::record_all(lang)}</Link></p>
    }
}

/// Shows an import, and asks again for as long as something is under way.
fn follow(import: RwSignal<Option<ImportView>>, sending: Sending, view: ImportView) {
    let (busy, token) = (view.state.is_busy(), view.token.clone());
    // The page may have been left in the meantime.
    if import.try_set(Some(view)).is_some() || !busy {
        return;
    }
    set_timeout(move || ask(import, sending, token), PAUSE);
}

/// Asks how far it is. A question that fails leaves what is shown, and can be asked again.
fn ask(import: RwSignal<Option<ImportView>>, sending: Sending, token: String) {
    spawn_local(async move {
        let answer = api_client::get::<ImportView>(&format!("record/import/{token}")).await;
        match answer {
            Ok(view) => {
                let _ = sending.failure.try_set(None);
                follow(import, sending, view);
            }
            Err(failure) => drop(sending.failure.try_set(Some(failure))),
        }
    });
}

/// How far it is, and how it ended.
#[component]
fn Standing(import: RwSignal<Option<ImportView>>, sending: Sending) -> impl IntoView {
    let lang = lang();
    let told = move || {
        if sending.busy.get() {
            return words::import_sending(lang).to_owned();
        }
        import.with(|view| view.as_ref().map(|view| in_words(view, lang))).unwrap_or_default()
    };
    let bar = move || {
        let busy = |view: &ImportView| view.state.is_busy().then_some((view.done, view.of));
        let far = import.with(|view| view.as_ref().and_then(busy));
        match (sending.busy.get(), far) {
            (false, Some((done, of))) if of > 0 => {
                Some(view! { <progress aria-label=words::import_progress(lang) max=of value=done></progress> }.into_any())
            }
            (true, _) | (_, Some(_)) => {
                Some(view! { <progress aria-label=words::import_progress(lang)></progress> }.into_any())
            }
            (false, None) => None,
        }
    };
    view! {
        <p role="status">{told}</p>
        {bar}
    }
}

fn in_words(view: &ImportView, lang: domain::Lang) -> String {
    match (view.state, view.imported) {
        (ImportState::Reading, _) => words::import_reading(lang, &view.file, &view.done),
        (ImportState::Importing, _) => words::import_running(lang, &view.done, &view.of),
        (ImportState::Imported, Some(imported)) => {
            words::import_done(lang, &imported.items, &imported.events)
        }
        (ImportState::Failed, _) => {
            let why = view.failure.as_ref().map(|why| why.get(lang)).unwrap_or_default();
            words::import_failed(lang, &view.file, &why)
        }
        (ImportState::Read | ImportState::Imported, _) => words::import_read(lang, &view.file),
    }
}

/// What was found, and the way on: all rows, or those without a fault.
#[component]
fn Decide(
    view: ImportView,
    import: RwSignal<Option<ImportView>>,
    sending: Sending,
) -> impl IntoView {
    let lang = lang();
    let token = StoredValue::new(view.token.clone());
    let run = move |skip_faults: bool| {
        let body = ImportRun { token: token.get_value(), skip_faults };
        sending.start(
            async move { api_client::post::<ImportView>("record/import/run", &body).await },
            move |view| follow(import, sending, view),
        );
    };
    let found = view.dry_run.clone();
    let (good, faults) = found.as_ref().map_or((0, 0), |found| (found.good, found.faults_total));
    let (name, skips) = match (good, faults) {
        (0, _) => (None, false),
        (good, 0) => (Some(words::import_all(lang, &good)), false),
        (good, _) => (Some(words::import_good(lang, &good)), true),
    };
    view! {
        {found.map(|found| view! { <Findings found token=token.get_value()/> })}
        <p class="button-row">
            {name.map(|name| view! {
                <button type="button" class="button button-main" disabled=move || sending.busy.get()
                    on:click=move |_| run(skips)>{name}</button>
            })}
            <button type="button" class="button" on:click=move |_| import.set(None)>{words::act_cancel(lang)}</button>
        </p>
        {skips.then(|| view! { <p class="meta">{words::import_or_mend(lang)}</p> })}
    }
}
