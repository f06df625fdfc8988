#include "protocols/application/application.h"

#include <algorithm>

#include "simcore/base/hash.h"

namespace orrery {

void Payload::fill(std::span<std::byte> payload, uint64_t seed, uint64_t number) {
  CHECK(payload.size() >= kHeadBytes);
  for (size_t i = 0; i < kHeadBytes; ++i) payload[i] = std::byte(number >> (56 - 8 * i));
  Rng filler(chain64(seed, number));
  uint64_t word = 0;
  for (size_t i = kHeadBytes; i < payload.size(); ++i) {
    if (i % 8 == 0) word = filler.next64();
    payload[i] = std::byte(word >> (8 * (i % 8)));
  }
}

std::optional<uint64_t> Payload::number(ByteView payload) {
  if (payload.size() < kHeadBytes) return std::nullopt;
  uint64_t number = 0;
  for (size_t i = 0; i < kHeadBytes; ++i) number = number << 8 | std::to_integer<uint64_t>(payload[i]);
  return number;
}

void Application::start(Context<Application>& ctx) {
  for (const Topic topic : topics_) {
    ctx.trace(SubscribedRecord{topic});
    ctx.emit(Subscribe{topic});
  }
}

void Application::on(Context<Application>& ctx, const Publish& publish) {
  const auto number = Payload::number(publish.payload);
  if (!number) return;
  ctx.trace(PublishedRecord{*number, publish.topic, uint32_t(publish.payload.size()), hash_bytes(publish.payload)});
}

void Application::on(Context<Application>& ctx, const Delivered& delivered) {
  const auto number = Payload::number(delivered.payload);
  if (!number) return;  // not one of the workload's: a stranger may relay anything
  // A relay that floods gives us everything, and a publisher need not subscribe.
  if (std::find(topics_.begin(), topics_.end(), delivered.topic) == topics_.end()) return;
  DeliveredRecord record{*number, delivered.topic, hash_bytes(delivered.payload), {}, delivered.arrival};
  if (delivered.from != kNobody) record.from = delivered.from;
  ctx.trace(record);
}

void Application::on(Context<Application>& ctx, const Duplicate& duplicate) {
  if (const auto number = Payload::number(duplicate.payload)) ctx.trace(DuplicateRecord{*number});
}

}  // namespace orrery
