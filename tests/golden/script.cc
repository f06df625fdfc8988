#include "tests/golden/script.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace orrery::golden {
namespace {

// Readable keys and values: printable text as it is, anything else in hexadecimal, shortened.
std::string printable(ByteView bytes) {
  std::string out;
  bool text = true;
  for (const std::byte b : bytes) text = text && std::isprint(std::to_integer<int>(b)) != 0;
  for (size_t i = 0; i < bytes.size() && (text || i < 12); ++i) {
    const auto value = std::to_integer<unsigned>(bytes[i]);
    out += text ? std::string(1, char(value)) : fmt::format("{:02x}", value);
  }
  if (!text && bytes.size() > 12) out += fmt::format(".. ({} bytes)", bytes.size());
  return out;
}

std::string seconds(Duration d) {
  if (d.ns % 1'000'000'000 == 0) return fmt::format("{} s", d.ns / 1'000'000'000);
  if (d.ns % 1'000'000 == 0) return fmt::format("{} ms", d.ns / 1'000'000);
  return fmt::format("{} ns", d.ns);
}

constexpr std::string_view kStates[] = {"up", "down", "congested", "drained"};
constexpr std::string_view kWork[] = {"hash", "sign", "verify", "prove", "decode"};

}  // namespace

NodeId Script::Names::named(const std::string& name) {
  for (uint32_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) return NodeId{i};
  }
  PublicKey key{};
  for (size_t i = 0; i < name.size() && i < key.size(); ++i) key[i] = std::byte(name[i]);
  names_.push_back(name);
  peers_.push_back(PeerId::from_ed25519(key));  // the name in the place of a key: readable, and no two alike
  return NodeId{uint32_t(names_.size() - 1)};
}

std::optional<NodeId> Script::Names::handle_of(const PeerId& peer) const {
  for (uint32_t i = 0; i < peers_.size(); ++i) {
    if (peers_[i] == peer) return NodeId{i};
  }
  return std::nullopt;
}

std::string Script::Names::with_names(std::string text) const {
  for (uint32_t i = 0; i < peers_.size(); ++i) {
    const std::string id = peers_[i].text();
    for (size_t at = text.find(id); at != std::string::npos; at = text.find(id, at))
      text.replace(at, id.size(), names_[i]);
  }
  return text;
}

Script::Script(std::unique_ptr<Stack> stack) : stack_(std::move(stack)) {
  out_.self = directory_.named("self");
  out_.directory = &directory_;
  out_.pool = &frames_;
  out_.wall = WallTime{1'767'225'600'000'000'000};
}

Script::~Script() {
  stack_.reset();
  out_.clear();
}

NodeId Script::peer(const std::string& name) { return directory_.named(name); }

void Script::say(const std::string& sentence) { text_ += (text_.empty() ? "# " : "\n# ") + sentence + "\n"; }

void Script::start() {
  begin("start");
  stack_->start(out_);
  finish();
}

void Script::wait(Duration span) {
  out_.now = out_.now + span;
  out_.wall = out_.wall + span;
  text_ += "wait " + seconds(span) + "\n";
}

void Script::link(const std::string& peer, Link::State state, bool outbound) {
  const NodeId node = directory_.named(peer);
  begin(fmt::format("link to {} {}{}", peer, kStates[size_t(state)], outbound ? "" : " (inbound)"));
  stack_->link(out_, Link{node, state, outbound, 0, 0});
  finish();
}

void Script::receive(const std::string& from, std::string_view module, FrameRef frame) {
  const Tag tag = frame.get()->tag;
  const std::string instance = tag.instance == 0 ? "" : fmt::format("[{}]", tag.instance);
  begin(fmt::format("{} sends {}{} {}", from, module, instance, frame.get()->type->describe(frame.get()->body())));
  stack_->receive(out_, Incoming{directory_.named(from), tag, frame.get()->body(), frame.get()});
  finish();
}

void Script::fire(Tag timer, const std::string& name, uint64_t key) {
  begin(fmt::format("timer {}{}", name, key == 0 ? "" : fmt::format(" {}", key)));
  stack_->fire(out_, timer, key);
  finish();
}

void Script::command(const LocalEvent& event) {
  begin("command " + event.type->describe(event.data.data()));
  stack_->command(out_, event);
  finish();
}

void Script::stored(ModuleId module, const std::string& key, std::optional<std::string> value, Instance instance) {
  begin(fmt::format("stored {} = {}", key, value ? printable(std::as_bytes(std::span(*value))) : "nothing"));
  std::optional<ByteView> view;
  if (value) view = std::as_bytes(std::span(*value));
  stack_->stored(out_, Tag{module, 0, instance}, std::as_bytes(std::span(key)), view);
  finish();
}

void Script::scanned(ModuleId module, const std::string& from,
                     const std::vector<std::pair<std::string, std::string>>& found, Instance instance) {
  const auto view = [](const std::string& text) { return std::as_bytes(std::span(text)); };
  std::vector<std::pair<ByteView, ByteView>> views;
  std::string text = found.empty() ? " nothing" : "";
  for (const auto& [key, value] : found) {
    text += fmt::format(" {} = {}", key, printable(view(value)));
    views.emplace_back(view(key), view(value));
  }
  begin(fmt::format("scanned from {}:{}", from, text));
  stack_->scanned(out_, Tag{module, 0, instance}, view(from), views);
  finish();
}

void Script::begin(const std::string& input) { text_ += directory_.with_names(input) + "\n"; }

void Script::finish() {
  bool any = false;
  for (const LocalEvent& event : out_.local) {
    if (event.source.module == 0) continue;  // the command itself
    text_ += "    tells its siblings " + event.type->describe(event.data.data()) + "\n";
    any = true;
  }
  for (const Effect& effect : out_.effects) {
    text_ += "    " + directory_.with_names(describe(effect)) + "\n";
    any = true;
  }
  if (out_.unknown_messages > 0) text_ += "    ignored: unknown message\n";
  if (!any && out_.unknown_messages == 0) text_ += "    nothing\n";
  out_.unknown_messages = 0;
  out_.clear();
}

std::string Script::describe_message(const Effect& effect) const {
  const MessageType& type = *stack_->message_type(effect.tag.module, effect.tag.type);
  const void* body = effect.in_event ? static_cast<const void*>(&effect.body) : effect.frame()->body();
  const std::string instance = effect.tag.instance == 0 ? "" : fmt::format("[{}] ", effect.tag.instance);
  return fmt::format("{}{} ({} bytes{})", instance, type.describe(body), effect.wire_bytes,
                     type.after_durable ? ", after durable" : "");
}

std::string Script::describe(const Effect& effect) const {
  const auto bytes = [&](uint64_t offset, uint32_t size) {
    return printable(ByteView(out_.bytes).subspan(offset, size));
  };
  switch (effect.kind) {
    case Effect::Kind::kSend:
      return fmt::format("sends {}: {}", directory_.name_of(NodeId{effect.to}), describe_message(effect));
    case Effect::Kind::kMulticast: {
      std::string to;
      for (uint32_t i = 0; i < effect.count; ++i) to += " " + directory_.name_of(out_.targets[effect.to + i]);
      return fmt::format("sends{}: {}", to, describe_message(effect));
    }
    case Effect::Kind::kArm:
      return fmt::format("arms timer {}/{} key {} in {}", effect.tag.module, effect.tag.type, effect.body,
                         seconds(Time{effect.at} - out_.now));
    case Effect::Kind::kDisarm:
      return fmt::format("disarms timer {}/{} key {}", effect.tag.module, effect.tag.type, effect.body);
    case Effect::Kind::kPut:
      return fmt::format("puts {} = {}", bytes(effect.body, effect.to), bytes(effect.body + effect.to, effect.count));
    case Effect::Kind::kErase: return fmt::format("erases {}", bytes(effect.body, effect.to));
    case Effect::Kind::kGet: return fmt::format("gets {}", bytes(effect.body, effect.to));
    case Effect::Kind::kScan:
      return fmt::format("scans {} to {}, at most {}", bytes(effect.body, effect.to),
                         bytes(effect.body + effect.to, effect.count), effect.at);
    case Effect::Kind::kDial: return fmt::format("dials {}", directory_.name_of(NodeId{effect.to}));
    case Effect::Kind::kHangUp: return fmt::format("hangs up on {}", directory_.name_of(NodeId{effect.to}));
    case Effect::Kind::kCharge: return fmt::format("charges {} x {}", effect.count, kWork[effect.tag.type]);
    case Effect::Kind::kTrace: {
      const auto& type = *reinterpret_cast<const RecordType*>(effect.body);
      return "traces " + type.describe(ByteView(out_.bytes).subspan(effect.to, effect.count));
    }
  }
  return "?";
}

void expect_golden(const std::string& path, const std::string& text) {
  const std::string full = std::string(ORRERY_SOURCE_DIR) + "/" + path;
  if (std::getenv("ORRERY_REWRITE") != nullptr) {
    std::ofstream(full, std::ios::binary) << text;
    return;
  }
  std::ifstream file(full, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing: run scripts/golden --rewrite, read what it wrote, commit it";
  std::stringstream want;
  want << file.rdbuf();
  std::istringstream got_lines(text);
  std::string want_line, got_line;
  for (int number = 1;; ++number) {
    const bool more_want = bool(std::getline(want, want_line)), more_got = bool(std::getline(got_lines, got_line));
    if (!more_want && !more_got) return;
    ASSERT_TRUE(more_want && more_got && want_line == got_line)
        << path << ":" << number << "\n  committed: " << (more_want ? want_line : "(ends)")
        << "\n  now:       " << (more_got ? got_line : "(ends)")
        << "\nIf you understand the change: scripts/golden --rewrite, and commit it with its reason.";
  }
}

}  // namespace orrery::golden
