//! Who is signed in.

use contract::officer::{Choice, Session, SignIn};
use domain::{Lang, role::Permission};
use leptos::{prelude::*, task::spawn_local};
use ui::Clock;

use crate::api_client::{self, Failure};

/// Context: the session, and whether it has ended under the officer's hands.
#[derive(Clone, Copy)]
pub(crate) struct SignedIn {
    session: RwSignal<Option<Session>>,
    state: RwSignal<Standing>,
    clock: Clock,
}

/// How the console stands with the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Asking whether there is a session.
    Asking,
    /// There is none.
    Out,
    /// There is one.
    In,
    /// It has ended: the page stays, so that nothing typed is lost.
    Lost,
    /// The question could not be answered.
    Unknown(Failure),
}

impl SignedIn {
    /// Asks for the session that the browser may have, provided as a context; call it below the clock.
    pub(crate) fn provide() -> Self {
        let signed_in = Self {
            session: RwSignal::new(None),
            state: RwSignal::new(Standing::Asking),
            clock: Clock::expect(),
        };
        provide_context(signed_in);
        signed_in.ask();
        signed_in
    }

    /// The session of this application.
    pub(crate) fn expect() -> Self {
        expect_context()
    }

    /// Asks the server again.
    pub(crate) fn ask(self) {
        spawn_local(async move {
            match api_client::get::<Session>("session").await {
                Ok(session) => self.accept(session),
                Err(failure) if failure.is_signed_out() => self.state.set(Standing::Out),
                Err(failure) => self.state.set(Standing::Unknown(failure)),
            }
        });
    }

    /// Signs in.
    ///
    /// # Errors
    ///
    /// What the server says.
    pub(crate) async fn sign_in(self, wish: SignIn) -> Result<(), Failure> {
        self.accept(api_client::post("session", &wish).await?);
        Ok(())
    }

    /// Signs out; without a connection the session still ends by itself.
    pub(crate) fn sign_out(self) {
        spawn_local(async move {
            // The page shows the sign-in whether or not the server heard it.
            let _ = api_client::delete("session").await;
            api_client::carry("");
            self.session.set(None);
            self.state.set(Standing::Out);
        });
    }

    fn accept(self, session: Session) {
        api_client::carry(&session.csrf);
        self.clock.learn(session.server_time);
        self.session.set(Some(session));
        self.state.set(Standing::In);
    }

    /// Looks at a failure: a session that has ended must be renewed before anything else.
    pub(crate) fn notice(self, failure: &Failure) {
        if failure.is_signed_out() && self.state.get_untracked() == Standing::In {
            self.state.set(Standing::Lost);
        }
    }

    /// How the console stands.
    pub(crate) fn standing(self) -> Standing {
        self.state.get()
    }

    /// Whether the officer's roles permit something.
    pub(crate) fn may(self, permission: Permission) -> bool {
        self.session.with(|session| {
            session.as_ref().is_some_and(|session| session.permissions.contains(&permission))
        })
    }

    /// A fact of the session; the type's default without one.
    pub(crate) fn with<T: Default>(self, read: impl FnOnce(&Session) -> T) -> T {
        self.session.with(|session| session.as_ref().map(read)).unwrap_or_default()
    }

    /// The name of a department, category, street or account; its key where it is not known.
    pub(crate) fn name_of(
        self,
        list: fn(&Session) -> &Vec<Choice>,
        key: &str,
        lang: Lang,
    ) -> String {
        let named = |session: &Session| {
            let choice = list(session).iter().find(|choice| choice.key == key)?;
            Some(choice.name.get(lang).to_owned())
        };
        self.with(named).unwrap_or_else(|| key.to_owned())
    }
}

/// Departments.
pub(crate) fn departments(session: &Session) -> &Vec<Choice> {
    &session.choices.departments
}

/// Units that issues are assigned to.
pub(crate) fn units(session: &Session) -> &Vec<Choice> {
    &session.choices.units
}

/// Stations and sections.
pub(crate) fn stations(session: &Session) -> &Vec<Choice> {
    &session.choices.stations
}

/// Categories.
pub(crate) fn categories(session: &Session) -> &Vec<Choice> {
    &session.choices.categories
}

/// Streets.
pub(crate) fn streets(session: &Session) -> &Vec<Choice> {
    &session.choices.streets
}

/// Accounts.
pub(crate) fn officers(session: &Session) -> &Vec<Choice> {
    &session.choices.officers
}
