// Topologies: who dials whom at the start. Generated from integers and keyed draws, or read from a file.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "simcore/base/field.h"
#include "simcore/base/rng.h"
#include "simcore/base/units.h"

namespace orrery {

/// `a` dials `b`.
struct Edge {
  uint32_t a, b;
  bool operator==(const Edge&) const = default;
};

/// Simple: no node dials itself, no pair is joined twice. Generated edges are in order of (least end, greatest end).
struct Topology {
  uint32_t nodes = 0;
  std::vector<Edge> edges;
};

inline constexpr uint64_t kEdgesMax = uint64_t{1} << 25;  // 256 MiB

struct CompleteTopology {
  static constexpr std::string_view kName = "complete";
  static constexpr auto fields() { return std::tuple{}; }
};

struct RandomRegularTopology {
  static constexpr std::string_view kName = "random_regular";
  uint32_t degree = 8;
  // No parameter: set where the number of nodes is drawn and nobody can choose it. If nodes * degree is odd, one node,
  // drawn, has a link less.
  bool one_may_lack = false;

  static constexpr auto fields() {
    return std::tuple{field("degree", &RandomRegularTopology::degree,
                            "Links of every node. From 3 on the network is connected. nodes * degree must be even.",
                            "Steger and Wormald, Combinatorics, Probability and Computing 8 (1999)",
                            Range<uint32_t>{1, 65535})};
  }
};

struct ErdosRenyiTopology {
  static constexpr std::string_view kName = "erdos_renyi";
  uint32_t degree = 8;
  Share probability{0};

  static constexpr auto fields() {
    return std::tuple{
        field("degree", &ErdosRenyiTopology::degree, "Mean number of links of a node. Counts while probability is 0.",
              "Gilbert, Annals of Mathematical Statistics 30 (1959)", Range<uint32_t>{1, 65535}),
        field("probability", &ErdosRenyiTopology::probability,
              "Probability that two nodes are joined. At 0 it follows from degree.",
              "Gilbert, Annals of Mathematical Statistics 30 (1959)", Range<Share>{Share{0}, 100_percent}),
    };
  }
};

struct BarabasiAlbertTopology {
  static constexpr std::string_view kName = "barabasi_albert";
  uint32_t links = 4;

  static constexpr auto fields() {
    return std::tuple{field("links", &BarabasiAlbertTopology::links,
                            "Links with which a node joins, to nodes drawn by their degree: the paper's m.",
                            "Barabasi and Albert, Science 286 (1999)", Range<uint32_t>{1, 65535})};
  }
};

struct SmallWorldTopology {
  static constexpr std::string_view kName = "small_world";
  uint32_t degree = 8;
  Share rewiring = 10_percent;

  static constexpr auto fields() {
    return std::tuple{
        field("degree", &SmallWorldTopology::degree,
              "Nearest neighbours of a node before rewiring, an even number: the paper's k.",
              "Watts and Strogatz, Nature 393 (1998)", Range<uint32_t>{2, 65534}),
        field("rewiring", &SmallWorldTopology::rewiring, "Probability that a link gets a new far end.",
              "Watts and Strogatz, Nature 393 (1998)", Range<Share>{Share{0}, 100_percent}),
    };
  }
};

struct RingTopology {
  static constexpr std::string_view kName = "ring";
  uint32_t each_side = 1;

  static constexpr auto fields() {
    return std::tuple{field("each_side", &RingTopology::each_side, "Nearest neighbours on each side.", "Orrery",
                            Range<uint32_t>{1, 65535})};
  }
};

struct FileTopology {
  static constexpr std::string_view kName = "file";
  std::string file;

  static constexpr auto fields() {
    return std::tuple{field("file", &FileTopology::file,
                            "A CSV file with the header from,to and one link a row; `from` dials `to`.", "Orrery")};
  }
};

using TopologyConfig = std::variant<RandomRegularTopology, CompleteTopology, ErdosRenyiTopology, BarabasiAlbertTopology,
                                    SmallWorldTopology, RingTopology, FileTopology>;

/// The node of that name in a topology file; nothing if there is none.
using NodeResolver = std::function<std::optional<uint32_t>(std::string_view)>;

/// Names are scenario indices: "0", "17".
NodeResolver by_index(uint32_t nodes);

/// The same config, nodes and seed give the same topology everywhere. A coin decides who dials; in a file, the
/// columns say it. Throws std::invalid_argument if no such graph exists, InputError on a bad file.
/// Time and memory grow with the edges, of which there are at most kEdgesMax.
Topology make_topology(const TopologyConfig& config, uint32_t nodes, uint64_t run_seed, const NodeResolver& resolver);
Topology make_topology(const TopologyConfig& config, uint32_t nodes, uint64_t run_seed);

/// The form of `FileTopology` from a text. `file` is only for errors.
Topology parse_topology_csv(std::string_view text, const std::string& file, uint32_t nodes,
                            const NodeResolver& resolver);

/// Whether every node reaches every other, whoever dials. True for at most one node.
bool is_connected(const Topology& topology);

/// Whom each node dials, by node, in order of index.
std::vector<std::vector<uint32_t>> dial_lists(const Topology& topology);

}  // namespace orrery
