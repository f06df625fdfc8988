// Churn: nodes that come and go. What a group can say of it: `churn = { fit = "skype06", speed = 60 }`.
#pragma once
#include <string>
#include <tuple>

#include "scenarios/faults/churn_fits.h"
#include "scenarios/faults/kinds.h"
#include "simcore/base/field.h"

namespace orrery {

enum class ChurnLaw : uint8_t { kWeibull, kExponential };
template <>
struct EnumNames<ChurnLaw> {
  static constexpr std::string_view kNames[] = {"weibull", "exponential"};
};

/// Who is up when the run starts: those who happen to be, or everybody.
enum class ChurnStart : uint8_t { kStationary, kUp };
template <>
struct EnumNames<ChurnStart> {
  static constexpr std::string_view kNames[] = {"stationary", "up"};
};

/// Sessions drawn from a published fit.
struct FitChurn {
  ChurnFit fit = ChurnFit::kSkype06;
  ChurnLaw law = ChurnLaw::kWeibull;
  double speed = 1;
  ChurnStart start = ChurnStart::kStationary;

  static constexpr auto fields() {
    using C = FitChurn;
    return std::tuple{
        field("fit", &C::fit, "The system whose sessions these are: how long a node stays up, and how long away.",
              kChurnFitSource),
        field("law", &C::law, "The law that was fitted.", kChurnFitSource),
        field("speed", &C::speed, "How much faster than the fit, whose sessions last for hours.", "Orrery",
              Range<double>{0.001, 1'000'000}),
        field("start", &C::start,
              "At the start of the warm-up. stationary: nodes are up with the share of time that the fit gives, in "
              "the midst of their sessions; up: all are, and their sessions begin.",
              "Cox, Renewal Theory, 1962, section 5.2"),
    };
  }
};

/// Sessions read from a file.
struct TraceChurn {
  std::string file;

  static constexpr auto fields() {
    return std::tuple{field(
        "file", &TraceChurn::file,
        "A CSV file with the header node,start,end and one session a row: the node's name or its place in the group, "
        "and seconds from the start of the warm-up. An empty end: to the end of the run. A node without a row is "
        "never up.",
        "Orrery")};
  }
};

struct ChurnCommon {
  CrashDeath death = CrashDeath::kProcess;

  static constexpr auto fields() {
    return std::tuple{field("death", &ChurnCommon::death,
                            "How nodes leave. process: the kernel closes their links; machine: peers hear nothing.",
                            "Orrery")};
  }
};

}  // namespace orrery
