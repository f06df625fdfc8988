#include "simcore/live/transport/multistream.h"

#include <algorithm>

#include "simcore/live/transport/length_prefix.h"

namespace orrery::transport {
namespace {

constexpr std::string_view kHeader = "/multistream/1.0.0";
constexpr std::string_view kRefusal = "na";

void put_line(std::string_view text, std::vector<std::byte>& out) {
  const ByteView bytes = std::as_bytes(std::span(text));
  put_length_prefix(bytes.size() + 1, out);
  out.insert(out.end(), bytes.begin(), bytes.end());
  out.push_back(std::byte{'\n'});
}

/// Takes the line at the front of `in`, without its newline; nothing if there is more to come.
Result<std::optional<std::string_view>, Fault> take_line(ByteView& in) {
  const auto line = take_length_prefixed(in, Multistream::kLineMax);
  if (!line) return line.error();
  if (!*line) return std::optional<std::string_view>();
  const ByteView bytes = **line;
  if (bytes.empty() || bytes.back() != std::byte{'\n'}) return Fault::kMalformed;
  return std::optional(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size() - 1));
}

}  // namespace

Multistream Multistream::dialler(std::vector<std::string> protocols) {
  CHECK(!protocols.empty());
  return {Role::kDialler, std::move(protocols)};
}

Multistream Multistream::listener(std::vector<std::string> protocols) {
  return {Role::kListener, std::move(protocols)};
}

Multistream::Multistream(Role role, std::vector<std::string> protocols)
    : role_(role), protocols_(std::move(protocols)) {
  for (const std::string& protocol : protocols_) {
    CHECK(protocol.size() < kLineMax && protocol.find('\n') == std::string::npos);
  }
}

void Multistream::start(std::vector<std::byte>& out) {
  if (role_ == Role::kListener) return;
  put_line(kHeader, out);
  put_line(protocols_.front(), out);
}

Result<bool, Fault> Multistream::receive(ByteView& in, std::vector<std::byte>& out) {
  while (!agreed() && !failed_) {
    const auto line = take_line(in);
    if (!line) {
      failed_ = line.error();
    } else if (!*line) {
      return false;
    } else {
      failed_ = take(**line, out);
    }
  }
  if (failed_) return *failed_;
  return true;
}

std::optional<Fault> Multistream::take(std::string_view text, std::vector<std::byte>& out) {
  if (stage_ == Stage::kProtocol) return role_ == Role::kDialler ? take_answer(text, out) : take_proposal(text, out);
  if (text != kHeader) return Fault::kMalformed;
  if (role_ == Role::kListener) put_line(kHeader, out);
  stage_ = Stage::kProtocol;
  return std::nullopt;
}

std::optional<Fault> Multistream::take_answer(std::string_view text, std::vector<std::byte>& out) {
  if (text == protocols_[at_]) {
    stage_ = Stage::kAgreed;
    return std::nullopt;
  }
  if (text != kRefusal) return Fault::kMalformed;
  if (++at_ == protocols_.size()) return Fault::kNoProtocol;
  put_line(protocols_[at_], out);
  return std::nullopt;
}

std::optional<Fault> Multistream::take_proposal(std::string_view text, std::vector<std::byte>& out) {
  const auto found = std::find(protocols_.begin(), protocols_.end(), text);
  if (found != protocols_.end()) {
    at_ = size_t(found - protocols_.begin());
    stage_ = Stage::kAgreed;
    put_line(text, out);
    return std::nullopt;
  }
  put_line(kRefusal, out);
  if (++refusals_ == kRefusalsMax) return Fault::kNoProtocol;
  return std::nullopt;
}

size_t Multistream::chosen() const {
  CHECK(agreed());
  return at_;
}

}  // namespace orrery::transport
