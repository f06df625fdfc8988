// Team: threads that do one thing together, again and again. The caller is the first of them.
#pragma once
#include <atomic>
#include <exception>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

namespace orrery {

class Team {
 public:
  /// `work(i)` is what member i does; member 0 is the calling thread.
  Team(uint32_t members, std::function<void(uint32_t)> work);
  ~Team();
  /// Every member works once, at the same time. Throws what the first of them threw.
  void work_together();

 private:
  void serve(uint32_t member);
  void work(uint32_t member);

  const std::function<void(uint32_t)> work_;
  const int spins_;
  std::atomic<uint32_t> round_ = 0, busy_ = 0;
  bool is_over_ = false;  // written before the last round begins
  std::vector<std::exception_ptr> failures_;
  std::vector<std::thread> threads_;
};

}  // namespace orrery
