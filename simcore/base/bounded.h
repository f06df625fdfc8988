// Containers that carry their bound in their type, so that no decoder can forget it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "simcore/base/check.h"
#include "simcore/base/units.h"

namespace orrery {

/// At most kMax bytes.
template <uint32_t kMaxBytes>
struct Blob {
  static constexpr uint32_t kMax = kMaxBytes;
  std::vector<std::byte> bytes;

  Blob() = default;
  explicit Blob(ByteView view) : bytes(view.begin(), view.end()) { CHECK(view.size() <= kMax); }
  operator ByteView() const { return bytes; }
  size_t size() const { return bytes.size(); }
  bool operator==(const Blob&) const = default;
};

/// At most kMax bytes of text (UTF-8).
template <uint32_t kMaxBytes>
struct Text {
  static constexpr uint32_t kMax = kMaxBytes;
  std::string text;
  bool operator==(const Text&) const = default;
};

/// At most kMax items.
template <class T, uint32_t kMaxItems>
struct List {
  static constexpr uint32_t kMax = kMaxItems;
  using Item = T;
  std::vector<T> items;

  auto begin() const { return items.begin(); }
  auto end() const { return items.end(); }
  size_t size() const { return items.size(); }
  bool operator==(const List&) const = default;
};

}  // namespace orrery
