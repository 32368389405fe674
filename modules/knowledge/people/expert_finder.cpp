// Scores are statistics.
#include "people/expert_finder.h"

#include "people/expert_score.h"
#include "people/topic_map.h"

#include <algorithm>

namespace knowledge {

namespace expert_finder {

struct Work {
    Id<Employee> employee{};
    std::string  entity{};
    std::int64_t record = 0;
    Date         day{};
    std::int64_t points = 0;
};

struct Person {
    Id<Employee> employee{};
    std::string  languages{};
    Date         leaves_on{};
    bool         active = true;
    std::int64_t open_questions = 0, open_complaints = 0;
    Date         away_until{};
};
constexpr auto people_sql = R"sql(
    SELECT e.id, e.languages, e.leaves_on, e.active,
           (SELECT count(*) FROM knowledge_question q WHERE q.expert = e.id AND q.state = 'asked'),
           (SELECT count(*) FROM crm_complaint c WHERE c.owner = e.id AND c.state IN ('registered', 'answered', 'reopened')),
           (SELECT max(a.ends_on) FROM knowledge_absence a WHERE a.employee = e.id AND a.starts_on <= :on AND a.ends_on >= :on)
      FROM directory_employee e)sql";

}  // namespace expert_finder

Experience experience_until(const Snapshot& tx, Date on) {
    using expert_finder::Work;
    const TopicMap map(tx);
    Experience     all;
    for (const auto& evidence : tx.contributions<Evidence>())
        tx.each<Work>(evidence.sql, [&](const Work& work) {
            if (!work.employee || work.day.empty() || work.day > on) return;
            for (const auto topic : map.topics_of(work.entity, work.record)) {
                auto& done = all[topic][work.employee];
                done.score += faded(static_cast<double>(work.points), on - work.day);
                ++done.evidence;
                done.last_on = std::max(done.last_on, work.day);
            }
        });
    return all;
}

std::map<Id<Employee>, Expert> people_on(const Snapshot& tx, Date on, std::string_view language) {
    using expert_finder::Person;
    std::map<Id<Employee>, Expert> people;
    tx.each<Person>(expert_finder::people_sql, [&](const Person& person) {
        const bool works = person.active && (person.leaves_on.empty() || person.leaves_on > on);
        people[person.employee] = {.employee        = person.employee,
                                   .open_questions  = person.open_questions,
                                   .open_complaints = person.open_complaints,
                                   .languages       = person.languages,
                                   .away_until      = person.away_until,
                                   .leaves_on       = person.leaves_on,
                                   .can_be_asked    = works && person.away_until.empty() && speaks(person.languages, language)};
    }, on);
    return people;
}

std::vector<Expert> ExpertFinderService::of(const Snapshot& tx, Id<Topic> topic, Date on, std::string_view language) const {
    const auto          all    = experience_until(tx, on);
    const auto          people = people_on(tx, on, language);
    std::vector<Expert> experts;
    if (const auto found = all.find(topic); found != all.end())
        for (const auto& [employee, done] : found->second) {
            const auto person = people.find(employee);
            if (person == people.end()) continue;
            auto& expert    = experts.emplace_back(person->second);
            expert.score    = score_of(done.score);
            expert.evidence = done.evidence;
            expert.last_on  = done.last_on;
        }
    sort_by_whom_to_ask(experts);
    return experts;
}

}  // namespace knowledge
