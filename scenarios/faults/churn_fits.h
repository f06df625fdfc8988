// How long nodes of real systems stayed up and away: published fits.
#pragma once
#include <cstdint>
#include <string_view>

#include "simcore/base/field.h"

namespace orrery {

inline constexpr std::string_view kChurnFitSource =
    "Kondo, Javadi, Iosup, Epema, The Failure Trace Archive, CCGRID 2010";

enum class ChurnFit : uint8_t {
  kG5k06,
  kLanl05,
  kLdns04,
  kMicrosoft99,
  kNd07cpu,
  kOvernet03,
  kPl05,
  kSkype06,
  kWebsites02,
};
template <>
struct EnumNames<ChurnFit> {
  static constexpr std::string_view kNames[] = {"g5k06",     "lanl05", "ldns04",  "microsoft99", "nd07cpu",
                                                "overnet03", "pl05",   "skype06", "websites02"};
};

/// One quantity of one system, in hours, by both laws.
struct FittedLife {
  double exponential_mean;
  double weibull_shape, weibull_scale;
};

/// Of one node. Both count every node of the system, whether up or not.
struct FittedSessions {
  FittedLife up;    // the archive's "availability"
  FittedLife away;  // its "unavailability"
};

const FittedSessions& fitted_sessions(ChurnFit fit);

}  // namespace orrery
