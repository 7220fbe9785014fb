use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The list of water stations; its code is fetched when the route is first visited.
pub(crate) struct WaterPage;

#[lazy_route]
impl LazyRoute for WaterPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Title text="水"/>
            <h1>"水"</h1>
        }
        .into_any()
    }
}
