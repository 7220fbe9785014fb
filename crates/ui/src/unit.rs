use leptos::prelude::*;

/// A unit of measurement; nothing for pure numbers.
#[component]
pub fn Unit(
    /// As `Item::unit` writes it.
    #[prop(into)]
    unit: String,
) -> impl IntoView {
    (!unit.is_empty()).then(|| view! { <span class="unit">{unit}</span> })
}
