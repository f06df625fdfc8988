#include "scenarios/faults/fault.h"

#include <algorithm>
#include <tuple>

namespace orrery {

std::string_view kind_of(const Fault& fault) {
  return std::holds_alternative<CrashFault>(fault.what) ? "crash" : "partition";
}

void sort_faults(std::vector<Fault>& faults) {
  std::stable_sort(faults.begin(), faults.end(),
                   [](const Fault& a, const Fault& b) { return std::tie(a.at, a.name) < std::tie(b.at, b.name); });
}

}  // namespace orrery
