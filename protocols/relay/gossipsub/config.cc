#include "protocols/relay/gossipsub/config.h"

namespace orrery::gossipsub {

Config Config::of(Profile profile) {
  Config c;
  c.profile = profile;
  switch (profile) {
    case Profile::kSpec: break;
    case Profile::kGo:
      c.d_low = 5;
      c.prune_at_d_high = true;
      c.backoff_slack = 2_s;
      c.flood_publish = false;
      c.skip_senders = false;
      break;
    case Profile::kJs:
      c.max_iwant_messages = 10;
      c.send_key = true;
      c.message_id = IdOf::kKeySeqno;
      break;
    case Profile::kNim: c.backoff_slack = 2_s; break;
    case Profile::kWaku:
      c.d_high = 8;
      c.d_out = 3;
      c.backoff_slack = 2_s;
      c.max_iwant_messages = 25;
      c.signature_policy = SignaturePolicy::kStrictNoSign;
      c.message_id = IdOf::kDataSha256;
      break;
  }
  return c;
}

std::optional<Mistake> Config::mistake() const {
  if (mcache_gossip > mcache_len) {
    return Mistake{"mcache_gossip", "is above mcache_len: what is gossiped about could not be asked for",
                   "allowed: at most mcache_len"};
  }
  if (signature_policy == SignaturePolicy::kStrictNoSign && message_id != IdOf::kDataSha256) {
    return Mistake{"message_id", "needs a publisher, which strict_no_sign leaves out",
                   "write message_id = \"data_sha256\""};
  }
  if (is_bootstrapper()) return std::nullopt;
  if (d < d_low || d > d_high) return Mistake{"d", "is not within d_low and d_high", "allowed: d_low to d_high"};
  if (profile == Profile::kGo && d_out > 0 && 2 * d_out >= d) {
    return Mistake{"d_out", "is too large: go-libp2p-pubsub asks for less than d / 2", "lower it, or raise d"};
  }
  if (d_out >= d_low || d_out > d / 2) {
    return Mistake{"d_out", "is too large: v1.1 asks for less than d_low and at most d / 2",
                   "lower it, or raise d_low and d"};
  }
  return std::nullopt;
}

}  // namespace orrery::gossipsub
