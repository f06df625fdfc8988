// Trial 4: a prover that answers challenges with frames of 1 MB and charges CPU for them. Proves: large frames, pins,
// backpressure, work.
#pragma once
#include <optional>

#include "tests/contract/vocabulary.h"

namespace orrery::trial {

struct Challenge {
  static constexpr std::string_view kName = "challenge";
  static constexpr uint8_t kTag = 16;
  uint64_t nonce = 0;
  static constexpr auto wire() { return std::tuple{wire_field(1, "nonce", &Challenge::nonce)}; }
};
struct Proof {
  static constexpr std::string_view kName = "proof";
  static constexpr uint8_t kTag = 17;
  uint64_t nonce = 0;
  Blob<1'000'000> data;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "nonce", &Proof::nonce), wire_field(2, "data", &Proof::data)};
  }
};

class Prover {
 public:
  static constexpr ModuleId kModule = 195;
  static constexpr std::string_view kName = "prover";
  using Messages = TypeList<Challenge, Proof>;
  using Events = TypeList<Heard>;
  using Hears = TypeList<Say>;

  void start(Context<Prover>&) {}
  void on(Context<Prover>& ctx, const Link& link) {
    if (link.state == Link::State::kUp) verifier_ = link.peer;
    if (link.state == Link::State::kDown) verifier_.reset();
    if (link.state == Link::State::kCongested) congested_ = true;
    if (link.state == Link::State::kDrained) congested_ = false;
    if (!congested_ && owed_) ctx.send(link.peer, *std::exchange(owed_, std::nullopt));
  }
  void on(Context<Prover>& ctx, const Say& say) {
    if (verifier_) ctx.send(*verifier_, Challenge{say.id});
  }
  void on(Context<Prover>& ctx, NodeId from, const Challenge& challenge) {
    ctx.charge(Work::kProve, 1'000);
    Proof proof{challenge.nonce, {}};
    proof.data.bytes.assign(1'000'000, std::byte(challenge.nonce));
    if (congested_) {
      owed_ = ctx.pin(proof);  // one is remembered; a client that asks faster than it reads loses the others
    } else {
      ctx.send(from, proof);
    }
  }
  void on(Context<Prover>& ctx, NodeId, const Proof& proof) {
    ctx.charge(Work::kVerify);
    ctx.trace(Reached{0, proof.nonce});
    ctx.emit(Heard{proof.nonce});
  }

 private:
  std::optional<NodeId> verifier_;
  std::optional<Pin<Proof>> owed_;
  bool congested_ = false;
};

}  // namespace orrery::trial
