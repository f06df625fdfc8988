// What a failed CHECK prints: enough to run to the same place again.
#pragma once
#include "simcore/base/check.h"
#include "simcore/engine/kernel.h"
#include "simcore/trace/sinks.h"

namespace orrery {

/// How many of the last records it prints.
inline constexpr size_t kRecordsKept = 32;

/// On the stack of the thread that runs `kernel`, while it runs.
class Surroundings final : public FailureContext {
 public:
  Surroundings(const Kernel& kernel, const RecordRing& recent, const uint64_t& events)
      : kernel_(kernel), recent_(recent), events_(events) {}
  void print() const override;

 private:
  const Kernel& kernel_;
  const RecordRing& recent_;
  const uint64_t& events_;
};

}  // namespace orrery
