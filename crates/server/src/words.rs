//! The server's own sentences, in both languages; the standards' words are `domain`'s.

use domain::{Item, Lang, Quantity, Text, air::NoIndex};

/// Why there is no index.
pub(crate) fn no_index(reason: NoIndex) -> Text {
    match reason {
        NoIndex::NoData => Text::new("没有有效数据", "No valid data"),
        NoIndex::Incomplete => Text::new(
            "有污染物缺测且其余项目未超过 100，按 HJ 633-2026 第 5.3.1 条不发布指数",
            "A pollutant is missing and the others do not exceed 100: no index is published (HJ 633-2026, 5.3.1)",
        ),
        NoIndex::OffTheTable => Text::new(
            "浓度超出该标准的取值范围，无法计算指数",
            "The concentrations lie where this ruler defines no index",
        ),
        NoIndex::NoIndexDefined => Text::new(
            "世界卫生组织只给出指导值，不计算指数",
            "WHO gives guideline values, not an index",
        ),
    }
}

/// The mark on a chart where a new edition begins.
pub(crate) fn edition_begins(title: &str) -> Text {
    Text::new(format!("{title} 开始施行"), format!("{title} comes into force"))
}

/// A figure with its unit, as the pages print it: `35 µg/m³`.
pub(crate) fn quantity(item: Item, value: Quantity) -> String {
    let number = value.to_fixed(item.decimals());
    if item.unit().is_empty() { number } else { format!("{number} {}", item.unit()) }
}

/// A share in percent, as every page and widget prints it: `97.14 %`.
pub(crate) fn percent(share: Quantity) -> String {
    format!("{share} %")
}

/// A number with so many decimals.
pub(crate) fn fixed(value: Quantity, decimals: u8) -> String {
    value.to_fixed(decimals)
}

/// How long ago, in whole minutes, hours or days.
pub(crate) fn ago(seconds: i64, lang: Lang) -> String {
    let (count, zh, en) = match seconds.max(0) {
        s if s < 3_600 => (s / 60, "分钟前", "min ago"),
        s if s < 172_800 => (s / 3_600, "小时前", "h ago"),
        s => (s / 86_400, "天前", "days ago"),
    };
    match lang {
        Lang::Zh => format!("{count} {zh}"),
        Lang::En => format!("{count} {en}"),
    }
}

macro_rules! words {
    ($($name:ident $zh:literal $en:literal;)+) => {
        /// A word or sentence of the pages served without script.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Word { $(#[doc = $en] $name,)+ }

        /// The word in `lang`.
        pub(crate) const fn word(word: Word, lang: Lang) -> &'static str {
            match word { $(Word::$name => lang.pick($zh, $en)),+ }
        }
    };
}

words! {
    Overview "总览" "Overview";
    Air "空气质量" "Air quality";
    Water "地表水" "Surface water";
    Report "我要举报" "Report a problem";
    Reports "公众举报" "Public reports";
    Track "查询举报" "Track a report";
    Rectification "督察整改台账" "Rectification ledger";
    Green "绿色空间" "Green space";
    Scorecard "生态环境成绩单" "Environmental scorecard";
    Programmes "治理项目与做法" "Programmes and works";
    Data "开放数据与嵌入" "Open data and widgets";
    DataText "把本站的空气、水质、整改、绿化和成绩单数据嵌入其他网页，或下载数据。" "Embed the figures on air, water, rectification, green space and the scorecard in other pages, or download them.";
    About "关于本站" "About";
    Accessibility "无障碍声明" "Accessibility";
    NotFound "没有找到这个页面" "This page does not exist";
    UnknownPage "地址有误，或页面已移走。请从下列页面继续。" "The address is wrong, or the page has moved. Continue from one of these.";
    Demonstration "演示数据：本页全部数字均为模拟，不是实测。" "Demonstration data: every number on this page is simulated, none is measured.";
    WithoutProgram "这是文字版页面，数字与完整版相同。实时更新、图表和地图需要支持 WebAssembly 并允许脚本的浏览器。" "This is the plain page, with the same numbers. Live updates, charts and maps need a browser that runs scripts and WebAssembly.";
    District "全区" "District";
    Station "站点" "Station";
    Section "断面" "Section";
    River "所在水体" "Water";
    Index "空气质量指数（AQI）" "Air quality index (AQI)";
    Level "级别" "Level";
    Primary "首要污染物" "Primary pollutant";
    None "无" "None";
    Missing "缺测" "Missing";
    Item "项目" "Item";
    Value "数值" "Value";
    Time "时间" "Time";
    Age "距今" "Age";
    Mark "标记" "Mark";
    Class "水质类别" "Class";
    Target "目标类别" "Target class";
    Limiting "定类项目" "Limiting items";
    Standard "评价标准" "Standard";
    Computed "本站计算" "computed by this site";
    Automatic "自动站五项，非月度法定评价" "automatic station, five items; not the statutory monthly class";
    NoData "暂无数据" "No data yet";
    Year "优良天数" "Good days";
    Days "天" "days";
    Without "无指数" "without index";
    Sources "数据来源" "Sources of data";
    Publisher "发布单位" "Publisher";
    Contact "联系方式" "Contact";
    Licence "数据许可" "Licence of the data";
    Method "方法" "Method";
    MethodText "空气质量指数按观测日期适用的 HJ 633 版本计算；地表水类别按 GB 3838-2002 单因子评价。每个数字都注明时间、标准、标记与来源。" "The air quality index follows the edition of HJ 633 in force on the day observed; the class of surface water is the worst single parameter under GB 3838-2002. Every number states its time, standard, mark and source.";
    AccessibilityText "本站以 WCAG 2.2 AA 为目标：全部功能可用键盘操作，图表均附文字摘要和数据表，地图均附同内容列表，颜色之外总有文字。发现问题请联系下列方式，我们会答复并改正。" "This site aims at WCAG 2.2 AA: everything works by keyboard, every chart has a sentence and a table, every map a list with the same content, and no meaning rests on colour alone. Tell us of any fault; we answer and mend it.";
    OtherLanguage "English" "中文";
    Navigation "页面" "Pages";
    Authority "数据发布机构" "Published by";
    Network "站点属性" "Network";
    Freshness "数据状态" "State of the data";
    Months "各月水质类别" "Class by month";
    Console "碧蓝工作台" "Bilan console";
    ConsoleDescription "举报的受理、转办、核查、办结、公开与奖励，供工作人员使用。" "For staff: triage, dispatch, verify, close and publish reports, and reward them.";
    ConsoleNeedsScript "工作台需要较新的浏览器并启用 JavaScript 与 WebAssembly。" "The console needs a recent browser with JavaScript and WebAssembly.";
    NotBuilt "前端尚未构建" "The front end has not been built";
    NotBuiltText "请运行 cargo xtask build，再重新编译服务器；接口 api/v1 已可使用。" "Run cargo xtask build, then compile the server again; the API under api/v1 already works.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_the_items_decimals_and_unit() {
        assert_eq!(quantity(Item::Pm25, Quantity::from_millionths(35_500_000)), "36 µg/m³");
        assert_eq!(quantity(Item::Ph, Quantity::from_millionths(7_000_000)), "7.00");
    }

    #[test]
    fn ages_are_whole_units() {
        assert_eq!(ago(59, Lang::Zh), "0 分钟前");
        assert_eq!(ago(7_200, Lang::En), "2 h ago");
    }
}
