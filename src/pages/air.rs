use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The list of air stations; its code is fetched when the route is first visited.
pub(crate) struct AirPage;

#[lazy_route]
impl LazyRoute for AirPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Title text="空气"/>
            <h1>"空气"</h1>
        }
        .into_any()
    }
}
