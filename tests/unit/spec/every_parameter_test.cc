// Every parameter of the catalogue that runs know, one after the other: another value is another hash.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "scenarios/run/kinds.h"
#include "scenarios/spec/canonical.h"

namespace orrery::spec {
namespace {

constexpr std::string_view kLeastWorld = "orrery = 1\nnodes = 20\nduration = \"10 s\"\n[relay]\nkind = \"flood\"\n";

/// Values of every type. Each parameter takes one of them that is not its own.
std::vector<Value> candidates(const Parameter& parameter) {
  std::vector<Value> all{true, false};
  for (const int64_t number : {2, 3, 50}) all.emplace_back(number);
  for (const char* text : {"2 s", "3 ms", "2 h", "77 B", "2 KiB", "3 Mbit/s", "0.001 %", "13 %", "100 %", "3 /s", "0.5",
                           "other", "other.csv", "node", "1"}) {
    all.emplace_back(text);
  }
  for (const std::string& choice : parameter.choices) all.emplace_back(choice);
  const size_t scalars = all.size();
  for (size_t i = 0; i < scalars; ++i) all.emplace_back(Value::List{all[i]});
  return all;
}

bool change(ConfigBox& box, const Parameter& parameter) {
  const auto before = box.get(parameter.name);
  for (const Value& value : candidates(parameter)) {
    ConfigBox changed = box;
    if (changed.set(parameter.name, value) || changed.get(parameter.name) == before) continue;
    box = std::move(changed);
    return true;
  }
  return false;
}

class EveryParameter : public testing::Test {
 protected:
  using Find = std::function<ConfigBox&(Scenario&)>;

  /// Changes each parameter of the box that `find` finds in `base`, alone.
  void each_counts(const Scenario& base, const std::string& where, const Find& find) {
    const std::string plain = spec_hash(base, catalogue_);
    Scenario probe = base;
    const Schema& schema = find(probe).schema();
    for (const Parameter& parameter : schema.parameters) {
      Scenario changed = base;
      const std::string address = where + "." + parameter.name;
      if (!change(find(changed), parameter)) {
        ADD_FAILURE() << address << ": no candidate fits; add one";
        continue;
      }
      const bool is_free = where == "settings" && kFree.contains(parameter.name);
      EXPECT_EQ(spec_hash(changed, catalogue_) == plain, is_free) << address;
      ++count_;
    }
  }

  Chosen chosen(const Family& family, const std::string& kind) const {
    Chosen made;
    made.kind = kind;
    if (const Kind* known = family.find(kind)) made.config = ConfigBox(known->schema);
    made.common = ConfigBox(family.common());
    for (const auto& [name, nested] : family.nested()) made.nested[name] = chosen(*nested, nested->default_kind());
    return made;
  }

  /// Both boxes of a thing, and of each kind of what is nested in it.
  void thing_counts(const Scenario& base, const Family& family, const std::string& where,
                    const std::function<Chosen&(Scenario&)>& find) {
    each_counts(base, where, [&](Scenario& s) -> ConfigBox& { return find(s).config; });
    each_counts(base, where, [&](Scenario& s) -> ConfigBox& { return find(s).common; });
    for (const auto& [name, nested] : family.nested()) {
      for (const Kind& kind : nested->kinds()) {
        Scenario other = base;
        find(other).nested[name] = chosen(*nested, kind.name);
        thing_counts(other, *nested, where + "." + name + "." + kind.name,
                     [&find, &name = name](Scenario& s) -> Chosen& { return find(s).nested[name]; });
      }
      if (nested->kinds().empty()) {
        thing_counts(base, *nested, where + "." + name,
                     [&find, &name = name](Scenario& s) -> Chosen& { return find(s).nested[name]; });
      }
    }
  }

  const std::set<std::string> kFree{"title", "question", "seed"};
  const Catalogue catalogue_ = make_catalogue();
  const Scenario least_ = parse(kLeastWorld, "world.toml", catalogue_);
  int count_ = 0;
};

TEST_F(EveryParameter, OfTheTopCounts) {
  each_counts(least_, "settings", [](Scenario& s) -> ConfigBox& { return s.settings_box; });
  EXPECT_GE(count_, 7);
}

TEST_F(EveryParameter, OfEveryKindOfTableCounts) {
  for (const auto& [table, family] : catalogue_.families()) {
    if (family.shape() != Family::Shape::kTable && family.shape() != Family::Shape::kSlot) continue;
    std::set<std::string> kinds;
    for (const Kind& kind : family.kinds()) {
      Scenario base = least_;
      base.tables[table] = chosen(family, kind.name);
      EXPECT_TRUE(kinds.insert(spec_hash(base, catalogue_)).second) << table << "." << kind.name << ": no other hash";
      thing_counts(base, family, table + "." + kind.name,
                   [&table = table](Scenario& s) -> Chosen& { return s.tables[table]; });
    }
  }
  EXPECT_GT(count_, 80);
}

TEST_F(EveryParameter, OfEveryKindOfEntryCounts) {
  for (const auto& [table, family] : catalogue_.families()) {
    if (family.shape() != Family::Shape::kEntries) continue;
    std::set<std::string> kinds{spec_hash(least_, catalogue_)};
    for (const Kind& kind : family.kinds()) {
      Scenario base = least_;
      Entry entry;
      static_cast<Chosen&>(entry) = chosen(family, kind.name);
      entry.name = "one";
      base.entries[table] = {entry};
      EXPECT_TRUE(kinds.insert(spec_hash(base, catalogue_)).second) << table << "." << kind.name << ": no other hash";
      thing_counts(base, family, table + "." + kind.name,
                   [&table = table](Scenario& s) -> Chosen& { return s.entries[table].front(); });
    }
  }
  EXPECT_GT(count_, 30);
}

TEST_F(EveryParameter, OfAGroupCounts) {
  each_counts(least_, "group", [](Scenario& s) -> ConfigBox& { return s.groups.front().config; });
  for (const auto& [name, family] : catalogue_.group().nested()) {
    for (const Kind& kind : family->kinds()) {
      Scenario base = least_;
      base.groups.front().own[name] = chosen(*family, kind.name);
      EXPECT_NE(spec_hash(base, catalogue_), spec_hash(least_, catalogue_)) << name << "." << kind.name;
      thing_counts(base, *family, "group." + name + "." + kind.name,
                   [&name = name](Scenario& s) -> Chosen& { return s.groups.front().own[name]; });
    }
  }
  EXPECT_GT(count_, 10);
}

}  // namespace
}  // namespace orrery::spec
