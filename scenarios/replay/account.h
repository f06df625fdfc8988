// Account: what one run did within a window of time, line by line, compact enough for millions of lines.
#pragma once
#include <deque>
#include <optional>
#include <set>
#include <vector>

#include "scenarios/replay/observation.h"

namespace orrery {

using ChainOf = std::pair<NodeId, Layer>;

class Account {
 public:
  /// One line, in the order in which it was seen. Equal lines have equal digests.
  struct Line {
    Time time;
    NodeId node;
    Layer layer;
    uint64_t digest;
  };

  virtual ~Account() = default;
  virtual const std::vector<Line>& lines() = 0;
  /// In full. Requires place < lines().size().
  virtual Observation show(size_t place) const = 0;
};

/// Listens to a run of this process: the fine sink.
class Witness final : public Account, public RecordSink, public EventSink {
 public:
  /// Of what happens from `from` on; only of the chains in `only`, if that is given.
  explicit Witness(Time from, std::optional<std::set<ChainOf>> only = {}) : from_(from), only_(std::move(only)) {}
  void take(const Record& record) override;
  void take(const DeliveredEvent& event) override;
  /// Forgets what was before.
  void begin(Time from);

  const std::vector<Line>& lines() override;
  Observation show(size_t place) const override;

 private:
  struct Seen {
    DeliveredEvent event;  // of a record: its time and node
    const RecordType* type = nullptr;
    uint32_t incarnation = 0;
    Layer layer = kHostLayer;
    size_t offset = 0, size = 0;  // of its fields in bytes_
  };
  bool wants(Time time, NodeId node, Layer layer) const;

  Time from_;
  std::optional<std::set<ChainOf>> only_;
  std::vector<Seen> seen_;
  std::vector<std::byte> bytes_;
  std::vector<Line> lines_;
};

/// What another process told of its run.
class Hearsay final : public Account {
 public:
  void add(const Observation& observation);
  const std::vector<Line>& lines() override { return lines_; }
  Observation show(size_t place) const override { return observations_[place]; }

 private:
  std::vector<Observation> observations_;
  std::vector<Line> lines_;
};

/// Where two accounts part: the places of the lines that should be equal. One may be missing: that run did nothing
/// more there within the window.
struct Parting {
  std::optional<size_t> a, b;
};

/// The earliest place, and there the lowest node, at which one (node, layer) did something else. Only the order at a
/// node counts. Nothing if the accounts are equal.
std::optional<Parting> first_parting(Account& a, Account& b);

}  // namespace orrery
