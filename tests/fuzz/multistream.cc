// Multistream under a stranger's bytes, which end the same way however they are cut.
#include "simcore/live/transport/multistream.h"

#include "tests/fuzz/target.h"

namespace orrery::transport {
namespace {

const std::vector<std::string> kProtocols = {"/noise", "/yamux/1.0.0", "/ipfs/id/1.0.0"};
// What a listener can say at most: its header, a refusal for each line, and the longest agreement.
constexpr size_t kOutMax = 20 + 4 * Multistream::kRefusalsMax + 16;

struct Outcome {
  std::optional<Fault> fault;
  std::optional<size_t> chosen;
  std::vector<std::byte> out;
  size_t taken = 0;
  bool operator==(const Outcome&) const = default;
};

Outcome play(Multistream end, ByteView bytes, size_t step) {
  Outcome outcome;
  end.start(outcome.out);
  for (size_t shown = 0;;) {
    shown = std::min(bytes.size(), shown + step);
    const ByteView before = bytes.first(shown).subspan(outcome.taken);
    ByteView in = before;
    const auto agreed = end.receive(in, outcome.out);
    CHECK(in.size() <= before.size() && in.data() + in.size() == before.data() + before.size());
    outcome.taken += before.size() - in.size();
    if (!agreed) outcome.fault = agreed.error();
    if (agreed) CHECK(*agreed == end.agreed());
    if (agreed && !*agreed) CHECK(in.size() < 2 + Multistream::kLineMax);  // no more than one line waits
    if (end.agreed()) outcome.chosen = end.chosen();
    if (!agreed || *agreed || shown == bytes.size()) break;
  }
  CHECK(outcome.out.size() <= kOutMax);
  CHECK(!outcome.chosen || *outcome.chosen < kProtocols.size());
  return outcome;
}

}  // namespace
}  // namespace orrery::transport

/// The first byte chooses the end, and how the rest is cut.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  using transport::Multistream;
  Input input(data, size);
  const uint8_t choice = input.byte();
  const auto end =
      choice % 2 == 0 ? Multistream::listener(transport::kProtocols) : Multistream::dialler(transport::kProtocols);
  const ByteView bytes = input.rest();
  const auto whole = transport::play(end, bytes, bytes.size());
  CHECK(transport::play(end, bytes, 1 + choice / 2) == whole);
  return 0;
}
