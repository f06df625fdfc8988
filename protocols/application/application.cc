#include "protocols/application/application.h"

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

void Application::on(Context<Application>& ctx, const Publish& publish) {
  const auto number = Payload::number(publish.payload);
  if (!number) return;
  ctx.trace(PublishedRecord{*number, publish.topic, uint32_t(publish.payload.size()), hash_bytes(publish.payload)});
}

void Application::on(Context<Application>& ctx, const Delivered& delivered) {
  const auto number = Payload::number(delivered.payload);
  if (!number) return;  // not one of the workload's: a stranger may relay anything
  ctx.trace(DeliveredRecord{*number, delivered.topic, hash_bytes(delivered.payload)});
}

}  // namespace orrery
