#include "demo/knowing.h"

#include <array>

namespace tessera::demo {

namespace knowing {

constexpr int nothing = -1;

struct TopicData {
    std::string_view name{}, description{};
    int              lead     = 0;        // among the employees
    int              product  = nothing;  // among the finished goods, which it stands for
};
constexpr std::array<TopicData, 5> topics{{{"Hurricane lanterns", "LN-100 and LN-110: oil lamps", 4, 0},
                                           {"Table lamps", "LN-200 and LN-210", 4, 2},
                                           {"Rechargeable lanterns", "LN-300 and LN-310", 7, 4},
                                           {"Packing and shipping", "How lamps arrive whole", 4, nothing},
                                           {"Dealing with customers", "Complaints, offers, visits", 6, nothing}}};

enum class Fate { draft, in_review, verified, objected, retired, published };

struct AssetData {
    std::string_view kind{}, title{}, summary{}, body{};
    int              topic = 0, author = 0, uses = 0, helpful = 0, minutes = 0;
    int              product   = nothing;
    bool             complaint = false;  // linked to one, and used on others
    Fate             fate      = Fate::verified;
};
constexpr std::array<AssetData, 12> assets{{
    {"how_to", "Change the globe of a hurricane lantern", "Without tools, in two minutes",
     "## What it is for\n\nA globe that is cracked or sooty.\n\n## What is needed\n\nA spare globe, a soft cloth.\n\n## Steps\n\n1. Lift the globe lever until it rests.\n2. Tilt the old globe out towards you.\n3. Set the new one "
     "on the plate and lower the lever.\n\n> Never change it while the burner is warm.\n\n## How to tell that it worked\n\nThe globe does not move when the lantern is shaken.\n",
     0, 4, 6, 6, 15, 0, true, Fate::published},
    {"how_to", "Find out why a rechargeable lantern stays dark", "Battery, contact or board: in this order",
     "## Steps\n\n1. Charge it for two hours; the ring glows *amber*.\n2. No glow: clean the contacts of the battery compartment.\n3. Still none: measure the battery.\n\n| voltage | what it means |\n|---|---|\n| above 3.6 V | the "
     "board |\n| 3.0 to 3.6 V | the cable |\n| below 3.0 V | the battery |\n",
     2, 7, 4, 3, 20, 4, true, Fate::verified},
    {"lesson", "Globes broke because the insert was one size too large", "Six of forty arrived broken",
     "## What was planned\n\nOne moulded insert for both hurricane lanterns.\n\n## What happened\n\nSix of forty globes arrived broken.\n\n## Why\n\nThe insert leaves 4 mm of play around the smaller globe.\n\n## What is done "
     "differently from now on\n\nThe smaller globe is wrapped once more before it goes into the insert.\n",
     3, 4, 3, 3, 10, 0, true, Fate::verified},
    {"story", "The night the harbour ordered forty signal lanterns", "How a rush order was met without a promise that could not be kept",
     "## Situation\n\nA chandler needed forty signal lanterns in three days; eighteen were on the shelf.\n\n## Action\n\nWe said so at once, sent the eighteen, and asked whether black ones would do for the rest.\n\n## "
     "Result\n\nThey took the black ones and have ordered with us ever since.\n\n## Lesson\n\nSay what you have before you say what you will have.\n",
     4, 6, 2, 2, 0, 5, false, Fate::verified},
    {"decision", "Shades come from two suppliers", "Why the dearer one keeps a third of the quantity",
     "## Question\n\nDo we buy all opal shades from the cheaper supplier?\n\n## Sources\n\nTwo years of receipts and rejects.\n\n## Evidence\n\nThe cheaper one was late four times; of the dearer one nothing was "
     "rejected.\n\n## Decision\n\nA third stays with the dearer one.\n\n## Outcome\n\nIs written down when it is known.\n",
     1, 0, 1, 1, 0, 2, false, Fate::verified},
    {"article", "What to say when glass arrives broken", "Words that have worked",
     "Say that we are sorry **before** you ask anything. Then ask for:\n\n- a photo of the box as it came\n- how many are broken\n- until when they are needed\n\nSend new ones the same day; the carrier is dealt with later.\n", 4, 6, 5, 5, 12, nothing, true,
     Fate::verified},
    {"question", "Which oil may be burnt in a hurricane lantern?", "",
     "## Question\n\nMay citronella oil be burnt?\n\n## Answer\n\nOutdoors only, and mixed half and half with lamp oil: pure it soots the globe within an hour.\n", 0, 4, 3, 2, 5, 1, false, Fate::objected},
    {"article", "How lacquer is touched up", "For scratches on brass", "Rub the scratch with `000` steel wool, wipe it dry, and put on two thin coats with four hours between them.\n", 0, 4, 0, 0, 0, 0, false, Fate::in_review},
    {"guide", "Before a lamp is sent back", "What to ask, so that it need not come twice", "## When to use it\n\nA customer wants to return a lamp.\n\n## Steps\n\n1. Ask what it does and what it should do.\n2. Try what "
     "the how-to says, together.\n3. Only then give a return number.\n",
     4, 6, 2, 1, 25, nothing, true, Fate::verified},
    {"article", "Cartons stand on pallets five high", "", "Six high, the lowest carton bends when the hall is damp.\n", 3, 4, 0, 0, 0, nothing, false, Fate::retired},
    {"story", "A banker's lamp that would not stop flickering", "Begun after a visit", "## Situation\n\nAt the library, one lamp of sixteen flickered every evening at seven.\n\n## Action\n\n## Result\n\n## Lesson\n", 1, 7, 0, 0, 0, 3, false, Fate::draft},
    {"document", "Safety data sheet of the green enamel", "From the maker", "", 0, 0, 0, 0, 0, nothing, false, Fate::verified},
}};

class Writing {
public:
    Writing(DemoBooks& books, const Ground& ground, Date today) : books_(books), ground_(ground), today_(today) {
        books_.read([&](const Snapshot& tx) { complaints_ = tx.rows<std::int64_t>("SELECT id FROM crm_complaint ORDER BY id DESC LIMIT 20"); });
    }

    void all() {
        for (const auto& topic : topics) make(topic);
        for (std::size_t i = 0; i < assets.size(); ++i) make(assets[i], today_.plus_days(-200 + 15 * static_cast<int>(i)));
    }

private:
    static constexpr std::string_view manager = "ffennimore";

    static std::string_view user_of(int employee) { return employees()[static_cast<std::size_t>(employee)].number; }

    void make(const TopicData& topic) {
        json::object body{{"name", topic.name}, {"description", topic.description}, {"lead", ground_.employees[static_cast<std::size_t>(topic.lead)]}};
        if (topic.product != nothing)
            body["subjects"] = json::array{{{"entity", "catalog.product"}, {"record", product(topic.product)}}, {{"entity", "catalog.product"}, {"record", product(topic.product + 1)}}};
        topics_.push_back(books_.create(manager, "knowledge.topic", body, today_.plus_days(-210)).id);
    }
    std::int64_t product(int which) const { return ground_.finished[static_cast<std::size_t>(which)]; }

    void make(const AssetData& asset, Date on) {
        json::array links;
        if (asset.product != nothing) links.push_back({{"entity", "catalog.product"}, {"record", product(asset.product)}});
        if (asset.complaint && !complaints_.empty()) links.push_back({{"entity", "crm.complaint"}, {"record", complaints_.front()}, {"relation", "evidence"}});
        if (asset.kind == "lesson") links.push_back({{"entity", "catalog.product"}, {"record", product(0)}, {"relation", "changes"}, {"note", "Wrapped once more"}, {"effective_from", on.plus_days(14).str()}});
        json::object body{{"kind", asset.kind}, {"title", asset.title}, {"summary", asset.summary}, {"owner", ground_.employees[static_cast<std::size_t>(asset.author)]},
                          {"topics", json::array{{{"topic", topics_[static_cast<std::size_t>(asset.topic)]}}}}, {"links", links}, {"objective", asset.uses ? "Fewer complaints" : ""}};
        asset.body.empty() ? body["address"] = "https://enamel.example/green.pdf" : body["body"] = asset.body;
        const auto id = books_.create(user_of(asset.author), "knowledge.asset", body, on).id;
        live(asset, id, on);
    }
    void live(const AssetData& asset, std::int64_t id, Date on) {
        if (asset.fate == Fate::draft) return;
        step(user_of(asset.author), id, "submit", {}, on);
        if (asset.fate == Fate::in_review) return;
        step(manager, id, "verify", {{"confidence", asset.uses > 2 ? "high" : "medium"}, {"review_every_days", 365}}, on.plus_days(2));
        if (asset.fate == Fate::published) step(manager, id, "publish", {}, on.plus_days(3));
        for (int i = 0; i < asset.uses; ++i) use(asset, id, i, on.plus_days(5 + i));
        if (asset.fate == Fate::objected) step(user_of(7), id, "object", {{"text", "The globe sooted with half and half too; a third is enough."}}, on.plus_days(40));
        if (asset.fate == Fate::retired) step(manager, id, "retire", {{"reason", "Cartons are double-walled now"}}, on.plus_days(60));
    }
    void use(const AssetData& asset, std::int64_t id, int times, Date on) {
        json::object body{{"helpful", times < asset.helpful ? "yes" : "no"}, {"minutes_saved", times < asset.helpful ? asset.minutes : 0}};
        if (asset.complaint && !complaints_.empty()) {
            body["entity"] = "crm.complaint";
            body["record"] = complaints_[static_cast<std::size_t>(times) % complaints_.size()];
        }
        step(user_of(6 + times % 2), id, "use", body, std::min(on, today_));
    }
    void step(std::string_view user, std::int64_t id, const std::string& transition, const json::object& input, Date on) { books_.transition(user, "knowledge.asset", id, transition, input, on); }

    DemoBooks&                books_;
    const Ground&             ground_;
    Date                      today_;
    std::vector<std::int64_t> complaints_{}, topics_{};
};

}  // namespace knowing

void write_down(DemoBooks& books, const Ground& ground, Date today) {
    knowing::Writing writing(books, ground, today);
    books.in_bulk([&] { writing.all(); });
}

}  // namespace tessera::demo
