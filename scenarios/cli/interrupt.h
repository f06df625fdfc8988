// The first interrupt ends what is running in good order, the second at once.
#pragma once
#include <atomic>

namespace orrery::cli {

/// Set once the user has asked to stop. From this call on an interrupt does so.
const std::atomic<bool>& stop_on_interrupt();
/// The same, and SIGTERM too: for what runs until somebody stops it.
const std::atomic<bool>& stop_on_termination();

}  // namespace orrery::cli
