//! The root component: metadata, router and layout.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy,
    components::{A, Route, Router, Routes},
    path,
};

use crate::{
    base::base_path,
    pages::{AirPage, Overview, WaterPage},
};

/// The whole portal.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router base=base_path()>
            <nav>
                <A href="">"总览"</A>
                <A href="air">"空气"</A>
                <A href="water">"水"</A>
            </nav>
            <main>
                <Routes fallback=|| view! { <Title text="未找到"/><p>"没有这个页面"</p> }>
                    <Route path=path!("/") view=Overview/>
                    <Route path=path!("/air") view={Lazy::<AirPage>::new()}/>
                    <Route path=path!("/water") view={Lazy::<WaterPage>::new()}/>
                </Routes>
            </main>
        </Router>
    }
}
