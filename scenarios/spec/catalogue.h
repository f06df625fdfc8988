// Catalogue: the tables that a scenario file may have, and the kinds of thing that each may hold. This layer knows no
// protocol and no network: whoever runs scenarios builds a catalogue and puts them in.
//
//   Catalogue catalogue;
//   catalogue.slot("relay", "Carries published messages to every node.")
//       .kind<flood::Config>("flood", "Sends every new message to every link but the one it came by.")
//       .later("gossipsub", "it comes with the gossipsub relay");
#pragma once
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/spec/schema.h"

namespace orrery::spec {

/// One kind of thing: `kind = "flood"`.
struct Kind {
  std::string name, doc;
  std::shared_ptr<const Schema> schema;
};

/// What the `fields` of a struct do not say: names of parameters.
struct Notes {
  std::vector<std::string> required = {};        // must be given
  std::vector<std::string> files = {};           // name a file
  std::vector<std::string> files_or_names = {};  // name a file if the text ends with ".csv", else something built in
  std::optional<Parameter::Only> only = {};      // of all of them
};

/// One table of the scenario file, with the kinds of thing it may hold.
class Family {
 public:
  enum class Shape {
    kSettings,  // the keys at the top of the file
    kTable,     // [network]: one thing
    kSlot,      // [relay]: one thing, which a group may have another of
    kEntries,   // [fault]: named things
    kGroups,    // [group]
    kNested,    // topology = { ... } in [network]
    kStudy,     // [study]: how to look at runs
  };

  Family(Shape shape, std::string name, std::string doc, std::string default_kind);

  /// Adds a kind, whose parameters are the fields of Config.
  template <class Config>
  Family& kind(std::string name, std::string doc, const Notes& notes = {}) {
    return add_kind(std::move(name), std::move(doc), with_notes(make_schema<Config>(), notes));
  }
  /// Parameters that things of every kind have, besides those that were added before. A family without kinds has only
  /// these.
  template <class Config>
  Family& common(const Notes& notes = {}) {
    return add_common(with_notes(make_schema<Config>(), notes));
  }
  /// A table in each thing of this family: [network] topology = { kind = ... }. Returns the new family. In a group,
  /// where it may be left out, a default kind is that of a table which does not say one.
  Family& nested(std::string name, std::string doc, std::string default_kind = "", Shape shape = Shape::kNested);
  /// A kind, or a key, that does not exist yet. `when` ends the sentence: "it comes with the bandwidth model".
  Family& later(std::string kind, std::string when);
  Family& later_key(std::string key, std::string when);
  /// The scenario must have this table.
  Family& required();
  /// A scenario that leaves out this table has it all the same, with the defaults of its parameters.
  Family& always();

  Shape shape() const { return shape_; }
  const std::string& name() const { return name_; }  // "relay", "network.topology"
  const std::string& doc() const { return doc_; }
  const std::string& default_kind() const { return default_kind_; }  // "": there is none
  bool is_required() const { return required_; }
  bool is_always() const { return always_; }
  const std::vector<Kind>& kinds() const { return kinds_; }  // in the order in which they were added
  const Kind* find(std::string_view kind) const;
  std::vector<std::string> kind_names() const;
  const std::shared_ptr<const Schema>& common() const { return common_; }
  const std::map<std::string, std::unique_ptr<Family>>& nested() const { return nested_; }
  const std::map<std::string, std::string>& later_kinds() const { return later_kinds_; }
  const std::map<std::string, std::string>& later_keys() const { return later_keys_; }

 private:
  static std::shared_ptr<const Schema> with_notes(const std::shared_ptr<const Schema>& schema, const Notes& notes);
  Family& add_kind(std::string name, std::string doc, std::shared_ptr<const Schema> schema);
  Family& add_common(std::shared_ptr<const Schema> schema);

  Shape shape_;
  std::string name_, doc_, default_kind_;
  bool required_ = false, always_ = false;
  std::vector<Kind> kinds_;
  std::shared_ptr<const Schema> common_;  // never null
  std::map<std::string, std::unique_ptr<Family>> nested_;
  std::map<std::string, std::string> later_kinds_, later_keys_;
};

class Catalogue {
 public:
  /// Knows the keys at the top of a file and [group].
  Catalogue();

  /// With a default kind, the table may be left out; without, a scenario that leaves it out has no such thing.
  Family& table(std::string name, std::string doc, std::string default_kind = "");
  Family& slot(std::string name, std::string doc, std::string default_kind = "");
  Family& entries(std::string name, std::string doc);
  /// A table that does not exist yet. `when` ends the sentence: "it comes with the consensus protocols".
  void later(std::string table, std::string when);

  const std::map<std::string, Family>& families() const { return families_; }  // by name
  /// "relay", "network.topology"; null if there is none.
  const Family* find(std::string_view name) const;
  const std::map<std::string, std::string>& later_tables() const { return later_tables_; }
  const Family& settings() const { return settings_; }
  const Family& group() const { return group_; }
  /// To add what groups can say of things that this layer does not know.
  Family& group() { return group_; }

 private:
  Family& add(Family::Shape shape, std::string name, std::string doc, std::string default_kind);

  std::map<std::string, Family> families_;
  std::map<std::string, std::string> later_tables_;
  Family settings_, group_;
};

}  // namespace orrery::spec
