#include "access/duties.h"

#include <tessera/text.h>

#include "access/declare.h"
#include "access/document_chain.h"
#include "access/rights.h"

#include <algorithm>
#include <limits>
#include <set>

namespace tessera::access {

namespace duties {

// Whoever may do everything is the owner of a small company, or an administrator who is watched by the report.
bool may_do_everything(const Actor& actor) { return actor.user == 0 || actor.permissions->cover("*"); }

std::string title_of(const Kernel& kernel, std::string_view permission) {
    const auto& all = kernel.permissions();
    const auto  it  = std::ranges::find(all, permission, &PermissionDescription::name);
    return it == all.end() ? std::string(permission) : it->title;
}

bool is_mitigated(const Snapshot& tx, Id<User> user, Id<DutyConflict> conflict) {
    return tx.value<std::int64_t>("SELECT id FROM access_mitigation WHERE holder = :user AND conflict = :conflict AND starts_on <= :today AND ends_on >= :day LIMIT 1", user, conflict,
                                  tx.today(), tx.today())
        .has_value();
}

bool stops(const Snapshot& tx, const DutyConflict& conflict, Id<User> user) {
    if (conflict.effect == Effect::blocks) return true;
    return conflict.effect == Effect::needs_mitigation && !is_mitigated(tx, user, conflict.id);
}

void require_permission(const Kernel& kernel, const std::string& name, const char* field) {
    const auto& all = kernel.permissions();
    if (std::ranges::find(all, name, &PermissionDescription::name) != all.end()) return;
    throw Refused("access.unknown_permission", "To keep duties apart, name a permission such as purchasing.approve; \"{}\" is none.", excerpt(name)).with_status(422).with_field(field);
}

void check_conflict(Transaction& tx, DutyConflict& conflict) {
    require_permission(tx.kernel(), conflict.first, "first");
    require_permission(tx.kernel(), conflict.second, "second");
    if (conflict.first == conflict.second) throw Refused("access.bad_conflict", "To keep duties apart, name two permissions.").with_status(422).with_field("second");
    if (conflict.first > conflict.second) std::swap(conflict.first, conflict.second);
}

void check_mitigation(Transaction& tx, Mitigation& mitigation) {
    if (tx.user().user == mitigation.holder.value)
        throw Refused("access.own_mitigation", "To let somebody keep conflicting duties, have another person say what makes up for it: this is about yourself.").with_status(403);
    if (mitigation.ends_on < mitigation.starts_on)
        throw Refused("access.bad_time", "To record this, let it end on a day after it starts.").with_status(422).with_field("ends_on");
    if (mitigation.ends_on > mitigation.starts_on.plus_days(366))
        throw Refused("access.bad_time", "To record this, let it end within a year: then it is to be decided anew.").with_status(422).with_field("ends_on");
    mitigation.approved_by = tx.user().name;
}

Refused done_by_the_same(const Snapshot& tx, const DutyConflict& conflict, std::string_view what, std::string_view other) {
    return Refused("access.conflicting_duties", "To do this, ask somebody else: {} has {}, and one person must not do both ({}; {}).", tx.user().name, what,
                   title_of(tx.kernel(), other), conflict.risk)
        .with_status(403);
}

std::vector<DutyConflict> conflicts_with(const Snapshot& tx, std::string_view permission) {
    return tx.select<DutyConflict>("(first = :first OR second = :second) AND effect IN ('blocks', 'needs_mitigation') ORDER BY id", permission, permission);
}

struct Used {
    std::string command{};
    Instant     at{};
};

bool uses(const Kernel& kernel, std::string_view command, std::string_view permission) {
    const auto all = permissions_of(kernel, command);
    return std::ranges::find(all, permission) != all.end();
}

std::vector<Used> used_on(const Snapshot& tx, const DocumentChain::Document& document, std::string_view user) {
    return tx.rows<Used>(R"sql(SELECT audit.command, audit.at FROM kernel_audit_record AS touched JOIN kernel_audit AS audit ON audit.id = touched.audit
                                WHERE touched.entity = :entity AND touched.record = :record AND audit.user_name = :user ORDER BY audit.id)sql",
                         document.entity->name, document.id, user);
}

// The permissions that a user has through any role that is not over yet.
Permissions::Shared held(const Snapshot& tx, const User& user) {
    std::vector<std::string> grants;
    if (!user.active) return Permissions::of({});
    for (const auto& one : user.roles)
        if (one.ends_on.empty() || one.ends_on >= tx.today())
            for (const auto& permission : tx.load(one.role).permissions) grants.push_back(permission.permission);
    for (const auto& lent : tx.select<Delegation>("taker = :taker AND ends_on >= :today ORDER BY id", user.id, tx.today()))
        for (const auto& permission : tx.load(lent.role).permissions) grants.push_back(permission.permission);
    return Permissions::of(std::move(grants));
}

void check_held(const Snapshot& tx, const User& user) {
    const auto permissions = held(tx, user);
    if (permissions->cover("*")) return;
    for (const auto& conflict : tx.select<DutyConflict>("effect IN ('blocks', 'needs_mitigation') ORDER BY id")) {
        if (!permissions->allow(conflict.first) || !permissions->allow(conflict.second) || !stops(tx, conflict, user.id)) continue;
        throw Refused("access.conflicting_duties", "To give {} these roles, leave out {} or {}{}: {}.", user.name, conflict.first, conflict.second,
                      conflict.effect == Effect::blocks ? "" : ", or record first what makes up for it (access.mitigation)", conflict.risk);
    }
}

// ---- reports

struct HeldRow {
    std::string user{}, first{}, second{}, effect{}, risk{}, control{};
    Date        until{};
};

void held_conflicts(const Snapshot& tx, const Parameters&, const std::function<void(const HeldRow&)>& emit) {
    const auto conflicts = tx.select<DutyConflict>("effect <> 'off' ORDER BY id");
    for (const auto& user : tx.select<User>("active <> 0 ORDER BY name")) {
        const auto permissions = held(tx, user);
        for (const auto& conflict : conflicts) {
            if (!permissions->allow(conflict.first) || !permissions->allow(conflict.second)) continue;
            HeldRow    row{user.name, conflict.first, conflict.second, humanise(name_of(conflict.effect)), conflict.risk, {}, {}};
            const auto mitigation = tx.first<Mitigation>("holder = :user AND conflict = :conflict AND starts_on <= :today ORDER BY ends_on DESC LIMIT 1", user.id, conflict.id, tx.today());
            if (mitigation) row.control = mitigation->control, row.until = mitigation->ends_on;
            emit(row);
        }
    }
}

struct DoneRow {
    std::string  user{}, first{}, first_document{};
    Instant      first_at{};
    std::string  second{}, second_document{};
    Instant      second_at{};
    std::string  risk{}, first_entity{}, second_entity{};
    std::int64_t first_id = 0, second_id = 0;
};

struct Touch {
    std::string  entity{};
    std::int64_t record = 0;
    std::string  user{}, command{};
    Instant      at{};
};

// What a person did that belongs to a conflict, by document. Steps of the wrong kind are not kept, so it stays small.
class History {
public:
    History(const Snapshot& tx, Date from, Date to) : tx_(tx), conflicts_(tx.select<DutyConflict>("effect <> 'off' ORDER BY id")) {
        const auto midnight = [](Date day) { return Instant::parse(day.str() + "T00:00:00Z").microseconds(); };
        const auto begin    = from.empty() ? std::int64_t{0} : midnight(from);
        const auto end      = to.empty() ? std::numeric_limits<std::int64_t>::max() : midnight(to.plus_days(1));
        tx.each<Touch>(R"sql(SELECT touched.entity, touched.record, audit.user_name, audit.command, audit.at
                               FROM kernel_audit AS audit JOIN kernel_audit_record AS touched ON touched.audit = audit.id
                              WHERE audit.at >= :begin AND audit.at < :end AND audit.user_name <> 'system' ORDER BY audit.id)sql",
                       [&](Touch& touch) {
                           for (const auto& permission : permissions_of(tx_.kernel(), touch.command))
                               if (is_in_a_conflict(permission)) steps_[{touch.user, touch.entity, touch.record}].push_back({permission, touch.at});
                       },
                       begin, end);
    }
    void tell(const std::function<void(const DoneRow&)>& emit) {
        for (const auto& [place, steps] : steps_) {
            const auto& [user, entity, record] = place;
            const auto* e                      = tx_.kernel().find_entity(entity);
            if (!e) continue;
            const DocumentChain chain(tx_, *e, record);
            for (const auto& document : chain.documents()) {
                const auto others = steps_.find({user, document.entity->name, document.id});
                if (others == steps_.end()) continue;
                for (const auto& conflict : conflicts_) tell(conflict, place, steps, others->first, others->second, emit);
            }
        }
    }

private:
    using Place = std::tuple<std::string, std::string, std::int64_t>;
    struct Step {
        std::string permission{};
        Instant     at{};
    };
    bool is_in_a_conflict(std::string_view permission) const {
        return std::ranges::any_of(conflicts_, [&](const auto& one) { return one.first == permission || one.second == permission; });
    }
    static const Step* first_with(const std::vector<Step>& steps, std::string_view permission) {
        const auto it = std::ranges::find(steps, permission, &Step::permission);
        return it == steps.end() ? nullptr : &*it;
    }
    void tell(const DutyConflict& conflict, const Place& here, const std::vector<Step>& steps, const Place& there, const std::vector<Step>& others,
              const std::function<void(const DoneRow&)>& emit) {
        for (const bool turned : {false, true}) {
            const auto& own   = turned ? conflict.second : conflict.first;
            const auto& other = turned ? conflict.first : conflict.second;
            const auto* a     = first_with(steps, own);
            const auto* b     = first_with(others, other);
            if (!a || !b || (here == there && turned) || !told_.insert({conflict.id.value, std::min(here, there), std::max(here, there)}).second) continue;
            const bool earlier = b->at < a->at;
            emit(row(conflict, earlier ? there : here, earlier ? *b : *a, earlier ? here : there, earlier ? *a : *b));
        }
    }
    DoneRow row(const DutyConflict& conflict, const Place& first, const Step& a, const Place& second, const Step& b) const {
        const auto& [user, entity, record]   = first;
        const auto& [user2, entity2, record2] = second;
        return {user,  title_of(tx_.kernel(), a.permission), tx_.label_of(entity, record),   a.at, title_of(tx_.kernel(), b.permission), tx_.label_of(entity2, record2), b.at,
                conflict.risk, entity, entity2, record, record2};
    }

    const Snapshot&                                          tx_;
    std::vector<DutyConflict>                                conflicts_;
    std::map<Place, std::vector<Step>>                       steps_;
    std::set<std::tuple<std::int64_t, Place, Place>>         told_;
};

void conflicting_steps(const Snapshot& tx, const Parameters& parameters, const std::function<void(const DoneRow&)>& emit) {
    History(tx, parameters.date("from"), parameters.date("to")).tell(emit);
}

void make_standard_conflicts(Transaction& tx, const SeedOptions&) {
    for (const auto& standard : tx.contributions<StandardConflict>())
        tx.insert(DutyConflict{.first = standard.first, .second = standard.second, .risk = standard.risk, .effect = standard.effect});
}

void declare_entities(Kernel& kernel) {
    administered(kernel.entity<DutyConflict>("access.duty_conflict", "Duty conflict"))
        .help("Two permissions that one person should not have, or not use on documents that belong together.")
        .field("first", &DutyConflict::first, required, longest(120), searchable)
        .field("second", &DutyConflict::second, required, longest(120), searchable)
        .field("risk", &DutyConflict::risk, required, longest(200), help("What might happen: goods are paid for that never came"))
        .field("effect", &DutyConflict::effect, help("Blocks, needs a dated mitigation, is reported only, or is off"))
        .unique_together({"first", "second"})
        .validate(check_conflict);
    administered(kernel.entity<Mitigation>("access.mitigation", "Mitigation"))
        .help("What makes up for somebody having conflicting duties, until when.")
        .field("holder", &Mitigation::holder, required, indexed)
        .field("conflict", &Mitigation::conflict, required)
        .field("control", &Mitigation::control, required, longest(400), help("Such as: the owner looks through all payments every Friday"))
        .field("approved_by", &Mitigation::approved_by, read_only)
        .field("starts_on", &Mitigation::starts_on, required)
        .field("ends_on", &Mitigation::ends_on, required)
        .validate(check_mitigation);
}

}  // namespace duties

void declare_duties(Kernel& kernel) {
    using namespace duties;
    declare_entities(kernel);
    kernel.seed(make_standard_conflicts);
    kernel.report<HeldRow>("access.held_conflicts", "Users with conflicting duties")
        .needs(std::string(administer))
        .column("user", &HeldRow::user)
        .column("first", &HeldRow::first)
        .column("second", &HeldRow::second)
        .column("effect", &HeldRow::effect)
        .column("risk", &HeldRow::risk)
        .column("control", &HeldRow::control, titled("Makes up for it"))
        .column("until", &HeldRow::until)
        .run(held_conflicts);
    kernel.report<DoneRow>("access.conflicting_steps", "Conflicting steps by one person")
        .needs(std::string(administer))
        .parameter<Date>("from", help("The first day; empty: from the beginning"))
        .parameter<Date>("to", help("The last day; empty: up to now"))
        .column("user", &DoneRow::user)
        .column("first", &DoneRow::first, titled("Did"))
        .column("first_document", &DoneRow::first_document, titled("On"), opens_record("@first_entity", "first_id"))
        .column("first_at", &DoneRow::first_at, titled("At"))
        .column("second", &DoneRow::second, titled("And"))
        .column("second_document", &DoneRow::second_document, titled("On document"), opens_record("@second_entity", "second_id"))
        .column("second_at", &DoneRow::second_at, titled("Then"))
        .column("risk", &DoneRow::risk)
        .column("first_entity", &DoneRow::first_entity, hidden)
        .column("second_entity", &DoneRow::second_entity, hidden)
        .column("first_id", &DoneRow::first_id, hidden)
        .column("second_id", &DoneRow::second_id, hidden)
        .run(conflicting_steps);
}

void require_separate_duties(Transaction& tx, const EntityDescription& entity, const void* record, std::string_view permission, std::string_view also) {
    const auto& user = tx.user();
    if (duties::may_do_everything(user)) return;
    const auto conflicts = duties::conflicts_with(tx, permission);
    if (conflicts.empty()) return;
    std::optional<std::vector<DocumentChain::Document>> chain;
    for (const auto& conflict : conflicts) {
        const auto& other = conflict.first == permission ? conflict.second : conflict.first;
        if (!duties::stops(tx, conflict, Id<User>(user.user))) continue;
        if (also == other) throw duties::done_by_the_same(tx, conflict, "made it too", other);
        if (!chain) chain = DocumentChain(tx, entity, record).documents();
        for (const auto& document : *chain)
            for (const auto& used : duties::used_on(tx, document, user.name))
                if (duties::uses(tx.kernel(), used.command, other))
                    throw duties::done_by_the_same(
                        tx, conflict, fmt::format("worked on {} {} on {}", lower_ascii(document.entity->title), tx.label_of(document.entity->name, document.id), used.at.str().substr(0, 10)), other);
    }
}

void check_duties_now(const Snapshot& snapshot, const User& user) { duties::check_held(snapshot, user); }

void check_duties_of(Transaction& tx, Id<User> user) {
    tx.before_commit(fmt::format("access.duties.{}", user), [user](Transaction& at_end) { duties::check_held(at_end, at_end.load(user)); });
}

void check_duties_of(Transaction& tx, Id<Role> role) {
    if (!role) return;
    for (const auto user : tx.rows<Id<User>>("SELECT DISTINCT document FROM access_user_role WHERE role = :role", role)) check_duties_of(tx, user);
}

}  // namespace tessera::access
