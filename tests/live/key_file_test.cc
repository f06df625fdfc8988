// A node's key on disk: made once, read again, and refused when it is not what it should be.
#include "simcore/live/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace orrery::live {
namespace {

namespace fs = std::filesystem;

struct KeyFile : testing::Test {
  KeyFile() { fs::create_directory(folder); }
  ~KeyFile() override { fs::remove_all(folder); }
  std::string path() const { return (folder / "node.key").string(); }
  std::string bytes() const {
    std::ifstream file(path(), std::ios::binary);
    return (std::ostringstream() << file.rdbuf()).str();
  }
  void write(const std::string& text) const {
    std::ofstream(path(), std::ios::binary) << text;
    fs::permissions(path(), fs::perms::owner_read | fs::perms::owner_write);
  }
  std::string refusal() const {
    try {
      load_or_make_key(path());
    } catch (const KeyFileError& error) {
      return error.what();
    }
    return "";
  }
  const fs::path folder = fs::temp_directory_path() / ("orrery-key-" + std::to_string(::getpid()));
};

TEST_F(KeyFile, IsMadeForItsOwnerAloneAndReadAgain) {
  const KeyPair made = load_or_make_key(path());
  EXPECT_EQ(fs::status(path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(load_or_make_key(path()).peer_id(), made.peer_id());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);  // nothing is left beside it
}

// PrivateKey{Type = 1, Data = seed and public key} of the seed of 32 zeros, as js-libp2p writes it.
TEST_F(KeyFile, IsAPrivateKeyOfLibp2p) {
  write(std::string("\x08\x01\x12\x40", 4) + std::string(32, '\0') +
        "\x3b\x6a\x27\xbc\xce\xb6\xa4\x2d\x62\xa3\xa8\xd0\x2a\x6f\x0d\x73\x65\x32\x15\x77\x1d\xe2\x43\xa6\x3a\xc0\x48"
        "\xa1\x8b\x59\xda\x29");
  EXPECT_EQ(load_or_make_key(path()).peer_id().text(), "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN");
}

TEST_F(KeyFile, ThatOthersMayReadIsRefused) {
  load_or_make_key(path());
  fs::permissions(path(), fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(refusal(), path() + ": others than its owner may use it; chmod 600 " + path());
}

TEST_F(KeyFile, ThatIsNoKeyIsRefusedAndLeftAlone) {
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string(68, 'x'), std::string(1 << 20, 'x')}) {
    write(text);
    EXPECT_NE(refusal().find("this is no Ed25519 private key of libp2p"), std::string::npos) << text.size();
    EXPECT_EQ(bytes(), text);
  }
}

TEST_F(KeyFile, WhoseHalvesDisagreeIsRefused) {
  load_or_make_key(path());
  std::string text = bytes();
  text.back() = char(text.back() ^ 1);
  write(text);
  EXPECT_NE(refusal().find("its public key is not that of its private key"), std::string::npos);
}

TEST_F(KeyFile, ThatCannotBeMadeSaysWhy) {
  fs::remove_all(folder);
  EXPECT_NE(refusal().find("No such file or directory"), std::string::npos);
}

}  // namespace
}  // namespace orrery::live
