//! Where else an issue is shown: an address of the web, or words.

/// The text if it is an address that may be followed as it stands. Words beside it, signs that are not ASCII, and a name
/// before the host, which hides where it leads, make it words.
pub fn web_address(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    (plain && !host.is_empty() && !host.contains('@')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leads_somewhere_as_it_stands_is_an_address() {
        for address in ["https://www.cq.gov.cn/gs/9?id=1", "http://a.gov.cn", "https://a.gov.cn/@b"]
        {
            assert_eq!(web_address(address), Some(address));
        }
        for words in [
            "",
            "https://",
            "https:///path",
            "javascript:alert(1)",
            "HTTPS://a.gov.cn",
            "https://a.gov.cn/1（区政府网站）",
            "https://a.gov.cn 公告栏",
            "https://www.cq.gov.cn@evil.example/",
            "区政务公开栏",
        ] {
            assert_eq!(web_address(words), None, "{words}");
        }
    }
}
