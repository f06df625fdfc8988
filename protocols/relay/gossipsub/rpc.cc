#include "protocols/relay/gossipsub/rpc.h"

#include "simcore/base/text.h"

namespace orrery::gossipsub {
namespace {

template <class T, uint32_t N>
Part part_of(const List<T, N>& list) {
  Part part{uint32_t(list.items.size()), 0};
  for (const T& item : list.items) part.bytes += uint32_t(encoded_size(item));
  return part;
}

/// What a text form says of a message: who made it, and its number.
std::string describe_short(const PubsubMessage& message) {
  std::string out = "message(" + message.topic.text;
  if (message.from && message.from->size() == PeerId::kBytes) {
    PeerId from;
    std::copy(message.from->bytes.begin(), message.from->bytes.end(), from.bytes.begin());
    out += " from " + from.text();
  }
  if (message.seqno) out += " seqno " + wire::describe_bytes(*message.seqno);
  return out + ": " + std::to_string(message.payload().size()) + " bytes)";
}

std::string ids_text(const List<IdBytes, kIdsMax>& ids) {
  std::string out;
  for (size_t i = 0; i < ids.size() && i < 3; ++i) {
    const ByteView id = ids.items[i];
    out += (i == 0 ? "" : " ") + wire::describe_bytes(id.last(std::min<size_t>(id.size(), 8)));
  }
  return ids.size() <= 3 ? out : out + " and " + std::to_string(ids.size() - 3) + " more";
}

}  // namespace

void Rpc::measure(Part* parts) const {
  parts[0] = part_of(publish);
  parts[1] = part_of(subscriptions);
  if (!control) return;
  parts[2] = part_of(control->ihave);
  parts[3] = part_of(control->iwant);
  parts[4] = part_of(control->graft);
  parts[5] = part_of(control->prune);
}

std::string describe(const Rpc& rpc) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : " ") + text; };
  for (const SubOpts& sub : rpc.subscriptions) {
    add((sub.subscribe.value_or(false) ? "subscribe(" : "unsubscribe(") + sub.topic.text + ")");
  }
  for (const PubsubMessage& message : rpc.publish) add(describe_short(message));
  if (rpc.control) {
    for (const IHave& ihave : rpc.control->ihave) add("ihave(" + ihave.topic.text + ": " + ids_text(ihave.ids) + ")");
    for (const IWant& iwant : rpc.control->iwant) add("iwant(" + ids_text(iwant.ids) + ")");
    for (const Graft& graft : rpc.control->graft) add("graft(" + graft.topic.text + ")");
    for (const Prune& prune : rpc.control->prune) {
      add("prune(" + prune.topic.text + (prune.backoff_s ? ", " + std::to_string(*prune.backoff_s) + " s" : "") + ")");
    }
    for (const IDontWant& idontwant : rpc.control->idontwant) add("idontwant(" + ids_text(idontwant.ids) + ")");
  }
  return "rpc{" + printable(out) + "}";  // a stranger's topics stay on our line
}

}  // namespace orrery::gossipsub
