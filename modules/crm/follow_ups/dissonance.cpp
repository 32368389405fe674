#include "follow_ups/dissonance.h"

namespace crm {

const std::array<DissonanceQuestion, 7>& dissonance_questions() {
    static const std::array<DissonanceQuestion, 7> all = {{
        {"need_it", "Do you wonder whether you really need it?", &FollowUp::need_it},
        {"buy_at_all", "Do you wonder whether you should have bought anything at all?", &FollowUp::buy_at_all},
        {"right_choice", "Do you wonder whether you have made the right choice?", &FollowUp::right_choice},
        {"right_thing", "Do you wonder whether buying it was the right thing to do?", &FollowUp::right_thing},
        {"been_fooled", "Have you wondered whether you were fooled?", &FollowUp::been_fooled},
        {"spun_a_line", "Have you wondered whether we told you more than is true?", &FollowUp::spun_a_line},
        {"wrong_deal", "Have you wondered whether something was wrong with the deal?", &FollowUp::wrong_deal},
    }};
    return all;
}

std::optional<Quantity> dissonance_score(const FollowUp& call) {
    std::int64_t given = 0, sum = 0;
    for (const auto& question : dissonance_questions()) {
        const auto& answer = call.*question.answer;
        if (!answer) continue;
        if (*answer < 1 || *answer > 7)
            throw tessera::Refused("crm.answer_out_of_scale", "To note an answer, give 1 (not at all) to 7 (very much), not {}.", *answer).with_status(422).with_field(question.field);
        ++given;
        sum += *answer;
    }
    if (given == 0) return std::nullopt;
    const auto all = static_cast<std::int64_t>(dissonance_questions().size());
    if (given < all) throw tessera::Refused("crm.answers_incomplete", "To score the answers, note all {}: {} are there.", all, given).with_status(422);
    return Quantity::raw(tessera::divide(tessera::Wide{sum} * 100, all) * 10'000);
}

std::string standard_script(FollowUpKind kind) {
    switch (kind) {
        case FollowUpKind::repurchase: return "Ask how what was delivered serves them, what they will need next and when, and offer it.";
        case FollowUpKind::care: return "Their doubts are strong. Ask what is behind them, show what speaks for their choice, and offer a way out that they can take.";
        case FollowUpKind::reassurance: break;
    }
    std::string script = "Thank them for the purchase and ask whether all came as promised. Then, from 1 (not at all) to 7 (very much):\n";
    int         number = 0;
    for (const auto& question : dissonance_questions()) script += fmt::format("{}. {}\n", ++number, question.question);
    return script + "Answer what worries them, and tell what others are content with.";
}

}  // namespace crm
