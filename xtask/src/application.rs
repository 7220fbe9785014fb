//! The applications that run in a browser.

/// One single-page application: a package with a binary of the same name, and an `index.html`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Application {
    /// Of its package, its binary and the files made from it.
    pub(crate) name: &'static str,
    /// The folder of its `index.html`, relative to the repository; empty for the root.
    pub(crate) folder: &'static str,
    /// Its folder in `dist/` and below the server's base path; empty for the one at the top.
    pub(crate) place: &'static str,
    pub(crate) budget: Budget,
    /// Lazy parts that the first page asks for by itself once it stands.
    pub(crate) soon: &'static [&'static str],
}

/// What an application may weigh, in bytes, as a browser that accepts brotli receives it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    /// The whole of the first page: document, styles, script and modules.
    pub(crate) first_load: usize,
    /// One lazy chunk.
    pub(crate) chunk: usize,
}

/// What everybody sees.
pub(crate) const PORTAL: Application = Application {
    name: "portal",
    folder: "",
    place: "",
    budget: Budget { first_load: 160_000, chunk: 60_000 },
    soon: &["overview_rest", "footer", "background"],
};

/// What officers work with: on desktops, many hours a day.
pub(crate) const CONSOLE: Application = Application {
    name: "console",
    folder: "crates/console",
    place: "console",
    budget: Budget { first_load: 300_000, chunk: 150_000 },
    soon: &[],
};

/// In the order in which they are built.
pub(crate) const APPLICATIONS: [&Application; 2] = [&PORTAL, &CONSOLE];
