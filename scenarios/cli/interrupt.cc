#include "scenarios/cli/interrupt.h"

#include <csignal>

namespace orrery::cli {
namespace {

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // else a signal handler may not touch it

void on_interrupt(int signal) {
  stop_asked = true;
  std::signal(signal, SIG_DFL);
}

}  // namespace

const std::atomic<bool>& stop_on_interrupt() {
  std::signal(SIGINT, on_interrupt);
  return stop_asked;
}

const std::atomic<bool>& stop_on_termination() {
  std::signal(SIGTERM, on_interrupt);
  return stop_on_interrupt();
}

}  // namespace orrery::cli
