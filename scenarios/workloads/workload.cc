#include "scenarios/workloads/workload.h"

#include <algorithm>
#include <numeric>

namespace orrery {

void append(std::vector<Publishing>& all, std::vector<Publishing> added) {
  const uint64_t before = all.size();
  for (Publishing& publishing : added) {
    if (publishing.reply_to) *publishing.reply_to += before;
    all.push_back(std::move(publishing));
  }
}

void sort_by_time(std::vector<Publishing>& all) {
  std::vector<uint64_t> order(all.size()), place(all.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](uint64_t a, uint64_t b) { return std::pair(all[a].at, a) < std::pair(all[b].at, b); });
  for (uint64_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<Publishing> sorted;
  sorted.reserve(all.size());
  for (const uint64_t from : order) {
    Publishing& publishing = sorted.emplace_back(std::move(all[from]));
    if (publishing.reply_to) publishing.reply_to = place[*publishing.reply_to];
  }
  all = std::move(sorted);
}

}  // namespace orrery
