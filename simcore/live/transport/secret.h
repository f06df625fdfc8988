// Bytes that nobody shall find in memory afterwards: wiped when their owner goes.
#pragma once
#include <array>
#include <span>

#include "simcore/base/units.h"

namespace orrery::transport {

/// Zeros that no optimiser leaves out.
void wipe(std::span<std::byte> bytes);

template <size_t N>
class Secret {
 public:
  Secret() = default;
  explicit Secret(const std::array<std::byte, N>& bytes) : bytes_(bytes) {}
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret() { wipe(); }

  void wipe() { transport::wipe(bytes_); }
  std::byte* data() { return bytes_.data(); }
  const std::byte* data() const { return bytes_.data(); }
  operator ByteView() const { return bytes_; }

 private:
  std::array<std::byte, N> bytes_{};
};

}  // namespace orrery::transport
