//! Light, dark or as the device; normal or large text (长辈版).

use leptos::prelude::*;

use crate::{Kept, Router};

/// What the reader chose of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// As the device is set.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Colours {
    /// Every choice, the default first.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The value of `data-theme`, of the kept preference and of the control.
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice with that key; the device's for any other.
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|colours| colours.key() == key).unwrap_or(Self::System)
    }
}

/// How the page looks. Both are remembered on this device; the text size is also in the URL
/// (`?size=elder`), so that it can be sent to someone.
#[derive(Clone, Copy)]
pub struct Theme {
    colours: RwSignal<Colours>,
    elder: Memo<bool>,
}

impl Theme {
    /// Reads what is remembered and marks the document, provided as a context; call it inside the router.
    pub fn provide() -> Self {
        let kept = Kept::preference("bilan-theme").unwrap_or_default();
        let colours = RwSignal::new(Colours::from_key(&kept));
        let kept_elder = Kept::preference("bilan-size").as_deref() == Some("elder");
        let router = Router::expect();
        let elder =
            Memo::new(move |_| router.parameter("size").map_or(kept_elder, |size| size == "elder"));
        Effect::new(move |_| mark("data-theme", colours.get().key()));
        Effect::new(move |_| mark("data-size", if elder.get() { "elder" } else { "normal" }));
        let theme = Self { colours, elder };
        provide_context(theme);
        theme
    }

    /// The theme of this application.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The chosen colours.
    pub fn colours(self) -> Colours {
        self.colours.get()
    }

    /// Chooses colours and remembers them.
    pub fn choose(self, colours: Colours) {
        let kept = (colours != Colours::System).then_some(colours.key());
        Kept::set_preference("bilan-theme", kept);
        self.colours.set(colours);
    }

    /// True in 长辈版.
    pub fn elder(self) -> bool {
        self.elder.get()
    }

    /// Remembers the text size on this device; the link that was followed carries it in the URL, and changing
    /// anything here would turn that link round before the router has read it.
    pub fn remember_size(self, elder: bool) {
        Kept::set_preference("bilan-size", elder.then_some("elder"));
    }
}

fn mark(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // Setting an attribute fails only for names that are not XML.
        let _ = root.set_attribute(name, value);
    }
}
