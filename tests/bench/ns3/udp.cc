// SPDX-License-Identifier: GPL-2.0-only
// Linked with ns-3, which is under that licence; no part of Orrery, and nothing of Orrery is in it.
#include <ns3/core-module.h>
#include <ns3/internet-module.h>
#include <ns3/network-module.h>
#include <ns3/point-to-point-module.h>

#include "tests/bench/ns3/draws.h"
#include "tests/bench/ns3/loads.h"

namespace {

using ns3::Ptr;
using ns3::Socket;

class Udp {
 public:
  Udp(Meter& meter, uint32_t nodes) : meter_(meter), draws_(draws_of_nodes(nodes)), sockets_(nodes) {
    nodes_.Create(nodes);
    ns3::InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes_);
    link_.SetDeviceAttribute("DataRate", ns3::StringValue("1Gbps"));
    link_.DisableFlowControl();
    const auto peers = random_peers(nodes);
    for (uint32_t i = 0; i < nodes; ++i) {
      for (size_t k = 0; k < 8; k += 2) connect(i, peers[i][k]);  // the other four are others' links to it
    }
  }
  void start(uint32_t self) { send(self, ns3::Create<ns3::Packet>(64)); }

 private:
  void connect(uint32_t a, uint32_t b) {
    link_.SetChannelAttribute("Delay", ns3::TimeValue(ns3::NanoSeconds(draws_[a].latency())));
    const ns3::NetDeviceContainer devices = link_.Install(nodes_.Get(a), nodes_.Get(b));
    ns3::Ipv4AddressHelper addresses;
    addresses.SetBase(ns3::Ipv4Address(subnet_), "255.255.255.252");
    subnet_ += 4;
    const ns3::Ipv4InterfaceContainer interfaces = addresses.Assign(devices);
    const ns3::InetSocketAddress at_a(interfaces.GetAddress(0), 9), at_b(interfaces.GetAddress(1), 9);
    open(a, at_a, at_b);
    open(b, at_b, at_a);
  }
  void open(uint32_t self, const ns3::InetSocketAddress& here, const ns3::InetSocketAddress& there) {
    const Ptr<Socket> socket = Socket::CreateSocket(nodes_.Get(self), ns3::UdpSocketFactory::GetTypeId());
    socket->Bind(here);
    socket->Connect(there);
    socket->SetRecvCallback(ns3::MakeCallback(&Udp::receive, this));
    sockets_[self].push_back(socket);
  }
  void receive(Ptr<Socket> socket) {
    ns3::Address from;
    while (const Ptr<ns3::Packet> packet = socket->RecvFrom(from)) {
      meter_.count();
      send(socket->GetNode()->GetId(), packet);
    }
  }
  void send(uint32_t self, const Ptr<ns3::Packet>& packet) {
    auto& sockets = sockets_[self];
    sockets[draws_[self].below(uint32_t(sockets.size()))]->Send(packet);
  }

  Meter& meter_;
  std::vector<Draws> draws_;
  std::vector<std::vector<Ptr<Socket>>> sockets_;  // by node, one a link
  ns3::NodeContainer nodes_;
  ns3::PointToPointHelper link_;
  uint32_t subnet_ = 0x0a000000;
};

}  // namespace

void run_udp(Meter& meter, uint32_t nodes, uint64_t events) {
  Udp udp(meter, nodes);
  for (uint32_t i = 0; i < nodes; ++i)
    ns3::Simulator::ScheduleWithContext(i, ns3::NanoSeconds(i), &Udp::start, &udp, i);
  meter.run(500'000'000, uint64_t(70e6 * double(events) / nodes));
}
