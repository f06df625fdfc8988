#include "scenarios/node/log.h"

#include <nlohmann/json.hpp>

#include "scenarios/node/console.h"

namespace orrery::node {
namespace {

using Json = nlohmann::ordered_json;

Json event(std::string_view name) { return Json{{"ev", name}}; }

}  // namespace

void Log::listening(const PeerId& peer, const std::vector<transport::Multiaddr>& addresses) {
  Json json = event("listening");
  json["peer"] = peer.text();
  json["addrs"] = Json::array();
  for (const transport::Multiaddr& address : addresses) json["addrs"].push_back(address.text());
  write(json.dump());
}

void Log::mesh(const std::string& topic, const std::vector<PeerId>& peers) {
  Json json = event("mesh");
  json["topic"] = topic;
  json["peers"] = Json::array();
  for (const PeerId& peer : peers) json["peers"].push_back(peer.text());
  write(json.dump());
}

void Log::error(const std::string& says) {
  Json json = event("error");
  json["says"] = says;
  write(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Log::take(const Record& record) {
  if (record.is<ReceivedRecord>()) {
    const auto received = record.as<ReceivedRecord>();
    Json json = event("delivered");
    json["topic"] = topic(received.topic);
    json["from"] = received.author ? Json(received.author->text()) : Json();
    json["size"] = received.bytes;
    json["sha256"] = hex(received.sha256);
    write(json.dump());
  } else if (record.is<SentRecord>()) {
    ++published_;
    const auto sent = record.as<SentRecord>();
    Json json = event("published");
    json["topic"] = topic(sent.topic);
    json["size"] = sent.bytes;
    json["sha256"] = hex(sent.sha256);
    write(json.dump());
  } else if (all_) {
    Json json = event("record");
    json["layer"] = record.layer;
    json["says"] = record.type->describe(record.fields);
    write(json.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
}

void Log::link(const PeerId& peer, bool up, bool outbound) {
  Json json = event("link");
  json["peer"] = peer.text();
  json["state"] = up ? "up" : "down";
  if (up) json["outbound"] = outbound;
  write(json.dump());
}

void Log::stream(const PeerId& peer, ModuleId, bool outbound) {
  Json json = event("stream");
  json["peer"] = peer.text();
  json["outbound"] = outbound;
  write(json.dump());
}

void Log::pong(const PeerId& peer, Duration round_trip) {
  Json json = event("pong");
  json["peer"] = peer.text();
  json["round_trip_ns"] = round_trip.ns;
  write(json.dump());
}

void Log::failed(const PeerId& peer, std::string_view what) { error(peer.text() + ": " + std::string(what)); }

}  // namespace orrery::node
