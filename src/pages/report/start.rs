//! Where the form begins: with what is on this device, with what a link has filled in, or empty.

use contract::{problem::FieldFault, public::Station, report::ReportForm};
use leptos::{prelude::*, task::spawn_local};
use ui::{Clock, Kept, Query, Router, Title, Visit, lang, later};

use super::{
    draft::Draft,
    parts, prefill,
    step::Step,
    wizard::Wizard,
    writing::{CURRENT, address_of_step},
};
use crate::{
    components::Skeleton,
    device::{Shelf, Shelves},
    live::Live,
    outbox::{parcels, read},
    words,
};

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum View {
    /// The shelves are being looked at.
    Looking,
    /// Drafts and sent reports, to choose from.
    Choice,
    /// A draft.
    Writing(Box<Draft>),
    /// A report that was sent off, by its id.
    Sent(String),
}

/// Context: chooses what the page shows.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) view: RwSignal<View>,
    pub(super) form: StoredValue<ReportForm>,
    /// What the server said of the report that is being put right.
    faults: StoredValue<Vec<FieldFault>>,
}

impl Desk {
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// Leaves what the server said for the form.
    pub(super) fn leave_faults(self, faults: Vec<FieldFault>) {
        self.faults.set_value(faults);
    }

    /// Takes it, once.
    pub(super) fn take_faults(self) -> Vec<FieldFault> {
        self.faults.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// An empty draft; nothing happens where the browser has no randomness for its secrets.
    pub(super) fn blank(self, clock: Clock) -> Option<Draft> {
        let now_ms = clock.now().as_millisecond();
        self.form.with_value(|form| Draft::new(now_ms, &form.code_prefix))
    }

    /// Shows a draft at a step.
    pub(super) fn write(self, draft: Draft, router: Router, step: &str) {
        Kept::set_preference(CURRENT, Some(&draft.id));
        self.view.set(View::Writing(Box::new(draft)));
        router.go(&untrack(|| address_of_step(router, Some(step))), Visit::Push);
    }
}

/// The form of an open portal.
#[component]
pub(super) fn Start(form: ReportForm) -> impl IntoView {
    let (clock, router, lang) = (Clock::expect(), Router::expect(), lang());
    let desk = Desk {
        view: RwSignal::new(View::Looking),
        form: StoredValue::new(form),
        faults: StoredValue::new(vec![]),
    };
    provide_context(desk);
    let stations = stations();
    spawn_local(async move {
        let found = look(desk, clock, &untrack(|| router.query())).await;
        if let View::Writing(draft) = found {
            let query = untrack(|| router.query());
            let mut draft = *draft;
            if prefill::is_filled(&query) {
                desk.form
                    .with_value(|form| prefill::fill(&mut draft, form, &stations, &query, lang));
            }
            let step = query.get("step").and_then(Step::from_key).unwrap_or(Step::What);
            let _ = desk.view.try_set(View::Writing(Box::new(draft)));
            // What was filled in is in the draft now: a reload must not fill it in again.
            let address = untrack(|| address_of_step(router, Some(step.key())));
            router.go(&address, Visit::Replace);
        } else {
            let _ = desk.view.try_set(found);
        }
    });
    // Leaving the steps by the back button leads to the choice.
    Effect::new(move |_| {
        let step = router.parameter("step");
        if step.is_none() && matches!(desk.view.get_untracked(), View::Writing(_) | View::Sent(_)) {
            desk.view.set(View::Choice);
        }
    });
    move || show(desk)
}

fn show(desk: Desk) -> AnyView {
    match desk.view.get() {
        View::Looking => {
            let title = words::report_title(lang());
            view! { <Title text=title/> <h1>{title}</h1> <Skeleton height=20/> }.into_any()
        }
        View::Choice => later(parts::desk(None)),
        View::Writing(draft) => {
            let form = desk.form.get_value();
            view! { <Wizard form draft=*draft/> }.into_any()
        }
        View::Sent(id) => later(parts::desk(Some(id))),
    }
}

/// The stations that are known already; a link to another one fills in nothing.
fn stations() -> Vec<Station> {
    let live = Live::expect();
    let air = live.air.with_untracked(|air| air.value.as_ref().map(|air| air.stations.clone()));
    let water =
        live.water.with_untracked(|water| water.value.as_ref().map(|water| water.sections.clone()));
    let all = air.unwrap_or_default().into_iter().chain(water.unwrap_or_default());
    all.map(|brief| brief.station).collect()
}

/// What there is to go on with.
async fn look(desk: Desk, clock: Clock, query: &Query) -> View {
    let shelves = Shelves::open().await;
    let blank = || desk.blank(clock).map_or(View::Choice, |draft| View::Writing(Box::new(draft)));
    if prefill::is_filled(query) {
        return blank();
    }
    let sent = parcels(&shelves).await;
    if query.get("step") == Some("sent")
        && let Some(last) = sent.last()
    {
        return View::Sent(last.id.clone());
    }
    if query.get("step").is_some()
        && let Some(id) = Kept::preference(CURRENT)
        && let Some(draft) = shelves.get(Shelf::Drafts, &id).await.as_ref().and_then(read::<Draft>)
    {
        return View::Writing(Box::new(draft));
    }
    let has_drafts = !shelves.all(Shelf::Drafts).await.is_empty();
    if has_drafts || !sent.is_empty() { View::Choice } else { blank() }
}
