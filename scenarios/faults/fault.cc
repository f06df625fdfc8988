#include "scenarios/faults/fault.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace orrery {

std::string_view kind_of(const Fault& fault) {
  constexpr std::string_view kNames[] = {"crash", "partition", "disk", "clock"};
  static_assert(std::size(kNames) == std::variant_size_v<FaultKind>);
  return kNames[fault.what.index()];
}

void sort_faults(std::vector<Fault>& faults) {
  std::stable_sort(faults.begin(), faults.end(),
                   [](const Fault& a, const Fault& b) { return std::tie(a.at, a.name) < std::tie(b.at, b.name); });
}

void name_faults(std::vector<Fault>& faults) {
  std::set<std::string> taken;
  for (const Fault& fault : faults) taken.insert(fault.name);
  const size_t digits = std::max<size_t>(3, std::to_string(faults.size() + taken.size()).size());  // equal: names sort
  size_t number = 0;
  for (Fault& fault : faults) {
    while (fault.name.empty()) {
      const std::string text = std::to_string(++number);
      const std::string name = "f" + std::string(digits - text.size(), '0') + text;
      if (!taken.contains(name)) fault.name = name;
    }
  }
}

}  // namespace orrery
