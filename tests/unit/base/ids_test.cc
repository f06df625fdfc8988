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

RC_GTEST_PROP(PeerId, IsParsedFromItsText, ()) {
  PublicKey key;
  for (std::byte& byte : key) byte = *any_byte();
  const PeerId id = PeerId::from_ed25519(key);
  RC_ASSERT(PeerId::parse(id.text()) == id);
}

RC_GTEST_PROP(PeerId, OtherTextIsNotParsed, ()) {
  std::string text = PeerId::from_ed25519({}).text();
  const auto at = size_t(*rc::gen::inRange(0, int(text.size())));
  const char other = *rc::gen::character<char>();
  switch (*rc::gen::inRange(0, 3)) {
    case 0: text[at] = other; break;
    case 1: text.insert(at, 1, other); break;
    case 2: text.erase(at, 1); break;
  }
  const auto id = PeerId::parse(text);
  RC_ASSERT(!id || id->text() == text);
  RC_ASSERT(!id || text.size() == 52u);
}

TEST(PeerId, IsParsedOnlyIfItIsAnEd25519Key) {
  const std::string good = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
  EXPECT_TRUE(PeerId::parse(good));
  EXPECT_FALSE(PeerId::parse(""));
  EXPECT_FALSE(PeerId::parse("1" + good));
  EXPECT_FALSE(PeerId::parse(good.substr(1)));
  EXPECT_FALSE(PeerId::parse(good + "1"));
  EXPECT_FALSE(PeerId::parse(" " + good.substr(1)));
  EXPECT_FALSE(PeerId::parse("0" + good.substr(1))) << "no digit of base58";
  EXPECT_FALSE(PeerId::parse(std::string(52, 'z'))) << "more than 38 bytes";
  EXPECT_FALSE(PeerId::parse(std::string(1 << 20, '1')));
  EXPECT_FALSE(PeerId::parse("QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC")) << "the hash of an RSA key";
  EXPECT_FALSE(PeerId::parse("16Uiu2HAm4QrTNzgPSVZKBZe1sUK7JnVLbqGABeCFcwqdRyKH3VMG")) << "a Secp256k1 key";
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
