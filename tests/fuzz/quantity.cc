// parse_quantity() and parse_amount(): what they accept has a canonical text that means the same.
#include "scenarios/spec/quantity.h"

#include "tests/fuzz/target.h"

namespace orrery::spec {
namespace {

void check_amount(std::string_view text, Dimension dimension, bool space_optional) {
  const auto amount = parse_amount(text, dimension, space_optional);
  if (!amount) {
    CHECK(!amount.error().what.empty() && !amount.error().remedy.empty());
    return;
  }
  const auto again = parse_amount(amount_text(*amount, dimension), dimension, false);
  CHECK(bool(again));
  CHECK(*again == *amount);
}

void check_quantity(std::string_view text, bool space_optional) {
  const auto quantity = parse_quantity(text, space_optional);
  if (!quantity) {
    CHECK(!quantity.error().what.empty() && !quantity.error().remedy.empty());
    return;
  }
  const auto again = parse_quantity(quantity_text(*quantity), false);
  CHECK(bool(again));
  CHECK(*again == *quantity);
}

}  // namespace
}  // namespace orrery::spec

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery::spec;
  const std::string_view text = orrery::Input(data, size).text();
  for (const bool space_optional : {false, true}) {
    for (const Dimension dimension :
         {Dimension::kDuration, Dimension::kBytes, Dimension::kBandwidth, Dimension::kShare, Dimension::kRate}) {
      check_amount(text, dimension, space_optional);
    }
    check_quantity(text, space_optional);
  }
  const auto strict = parse_quantity(text, false), loose = parse_quantity(text, true);
  CHECK(!strict || (loose && *loose == *strict));  // leaving the space out adds forms, and changes none
  return 0;
}
