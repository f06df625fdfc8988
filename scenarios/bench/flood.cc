#include "scenarios/bench/flood.h"

namespace orrery::bench {

void Flood::on(Context<Flood>& ctx, const Publish& publish) {
  if (!is_new(publish.number)) return;
  ctx.emit(Arrived{publish.number});
  const std::vector<std::byte> zeros(Blob<1024>::kMax);
  ctx.multicast(peers_, Post{publish.number, Blob<1024>(zeros)});
}

void Flood::on(Context<Flood>& ctx, NodeId from, const Post& post) {
  if (!is_new(post.number)) return;
  ctx.emit(Arrived{post.number});
  ctx.multicast(peers_, post, from);
}

bool Flood::is_new(uint64_t number) {
  if (number / 64 >= seen_.size()) return false;
  uint64_t& word = seen_[number / 64];
  const uint64_t before = word;
  word |= uint64_t{1} << number % 64;
  return word != before;
}

}  // namespace orrery::bench
