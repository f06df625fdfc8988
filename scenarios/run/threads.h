// How many threads a run gets, and why: its result does not depend on it.
#pragma once
#include <cstdint>
#include <string>

namespace orrery {

/// Of one run: the lists of pending events grow with the square.
inline constexpr uint32_t kThreadsMost = 64;

struct Threads {
  uint32_t count;
  std::string why;  // "as asked", "one a core"
};

/// `asked`, at most kThreadsMost: 0 leaves the choice to Orrery.
Threads choose_threads(uint32_t asked, size_t nodes);

}  // namespace orrery
