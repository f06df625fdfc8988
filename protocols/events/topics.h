// The names of topics: what a protocol whose wire says names needs.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/events/messaging.h"

namespace orrery {

/// Topic n is the n-th name, from 1. A host has one, shared by all its nodes; names that are not in it are unknown.
class TopicNames {
 public:
  /// Requires sorted names, no two alike.
  explicit TopicNames(std::vector<std::string> sorted) : names_(std::move(sorted)) {
    CHECK(std::is_sorted(names_.begin(), names_.end()));
  }

  /// Requires 1 <= topic <= size().
  const std::string& name(Topic topic) const {
    CHECK(topic >= 1 && topic <= names_.size());
    return names_[topic - 1];
  }
  std::optional<Topic> find(std::string_view name) const {
    const auto at = std::lower_bound(names_.begin(), names_.end(), name);
    if (at == names_.end() || *at != name) return std::nullopt;
    return Topic(at - names_.begin()) + 1;
  }
  size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
};

}  // namespace orrery
