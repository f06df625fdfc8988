// The check `sometimes`: a coverage mark. Some record of the run must show what the scenario is there for.
#pragma once
#include <cstdint>
#include <string>

#include "scenarios/checkers/checker.h"
#include "scenarios/checkers/kinds.h"
#include "simcore/trace/record.h"

namespace orrery {

/// Counts what it is looking for, over the whole run, and remembers the earliest, of the smallest node.
class Lookout final : public RecordSink {
 public:
  explicit Lookout(Sight sight) : sight_(sight) {}
  void take(const Record& record) override;

  /// `name` is the check's.
  Verdict verdict(const std::string& name) const;

 private:
  Sight sight_;
  uint64_t count_ = 0;
  Time first_at_ = kNever;
  NodeId first_node_ = kNobody;
  std::string first_;  // what it said
};

}  // namespace orrery
