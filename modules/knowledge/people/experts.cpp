// Who can be asked about a topic, by what they have done.
#include "people/declare.h"
#include "people/expert_finder.h"

namespace knowledge {

namespace experts_report {

using tessera::Parameters;

struct Row {
    std::string       employee{};
    tessera::Quantity score{};
    std::int64_t      evidence = 0;
    Date              last_on{};
    std::int64_t      open_questions = 0, open_complaints = 0;
    std::string       languages{};
    Date              away_until{}, leaves_on{};
    bool              can_be_asked = true;
    std::int64_t      employee_id = 0;
};

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    for (const auto& e : tx.service<ExpertFinder>().of(tx, parameters.reference<Topic>("topic"), parameters.date("on"), parameters.text("language")))
        emit({tx.label_of(e.employee), e.score, e.evidence, e.last_on, e.open_questions, e.open_complaints, e.languages, e.away_until, e.leaves_on, e.can_be_asked, e.employee.value});
}

}  // namespace experts_report

void declare_experts(tessera::Kernel& kernel) {
    using namespace tessera;
    using experts_report::Row;
    kernel.provide<ExpertFinder>(std::make_shared<ExpertFinderService>());
    kernel.report<Row>("knowledge.experts", "Who knows")
        .help("By what they have done, not by what they say: articles, accepted answers, complaints resolved, what they sold and bought. Points lose half of their worth in a year. The best "
              "to ask comes first: by score and by the questions that wait for them")
        .parameter<Id<Topic>>("topic", required)
        .parameter<std::string>("language", tessera::help("Such as de; all when left out"))
        .parameter<Date>("on", by_default("today"))
        .column("employee", &Row::employee, opens_record("directory.employee", "employee_id"))
        .column("score", &Row::score)
        .column("evidence", &Row::evidence, meaning("Things done"))
        .column("last_on", &Row::last_on, titled("Last"))
        .column("open_questions", &Row::open_questions)
        .column("open_complaints", &Row::open_complaints)
        .column("languages", &Row::languages)
        .column("away_until", &Row::away_until)
        .column("leaves_on", &Row::leaves_on)
        .column("can_be_asked", &Row::can_be_asked)
        .column("employee_id", &Row::employee_id, hidden)
        .run(experts_report::answer);
}

}  // namespace knowledge
