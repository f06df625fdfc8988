#include "scenarios/spec/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <utility>

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

/// The optimal string alignment distance: insertions, deletions, substitutions, and swaps of two neighbours, which are
/// the commonest slip of fingers (Damerau, CACM 7(3), 1964). No letter is edited twice.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before, above, row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(above, row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

/// How many letters two names share from their beginnings, and from their ends. Of two that are equally far the one
/// that begins alike is meant; if both do, the one that ends alike: a letter is left out (--sed for --seed) more often
/// than it is another one (--set).
std::pair<size_t, size_t> common_ends(std::string_view a, std::string_view b) {
  const auto head = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
  const auto tail = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
  return {size_t(head), size_t(tail)};
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
    const bool is_nearer = distance < least ||
                           (nearest && distance == least && common_ends(name, candidate) > common_ends(name, *nearest));
    if (is_nearer) {
      least = distance;
      nearest = &candidate;
    }
  }
  const std::string list = allowed.empty() ? "nothing" : fmt::format("{}", fmt::join(allowed, ", "));
  return nearest ? fmt::format("did you mean {}? allowed: {}", *nearest, list) : "allowed: " + list;
}

}  // namespace orrery::spec
