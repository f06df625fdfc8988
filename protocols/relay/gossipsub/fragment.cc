#include "protocols/relay/gossipsub/fragment.h"

#include <utility>

namespace orrery::gossipsub {
namespace {

/// Fills one RPC after the other. Items are counted as if each stood alone, which is never too little.
class Packer {
 public:
  explicit Packer(size_t bytes_max) : bytes_max_(bytes_max) {}

  /// `put(rpc)` adds one item. What does not fit with the others begins a new RPC.
  template <class Put>
  void add(Put put) {
    Rpc alone;
    put(alone);
    const size_t size = encoded_size(alone);
    if (size > bytes_max_) return;
    if (bytes_ + size > bytes_max_) finish();
    put(current_);
    bytes_ += size;
  }
  std::vector<Rpc> take() {
    finish();
    return std::move(done_);
  }

 private:
  void finish() {
    if (!current_.empty()) done_.push_back(std::exchange(current_, Rpc{}));
    bytes_ = 0;
  }

  size_t bytes_max_, bytes_ = 0;
  Rpc current_;
  std::vector<Rpc> done_;
};

}  // namespace

std::vector<Rpc> fragments(Rpc rpc, size_t bytes_max) {
  std::vector<Rpc> whole;
  if (encoded_size(rpc) <= bytes_max) {
    whole.push_back(std::move(rpc));
    return whole;
  }
  Packer packer(bytes_max);
  for (const SubOpts& sub : rpc.subscriptions) packer.add([&](Rpc& to) { to.subscriptions.items.push_back(sub); });
  for (const PubsubMessage& message : rpc.publish) packer.add([&](Rpc& to) { to.publish.items.push_back(message); });
  if (!rpc.control) return packer.take();
  for (const Graft& graft : rpc.control->graft) packer.add([&](Rpc& to) { to.ctl().graft.items.push_back(graft); });
  for (const Prune& prune : rpc.control->prune) packer.add([&](Rpc& to) { to.ctl().prune.items.push_back(prune); });
  for (const IWant& iwant : rpc.control->iwant) {
    for (const IdBytes& id : iwant.ids) {
      packer.add([&](Rpc& to) {
        auto& list = to.ctl().iwant.items;
        if (list.empty()) list.emplace_back();
        list.back().ids.items.push_back(id);
      });
    }
  }
  for (const IHave& ihave : rpc.control->ihave) {
    for (const IdBytes& id : ihave.ids) {
      packer.add([&](Rpc& to) {
        auto& list = to.ctl().ihave.items;
        if (list.empty() || list.back().topic != ihave.topic) list.push_back({ihave.topic, {}});
        list.back().ids.items.push_back(id);
      });
    }
  }
  return packer.take();
}

}  // namespace orrery::gossipsub
