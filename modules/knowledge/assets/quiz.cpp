#include "assets/quiz.h"

#include <tessera/text.h>

#include "assets/readings.h"

#include <algorithm>

namespace knowledge {

namespace quiz {

using tessera::JsonWriter;
using tessera::Refused;

constexpr std::size_t answers_max = 8;

std::vector<std::string> answers_of(std::string_view text) {
    std::vector<std::string> all;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (const auto line = tessera::trim(text.substr(0, end)); !line.empty()) all.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

std::vector<QuizQuestion> questions_of(const Snapshot& tx, Id<Asset> asset) { return tx.select<QuizQuestion>("asset = :asset ORDER BY position, id", asset); }

void check(Transaction& tx, QuizQuestion& question) {
    if (question.question.empty() || question.answers.empty() || question.right_answer.empty()) return;  // refused as required
    const auto answers = answers_of(question.answers);
    if (answers.size() < 2 || answers.size() > answers_max)
        throw Refused("knowledge.quiz_answers", "To ask this, give 2 to {} answers, one a line.", answers_max).with_status(422).with_field("answers");
    question.right_answer = letters_of(question.right_answer);
    if (question.right_answer.size() != 1 || static_cast<std::size_t>(question.right_answer[0] - 'A') >= answers.size())
        throw Refused("knowledge.quiz_right_answer", "To ask this, name the right answer by its letter: A is the first.").with_status(422).with_field("right_answer");
    if (!question.position) question.position = tx.value<std::int64_t>("SELECT max(position) FROM knowledge_quiz_question WHERE asset = :asset", question.asset).value_or(0) + 1;
}

constexpr auto schema = R"json({"type":"object","properties":{"pass_percent":{"type":"integer"},"best_score":{"type":["integer","null"]},
    "questions":{"type":"array","items":{"type":"object","properties":{"question":{"type":"string"},
        "answers":{"type":"array","items":{"type":"object","properties":{"letter":{"type":"string"},"text":{"type":"string"}}}}}}}}})json";

void write_question(JsonWriter& json, const QuizQuestion& question) {
    json.begin_object();
    json.member("question", question.question);
    json.key("answers").begin_array();
    char letter = 'A';
    for (const auto& answer : answers_of(question.answers)) {
        json.begin_object();
        json.member("letter", std::string(1, letter++));
        json.member("text", answer);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

// Whoever reads the asset may see its questions, though not the right answers: they are in the records of the questions.
void write(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto asset = tx.load(Id<Asset>{id});
    const auto best  = tx.value<std::int64_t>("SELECT max(score) FROM knowledge_reading WHERE asset = :asset AND revision = :revision AND reader = :reader", id, asset.revision, tx.user().name);
    json.begin_object();
    json.member("pass_percent", asset.pass_percent);
    json.key("best_score");
    best ? json.value(*best) : json.null();
    json.key("questions").begin_array();
    for (const auto& question : questions_of(tx, asset.id)) write_question(json, question);
    json.end_array();
    json.end_object();
}

}  // namespace quiz

bool has_quiz(const Snapshot& tx, Id<Asset> asset) { return tx.value<std::int64_t>("SELECT id FROM knowledge_quiz_question WHERE asset = :asset ORDER BY id LIMIT 1", asset).has_value(); }

std::string letters_of(std::string_view answers) {
    std::string letters;
    for (const char c : answers) {
        if (c >= 'a' && c <= 'z') letters += static_cast<char>(c - 'a' + 'A');
        else if (c >= 'A' && c <= 'Z') letters += c;
        else if (c != ' ' && c != ',' && c != ';' && c != '\n')
            throw tessera::Refused("knowledge.no_letters", "To answer, give a letter for each question: B, A, C.").with_status(422).with_field("answers");
    }
    return letters;
}

std::int64_t percent_right(std::string_view given, std::string_view right) {
    std::int64_t hits = 0;
    for (std::size_t i = 0; i < std::min(given.size(), right.size()); ++i) hits += given[i] == right[i];
    return right.empty() ? 100 : hits * 100 / static_cast<std::int64_t>(right.size());
}

void answer_quiz(Transaction& tx, Asset& asset, const QuizAnswers& input) {
    std::string right;
    for (const auto& question : quiz::questions_of(tx, asset.id)) right += question.right_answer;
    if (right.empty()) throw tessera::Refused("knowledge.no_quiz", "To answer questions about {}, wait until it has some.", asset.title);
    const auto given = letters_of(input.answers);
    if (given.size() != right.size())
        throw tessera::Refused("knowledge.answers_missing", "To answer the questions of {}, give {} letters, not {}.", asset.title, right.size(), given.size()).with_status(422).with_field("answers");
    const auto score = percent_right(given, right);
    keep_reading(tx, asset, score >= asset.pass_percent, score);
}

void declare_quiz(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<QuizQuestion>("knowledge.quiz_question", "Quiz question")
        .help("By which readers of an asset show that they have understood it. Readers get the questions without the right answers")
        .field("asset", &QuizQuestion::asset, required, indexed)
        .field("position", &QuizQuestion::position, not_negative)
        .field("question", &QuizQuestion::question, required, longest(1000))
        .field("answers", &QuizQuestion::answers, required, multiline, help("One a line: the first is A"))
        .field("right_answer", &QuizQuestion::right_answer, required, longest(1), help("Its letter"))
        .display("question")
        .seen_with("asset")
        .not_in_search()
        .menu(Menu::setup)
        .read_needs("knowledge.edit")
        .validate(quiz::check);
    kernel.record_view("knowledge.asset", "quiz", {"Its questions, for whoever reads it", quiz::schema}, quiz::write);
    kernel.panel("knowledge.asset_quiz", "knowledge.asset", "Quiz", list_view("knowledge.quiz_question", {{"asset", "=id"}}));
}

}  // namespace knowledge
