// A thousand nodes and ten minutes of virtual time: one byte of one message is changed, and the first difference is
// exactly the delivery of that message, found by running fewer events than two runs have.
#include "tests/unit/replay/tampered_pair.h"

namespace orrery {
namespace {

constexpr std::string_view kWorld = R"(orrery = 1
nodes = 1000
warmup = "20 s"
duration = "10 min"
[network]
kind = "matrix"
topology = { kind = "random_regular", degree = 12 }
[relay]
kind = "gossipsub"
signature_policy = "strict_no_sign"
message_id = "data_sha256"
[workload]
chat = { kind = "poisson", topic = "chat", rate = "1 /s", size = "1 KiB" }
)";

// Late in the run, so that a search which runs too much is found out.
constexpr Time kFrom{8 * 60'000'000'000};

TEST(Diff, NamesTheOneRecordInAThousandNodesAndTenMinutes) {
  Recipe honest = recipe(kWorld), tampered = recipe(kWorld);
  tampered.world.wrap = tamper<gossipsub::Rpc>(publisher_at(honest, kFrom), kFrom);
  Forgeries none, forgeries;
  const uint64_t events = run_and_keep(honest, none);
  run_and_keep(tampered, forgeries);
  ASSERT_TRUE(none.found.empty());
  ASSERT_FALSE(forgeries.found.empty());
  const auto first = std::min_element(forgeries.found.begin(), forgeries.found.end(), [](const auto& a, const auto& b) {
    return std::pair(a.time, a.node) < std::pair(b.time, b.node);
  });
  const Difference difference = find_difference({&honest, {}}, {&tampered, {}});
  expect_names(difference, *first);
  EXPECT_LT(difference.events, 2 * events);
  std::printf("%llu events a run, %llu to find the difference\n", static_cast<unsigned long long>(events),
              static_cast<unsigned long long>(difference.events));
}

}  // namespace
}  // namespace orrery
