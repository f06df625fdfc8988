#include "simcore/engine/team.h"

namespace orrery {
namespace {

// A round is short, so at first it is awaited awake; then the core is left to others.
constexpr int kSpins = 4000;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

Team::Team(uint32_t members, std::function<void(uint32_t)> work) : work_(std::move(work)), failures_(members) {
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
  done_.store(0, std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  work(0);
  for (int spins = 0; done_.load(std::memory_order_acquire) != threads_.size();) {
    if (++spins < kSpins) {
      pause();
    } else {
      std::this_thread::yield();
    }
  }
  for (std::exception_ptr& failure : failures_) {
    if (failure) std::rethrow_exception(std::exchange(failure, nullptr));
  }
}

void Team::serve(uint32_t member) {
  for (uint32_t seen = 0;;) {
    for (int spins = 0; round_.load(std::memory_order_acquire) == seen;) {
      if (++spins < kSpins) {
        pause();
      } else {
        round_.wait(seen, std::memory_order_acquire);
      }
    }
    seen = round_.load(std::memory_order_acquire);
    if (is_over_) return;
    work(member);
    done_.fetch_add(1, std::memory_order_release);
  }
}

}  // namespace orrery
