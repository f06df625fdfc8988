#include "scenarios/run/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/run/metrics.h"

namespace orrery {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

constexpr std::string_view kStyle = R"(
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b2733;
         background: #fdfdfb; }
  h1 { font-size: 1.6rem; margin-bottom: 0; }
  h2 { font-size: 1.1rem; margin-top: 2.2rem; }
  .question { color: #51606d; margin-top: .2rem; }
  table { border-collapse: collapse; width: 100%; }
  td, th { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #e4e4de; vertical-align: top; }
  td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .pass { color: #1a7f37; }
  .fail { color: #c62828; font-weight: 600; }
  .undecided { color: #9a6700; }
  code { font-size: .9em; background: #f1f1ec; padding: .1em .3em; overflow-wrap: anywhere; }
  svg { width: 100%; height: auto; }
  svg text { font: 12px system-ui, sans-serif; fill: #51606d; }
)";

struct Point {
  double x, y;
};

std::string polyline(const std::vector<Point>& points, std::string_view colour) {
  std::string out = fmt::format("<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"2\" points=\"", colour);
  for (const Point& p : points) out += fmt::format("{:.1f},{:.1f} ", p.x, p.y);
  return out + "\"/>\n";
}

// First deliveries, publish to arrival, sorted; the publisher's own left out.
std::vector<double> latencies_ms(const RunDetail& detail) {
  std::vector<double> all;
  for (const Delivery& delivery : detail.ledger.deliveries()) {
    if (!delivery.first) continue;
    const Publication& published = detail.ledger.publications().at(delivery.message);
    if (delivery.node != published.publisher) all.push_back(double((delivery.at - published.at).ns) / 1e6);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string time_label(double ms) { return ms < 1000 ? fmt::format("{:g} ms", ms) : fmt::format("{:g} s", ms / 1000); }

// The share of deliveries made within a time: the curve that a promise is read from.
std::string latency_curve(const RunDetail& detail) {
  const std::vector<double> sorted = latencies_ms(detail);
  if (sorted.empty()) return "<p>Nothing was delivered.</p>\n";
  constexpr double kLeft = 50, kTop = 10, kWidth = 700, kHeight = 240;
  // A logarithmic axis, in whole decades: a few deliveries after a healed cut must not squeeze all others.
  const double first = std::floor(std::log10(std::max(sorted.front(), 0.1)));
  const double last = std::max(first + 1, std::ceil(std::log10(std::max(sorted.back(), 0.1))));
  const auto x = [&](double ms) {
    return kLeft + kWidth * std::max(0.0, (std::log10(std::max(ms, 0.1)) - first) / (last - first));
  };
  const auto y = [&](double share) { return kTop + kHeight * (1 - share); };
  std::string out = "<svg viewBox=\"0 0 780 300\" role=\"img\" aria-label=\"Latency curve\">\n";
  for (int i = 0; i <= 4; ++i) {
    const double share = i / 4.0;
    out += fmt::format(
        "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"#e4e4de\"/>"
        "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5:.0f} %</text>\n",
        kLeft, kLeft + kWidth, y(share), kLeft - 6, y(share) + 4, share * 100);
  }
  for (double decade = first; decade <= last; ++decade) {
    for (const int step : {1, 2, 5}) {
      const double ms = step * std::pow(10, decade);
      if (step > 1 && decade == last) break;
      out += fmt::format(
          "<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2}\" stroke=\"#efefe9\"/>"
          "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4}</text>\n",
          x(ms), kTop, kTop + kHeight, kTop + kHeight + 18, step == 1 || last - first <= 4 ? time_label(ms) : "");
    }
  }
  std::vector<Point> points{{x(sorted.front()), y(0)}};
  constexpr size_t kPointsMax = 400;
  const size_t stride = std::max<size_t>(1, sorted.size() / kPointsMax);
  for (size_t i = 0; i < sorted.size(); i += stride)
    points.push_back({x(sorted[i]), y(double(i + 1) / double(sorted.size()))});
  points.push_back({x(sorted.back()), y(1)});
  out += polyline(points, "#2f6f9f");
  out += fmt::format(
      "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">from publish to first delivery ({} deliveries)</text>\n",
      kLeft + kWidth / 2, kTop + kHeight + 40, sorted.size());
  return out + "</svg>\n";
}

struct Place {
  std::string_view name;
  double longitude, latitude;
};
// Where the regions of the built-in tables are drawn.
constexpr Place kPlaces[] = {
    {"australia", 140, -27},    {"east_asia", 115, 35},      {"europe", 12, 50},        {"na_west", -118, 40},
    {"na_east", -78, 40},       {"south_america", -58, -15}, {"south_africa", 24, -29}, {"west_asia", 50, 30},
    {"north_america", -98, 40}, {"asia_pacific", 108, 8},    {"japan", 138, 37},
};

const Place* find_place(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kPlaces), std::end(kPlaces), [&](const Place& p) { return p.name == name; });
  return found == std::end(kPlaces) ? nullptr : &*found;
}

std::string region_map(const RunDetail& detail) {
  constexpr double kWidth = 760, kHeight = 340;
  int64_t slowest = 1;
  uint32_t most = 1;
  for (const RegionSummary& region : detail.regions) {
    slowest = std::max(slowest, region.p50_ns.value_or(0));
    most = std::max(most, region.nodes);
  }
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Map of regions\">\n"
      "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#eef3f6\"/>\n",
      kWidth, kHeight);
  for (int longitude = -150; longitude <= 150; longitude += 30) {
    const double x = (longitude + 180) / 360.0 * kWidth;
    out += fmt::format("<line x1=\"{0:.0f}\" x2=\"{0:.0f}\" y1=\"0\" y2=\"{1}\" stroke=\"#dde6eb\"/>\n", x, kHeight);
  }
  for (const RegionSummary& region : detail.regions) {
    const Place* place = find_place(region.name);
    if (!place) continue;
    const double x = (place->longitude + 180) / 360 * kWidth, y = (75 - place->latitude) / 130 * kHeight;
    const double radius = 6 + 26 * std::sqrt(double(region.nodes) / double(most));
    const double warmth = double(region.p50_ns.value_or(0)) / double(slowest);  // blue: early, red: late
    out += fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"hsl({:.0f} 55% 55%)\" fill-opacity=\"0.75\"/>\n", x, y,
        region.nodes == 0 ? 3 : radius, 205 - 195 * warmth);
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", x, y + radius + 14,
                       escaped(region.name));
  }
  return out + "</svg>\n<p>Size: nodes in the region. Colour: how late messages reach it, from blue to red.</p>\n";
}

std::string region_table(const RunDetail& detail) {
  constexpr size_t kRowsMax = 40;
  std::string out = "<table><tr><th>region</th><th>nodes</th><th>median latency</th><th>99th percentile</th></tr>\n";
  for (size_t i = 0; i < std::min(kRowsMax, detail.regions.size()); ++i) {
    const RegionSummary& region = detail.regions[i];
    const auto late = [](std::optional<int64_t> ns) { return ns ? show_value(*ns, "ns") : "nothing came"; };
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", escaped(region.name), region.nodes,
                       late(region.p50_ns), late(region.p99_ns));
  }
  out += "</table>\n";
  if (detail.regions.size() > kRowsMax) out += fmt::format("<p>And {} more.</p>\n", detail.regions.size() - kRowsMax);
  return out;
}

std::string verdict_table(const Report& report) {
  std::string out = "<table><tr><th>check</th><th>verdict</th><th>finding</th></tr>\n";
  for (const Verdict& verdict : report.verdicts) {
    out += fmt::format("<tr><td>{}</td><td class=\"{}\">{}</td><td>{}</td></tr>\n", escaped(verdict.name),
                       name(verdict.outcome), name(verdict.outcome), escaped(verdict.why));
  }
  return out + "</table>\n";
}

std::string metric_table(const Report& report) {
  std::string out = "<table>\n";
  for (const MetricValue& metric : report.metrics) {
    const Metric* known = find_metric(metric.name);
    out += fmt::format(
        "<tr><td><code>{}</code></td><td class=\"number\">{}</td><td>{}</td></tr>\n", escaped(metric.name),
        metric.value ? show_value(*metric.value, metric.unit) : "nothing to measure", known ? escaped(known->doc) : "");
  }
  return out + "</table>\n";
}

}  // namespace

std::string render_page(const Report& report, const RunDetail& detail) {
  const bool has_map = std::any_of(detail.regions.begin(), detail.regions.end(),
                                   [](const RegionSummary& region) { return find_place(region.name) != nullptr; });
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
  out += fmt::format("<title>{}</title><style>{}</style></head><body>\n", escaped(report.title), kStyle);
  out += fmt::format("<h1>{}</h1>\n<p class=\"question\">{}</p>\n", escaped(report.title), escaped(report.question));
  out += "<h2>Verdicts</h2>\n" + verdict_table(report);
  out += "<h2>How late messages arrive</h2>\n" + latency_curve(detail);
  if (has_map) out += "<h2>Where</h2>\n" + region_map(detail);
  if (detail.regions.size() > 1) out += region_table(detail);
  out += "<h2>Metrics</h2>\n" + metric_table(report);
  out += fmt::format(
      "<h2>Run it again</h2>\n<p><code>{}</code></p>\n"
      "<p>fingerprint <code>{}</code><br>spec <code>{}</code><br>network <code>{}</code> on host <code>{}</code><br>"
      "{} events, {:.0f} s of virtual time<br>built from <code>{}{}</code> by {}</p>\n</body></html>\n",
      escaped(report.command), report.fingerprint, report.spec_hash, escaped(report.rung), escaped(report.host),
      report.events, double(report.virtual_ns) / 1e9, escaped(report.commit),
      report.dirty ? " (with uncommitted changes)" : "", escaped(report.compiler));
  return out;
}

}  // namespace orrery
