//! What is measured of green space.

use crate::Lang;

named! {
    /// An indicator of green space.
    pub enum Indicator {
        /// Park green area (G1) per resident, m².
        ParkPerCapita = "park_per_capita" "人均公园绿地面积" "park green area per resident";
        /// Vertical projection of all vegetation in the built-up area, %.
        CoverageRate = "coverage_rate" "建成区绿化覆盖率" "vegetation coverage of the built-up area";
        /// Green land in the built-up area, %.
        GreenRate = "green_rate" "建成区绿地率" "green-space rate of the built-up area";
        /// A rate whose definition its source does not state, %.
        UnstatedRate = "unstated_rate" "建成区绿化率" "greening rate of the built-up area, as published";
        /// Residential land within reach of a park, %.
        ServiceRadius = "service_radius" "公园绿化活动场地服务半径覆盖率" "residential land within reach of a park";
        /// Roads lined with trees, %.
        TreeLined = "tree_lined" "城市林荫路覆盖率" "share of roads lined with trees";
        /// Greenways per ten thousand residents, km.
        Greenway = "greenway" "万人拥有绿道长度" "greenway per ten thousand residents";
    }
}

impl Indicator {
    /// The unit of its figures.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::ParkPerCapita => "m²/人",
            Self::CoverageRate
            | Self::GreenRate
            | Self::UnstatedRate
            | Self::ServiceRadius
            | Self::TreeLined => "%",
            Self::Greenway => "km/万人",
        }
    }

    /// What is divided by what. Formulas marked (待核) could not be checked against the text of a standard.
    pub const fn definition(self, lang: Lang) -> &'static str {
        match self {
            Self::ParkPerCapita => lang.pick(
                "公园绿地（G1）面积 ÷ 城区人口；统计年鉴的人口口径含暂住人口（待核）。",
                "Park green area (G1) divided by the urban population; yearbooks count temporary residents (not confirmed).",
            ),
            Self::CoverageRate => lang.pick(
                "建成区内全部植被的垂直投影面积 ÷ 建成区面积，重叠的树冠只计一次。",
                "Vertical projection of all vegetation in the built-up area, overlapping crowns once, divided by that area.",
            ),
            Self::GreenRate => lang.pick(
                "建成区内公园绿地、防护绿地、广场绿地与附属绿地面积之和 ÷ 建成区面积（分类见 CJJ/T 85-2017，待核）。",
                "Park, protective, square and attached green land in the built-up area divided by that area (classes of CJJ/T 85-2017, not confirmed).",
            ),
            Self::UnstatedRate => lang.pick(
                "来源只称“绿化率”，未说明是绿化覆盖率还是绿地率，因此不与标准限值比较。",
                "The source says 绿化率 and states neither coverage nor green-space rate, so it is compared with no threshold.",
            ),
            Self::ServiceRadius => lang.pick(
                "公园绿化活动场地服务半径内的居住用地面积 ÷ 居住用地总面积。",
                "Residential land within the service radius of a park divided by all residential land.",
            ),
            Self::TreeLined => {
                lang.pick("林荫路长度 ÷ 道路长度（待核）。", "Tree-lined length divided by road length (not confirmed).")
            }
            Self::Greenway => lang.pick(
                "绿道长度 ÷ 人口（万人）（待核）。",
                "Greenway length divided by the population in ten thousands (not confirmed).",
            ),
        }
    }

    /// Whether its figures may stand beside a threshold.
    pub const fn is_defined(self) -> bool {
        !matches!(self, Self::UnstatedRate)
    }
}
