// Problems: collects the mistakes of a scenario, so that all are told at once.
#pragma once
#include <string>
#include <vector>

#include "scenarios/spec/error.h"
#include "scenarios/spec/value.h"

namespace orrery::spec {

class Problems {
 public:
  void add(Origin origin, std::string what, std::string remedy) {
    problems_.push_back({std::move(origin), std::move(what), std::move(remedy)});
  }
  /// The value at `address` does not fit.
  void add(Origin origin, const std::string& address, const Value& value, const Complaint& complaint);

  /// Throws SpecError if there is a problem: at most kProblemsMax, in the order of the file.
  void throw_if_any();

 private:
  std::vector<Problem> problems_;
};

/// For messages: as it was written, but not much of it.
std::string shown(const Value& value);

}  // namespace orrery::spec
