// Which lessons are worth going through before a record is begun with.
#include <knowledge/review.h>
#include <tessera/search.h>

#include <set>

#include "lessons/declare.h"

namespace knowledge {

namespace lessons_for {

using tessera::Parameters;

constexpr int records_max = 10, lessons_max = 20;

struct Row {
    std::string  lesson{}, number{}, because{};
    AssetState   state = AssetState::draft;
    std::string  summary{}, prepared_by{};
    Instant      prepared_at{};
    std::int64_t lesson_id = 0;
};

struct Prepared {
    std::string by{};
    Instant     at{};
};

class Lessons {
public:
    Lessons(const Snapshot& tx, tessera::Source record, const std::function<void(const Row&)>& emit) : tx_(tx), record_(std::move(record)), emit_(emit) {}

    void linked_to(const tessera::Source& past, const std::string& because) {
        for (const auto id : tx_.rows<Id<Asset>>(R"sql(
                 SELECT a.id FROM knowledge_asset_link l JOIN knowledge_asset a ON a.id = l.document
                  WHERE l.entity = :entity AND l.record = :record AND a.kind = 'lesson' AND a.state <> 'retired' ORDER BY a.id)sql", past.entity, past.id))
            show(id, because);
    }
    void show(Id<Asset> id, const std::string& because) {
        if (!shown_.insert(id).second) return;
        const auto lesson = tx_.find(id);
        if (!lesson || lesson->kind != AssetKind::lesson || lesson->state == AssetState::retired) return;
        const auto prepared = tx_.row<Prepared>(
            "SELECT prepared_by, prepared_at FROM knowledge_preparation WHERE entity = :entity AND record = :record AND lesson = :lesson ORDER BY prepared_at DESC, id DESC LIMIT 1", record_.entity,
            record_.id, id).value_or(Prepared{});
        emit_({lesson->title, lesson->number, because, lesson->state, lesson->summary, prepared.by, prepared.at, id.value});
    }

private:
    const Snapshot&                        tx_;
    tessera::Source                        record_;
    const std::function<void(const Row&)>& emit_;
    std::set<Id<Asset>>                    shown_{};
};

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const tessera::Source record{parameters.text("entity"), parameters.integer("record"), 0};
    Lessons               lessons(tx, record, emit);
    lessons.linked_to(record, "About this one");
    for (const auto& past : tessera::search::similar(tx, record, {record.entity}, records_max)) lessons.linked_to({past.entity, past.id, 0}, fmt::format("About {}, which is like it", past.title));
    for (const auto& hit : tessera::search::similar(tx, record, {"knowledge.asset"}, lessons_max)) lessons.show(Id<Asset>{hit.id}, "Speaks of the same");
}

}  // namespace lessons_for

void declare_lessons_for(tessera::Kernel& kernel) {
    using namespace tessera;
    using lessons_for::Row;
    kernel.report<Row>("knowledge.lessons_for", "Lessons for a record")
        .not_in_menu()
        .help("What was learned from records of the same kind that are most like this one, and lessons that speak of the same; who has gone through them before beginning with it")
        .parameter<std::string>("entity", required, tessera::help("The kind of record: crm.opportunity"))
        .parameter<std::int64_t>("record", required, tessera::help("Its id"))
        .column("lesson", &Row::lesson, opens_record("knowledge.asset", "lesson_id"))
        .column("number", &Row::number)
        .column("because", &Row::because)
        .column("state", &Row::state)
        .column("summary", &Row::summary)
        .column("prepared_by", &Row::prepared_by, meaning("Who has gone through it for this record"))
        .column("prepared_at", &Row::prepared_at)
        .column("lesson_id", &Row::lesson_id, hidden)
        .run(lessons_for::answer);
}

}  // namespace knowledge
