// decode<M>() of a message that has every type of field.
#include "tests/fuzz/round_trip.h"

namespace orrery {
namespace {

enum class Colour : uint8_t { kRed, kGreen, kBlue };

struct Inner {
  static constexpr std::string_view kName = "inner";
  uint32_t number = 0;
  std::array<std::byte, 2> key{};
  bool operator==(const Inner&) const = default;
  static constexpr auto wire() {
    return std::tuple{wire_field(1, "number", &Inner::number), wire_field(2, "key", &Inner::key)};
  }
};

struct Everything {
  static constexpr std::string_view kName = "everything";
  bool truth = false;
  uint8_t small = 0;
  uint64_t large = 0;
  int16_t signed_small = 0;
  int64_t signed_large = 0;
  Colour colour{};
  Duration span;
  Time instant;
  WallTime wall;
  Bytes amount;
  NodeId node;
  NodeKey node_key;
  std::array<std::byte, 4> key{};
  Blob<8> blob;
  Text<8> text;
  Inner inner;
  List<uint16_t, 4> numbers;
  List<Text<4>, 2> texts;
  List<Inner, 2> inners;
  std::optional<uint32_t> maybe_number;
  std::optional<PeerId> maybe_peer;
  std::optional<Blob<4>> maybe_blob;
  std::optional<Inner> maybe_inner;
  bool operator==(const Everything&) const = default;

  static constexpr auto wire() {
    using M = Everything;
    return std::tuple{wire_field(1, "truth", &M::truth),
                      wire_field(2, "small", &M::small),
                      wire_field(3, "large", &M::large),
                      wire_field(4, "signed_small", &M::signed_small),
                      wire_field(5, "signed_large", &M::signed_large),
                      wire_field(6, "colour", &M::colour),
                      wire_field(7, "span", &M::span),
                      wire_field(8, "instant", &M::instant),
                      wire_field(9, "wall", &M::wall),
                      wire_field(10, "amount", &M::amount),
                      wire_field(11, "node", &M::node),
                      wire_field(12, "node_key", &M::node_key),
                      wire_field(13, "key", &M::key),
                      wire_field(14, "blob", &M::blob),
                      wire_field(15, "text", &M::text),
                      wire_field(16, "inner", &M::inner),
                      wire_field(17, "numbers", &M::numbers),
                      wire_field(18, "texts", &M::texts),
                      wire_field(19, "inners", &M::inners),
                      wire_field(20, "maybe_number", &M::maybe_number),
                      wire_field(21, "maybe_peer", &M::maybe_peer),
                      wire_field(22, "maybe_blob", &M::maybe_blob),
                      wire_field(536'870'911, "maybe_inner", &M::maybe_inner)};  // the greatest number there is
  }
};

}  // namespace

template <>
inline constexpr uint64_t kEnumMax<Colour> = uint64_t(Colour::kBlue);

}  // namespace orrery

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  const auto message = round_trip<Everything>(Input(data, size).rest());
  if (message) {
    CHECK(message->colour <= Colour::kBlue);
    CHECK(message->blob.size() <= message->blob.kMax);
    CHECK(message->numbers.size() <= message->numbers.kMax);
    CHECK(is_utf8(message->text.text));
  }
  return 0;
}
