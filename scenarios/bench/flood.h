// Flood: a payload of 1 KiB goes to every peer but the one it came from; who has seen it, by a bit, drops it.
#pragma once
#include <vector>

#include "scenarios/bench/peers.h"
#include "simcore/node/module.h"

namespace orrery::bench {

struct Post {
  static constexpr std::string_view kName = "post";
  static constexpr uint8_t kTag = 16;
  uint64_t number = 0;
  Blob<1024> payload;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "number", &Post::number), wire_field(2, "payload", &Post::payload)};
  }
};

/// The command: publish the post of this number.
struct Publish {
  static constexpr std::string_view kName = "publish";
  uint64_t number = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "number", &Publish::number)}; }
};

/// What the application above hears of each post, once.
struct Arrived {
  static constexpr std::string_view kName = "arrived";
  uint64_t number = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "number", &Arrived::number)}; }
};

class Flood {
 public:
  static constexpr ModuleId kModule = 191;
  static constexpr std::string_view kName = "flood";
  using Messages = TypeList<Post>;
  using Events = TypeList<Arrived>;
  using Hears = TypeList<Publish>;
  /// Posts are numbered from 0 to `posts` - 1.
  Flood(const Peers& peers, uint64_t posts) : peers_(peers), seen_((posts + 63) / 64) {}
  void start(Context<Flood>&) {}
  void on(Context<Flood>& ctx, const Publish& publish);
  void on(Context<Flood>& ctx, NodeId from, const Post& post);

 private:
  bool is_new(uint64_t number);

  Peers peers_;
  std::vector<uint64_t> seen_;  // a bit a post
};

/// The application: counts.
class Reader {
 public:
  static constexpr ModuleId kModule = 192;
  static constexpr std::string_view kName = "reader";
  using Messages = TypeList<>;
  using Events = TypeList<>;
  using Hears = TypeList<Arrived>;
  void start(Context<Reader>&) {}
  void on(Context<Reader>&, const Arrived&) { ++read_; }
  uint64_t read() const { return read_; }

 private:
  uint64_t read_ = 0;
};

}  // namespace orrery::bench
