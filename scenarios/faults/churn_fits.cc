#include "scenarios/faults/churn_fits.h"

#include <iterator>

namespace orrery {
namespace {

// D. Kondo, B. Javadi, A. Iosup, D. Epema, "The Failure Trace Archive: Enabling Comparative Analysis of Failures in
// Diverse Distributed Systems", CCGRID 2010: maximum-likelihood fits, in hours. By way of OpenDC (MIT licence, commit
// 691036d), whose "time between failures" is the archive's availability. Its log-normal and gamma fits are left out.
constexpr FittedSessions kFits[] = {
    {{32.41, 0.48, 14.37}, {7.41, 0.35, 0.47}},    // Grid'5000, 2006: machines of a grid
    {{1779.99, 0.48, 816.6}, {5.92, 0.58, 2.18}},  // Los Alamos, 1996 to 2005: machines of supercomputers
    {{141.06, 0.51, 79.3}, {8.61, 0.63, 5.62}},    // local DNS servers, 2004
    {{67.01, 0.55, 35.3}, {16.49, 0.6, 9.34}},     // desktops of a company, 1999
    {{13.73, 0.45, 4.16}, {4.25, 0.51, 0.74}},     // Notre Dame, 2007: processors of desktops, free to be used
    {{2.29, 0.85, 2.04}, {12.0, 0.44, 2.98}},      // Overnet, 2003: peers of a file-sharing network
    {{159.49, 0.33, 19.35}, {49.61, 0.36, 5.59}},  // PlanetLab, 2004 to 2005
    {{16.27, 0.64, 10.86}, {14.31, 0.63, 9.48}},   // Skype, 2005 to 2006: supernodes
    {{11.85, 0.46, 3.68}, {1.18, 0.65, 0.61}},     // web servers, 2001 to 2002
};
static_assert(std::size(kFits) == std::size(EnumNames<ChurnFit>::kNames));

}  // namespace

const FittedSessions& fitted_sessions(ChurnFit fit) { return kFits[size_t(fit)]; }

}  // namespace orrery
