#include "scenarios/run/threads.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace orrery {

Threads choose_threads(uint32_t asked, size_t nodes) {
  // With fewer nodes a window holds too little for threads to share.
  constexpr size_t kNodesEach = 64;
  if (asked > 0) {
    const auto count = uint32_t(std::min<size_t>(asked, std::max<size_t>(nodes, 1)));
    return {count, count == asked ? "as asked" : "one a node"};
  }
  const uint32_t cores = std::clamp(std::thread::hardware_concurrency(), 1U, kThreadsMost);
  const size_t busy = std::max<size_t>(1, nodes / kNodesEach);
  if (busy >= cores) return {cores, "one a core"};
  return {uint32_t(busy), fmt::format("{} nodes keep no more of {} cores busy", nodes, cores)};
}

}  // namespace orrery
