#include "scenarios/spec/problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "scenarios/spec/scenario.h"

namespace orrery::spec {

void Problems::add(Origin origin, const std::string& address, const Value& value, const Complaint& complaint) {
  add(std::move(origin), fmt::format("{} = {} {}", address, shown(value), complaint.what), complaint.remedy);
}

void Problems::throw_if_any() {
  if (problems_.empty()) return;
  std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.origin.source, a.origin.line, a.origin.column) <
           std::tie(b.origin.source, b.origin.line, b.origin.column);
  });
  if (const size_t count = problems_.size(); count > kProblemsMax) {
    problems_.resize(kProblemsMax + 1);
    problems_.back().what = fmt::format("from here on there are {} more problems", count - kProblemsMax);
    problems_.back().remedy = "mend those above first";
  }
  throw SpecError(std::move(problems_));
}

std::string shown(const Value& value) {
  constexpr size_t kBytesMax = 60;
  std::string text = value.loose && value.text() ? *value.text() : toml_text(value);
  if (text.size() <= kBytesMax) return text;
  size_t end = kBytesMax;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;  // not inside a character of UTF-8
  return text.substr(0, end) + "...";
}

}  // namespace orrery::spec
