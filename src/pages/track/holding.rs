//! The code that is held, and what the server says of it.

use contract::{
    paths,
    problem::Code,
    report::{HolderAct, Track, TrackAct, Tracked},
};
use domain::report::{ClaimCode, ReportId};
use leptos::{prelude::*, task::spawn_local};
use ui::Clock;

use crate::{
    api_client::{self, Failure},
    components::focus_on,
    device::random,
    pages::report::Form,
    pages::report::form,
    words,
};

/// Context: one code at a time, in memory alone.
#[derive(Clone, Copy)]
pub(super) struct Holding {
    pub(super) lang: domain::Lang,
    pub(super) clock: Clock,
    pub(super) form: Form,
    code: RwSignal<String>,
    pub(super) tracked: RwSignal<Option<Tracked>>,
    pub(super) busy: RwSignal<bool>,
    /// What is wrong with the code, or why nothing came.
    pub(super) trouble: RwSignal<Option<String>>,
    /// Which act was not taken, and why.
    refused: RwSignal<Option<(&'static str, String)>>,
}

impl Holding {
    /// Nothing held yet.
    pub(super) fn begin() -> Self {
        let holding = Self {
            lang: ui::lang(),
            clock: Clock::expect(),
            form: form(),
            code: RwSignal::new(String::new()),
            tracked: RwSignal::new(None),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            refused: RwSignal::new(None),
        };
        provide_context(holding);
        holding
    }

    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// Looks a code up; a slip of the pen is pointed out without asking the server.
    pub(super) fn look_up(self, typed: &str) {
        let prefix = self
            .form
            .with_untracked(|form| form.value.as_ref().map(|form| form.code_prefix.clone()));
        let prefix = prefix.unwrap_or_else(|| prefix_of(typed));
        let code = match ClaimCode::parse(typed, &prefix) {
            Ok(code) => code.shown(&prefix),
            Err(slip) => return self.trouble.set(Some(slip.sentence(self.lang))),
        };
        self.trouble.set(None);
        self.busy.set(true);
        self.code.set(code.clone());
        spawn_local(async move {
            let outcome = post(paths::TRACK, &Track { code }).await;
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(tracked) => {
                    self.show(tracked);
                    focus_on("track-state".to_owned());
                }
                Err(failure) => {
                    let _ = self.tracked.try_set(None);
                    let _ = self.trouble.try_set(Some(failure.sentence(self.lang)));
                }
            }
        });
    }

    /// Why an act was not taken, for the place on the page it was done from.
    pub(super) fn refusal(self, from: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.refused.get().filter(|(of, _)| *of == from).map(|(_, sentence)| sentence)
        })
    }

    /// Does something with the report; the page then shows what has become of it.
    pub(super) fn act(self, from: &'static str, act: HolderAct) {
        let Some(version) = self.tracked.with_untracked(|tracked| Some(tracked.as_ref()?.version))
        else {
            return;
        };
        let now_ms = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        let Some(act_id) = random().map(|random| ReportId::new(now_ms, random).to_string()) else {
            return;
        };
        let body = TrackAct { code: self.code.get_untracked(), version, act_id, act };
        self.busy.set(true);
        self.refused.set(None);
        spawn_local(async move {
            let mut outcome = post(paths::TRACK_ACT, &body).await;
            if outcome == Err(Failure::Unreachable) {
                // The answer may have been lost on its way: under the same id it is done once.
                outcome = post(paths::TRACK_ACT, &body).await;
            }
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(tracked) => self.show(tracked),
                Err(failure) => {
                    // Someone else was faster: the reader sees the present state before trying again.
                    if matches!(failure, Failure::Refused(Code::Conflict, _))
                        && let Ok(tracked) = post(paths::TRACK, &Track { code: body.code }).await
                    {
                        self.show(tracked);
                    }
                    let _ = self.refused.try_set(Some((from, sentence(&failure, self.lang))));
                }
            }
        });
    }

    /// Forgets the code that is held.
    pub(super) fn forget(self) {
        self.code.set(String::new());
        self.tracked.set(None);
        self.refused.set(None);
    }

    fn show(self, tracked: Tracked) {
        self.clock.learn(tracked.meta.server_time);
        let _ = self.tracked.try_set(Some(tracked));
    }
}

async fn post<B: serde::Serialize>(path: &str, body: &B) -> Result<Tracked, Failure> {
    api_client::post(path, &api_client::to_json(body)?).await
}

/// What is wrong, with the server's own words where it has some.
fn sentence(failure: &Failure, lang: domain::Lang) -> String {
    match failure {
        Failure::Refused(_, Some(detail)) => detail.clone(),
        Failure::Faults(faults) => {
            let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
            messages.join(" ")
        }
        Failure::Unreachable => words::track_not_sent(lang).to_owned(),
        failure => failure.sentence(lang),
    }
}

/// The letters before the first dash, while the form that says the prefix has not arrived.
fn prefix_of(typed: &str) -> String {
    typed.trim().split('-').next().unwrap_or_default().to_uppercase()
}
