#include "simcore/live/transport/noise.h"

#include <sodium.h>

#include <algorithm>

#include "simcore/live/transport/noise_payload.h"

namespace orrery::transport {
namespace {

constexpr std::string_view kProtocolName = "Noise_XX_25519_ChaChaPoly_SHA256";
constexpr size_t kKey = 32;
constexpr size_t kTag = NoiseCipher::kTag;
constexpr size_t kPrefix = 2;

void put_length(size_t length, std::vector<std::byte>& out) {
  CHECK(length <= UINT16_MAX);
  out.push_back(std::byte(length >> 8));
  out.push_back(std::byte(length & 0xff));
}
size_t length_of(ByteView in) { return std::to_integer<size_t>(in[0]) << 8 | std::to_integer<size_t>(in[1]); }

void append(ByteView bytes, std::vector<std::byte>& out) { out.insert(out.end(), bytes.begin(), bytes.end()); }

ByteView take_front(ByteView& in, size_t count) {
  const ByteView front = in.first(count);
  in = in.subspan(count);
  return front;
}

}  // namespace

void NoiseChannel::seal(ByteView plain, std::vector<std::byte>& out) {
  while (!plain.empty() && !sending_.spent()) {
    const ByteView piece = take_front(plain, std::min(plain.size(), kPlainMax));
    put_length(piece.size() + kTag, out);
    sending_.seal({}, piece, out);
  }
}

Result<bool, Fault> NoiseChannel::open(ByteView& in, std::vector<std::byte>& plain) {
  bool any = false;
  if (sending_.spent()) failed_ = Fault::kBadSeal;
  while (!failed_ && in.size() >= kPrefix) {
    const size_t length = length_of(in);
    if (length < kTag) {
      failed_ = Fault::kMalformed;
    } else if (in.size() < kPrefix + length) {
      break;
    } else if (!receiving_.open({}, in.subspan(kPrefix, length), plain)) {
      failed_ = Fault::kBadSeal;
    } else {
      in = in.subspan(kPrefix + length);
      any = true;
    }
  }
  if (failed_) return *failed_;
  return any;
}

NoiseHandshake::NoiseHandshake(const Config& config)
    : role_(config.role),
      stage_(config.role == Role::kDialler ? Stage::kSecond : Stage::kFirst),
      static_secret_(config.static_secret),
      ephemeral_secret_(config.ephemeral_secret),
      static_key_(noise_public(static_secret_)),
      ephemeral_key_(noise_public(ephemeral_secret_)),
      payload_(noise_payload(config.identity, static_key_, config.muxers)),
      symmetric_(kProtocolName) {
  CHECK(sodium_init() >= 0);  // chooses the fastest code for this CPU; only the first call does anything
  symmetric_->mix_hash({});   // the prologue is empty
}

// -> e
void NoiseHandshake::start(std::vector<std::byte>& out) {
  if (role_ == Role::kListener) return;
  put_length(kKey, out);
  append(ephemeral_key_, out);
  symmetric_->mix_hash(ephemeral_key_);
  symmetric_->mix_hash({});  // no payload
}

Result<bool, Fault> NoiseHandshake::receive(ByteView& in, std::vector<std::byte>& out) {
  while (!failed_ && stage_ != Stage::kFinished) {
    const size_t before_payload = stage_ == Stage::kSecond ? 2 * kKey + kTag : kKey + kTag;
    const size_t least = stage_ == Stage::kFirst ? kKey : before_payload + kTag;
    const size_t most = stage_ == Stage::kFirst ? kKey : least + NoisePayload::kBytesMax;
    if (in.size() < kPrefix) return false;
    const size_t length = length_of(in);
    if (length > most) {
      failed_ = Fault::kTooLong;
    } else if (length < least) {
      failed_ = Fault::kMalformed;
    } else if (in.size() < kPrefix + length) {
      return false;
    } else {
      take_front(in, kPrefix);
      failed_ = take(take_front(in, length), out);
    }
  }
  if (!failed_) return true;
  forget();
  return *failed_;
}

std::optional<Fault> NoiseHandshake::take(ByteView message, std::vector<std::byte>& out) {
  switch (stage_) {
    case Stage::kFirst: return take_first(message, out);
    case Stage::kSecond: return take_second(message, out);
    case Stage::kThird: return take_third(message);
    case Stage::kFinished: break;
  }
  CHECK(false);
}

// The listener: -> e, and its answer <- e, ee, s, es.
std::optional<Fault> NoiseHandshake::take_first(ByteView message, std::vector<std::byte>& out) {
  std::copy(message.begin(), message.end(), peer_ephemeral_.begin());
  symmetric_->mix_hash(peer_ephemeral_);
  symmetric_->mix_hash({});

  std::vector<std::byte> answer;
  append(ephemeral_key_, answer);
  symmetric_->mix_hash(ephemeral_key_);
  if (!agree(ephemeral_secret_, peer_ephemeral_)) return Fault::kMalformed;
  symmetric_->seal_and_hash(static_key_, answer);
  if (!agree(static_secret_, peer_ephemeral_)) return Fault::kMalformed;
  symmetric_->seal_and_hash(payload_, answer);
  put_length(answer.size(), out);
  append(answer, out);
  stage_ = Stage::kThird;
  return std::nullopt;
}

// The dialler: <- e, ee, s, es, and its answer -> s, se.
std::optional<Fault> NoiseHandshake::take_second(ByteView message, std::vector<std::byte>& out) {
  const ByteView ephemeral = take_front(message, kKey);
  std::copy(ephemeral.begin(), ephemeral.end(), peer_ephemeral_.begin());
  symmetric_->mix_hash(peer_ephemeral_);
  if (!agree(ephemeral_secret_, peer_ephemeral_)) return Fault::kMalformed;
  if (const auto fault = take_static(message)) return fault;
  if (!agree(ephemeral_secret_, peer_static_)) return Fault::kMalformed;
  if (const auto fault = take_payload(message)) return fault;

  std::vector<std::byte> answer;
  symmetric_->seal_and_hash(static_key_, answer);
  if (!agree(static_secret_, peer_ephemeral_)) return Fault::kMalformed;
  symmetric_->seal_and_hash(payload_, answer);
  put_length(answer.size(), out);
  append(answer, out);
  finish();
  return std::nullopt;
}

// The listener: -> s, se.
std::optional<Fault> NoiseHandshake::take_third(ByteView message) {
  if (const auto fault = take_static(message)) return fault;
  if (!agree(ephemeral_secret_, peer_static_)) return Fault::kMalformed;
  if (const auto fault = take_payload(message)) return fault;
  finish();
  return std::nullopt;
}

bool NoiseHandshake::agree(const NoiseKey& secret, ByteView public_key) {
  const auto agreed = noise_agree(secret, public_key);
  if (agreed) symmetric_->mix_key(*agreed);
  return agreed.has_value();
}

std::optional<Fault> NoiseHandshake::take_static(ByteView& message) {
  std::vector<std::byte> opened;
  if (!symmetric_->open_and_hash(take_front(message, kKey + kTag), opened)) return Fault::kBadSeal;
  std::copy(opened.begin(), opened.end(), peer_static_.begin());
  return std::nullopt;
}

std::optional<Fault> NoiseHandshake::take_payload(ByteView sealed) {
  std::vector<std::byte> payload;
  if (!symmetric_->open_and_hash(sealed, payload)) return Fault::kBadSeal;
  auto introduction = noise_introduction(payload, peer_static_);
  if (!introduction) return introduction.error();
  peer_ = introduction->peer;
  peer_muxers_ = std::move(introduction->muxers);
  return std::nullopt;
}

void NoiseHandshake::finish() {
  const auto [by_dialler, by_listener] = symmetric_->split();
  if (role_ == Role::kDialler) channel_.emplace(by_dialler, by_listener);
  if (role_ == Role::kListener) channel_.emplace(by_listener, by_dialler);
  stage_ = Stage::kFinished;
  forget();
}

void NoiseHandshake::forget() {
  static_secret_.wipe();
  ephemeral_secret_.wipe();
  symmetric_.reset();
}

const PeerId& NoiseHandshake::peer() const {
  CHECK(stage_ == Stage::kFinished);
  return peer_;
}

const std::vector<std::string>& NoiseHandshake::peer_muxers() const {
  CHECK(stage_ == Stage::kFinished);
  return peer_muxers_;
}

NoiseChannel NoiseHandshake::channel() const {
  CHECK(channel_);
  return *channel_;
}

}  // namespace orrery::transport
