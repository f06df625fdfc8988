// A Yamux session under a stranger's bytes, in pieces of any size, while its owner opens, reads, writes and ends
// streams: whatever comes, what is kept stays within the windows, and what is to be said within its bounds.
#include "simcore/live/transport/yamux.h"

#include <map>
#include <variant>

#include "tests/fuzz/target.h"

namespace orrery::transport {
namespace {

class Owner {
 public:
  explicit Owner(Role role)
      : config_{.role = role, .frame_max = 1000, .streams_max = 4, .backlog_max = 4, .control_max = 8},
        session_(config_) {}

  void receive(ByteView piece) {
    unread_.insert(unread_.end(), piece.begin(), piece.end());
    ByteView in = unread_;
    const auto heard = session_.receive(in);
    if (heard) {
      CHECK(in.size() < yamux::Header::kSize);
      CHECK(*heard == (in.size() < unread_.size()));
    }
    CHECK(!fault_ || (!heard && heard.error() == *fault_));  // once and for all
    if (!heard) fault_ = heard.error();
    unread_.erase(unread_.begin(), unread_.begin() + ptrdiff_t(unread_.size() - in.size()));
    check();
  }

  void poll() {
    for (size_t events = 0; const auto event = session_.poll(); ++events) {
      CHECK(events < 5 * (config_.streams_max + ours_) + 2);  // of each kind one
      using Kind = Yamux::Event::Kind;
      const uint32_t id = event->stream.id;
      if (event->kind == Kind::kGoAway || event->kind == Kind::kPong) {
        CHECK(id == 0);
        continue;
      }
      if (event->kind == Kind::kOpened) CHECK((id % 2 == 1) == (config_.role == Role::kListener));
      known_[id];  // a stream's number may be used again once it is over
      if (event->kind == Kind::kReset) {
        CHECK(session_.readable({id}).empty() && session_.waiting({id}) == 0);
        known_.erase(id);
      }
    }
    check();
  }

  void open() {
    if (const auto stream = session_.open()) {
      CHECK(!fault_ && !known_.contains(stream->id));
      known_[stream->id];
      ++ours_;
    }
  }
  void consume(uint8_t which, size_t count) {
    const YamuxStream stream{pick(which)};
    const size_t there = session_.readable(stream).size();
    count = std::min(count, there);
    session_.consume(stream, count);
    CHECK(session_.readable(stream).size() == there - count);
  }
  void write(uint8_t which, size_t count) {
    const std::vector<std::byte> bytes(count);
    session_.write({pick(which)}, bytes);
    written_ += count;
  }
  void finish(uint8_t which) { session_.finish({pick(which)}); }
  void reset(uint8_t which) {
    const YamuxStream stream{pick(which)};
    session_.reset(stream);
    CHECK(session_.readable(stream).empty() && session_.waiting(stream) == 0);
    known_.erase(stream.id);
  }
  void ping() { session_.ping(); }
  void go_away() { session_.go_away(); }

  void transmit(size_t room) {
    std::vector<std::byte> out;
    const bool had = session_.has_output();
    session_.transmit(out, room);
    CHECK(had == !out.empty());
    CHECK(out.size() <= room + config_.frame_max + yamux::Header::kSize);
    read_back(out);
  }

 private:
  uint32_t pick(uint8_t which) const {
    return known_.empty() ? which : std::next(known_.begin(), which % known_.size())->first;
  }
  void check() const {
    CHECK(session_.streams() <= config_.streams_max + ours_);
    for (const auto& [id, nothing] : known_) CHECK(session_.readable({id}).size() <= config_.window);
    // Control frames; a reset of each stream that is known; a few frames of each stream; and data.
    Yamux copy = session_;
    std::vector<std::byte> out;
    copy.transmit(out, SIZE_MAX);
    const size_t frames = config_.control_max + 4 * (config_.streams_max + ours_) + 2 + written_ / config_.frame_max;
    CHECK(out.size() <= written_ + frames * yamux::Header::kSize);
  }
  void read_back(ByteView out) const {
    while (!out.empty()) {
      yamux::Header header;
      CHECK(out.size() >= yamux::Header::kSize && header.read(out));
      out = out.subspan(yamux::Header::kSize);
      if (header.type != yamux::Type::kData) continue;
      CHECK(header.length > 0 && header.length <= config_.frame_max && header.length <= out.size());
      out = out.subspan(header.length);
    }
  }

  const Yamux::Config config_;
  Yamux session_;
  std::vector<std::byte> unread_;
  std::map<uint32_t, std::monostate> known_;
  size_t ours_ = 0, written_ = 0;
  std::optional<Fault> fault_;
};

}  // namespace
}  // namespace orrery::transport

/// The first byte is the role; then commands, each a byte and an argument or two. A piece of what the peer sends is a
/// command, its length, and the bytes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace orrery;
  Input input(data, size);
  transport::Owner owner(input.byte() % 2 == 0 ? transport::Role::kDialler : transport::Role::kListener);
  while (!input.empty()) {
    const uint8_t command = input.byte(), argument = input.byte();
    switch (command % 12) {
      case 0:
      case 1:
      case 2: owner.receive(input.bytes(argument)); break;
      case 3: owner.receive(std::vector<std::byte>(size_t{argument} << 10)); break;  // a long body
      case 4: owner.open(); break;
      case 5: owner.consume(argument, size_t{input.byte()} << 12); break;
      case 6: owner.write(argument, size_t{input.byte()} << 4); break;
      case 7: owner.finish(argument); break;
      case 8: owner.reset(argument); break;
      case 9: owner.transmit(argument == 255 ? 1 << 20 : size_t{argument} << 4); break;
      case 10: argument % 16 == 0 ? owner.go_away() : owner.ping(); break;
      default: owner.poll(); break;
    }
  }
  return 0;
}
