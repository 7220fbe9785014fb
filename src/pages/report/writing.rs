//! The report being written: what every step reads and changes.

use std::time::Duration;

use contract::report::{Proof, ReportForm};
use domain::{Lang, report::Category};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use ui::{Clock, Kept, Router, Visit};

use super::{
    check::{check, of_server},
    draft::Draft,
    start::Desk,
    step::Step,
};
use crate::{
    components::{Fault, focus_on},
    device::{Change, Shelf, Shelves, tell},
    outbox::{proof, written},
    routes,
};

/// After the last keystroke.
const SAVE_AFTER: Duration = Duration::from_millis(400);
/// Remembers which draft a reload goes on with.
pub(super) const CURRENT: &str = "bilan-draft";

/// Whether the draft is on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saved {
    /// Nothing was entered.
    Blank,
    /// The last change is still to be saved.
    Soon,
    /// Everything is saved.
    Yes,
    /// The browser keeps nothing, or has no room.
    No,
}

/// Context: the draft and what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) form: StoredValue<ReportForm>,
    pub(super) draft: RwSignal<Draft>,
    pub(super) lang: Lang,
    pub(super) clock: Clock,
    pub(super) router: Router,
    pub(super) saved: RwSignal<Saved>,
    /// Sent off: what is typed from now on is not kept.
    pub(super) sent: StoredValue<bool>,
    /// The step that was entered last.
    pub(super) entered: StoredValue<Option<Step>>,
    /// Faults are told only once a step has been left or the report is to be sent.
    told: RwSignal<Vec<Step>>,
    /// Raised whenever faults are told anew.
    pub(super) telling: RwSignal<u32>,
    /// Said by the server of a report that was sent.
    from_server: RwSignal<Vec<(Step, Fault)>>,
    /// Solved while the report is written.
    pub(super) proof: RwSignal<Option<(Proof, i64)>>,
    /// People do not see this field; programs fill it in.
    pub(super) website: RwSignal<String>,
}

impl Writing {
    /// Begins with a draft and keeps it saved for as long as the calling view lives.
    pub(super) fn begin(form: ReportForm, draft: Draft, lang: Lang) -> Self {
        let writing = Self {
            form: StoredValue::new(form),
            draft: RwSignal::new(draft),
            lang,
            clock: Clock::expect(),
            router: Router::expect(),
            saved: RwSignal::new(Saved::Blank),
            sent: StoredValue::new(false),
            entered: StoredValue::new(None),
            told: RwSignal::new(vec![]),
            telling: RwSignal::new(0),
            from_server: RwSignal::new(of_server(&Desk::expect().take_faults())),
            proof: RwSignal::new(None),
            website: RwSignal::new(String::new()),
        };
        provide_context(writing);
        writing.keep_saved();
        if writing.from_server.with_untracked(|faults| !faults.is_empty()) {
            request_animation_frame(move || writing.telling.update(|count| *count += 1));
        }
        writing
    }

    pub(super) fn expect() -> Self {
        expect_context()
    }

    fn keep_saved(self) {
        let timer = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |before: Option<Draft>| {
            let draft = self.draft.get();
            if before.is_some_and(|before| before != draft) {
                self.saved.set(Saved::Soon);
                timer.try_update_value(Option::take).flatten().inspect(TimeoutHandle::clear);
                let save = move || self.save();
                timer.set_value(set_timeout_with_handle(save, SAVE_AFTER).ok());
            }
            draft
        });
        // What was typed in the last moment is saved too.
        on_cleanup(move || {
            if timer.try_update_value(Option::take).flatten().is_some() {
                self.save();
            }
        });
    }

    /// Puts the draft on its shelf; a blank one is not worth one.
    pub(super) fn save(self) {
        let draft = self.draft.try_get_untracked().filter(|draft| !draft.is_blank());
        let Some(draft) = draft.filter(|_| self.sent.try_get_value() == Some(false)) else {
            return;
        };
        Kept::set_preference(CURRENT, Some(&draft.id));
        spawn_local(async move {
            let shelves = Shelves::open().await;
            let put = Change::Put(Shelf::Drafts, draft.id.clone(), written(&draft));
            let put = shelves.change(vec![put]).await;
            tell();
            let saved = if put.is_ok() && shelves.last() { Saved::Yes } else { Saved::No };
            let _ = self.saved.try_set(saved);
        });
    }

    /// Changes the draft.
    pub(super) fn change(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
    }

    /// A part of the draft; who reads it is told only when that part changes.
    pub(super) fn part<T: PartialEq + Clone + Send + Sync + 'static>(
        self,
        part: fn(&Draft) -> T,
    ) -> Signal<T> {
        Memo::new(move |_| self.draft.with(part)).into()
    }

    /// The chosen category.
    pub(super) fn category(self) -> Option<Category> {
        let key = self.draft.with(|draft| draft.category.clone());
        self.form
            .with_value(|form| form.categories.iter().find(|category| category.key == key).cloned())
    }

    /// The step of the address.
    pub(super) fn step(self) -> Option<Step> {
        self.router.parameter("step").and_then(|step| Step::from_key(&step))
    }

    /// Goes to a step, and to a field on it.
    pub(super) fn go(self, step: Step, field: Option<String>) {
        let here = untrack(|| self.step());
        if here != Some(step) {
            let address = untrack(|| address_of_step(self.router, Some(step.key())));
            self.router.go(&address, Visit::Push);
        }
        if let Some(field) = field {
            // After the step has been drawn and has taken the focus for its heading.
            request_animation_frame(move || focus_on(field));
        }
    }

    /// Everything wrong that has been told, tracked; what is put right is gone at once.
    pub(super) fn faults(self) -> Vec<(Step, Fault)> {
        let told = self.told.get();
        let mut faults =
            self.draft.with(|draft| self.form.with_value(|form| check(draft, form, self.lang)));
        faults.retain(|(step, _)| told.contains(step));
        faults.extend(self.from_server.get());
        faults
    }

    /// Tells the faults of these steps; true when there are none.
    pub(super) fn tell(self, steps: &[Step]) -> bool {
        self.from_server.update(|faults| faults.retain(|(step, _)| !steps.contains(step)));
        let untold = |step: &&Step| self.told.with_untracked(|told| !told.contains(step));
        let steps_untold: Vec<Step> = steps.iter().filter(untold).copied().collect();
        self.told.update(|told| told.extend(steps_untold));
        let fine = untrack(|| self.faults()).iter().all(|(step, _)| !steps.contains(step));
        if !fine {
            self.telling.update(|count| *count += 1);
        }
        fine
    }

    /// What is wrong with one field.
    pub(super) fn fault(self, field: impl Into<String>) -> Signal<Option<String>> {
        let field = field.into();
        Memo::new(move |_| {
            let faults = self.faults().into_iter().find(|(_, fault)| fault.field == field);
            faults.map(|(_, fault)| fault.sentence)
        })
        .into()
    }

    /// Begins with the proof of work, unless there is a fresh one.
    pub(super) fn solve(self) {
        if self.proof.with_untracked(Option::is_some) {
            return;
        }
        let asked_ms = self.clock.now().as_millisecond();
        spawn_local(async move {
            // Without a connection the proof is made when the report is sent.
            if let Ok(Some(proof)) = proof().await {
                let _ = self.proof.try_set(Some((proof, asked_ms)));
            }
        });
    }
}

/// The address of a step of the form, or of the form's beginning, without anything that was prefilled.
pub(super) fn address_of_step(router: Router, step: Option<&str>) -> String {
    router.address_with(routes::Place::Report.path(), &[("step", step)])
}
