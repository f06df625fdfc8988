#include "simcore/engine/team.h"

namespace orrery {
namespace {

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// Rounds are short, so where each member has a core it is awaited awake for a while.
int spins_for(uint32_t members) { return members <= std::thread::hardware_concurrency() ? 4000 : 0; }

// Until `value` is no longer `old`.
void await(const std::atomic<uint32_t>& value, uint32_t old, int spins) {
  while (value.load(std::memory_order_acquire) == old) {
    if (spins-- > 0) {
      pause();
    } else {
      value.wait(old, std::memory_order_acquire);
    }
  }
}

}  // namespace

Team::Team(uint32_t members, std::function<void(uint32_t)> work)
    : work_(std::move(work)), spins_(spins_for(members)), failures_(members) {
  for (uint32_t member = 1; member < members; ++member) threads_.emplace_back([this, member] { serve(member); });
}

Team::~Team() {
  is_over_ = true;
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Team::work(uint32_t member) {
  try {
    work_(member);
  } catch (...) {
    failures_[member] = std::current_exception();
  }
}

void Team::work_together() {
  busy_.store(uint32_t(threads_.size()), std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  work(0);
  while (const uint32_t busy = busy_.load(std::memory_order_acquire)) await(busy_, busy, spins_);
  std::exception_ptr first;
  for (std::exception_ptr& failure : failures_) {
    if (!first) first = failure;
    failure = nullptr;
  }
  if (first) std::rethrow_exception(first);
}

void Team::serve(uint32_t member) {
  for (uint32_t seen = 0;; ++seen) {
    await(round_, seen, spins_);
    if (is_over_) return;
    work(member);
    busy_.fetch_sub(1, std::memory_order_acq_rel);
    busy_.notify_one();
  }
}

}  // namespace orrery
