// Latencies between regions, countries, cities or nodes from a CSV file, in the forms in which people publish them.
#pragma once
#include <string>
#include <string_view>
#include <tuple>

#include "simcore/base/field.h"
#include "simcore/network/latency_table.h"

namespace orrery {

enum class LatencyCsvForm {
  kDetect,  // pairs if the header names the three columns, bare if it holds numbers, else square
  kSquare,  // a header `from,a,b,c`; then one row a place, in the order of the header: `a,2,110,165`
  kPairs,   // a header with three columns named by the options; then one measurement a row
  kBare,    // numbers only, as many rows as columns; the places are called 0, 1, 2, ...
};
template <>
struct EnumNames<LatencyCsvForm> {
  static constexpr std::string_view kNames[] = {"detect", "square", "pairs", "bare"};
};

struct LatencyCsvOptions {
  LatencyCsvForm form = LatencyCsvForm::kDetect;
  Duration unit = 1_ms;
  bool round_trip = false;
  std::string from_column = "from", to_column = "to", latency_column = "latency";
  bool match_prefix = false;
  bool symmetric = true;
  Duration within = 1_ms;
  Duration fill{};

  static constexpr auto fields() {
    using Self = LatencyCsvOptions;
    return std::tuple{
        field("form", &Self::form, "How the file is laid out.", "Orrery"),
        field("unit", &Self::unit, "What the number 1 means in the file.", "Orrery", Range<Duration>{1_ns, 1_s}),
        field("round_trip", &Self::round_trip, "The file holds round trips: one way is half of each.", "Orrery"),
        field("from_column", &Self::from_column, "Form pairs: the column of where a message starts.", "Orrery"),
        field("to_column", &Self::to_column, "Form pairs: the column of where it ends.", "Orrery"),
        field("latency_column", &Self::latency_column, "Form pairs: the column of the latency.", "Orrery"),
        field("match_prefix", &Self::match_prefix,
              "Form pairs: a name of the to column that the from column lacks means the longest name there that starts "
              "it: \"Albany United States\" means \"Albany\".",
              "WonderNetwork's pings name sources and destinations so"),
        field("symmetric", &Self::symmetric, "A direction that the file lacks is as long as the other.", "Orrery"),
        field("within", &Self::within, "Latency between two nodes of one place, where the file does not say.", "Orrery",
              Range<Duration>{kLatencyLeast, kLatencyMost}),
        field("fill", &Self::fill, "Latency of the pairs that the file lacks. At 0 a missing pair is an error.",
              "Orrery", Range<Duration>{Duration{}, kLatencyMost}),
    };
  }
};

/// An empty cell and a zero mean "not measured"; a pair that is measured more than once has the mean. Figures below
/// kLatencyLeast are raised to it. Throws InputError on anything else: at most kPlacesMax places, whole rows, finite
/// numbers >= 0, at most kLatencyMost, every place named once.
LatencyTable parse_latency_csv(std::string_view text, const std::string& file, const LatencyCsvOptions& options);

/// The same of a file, of at most kTextFileBytesMax bytes.
LatencyTable read_latency_csv(const std::string& path, const LatencyCsvOptions& options);

}  // namespace orrery
