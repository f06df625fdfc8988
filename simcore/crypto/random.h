// Randomness of the operating system: for keys and nonces, and for the draws of live nodes.
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "simcore/base/rng.h"

namespace orrery {

/// Fills `bytes` with what nobody can predict.
void random_bytes(std::span<std::byte> bytes);

/// ChaCha20 (RFC 8439), keyed by the system when it is made. Its key changes with every buffer that it fills, so that
/// what was drawn cannot be found in memory later. One a thread of execution.
class ChaChaSource final : public RandomSource {
 public:
  ChaChaSource();
  RandomBlock next() override;

 private:
  static constexpr size_t kKeyBytes = 32, kBufferBytes = 512;
  void refill();

  std::array<std::byte, kKeyBytes> key_;
  std::array<std::byte, kBufferBytes> buffer_;
  size_t used_ = kBufferBytes;
};

}  // namespace orrery
