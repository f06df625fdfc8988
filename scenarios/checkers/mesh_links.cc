#include "scenarios/checkers/mesh_links.h"

#include <algorithm>
#include <tuple>

namespace orrery {
namespace {

struct Span {
  Time start, end;
};
using Spans = std::vector<Span>;  // in order of time, apart from each other

Spans common(const Spans& a, const Spans& b) {
  Spans both;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const Span span{std::max(a[i].start, b[j].start), std::min(a[i].end, b[j].end)};
    if (span.start < span.end) both.push_back(span);
    a[i].end < b[j].end ? ++i : ++j;
  }
  return both;
}

}  // namespace

std::map<Topic, std::vector<EdgeSpan>> mesh_links(const MeshHistory& meshes, const Reachability& reachability) {
  std::map<std::pair<NodeId, NodeId>, Spans> carried;
  for (const Reachability::Span& link : reachability.spans()) {
    if (link.a != link.b) carried[{link.a, link.b}].push_back({link.start, link.end});
  }
  struct Sides {
    Spans of_smaller, of_greater;
  };
  std::map<std::tuple<Topic, NodeId, NodeId>, Sides> pairs;
  for (const MeshHistory::Span& mesh : meshes.spans()) {
    if (mesh.node == mesh.peer) continue;
    const auto [smaller, greater] = std::minmax(mesh.node, mesh.peer);
    Sides& sides = pairs[{mesh.topic, smaller, greater}];
    (mesh.node == smaller ? sides.of_smaller : sides.of_greater).push_back({mesh.start, mesh.end});
  }
  std::map<Topic, std::vector<EdgeSpan>> links;
  for (const auto& [key, sides] : pairs) {
    const auto& [topic, a, b] = key;
    const auto link = carried.find({a, b});
    std::vector<EdgeSpan>& of_topic = links[topic];
    if (link == carried.end()) continue;
    for (const Span& span : common(common(sides.of_smaller, sides.of_greater), link->second)) {
      of_topic.push_back({a, b, span.start, span.end});
    }
  }
  return links;
}

}  // namespace orrery
