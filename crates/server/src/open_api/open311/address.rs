//! What a path asks for, and in which format.

use axum::http::{Method, StatusCode};

use super::{fault::Refusal, params::segment};

/// The two formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Xml,
    Json,
}

impl Format {
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Xml => "text/xml; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
        }
    }
}

/// One thing that has an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Resource {
    Discovery,
    Services,
    Definition(String),
    Requests,
    Request(String),
    Token(String),
    Updates,
    /// The draft "GeoReport Bulk" of the specification's authors.
    Bulk,
    /// This interface, described in OpenAPI.
    Description,
}

impl Resource {
    /// The methods it has, as `Allow` lists them.
    pub(super) const fn methods(&self) -> &'static str {
        match self {
            Self::Requests | Self::Updates => "GET, HEAD, POST, OPTIONS",
            _ => "GET, HEAD, OPTIONS",
        }
    }

    pub(super) fn takes(&self, method: &Method) -> bool {
        self.methods().split(", ").any(|name| name == method.as_str())
    }
}

/// A path below the interface's own, taken apart.
///
/// # Errors
///
/// 404 with the format to say it in; XML where none can be told.
pub(super) fn parse(path: &str) -> Result<(Resource, Format), (Refusal, Format)> {
    // Clients append to an address that ends with a slash.
    let path = path.trim_start_matches('/');
    if path == "requests.csv" {
        return Ok((Resource::Bulk, Format::Xml));
    }
    if path == "openapi.json" {
        return Ok((Resource::Description, Format::Json));
    }
    let Some((stem, format)) = suffix(path) else { return Err((no_format(), Format::Xml)) };
    let resource = match stem.split_once('/') {
        None => bare(stem),
        Some((collection, name)) if !name.is_empty() && !name.contains('/') => {
            let name = segment(name).map_err(|refusal| (refusal, format))?;
            named(collection, name)
        }
        Some(_) => None,
    };
    resource
        .map(|resource| (resource, format))
        .ok_or_else(|| (Refusal::unknown("资源", "path", stem), format))
}

fn suffix(path: &str) -> Option<(&str, Format)> {
    let (stem, suffix) = path.rsplit_once('.')?;
    match suffix {
        "xml" => Some((stem, Format::Xml)),
        "json" => Some((stem, Format::Json)),
        _ => None,
    }
}

fn bare(stem: &str) -> Option<Resource> {
    match stem {
        "discovery" => Some(Resource::Discovery),
        "services" => Some(Resource::Services),
        "requests" => Some(Resource::Requests),
        "servicerequestupdates" => Some(Resource::Updates),
        _ => None,
    }
}

fn named(collection: &str, name: String) -> Option<Resource> {
    match collection {
        "services" => Some(Resource::Definition(name)),
        "requests" => Some(Resource::Request(name)),
        "tokens" => Some(Resource::Token(name)),
        _ => None,
    }
}

fn no_format() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "不支持的格式：地址须以 .xml 或 .json 结尾，例如 services.json",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_resource_and_a_format() {
        let cases = [
            ("services.json", Resource::Services, Format::Json),
            ("/requests.xml", Resource::Requests, Format::Xml),
            ("services/AIR01.json", Resource::Definition("AIR01".into()), Format::Json),
            ("requests/R7K3M9QXD.xml", Resource::Request("R7K3M9QXD".into()), Format::Xml),
            ("requests/%E6%B0%B4.xml", Resource::Request("水".into()), Format::Xml),
            ("tokens/a.b.xml", Resource::Token("a.b".into()), Format::Xml),
            ("openapi.json", Resource::Description, Format::Json),
        ];
        for (path, resource, format) in cases {
            assert_eq!(parse(path), Ok((resource, format)), "{path}");
        }
    }

    #[test]
    fn what_no_path_leads_to_is_said_in_the_format_asked_for() {
        let cases = [
            ("", Format::Xml),
            ("services", Format::Xml),
            ("services.html", Format::Xml),
            ("services.JSON", Format::Xml),
            ("nothing.json", Format::Json),
            ("services/.json", Format::Json),
            ("services/a/b.json", Format::Json),
            ("requests/.xml", Format::Xml),
        ];
        for (path, expected) in cases {
            let (refusal, format) = parse(path).unwrap_err();
            assert_eq!((refusal.status, format), (StatusCode::NOT_FOUND, expected), "{path}");
        }
    }
}
