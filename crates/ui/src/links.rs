//! Links that keep the reader's language and text size.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};

/// The parameters that follow a reader from page to page.
const KEPT: [&str; 2] = ["lang", "size"];

/// A link to a page of the application, by its path below the base, without a leading slash.
#[component]
pub fn Link(
    /// E.g. `air/1424A`; empty for the first page.
    #[prop(into)]
    to: Signal<String>,
    /// True when the page or one below it is on screen.
    #[prop(optional, into)]
    current: Signal<bool>,
    /// CSS class.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let query = use_query_map();
    let href = move || query.with(|query| href(&to.get(), query));
    view! {
        <a class=class href=href aria-current=move || current.get().then_some("page")>
            {children()}
        </a>
    }
}

/// `path` with the parameters of `query` that follow the reader.
pub fn href(path: &str, query: &ParamsMap) -> String {
    let kept: Vec<(String, String)> =
        KEPT.iter().filter_map(|name| Some(((*name).to_owned(), query.get(name)?))).collect();
    let path = if path.is_empty() { "." } else { path };
    with_parameters(path, &kept)
}

/// The present page with some parameters set (`Some`) or removed (`None`).
pub fn use_here_with() -> impl Fn(&[(&str, Option<&str>)]) -> String + Copy + Send + Sync {
    let location = use_location();
    let (path, query) = (location.pathname, location.query);
    move |changes| {
        let path = path.get();
        query.with(|query| with_parameters(&path, &changed(query, changes)))
    }
}

fn changed(query: &ParamsMap, changes: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
    let mut parameters: Vec<(String, String)> = query
        .clone()
        .into_iter()
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name))
        .map(|(name, value)| (name.into_owned(), value))
        .collect();
    for (name, value) in changes {
        parameters.extend(value.map(|value| ((*name).to_owned(), value.to_owned())));
    }
    parameters.sort();
    parameters
}

fn with_parameters(path: &str, parameters: &[(String, String)]) -> String {
    let mut href = path.to_owned();
    for (number, (name, value)) in parameters.iter().enumerate() {
        href.push(if number == 0 { '?' } else { '&' });
        push_encoded(&mut href, name);
        href.push('=');
        push_encoded(&mut href, value);
    }
    href
}

/// Percent-encodes all but the unreserved characters of RFC 3986 and `,` and `:`, which queries may hold.
pub fn push_encoded(text: &mut String, part: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~,:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    }

    #[test]
    fn language_and_size_follow_the_reader_and_the_rest_stays_behind() {
        let query = query(&[("lang", "en"), ("item", "o3"), ("size", "elder")]);
        assert_eq!(href("air/1424A", &query), "air/1424A?lang=en&size=elder");
        assert_eq!(href("", &ParamsMap::new()), ".");
    }

    #[test]
    fn a_change_keeps_the_other_parameters() {
        let query = query(&[("lang", "en"), ("item", "o3")]);
        let parameters = changed(&query, &[("item", Some("pm2_5")), ("lang", None)]);
        assert_eq!(with_parameters("/air", &parameters), "/air?item=pm2_5");
    }

    #[test]
    fn a_value_cannot_smuggle_in_a_parameter() {
        let parameters = vec![("a".to_owned(), "1&b=水".to_owned())];
        assert_eq!(with_parameters("", &parameters), "?a=1%26b%3D%E6%B0%B4");
    }
}
