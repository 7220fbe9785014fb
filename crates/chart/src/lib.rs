//! Numbers, thresholds and labels in; SVG, data table and plot geometry out
