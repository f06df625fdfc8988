#include "scenarios/cli/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <vector>

#include "protocols/relay/gossipsub/signing.h"
#include "scenarios/spec/quantity.h"
#include "simcore/crypto/crypto.h"
#include "simcore/crypto/hash.h"

namespace orrery::cli {
namespace {

using Step = std::function<void()>;

// What the compiler must not leave out.
void keep(const auto& result) { asm volatile("" : : "g"(&result) : "memory"); }

Duration time_of(const Step& step, int64_t repeats) {
  const auto began = std::chrono::steady_clock::now();
  for (int64_t i = 0; i < repeats; ++i) step();
  return Duration{std::chrono::nanoseconds(std::chrono::steady_clock::now() - began).count()};
}

/// Of one step: the best of many batches, each long enough for the clock. What disturbs a machine only ever slows it.
Duration cost_of(const Step& step) {
  constexpr Duration kBatch = 1_ms;
  constexpr int kBatches = 100;
  int64_t repeats = 1;
  while (time_of(step, repeats) < kBatch) repeats *= 2;
  Duration best = time_of(step, repeats);
  for (int i = 1; i < kBatches; ++i) best = std::min(best, time_of(step, repeats));
  return best / repeats;
}

struct Price {
  Duration each, per_kib;
};

/// Of work whose cost grows with what is worked on, from two sizes.
Price price_of(const std::function<Step(const std::vector<std::byte>&)>& on) {
  constexpr size_t kKib = 1024, kMany = 16;
  const std::vector<std::byte> none, many(kMany * kKib);
  const Duration each = cost_of(on(none));
  return {each, std::max(cost_of(on(many)) - each, 0_ns) / int64_t(kMany)};
}

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "a processor without a name";
}

}  // namespace

WorkCosts calibrate() {
  WorkCosts costs;
  const auto set = [](Duration& each, Duration& per_kib, Price price) { each = price.each, per_kib = price.per_kib; };

  set(costs.hash, costs.hash_per_kib, price_of([](const auto& data) { return [&] { keep(sha256(data)); }; }));
  const std::vector<std::byte> two_hashes(2 * sizeof(Digest));
  costs.prove = cost_of([&] { keep(sha256(two_hashes)); });

  const auto crypto = make_crypto(CryptoKind::kReal, 0);
  const KeyPair keys = key_pair_of(0, node_key("calibrate", 0));
  const auto signer = crypto->signer(keys);
  set(costs.sign, costs.sign_per_kib, price_of([&](const auto& data) { return [&] { keep(signer->sign(data)); }; }));
  set(costs.verify, costs.verify_per_kib, price_of([&](const auto& data) {
        return
            [&, signature = signer->sign(data)] { keep(crypto->verifier().verify(signer->peer(), data, signature)); };
      }));

  // What the nodes of most scenarios receive: an RPC with one signed message.
  set(costs.decode, costs.decode_per_kib, price_of([&](const auto& data) {
        gossipsub::Rpc rpc;
        rpc.publish.items.push_back(gossipsub::make_message({}, *signer, 1, "topic", data));
        std::vector<std::byte> bytes;
        encode(rpc, bytes);
        CHECK(decode<gossipsub::Rpc>(bytes));
        return [bytes] { keep(decode<gossipsub::Rpc>(bytes)); };
      }));
  return costs;
}

std::string calibration_toml(const WorkCosts& costs) {
  std::string text = fmt::format("# By `orrery calibrate` on {}.\n[cpu]\nspeed = 1\n", processor());
  std::apply(
      [&](const auto&... field) {
        ((text += fmt::format("{} = \"{}\"\n", field.name,
                              spec::amount_text((costs.*field.member).ns, spec::Dimension::kDuration))),
         ...);
      },
      WorkCosts::fields());
  return text;
}

}  // namespace orrery::cli
