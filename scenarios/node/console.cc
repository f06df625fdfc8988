#include "scenarios/node/console.h"

#include <algorithm>

namespace orrery::node {

void Console::start(Context<Console>& ctx) {
  for (const Topic topic : topics_) ctx.emit(Subscribe{topic});
}

void Console::on(Context<Console>& ctx, const Delivered& delivered) {
  if (std::find(topics_.begin(), topics_.end(), delivered.topic) == topics_.end()) return;  // a relay that floods
  const auto bytes = uint32_t(delivered.payload.size());
  const Digest digest = sha256(delivered.payload);
  if (delivered.arrival == Arrival::kOwn) return ctx.trace(SentRecord{delivered.topic, bytes, digest});
  ReceivedRecord record{delivered.topic, bytes, digest, {}, delivered.from};
  if (delivered.author.size() == PeerId::kBytes) {
    std::copy(delivered.author.begin(), delivered.author.end(), record.author.emplace().bytes.begin());
  }
  ctx.trace(record);
}

}  // namespace orrery::node
