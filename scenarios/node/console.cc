#include "scenarios/node/console.h"

#include <algorithm>

namespace orrery::node {

void Console::start(Context<Console>& ctx) {
  for (const Topic topic : topics_) ctx.emit(Subscribe{topic});
}

void Console::on(Context<Console>& ctx, const Publish& publish) {
  ctx.trace(SentRecord{publish.topic, uint32_t(publish.payload.size()), sha256(publish.payload)});
}

void Console::on(Context<Console>& ctx, const Delivered& delivered) {
  if (delivered.arrival == Arrival::kOwn) return;
  if (std::find(topics_.begin(), topics_.end(), delivered.topic) == topics_.end()) return;  // a relay that floods
  ReceivedRecord record{
      delivered.topic, uint32_t(delivered.payload.size()), sha256(delivered.payload), {}, delivered.from};
  if (delivered.author.size() == PeerId::kBytes) {
    std::copy(delivered.author.begin(), delivered.author.end(), record.author.emplace().bytes.begin());
  }
  ctx.trace(record);
}

}  // namespace orrery::node
