#include "scenarios/spec/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "simcore/base/text.h"

namespace orrery::spec {
namespace {

std::string lines_of(const std::vector<Problem>& problems) {
  std::string lines;
  for (const Problem& problem : problems) {
    if (!lines.empty()) lines += '\n';
    lines += problem.text();
  }
  return lines;
}

/// Levenshtein's distance: insertions, deletions and substitutions.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string Origin::text() const {
  return line == 0 ? printable(source) : fmt::format("{}:{}:{}", printable(source), line, column);
}

std::string Problem::text() const {
  return fmt::format("{}: {}; {}", origin.text(), printable(what), printable(remedy));
}

SpecError::SpecError(std::vector<Problem> problems_)
    : std::runtime_error(lines_of(problems_)), problems(std::move(problems_)) {}

SpecError::SpecError(Origin origin, std::string what, std::string remedy)
    : SpecError({Problem{std::move(origin), std::move(what), std::move(remedy)}}) {}

std::string suggest(std::string_view name, std::span<const std::string> allowed) {
  constexpr size_t kNameMax = 64;  // longer ones are no slips, and cost time
  const std::string* nearest = nullptr;
  size_t least = std::min(name.size(), std::max<size_t>(1, name.size() / 3) + 1);  // something must be left of it
  for (const std::string& candidate : allowed) {
    if (name.size() > kNameMax) break;
    const size_t distance = edit_distance(name, candidate);
    if (distance < least) {
      least = distance;
      nearest = &candidate;
    }
  }
  const std::string list = allowed.empty() ? "nothing" : fmt::format("{}", fmt::join(allowed, ", "));
  return nearest ? fmt::format("did you mean {}? allowed: {}", *nearest, list) : "allowed: " + list;
}

}  // namespace orrery::spec
