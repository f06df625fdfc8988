#include "simcore/live/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace orrery::live {
namespace {

// PrivateKey{Type = Ed25519 (1), Data of 64 bytes: seed and public key}.
constexpr std::array<uint8_t, 4> kHead{0x08, 0x01, 0x12, 0x40};
constexpr size_t kFileBytes = kHead.size() + 64;
using FileBytes = std::array<uint8_t, kFileBytes>;

/// Closes what it holds.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw KeyFileError(fmt::format("{}: {}", path, why));
}

KeyPair read(const std::string& path, int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail(path, std::strerror(errno));
  if (!S_ISREG(status.st_mode)) fail(path, "this is no file; name the file of a key");
  if ((status.st_mode & 077) != 0) fail(path, fmt::format("others than its owner may use it; chmod 600 {}", path));
  std::array<uint8_t, kFileBytes + 1> bytes{};
  const ssize_t count = ::read(descriptor, bytes.data(), bytes.size());
  if (count != ssize_t(kFileBytes) || !std::equal(kHead.begin(), kHead.end(), bytes.begin())) {
    fail(path, "this is no Ed25519 private key of libp2p (68 bytes); move it away, and a new one is made");
  }
  KeySeed seed;
  std::memcpy(seed.data(), bytes.data() + kHead.size(), seed.size());
  const KeyPair keys = key_pair_from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  const bool agrees = std::memcmp(keys.secret_key.data(), bytes.data() + kHead.size(), keys.secret_key.size()) == 0;
  sodium_memzero(bytes.data(), bytes.size());
  if (!agrees) fail(path, "its public key is not that of its private key; restore it from a copy");
  return keys;
}

// Under another name first, so that a crash leaves no half of a key; link() never replaces what somebody else has made.
KeyPair make(const std::string& path) {
  KeySeed seed;
  randombytes_buf(seed.data(), seed.size());
  const KeyPair keys = key_pair_from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  FileBytes bytes;
  std::copy(kHead.begin(), kHead.end(), bytes.begin());
  std::memcpy(bytes.data() + kHead.size(), keys.secret_key.data(), keys.secret_key.size());
  const std::string part = fmt::format("{}.part-{}", path, ::getpid());
  {
    const File file(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.get() < 0) fail(part, std::strerror(errno));
    const bool written = ::write(file.get(), bytes.data(), bytes.size()) == ssize_t(bytes.size());
    sodium_memzero(bytes.data(), bytes.size());
    if (!written || ::fsync(file.get()) != 0) {
      ::unlink(part.c_str());
      fail(path, "the key cannot be written; is the disk full?");
    }
  }
  const int linked = ::link(part.c_str(), path.c_str());
  const int why = errno;
  ::unlink(part.c_str());
  if (linked != 0) fail(path, std::strerror(why));
  return keys;
}

}  // namespace

KeyPair load_or_make_key(const std::string& path) {
  if (sodium_init() < 0) fail(path, "the system gives no randomness");
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() >= 0) return read(path, file.get());
  if (errno != ENOENT) fail(path, std::strerror(errno));
  return make(path);
}

}  // namespace orrery::live
