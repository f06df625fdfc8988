// What a disk costs, and what may go wrong with it.
#pragma once
#include <optional>
#include <tuple>
#include <vector>

#include "simcore/base/field.h"
#include "simcore/base/ids.h"
#include "simcore/base/units.h"

namespace orrery {

struct DiskConfig {
  Duration sync = 1_ms;
  Duration read = 100_us;
  std::optional<Bandwidth> bandwidth = {};
  std::optional<Bytes> capacity = {};
  bool group_commit = true;
  bool durability = true;

  static constexpr auto fields() {
    using C = DiskConfig;
    return std::tuple{
        field("sync", &C::sync, "From the start of a sync until what it covers is durable.",
              "Orrery; data sheets: NVMe with power-loss protection 0.05 ms, without 1 ms, a disk that turns 10 ms",
              Range<Duration>{1_ns, 1_h}),
        field("read", &C::read, "From a question to the disk until its answer.", "Orrery", Range<Duration>{1_ns, 1_h}),
        field("bandwidth", &C::bandwidth, "Keys and values that a sync writes take their time at this rate, besides.",
              "Orrery", Range<std::optional<Bandwidth>>{Bandwidth{1'000}, Bandwidth{1'000'000'000'000}}),
        field("capacity", &C::capacity,
              "Bytes of keys and values that it holds. What does not fit stays pending, and promises wait for it.",
              "Orrery", Range<std::optional<Bytes>>{0_B, Bytes{int64_t{1} << 50}}),
        field("group_commit", &C::group_commit,
              "One sync covers all that was written while the last one ran; false: one batch a sync.",
              "DeWitt et al., SIGMOD 1984, section 5.2"),
        field("durability", &C::durability,
              "false: no message waits for its writes to be durable (fsync = off), which breaks promises.", "Orrery"),
    };
  }
};

/// What a fault does to a disk.
enum class DiskEffect : uint8_t {
  kSlow,         // a sync takes longer
  kFull,         // no sync ends before the fault does
  kLost,         // a write is reported durable, and is not there after a restart
  kTorn,         // after a restart its first part is there, and behind that what was there before
  kMisdirected,  // after a restart it stands under another key of its module and instance, whose value it replaced
};
template <>
struct EnumNames<DiskEffect> {
  static constexpr std::string_view kNames[] = {"slow", "full", "lost", "torn", "misdirected"};
};

/// A disk is faulty for a while.
struct DiskTrouble {
  Time from, until;
  DiskEffect effect{};
  Share share{Share::kWhole};  // of the writes that are lost, torn or misdirected
  Duration delay = {};         // of a slow sync
  uint64_t key = 0;            // of its draws
};

/// All that will go wrong with one disk: a pure function of time.
class DiskTroubles {
 public:
  void add(const DiskTrouble& trouble) { all_.push_back(trouble); }
  bool empty() const { return all_.empty(); }

  /// When a sync ends that begins at `now` and takes `duration` on a healthy disk.
  Time sync_ends(Time now, Duration duration) const;

  /// What becomes of one write.
  struct Fate {
    std::optional<DiskEffect> harm;  // lost, torn or misdirected; nothing if it is as it should be
    uint64_t draw = 0;
  };
  /// Of the `index`-th write of a batch that becomes durable at `now`: a draw of its own. If several troubles are at
  /// work, the first that strikes.
  Fate fate(Time now, uint64_t batch, uint64_t index) const;

 private:
  std::vector<DiskTrouble> all_;
};

}  // namespace orrery
