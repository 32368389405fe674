// What came of walking guides: of the whole, of each answer that was given, and of each end that was reached.
#include "guides/declare.h"
#include "measured/share.h"

#include <knowledge/guide.h>

#include <map>
#include <set>

namespace knowledge {

namespace guide_success {

using tessera::Parameters;
using tessera::Percent;

enum class Part { guide, answer, end };
constexpr auto names_of(Part) { return tessera::names("guide", "answer", "end"); }

struct Row {
    std::string            guide{};
    std::int64_t           version_number = 0;
    Part                   part           = Part::guide;
    std::string            step{}, text{}, answer{};
    std::int64_t           walks = 0, finished = 0, known = 0, solved = 0;
    std::optional<Percent> rate{}, low{}, high{};
    std::int64_t           version_id = 0;
};

struct Walked {
    Id<Walk>         walk{};
    Id<GuideVersion> version{};
    std::string      guide{};
    std::int64_t     version_number = 0;
    WalkState        state = WalkState::walking;
    Solved           solved = Solved::unknown;
    std::string      step{}, text{};
};
constexpr auto walks_sql = R"sql(
    SELECT w.id, w.guide_version, g.name, v.version_number, w.state, w.solved, w.step, s.text
      FROM knowledge_walk w
      JOIN knowledge_guide g ON g.id = w.guide
      JOIN knowledge_guide_version v ON v.id = w.guide_version
      LEFT JOIN knowledge_guide_step s ON s.document = w.guide_version AND s.code = w.step
     WHERE (:guide IS NULL OR w.guide = :guide) AND (:since IS NULL OR w.started_at >= :since) AND (:until IS NULL OR w.started_at < :until)
     ORDER BY g.name, v.version_number, w.id)sql";

struct Given {
    std::string step{}, question{}, answer{};
};

// Rows of a version: the whole first, then answers and ends in the order of their codes.
using Key  = std::tuple<Part, std::string, std::string>;
using Rows = std::map<Key, Row>;

void count(Row& row, const Walked& walked) {
    ++row.walks;
    if (walked.state != WalkState::finished) return;
    ++row.finished;
    row.known += walked.solved != Solved::unknown;
    row.solved += walked.solved == Solved::yes;
}

void count(const Snapshot& tx, Rows& rows, const Walked& walked) {
    const auto row = [&](Part part, const std::string& step, const std::string& text, const std::string& answer) -> Row& {
        return rows.try_emplace({part, step, answer}, Row{.guide = walked.guide, .version_number = walked.version_number, .part = part, .step = step, .text = text, .answer = answer, .version_id = walked.version.value})
            .first->second;
    };
    count(row(Part::guide, "", "", ""), walked);
    tx.each<Given>("SELECT step, question, answer FROM knowledge_walk_answer WHERE document = :walk ORDER BY id",
                   [&](const Given& given) { count(row(Part::answer, given.step, given.question, given.answer), walked); }, walked.walk);
    if (walked.state == WalkState::arrived || walked.state == WalkState::finished) count(row(Part::end, walked.step, walked.text, ""), walked);
}

void emit_all(Rows& rows, const std::function<void(const Row&)>& emit) {
    for (auto& [key, row] : rows) {
        const auto share = share_of(row.solved, row.known);
        row.rate = share.share, row.low = share.low, row.high = share.high;
        emit(row);
    }
    rows.clear();
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto       from = parameters.date("from"), to = parameters.date("to");
    const auto       since = from.empty() ? Instant{} : Instant::parse(from.str() + "T00:00:00Z"), until = to.empty() ? Instant{} : Instant::parse(to.plus_days(1).str() + "T00:00:00Z");
    Rows             rows;
    Id<GuideVersion> version{};
    for (const auto& walked : tx.rows<Walked>(walks_sql, parameters.reference<Guide>("guide"), since, until)) {
        if (walked.version != version) emit_all(rows, emit);
        version = walked.version;
        count(tx, rows, walked);
    }
    emit_all(rows, emit);
}

}  // namespace guide_success

void declare_guide_success(tessera::Kernel& kernel) {
    using namespace tessera;
    using guide_success::Row;
    kernel.report<Row>("knowledge.guide_success", "What came of walking guides")
        .help("How often each guide was walked, each answer given and each end reached, and how often that helped: of the walks of which somebody said so, with the range in which the "
              "share lies with 95 percent confidence")
        .parameter<Id<Guide>>("guide", tessera::help("All when left out"))
        .parameter<Date>("from", tessera::help("First day on which the walks began"))
        .parameter<Date>("to", tessera::help("Last day"))
        .column("guide", &Row::guide)
        .column("version_number", &Row::version_number, titled("Version"), opens_record("knowledge.guide_version", "version_id"))
        .column("part", &Row::part, meaning("The whole guide, an answer that was given, or an end that was reached"))
        .column("step", &Row::step)
        .column("text", &Row::text)
        .column("answer", &Row::answer)
        .column("walks", &Row::walks)
        .column("finished", &Row::finished)
        .column("known", &Row::known, meaning("Finished ones of which somebody said whether they helped"))
        .column("solved", &Row::solved)
        .column("rate", &Row::rate, titled("Solved, percent"), meaning("Of those that are known"))
        .column("low", &Row::low, titled("At least"))
        .column("high", &Row::high, titled("At most"))
        .column("version_id", &Row::version_id, hidden)
        .run(guide_success::answer);
}

}  // namespace knowledge
