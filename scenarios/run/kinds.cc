#include "scenarios/run/kinds.h"

#include "scenarios/checkers/kinds.h"
#include "scenarios/faults/churn.h"
#include "scenarios/faults/kinds.h"
#include "scenarios/workloads/periodic.h"
#include "scenarios/workloads/poisson.h"
#include "scenarios/workloads/trace.h"
#include "simcore/host/clock.h"
#include "simcore/host/cpu_config.h"
#include "simcore/host/disk_config.h"
#include "simcore/host/link_config.h"
#include "simcore/network/bandwidth.h"
#include "simcore/network/constant.h"
#include "simcore/network/latency_csv.h"
#include "simcore/network/matrix.h"
#include "simcore/network/topology.h"

namespace orrery {
namespace {

spec::Notes required(std::vector<std::string> names) { return {std::move(names), {}, {}}; }

void add_topologies(spec::Family& topology) {
  topology.kind<CompleteTopology>("complete", "Everybody is linked to everybody.")
      .kind<RandomRegularTopology>("random_regular", "A random graph in which every node has the same number of links.")
      .kind<ErdosRenyiTopology>("erdos_renyi", "Each pair is linked with the same probability.")
      .kind<BarabasiAlbertTopology>("barabasi_albert", "Nodes join one by one and link to those with many links.")
      .kind<SmallWorldTopology>("small_world", "A ring with some links rewired.")
      .kind<RingTopology>("ring", "Each node is linked to its nearest neighbours.")
      .kind<FileTopology>("file", "Links read from a CSV file.", {{"file"}, {"file"}, {}});
}

void add_network(spec::Catalogue& catalogue) {
  spec::Family& network = catalogue.table("network", "How long messages take, who is linked to whom.", "matrix");
  network.kind<ConstantConfig>("constant", "Every pair of nodes is equally far apart.")
      .kind<MatrixConfig>("matrix", "Latency by the places of the two nodes.", {{}, {}, {"latency"}})
      .kind<BandwidthConfig>("bandwidth",
                             "As matrix, through uplinks and downlinks that fill up, and with losses, which delay.",
                             {{}, {}, {"latency"}})
      .later("tcp", "it comes after the bandwidth model")
      .common<LinkConfig>();
  add_topologies(network.nested("topology", "Who dials whom at the start.", "random_regular"));
  network.nested("csv", "How to read a CSV file of latencies.").common<LatencyCsvOptions>();
  spec::Notes of_bandwidth;
  of_bandwidth.only = {"network", "bandwidth"};
  catalogue.group().common<InboundConfig>().common<AccessConfig>(of_bandwidth);
}

void add_churn(spec::Family& group) {
  group
      .nested("churn",
              "Nodes come and go, from the start of the warm-up to the end of the drain. Without it, they stay.", "fit")
      .kind<FitChurn>("fit", "Sessions drawn from a published fit.", required({"fit"}))
      .kind<TraceChurn>("trace", "Sessions read from a CSV file.", {{"file"}, {"file"}, {}})
      .common<ChurnCommon>();
}

void add_machines(spec::Catalogue& catalogue) {
  catalogue.table("cpu", "What work costs, and how fast nodes are. `orrery calibrate` measures the prices.")
      .common<CpuConfig>()
      .common<WorkCosts>()
      .always();
  catalogue.slot("disk", "How long writes take to be durable.").common<DiskConfig>().always();
  catalogue.slot("clock", "How wall clocks differ from true time.").common<ClockConfig>().always();
  catalogue.group().common<GroupCpuConfig>();
}

struct SlotVisitor {
  spec::Catalogue& catalogue;
  std::map<std::string_view, spec::Family*> families;
  template <class Config, class Add>
  void kind(std::string_view slot, std::string_view name, std::string_view doc, Add) {
    families.at(slot)->kind<Config>(std::string(name), std::string(doc));
  }
};

struct ModuleAdder {
  Stack& stack;
  std::string_view slot;
  const spec::Chosen& chosen;
  const stacks::Parts& parts;
  template <class Config, class Add>
  void kind(std::string_view kind_slot, std::string_view name, std::string_view, Add add) {
    if (kind_slot == slot && name == chosen.kind) add(stack, chosen.as<Config>(), parts);
  }
};

}  // namespace

spec::Catalogue make_catalogue() {
  spec::Catalogue catalogue;
  add_network(catalogue);
  add_machines(catalogue);
  add_churn(catalogue.group());

  SlotVisitor slots{catalogue, {}};
  for (const stacks::Slot& slot : stacks::kSlots) {
    slots.families[slot.name] =
        &catalogue.slot(std::string(slot.name), std::string(slot.doc), std::string(slot.default_kind));
  }
  stacks::visit_kinds(slots);

  catalogue.entries("workload", "Who publishes what, and when.")
      .kind<PoissonConfig>("poisson", "Messages at random, at a given rate on average.")
      .kind<PeriodicConfig>("periodic", "A message every so often.")
      .kind<TraceConfig>("trace", "What people once wrote to each other, read from a CSV file.",
                         {{"file"}, {"file"}, {}});
  catalogue.entries("fault", "What breaks, when, and for how long.")
      .kind<CrashConfig>("crash", "Nodes die and restart.", required({"of", "at"}))
      .kind<PartitionConfig>("partition", "Some nodes cannot reach the others.", required({"split", "at"}))
      .kind<DiskFaultConfig>("disk", "Disks are slow or full, or do not keep what they were given.",
                             required({"of", "effect", "at"}))
      .kind<ClockFaultConfig>("clock", "Wall clocks jump, or run fast or slow.", required({"of", "at"}));
  catalogue.entries("check", "What must be true of the run.")
      .kind<DeliveredConfig>("delivered", "Messages reach those they are owed to in time.")
      .kind<BoundConfig>("bound", "A metric stays within bounds.", required({"metric"}))
      .kind<AlwaysConfig>("always", "A property that no event may break.", required({"property"}))
      .kind<EventuallyConfig>("eventually", "What a fault broke holds again in time.", required({"property"}))
      .kind<SometimesConfig>("sometimes", "Some record shows it: a coverage mark.", required({"property"}));

  catalogue.later("replication", "it comes with the replication protocols");
  catalogue.later("consensus", "it comes with the consensus protocols");
  catalogue.later("sharding", "it comes with the sharded store");
  catalogue.later("storage", "it comes with the storage proofs");
  return catalogue;
}

void add_module(Stack& stack, std::string_view slot, const spec::Chosen& chosen, const stacks::Parts& parts) {
  stacks::visit_kinds(ModuleAdder{stack, slot, chosen, parts});
}

}  // namespace orrery
