// A table of claims, for people and for programs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/run/claims.h"

namespace orrery {
namespace {

using Json = nlohmann::ordered_json;

// The digits that a reader compares; large counts whole.
std::string shown(double value) {
  if (std::abs(value) >= 1000) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

Json tolerance_json(const ClaimRow& row) {
  if (!row.tolerance) return nullptr;
  return row.tolerance->relative ? Json(row.tolerance->text) : Json(row.tolerance->most);
}

Json expected_json(const ClaimRow& row) {
  if (row.between) return {row.between->first, row.between->second};
  return row.expected ? Json(*row.expected) : Json(nullptr);
}

Json interval_json(const ClaimRow& row) {
  if (!row.got || !std::isfinite(row.got->half_width)) return nullptr;
  return {row.got->mean - row.got->half_width, row.got->mean + row.got->half_width};
}

std::vector<std::string> cells_of(const ClaimRow& row) {
  const std::string expected = row.between
                                   ? fmt::format("{}..{}", shown(row.between->first), shown(row.between->second))
                               : row.expected ? shown(*row.expected)
                                              : "-";
  const bool is_sure = row.got && std::isfinite(row.got->half_width);
  const std::string interval = is_sure ? fmt::format("+- {}", shown(row.got->half_width)) : "-";
  const std::string tolerance = row.tolerance ? row.tolerance->text : "-";
  const std::string unit = row.unit == "1" ? "" : row.unit;
  return {row.id,    expected, row.got ? shown(row.got->mean) : "-", interval,
          tolerance, unit,     std::string(name(row.verdict))};
}

const char* colour_of(ClaimVerdict verdict) {
  if (verdict == ClaimVerdict::kPass) return "32";
  return verdict == ClaimVerdict::kFail ? "31" : "33";
}

}  // namespace

std::string to_json(const std::vector<ClaimRow>& rows) {
  Json all = Json::array();
  for (const ClaimRow& row : rows) {
    all.push_back({{"id", row.id},
                   {"expected", expected_json(row)},
                   {"got", row.got ? Json(row.got->mean) : Json(nullptr)},
                   {"interval", interval_json(row)},
                   {"tolerance", tolerance_json(row)},
                   {"unit", row.unit},
                   {"seeds", row.seeds},
                   {"source", row.source},
                   {"verdict", name(row.verdict)}});
  }
  return all.dump(2);
}

std::string to_text(const std::vector<ClaimRow>& rows, bool colour) {
  std::vector<std::vector<std::string>> lines{
      {"", "expected", "got", "95 %", "tolerance", "unit", "verdict", "source"}};
  for (const ClaimRow& row : rows) lines.push_back(cells_of(row));
  std::vector<size_t> widths(lines.front().size());
  for (const auto& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  std::string out;
  for (size_t at = 0; at < lines.size(); ++at) {
    const auto& line = lines[at];
    out += fmt::format("{:<{}}", line[0], widths[0]);
    for (size_t i = 1; i < 5; ++i) out += fmt::format("  {:>{}}", line[i], widths[i]);
    const std::string verdict = fmt::format("{:<{}}", line[6], widths[6]);
    const bool is_painted = colour && at > 0;
    out +=
        fmt::format("  {:<{}}  {}", line[5], widths[5],
                    is_painted ? fmt::format("\x1b[{}m{}\x1b[0m", colour_of(rows[at - 1].verdict), verdict) : verdict);
    out += fmt::format("  {}\n", at == 0 ? line[7] : rows[at - 1].source);
  }
  const auto count = [&](ClaimVerdict verdict) {
    return std::count_if(rows.begin(), rows.end(), [&](const ClaimRow& row) { return row.verdict == verdict; });
  };
  return out + fmt::format(
                   "\n{} pass, {} fail, {} undecided, {} only compared; got: the mean over the seeds, "
                   "and its 95 % interval\n",
                   count(ClaimVerdict::kPass), count(ClaimVerdict::kFail), count(ClaimVerdict::kUndecided),
                   count(ClaimVerdict::kCompared));
}

}  // namespace orrery
