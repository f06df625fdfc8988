// PeerId: its bytes and its text form, which anybody else's decoder of base58btc must read back.
#include "simcore/base/ids.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace orrery {
namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The bytes that a base58btc text means: each leading '1' is a zero byte, the rest is one big number.
std::vector<std::byte> decode_base58(const std::string& text) {
  std::vector<uint8_t> number;  // least byte first
  for (const char c : text) {
    uint32_t carry = uint32_t(kAlphabet.find(c));
    for (uint8_t& byte : number) {
      carry += 58u * byte;
      byte = uint8_t(carry);
      carry >>= 8;
    }
    if (carry) number.push_back(uint8_t(carry));
  }
  std::vector<std::byte> bytes(std::min(text.find_first_not_of('1'), text.size()));
  for (auto at = number.rbegin(); at != number.rend(); ++at) bytes.push_back(std::byte{*at});
  return bytes;
}

rc::Gen<std::byte> any_byte() {
  return rc::gen::map(rc::gen::oneOf(rc::gen::just(0), rc::gen::just(255), rc::gen::inRange(0, 256)),
                      [](int value) { return std::byte(value); });
}

RC_GTEST_PROP(PeerId, TextIsReadBack, ()) {
  PeerId id;
  const auto zeros = size_t(*rc::gen::inRange(0, 39));
  for (size_t i = zeros; i < id.bytes.size(); ++i) id.bytes[i] = *any_byte();
  const auto read = decode_base58(id.text());
  RC_ASSERT(std::equal(read.begin(), read.end(), id.bytes.begin(), id.bytes.end()));
}

RC_GTEST_PROP(PeerId, GivesItsKeyBack, ()) {
  PublicKey key;
  for (std::byte& byte : key) byte = *any_byte();
  const PeerId id = PeerId::from_ed25519(key);
  RC_ASSERT(id.ed25519() == key);
  RC_ASSERT(id.text().starts_with("12D3KooW"));
  RC_ASSERT(id.text().size() == 52u);
}

TEST(PeerId, OfAnotherKindHasNoKey) {
  const PeerId good = PeerId::from_ed25519({});
  for (size_t i = 0; i < PeerId::kBytes; ++i) {
    PeerId other = good;
    other.bytes[i] ^= std::byte{1};
    EXPECT_EQ(other.ed25519().has_value(), i >= 6) << i;  // six bytes say that it is one
  }
  EXPECT_FALSE(PeerId{}.ed25519());
}

}  // namespace
}  // namespace orrery
