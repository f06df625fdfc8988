#include "scenarios/node/log_writer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

namespace orrery::node {
namespace {

using namespace std::chrono_literals;

constexpr size_t kWaitingMax = 1 << 20;  // bytes
constexpr auto kGlance = 100ms;          // between looks at `stop`
constexpr auto kPatience = 1s;

/// Nothing, or why it cannot be written.
std::string write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::strerror(errno);
    text.remove_prefix(size_t(count));
  }
  return {};
}

}  // namespace

struct LogWriter::Shared {
  std::mutex mutex;
  std::condition_variable filled, emptied;
  std::string waiting;
  bool closed = false, over = false;

  void run(int descriptor) {
    std::unique_lock lock(mutex);
    bool is_broken = false;
    while (true) {
      filled.wait(lock, [this] { return closed || !waiting.empty(); });
      if (waiting.empty()) break;
      const std::string text = std::exchange(waiting, {});
      emptied.notify_all();
      lock.unlock();
      const std::string why = is_broken ? std::string() : write_all(descriptor, text);
      if (!why.empty()) {  // a log that nobody reads any more is no reason to die
        is_broken = true;
        fmt::print(stderr, "the log cannot be written: {}; the node goes on without it\n", why);
      }
      lock.lock();
    }
    over = true;
    emptied.notify_all();
  }
};

LogWriter::LogWriter(int descriptor, const std::atomic<bool>& stop) : shared_(std::make_shared<Shared>()), stop_(stop) {
  std::thread([shared = shared_, descriptor] { shared->run(descriptor); }).detach();
}

LogWriter::~LogWriter() {
  std::unique_lock lock(shared_->mutex);
  shared_->closed = true;
  shared_->filled.notify_all();
  while (!stop_ && !shared_->over) shared_->emptied.wait_for(lock, kGlance);
  shared_->emptied.wait_for(lock, kPatience, [this] { return shared_->over; });
}

void LogWriter::write(const std::string& line) {
  std::unique_lock lock(shared_->mutex);
  while (!stop_ && shared_->waiting.size() >= kWaitingMax) shared_->emptied.wait_for(lock, kGlance);
  if (shared_->waiting.size() >= kWaitingMax) return;
  shared_->waiting += line;
  shared_->waiting += '\n';
  shared_->filled.notify_one();
}

}  // namespace orrery::node
