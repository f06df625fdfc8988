// What the parts cost, one by one: `scripts/bench micro`. Options are Google Benchmark's.
#include <benchmark/benchmark.h>

#include <vector>

#include "protocols/relay/gossipsub/signing.h"
#include "simcore/base/rng.h"
#include "simcore/crypto/crypto.h"
#include "simcore/crypto/hash.h"
#include "simcore/engine/event_heap.h"
#include "simcore/host/timer_set.h"

namespace orrery {
namespace {

using benchmark::DoNotOptimize;
using benchmark::State;

Rng draws() { return Rng(stream_key(1, {}, 0, "micro", 0)); }

// Takes the first event of N, and puts in one that is later.
void event_heap(State& state) {
  const auto nodes = uint32_t(state.range(0));
  const std::vector<NodeKey> keys(nodes);
  EventHeap heap(Before(TieBreak(1, keys)));
  Rng rng = draws();
  const auto push = [&](Time now, NodeId node) {
    heap.push(Event{now + rng.between(20_ms, 120_ms), node, EventClass::kMessage, EventKind::kMessage});
  };
  for (uint32_t i = 0; i < nodes; ++i) push(Time{}, NodeId{i});
  for (auto _ : state) {
    const Event event = heap.pop();
    push(event.time, event.to);
  }
}
BENCHMARK(event_heap)->RangeMultiplier(100)->Range(100, 1'000'000);

// Takes the timer that is due of N, and arms it again; arms another one anew, as a protocol that puts off a timeout.
void timers(State& state) {
  const auto count = uint64_t(state.range(0));
  TimerSet set;
  Rng rng = draws();
  const auto arm = [&](Time now, uint64_t key) { set.arm({Tag{1, 1, 0}, key}, now + rng.between(1_ms, 1_s)); };
  for (uint64_t key = 0; key < count; ++key) arm(Time{}, key);
  for (auto _ : state) {
    const Time now = set.next();
    const auto due = set.take_due(now);
    arm(now, due->key);
    arm(now, rng.below(count));
  }
}
BENCHMARK(timers)->Arg(1)->Arg(16)->Arg(1000);

/// What the nodes of most scenarios receive: an RPC with one signed message of 1 KiB.
gossipsub::Rpc rpc_of_one_message() {
  const auto crypto = make_crypto(CryptoKind::kIdeal, 1);
  const auto signer = crypto->signer(key_pair_of(1, node_key("micro", 0)));
  gossipsub::Rpc rpc;
  rpc.publish.items.push_back(gossipsub::make_message({}, *signer, 1, "topic", std::vector<std::byte>(1024)));
  return rpc;
}

void codec_encode(State& state) {
  const gossipsub::Rpc rpc = rpc_of_one_message();
  std::vector<std::byte> bytes;
  for (auto _ : state) {
    bytes.clear();
    encode(rpc, bytes);
    DoNotOptimize(bytes.data());
  }
}
BENCHMARK(codec_encode);

void codec_decode(State& state) {
  std::vector<std::byte> bytes;
  encode(rpc_of_one_message(), bytes);
  for (auto _ : state) {
    auto rpc = decode<gossipsub::Rpc>(bytes);
    DoNotOptimize(rpc);
  }
}
BENCHMARK(codec_decode);

void crypto_sha256(State& state) {
  const std::vector<std::byte> bytes(size_t(state.range(0)));
  for (auto _ : state) {
    auto digest = sha256(bytes);
    DoNotOptimize(digest);
  }
}
BENCHMARK(crypto_sha256)->Arg(64)->Arg(1024);

void crypto_sign(State& state, CryptoKind kind) {
  const auto crypto = make_crypto(kind, 1);
  const auto signer = crypto->signer(key_pair_of(1, node_key("micro", 0)));
  const std::vector<std::byte> bytes(1024);
  for (auto _ : state) {
    auto signature = signer->sign(bytes);
    DoNotOptimize(signature);
  }
}
BENCHMARK_CAPTURE(crypto_sign, real, CryptoKind::kReal);
BENCHMARK_CAPTURE(crypto_sign, ideal, CryptoKind::kIdeal);

void crypto_verify(State& state, CryptoKind kind) {
  const auto crypto = make_crypto(kind, 1);
  const auto signer = crypto->signer(key_pair_of(1, node_key("micro", 0)));
  const std::vector<std::byte> bytes(1024);
  const Signature signature = signer->sign(bytes);
  for (auto _ : state) {
    bool holds = crypto->verifier().verify(signer->peer(), bytes, signature);
    DoNotOptimize(holds);
  }
}
BENCHMARK_CAPTURE(crypto_verify, real, CryptoKind::kReal);
BENCHMARK_CAPTURE(crypto_verify, ideal, CryptoKind::kIdeal);

void random_draw(State& state) {
  Rng rng = draws();
  for (auto _ : state) DoNotOptimize(rng.next64());
}
BENCHMARK(random_draw);

}  // namespace
}  // namespace orrery

BENCHMARK_MAIN();
