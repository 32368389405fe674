#include "served_books.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>

namespace faults {

namespace json = boost::json;

namespace {

std::vector<std::string> serving(std::vector<std::string> in_front, const std::vector<std::string>& options) {
    for (const auto& word :
         {whole::tessera(), std::string("serve"), std::string("--listen"), std::string("127.0.0.1:0")})
        in_front.push_back(word);
    in_front.insert(in_front.end(), options.begin(), options.end());
    return in_front;
}

std::vector<std::string> with_books(const Books& books, std::vector<std::string> environment) {
    const auto names_books = [](const std::string& one) { return one.starts_with("TESSERA_DATABASE="); };
    if (std::ranges::none_of(environment, names_books)) environment.push_back("TESSERA_DATABASE=" + books.location());
    return environment;
}

std::string text(const json::value& value) { return std::string(value.as_string()); }

}  // namespace

Books::Books(std::string location) : location_(std::move(location)) {
    if (location_.empty()) location_ = database_.emplace(folder_.path(), "books").location();
    REQUIRE(tessera({"init", "--name", "Acme Bicycles"}).code == 0);
    const auto made = tessera({"token", "create", "administrator", "--permission", "*"});
    REQUIRE_MESSAGE(made.code == 0, made.errors);
    token_ = made.output.substr(0, made.output.find('\n'));
    act_with(token_);
    REQUIRE(tessera({"financials", "fiscal_year", "create", "--set", "starts_on=2020-01-01"}).code == 0);
    const auto fill = [&](const char* entity, const std::string& csv) {
        const auto file = folder_ / "list.csv";
        std::FILE* out  = std::fopen(file.c_str(), "w");
        std::fwrite(csv.data(), 1, csv.size(), out);
        std::fclose(out);
        REQUIRE(tessera({"import", entity, file.string()}).code == 0);
        std::filesystem::remove(file);
    };
    fill("directory.party",
         "number,name,supplier\nS1,Supplier 1,yes\nS2,Supplier 2,yes\nS3,Supplier 3,yes\nS4,Supplier 4,yes\n");
    fill("catalog.product",
         "number,name,unit,costing,standard_cost\nP1,Product 1,EA,moving_average,0\nP2,Product 2,EA,moving_average,0\n"
         "P3,Product 3,EA,standard,4\nP4,Product 4,EA,standard,5\n");
}

whole::Ended Books::tessera(std::vector<std::string> words, std::vector<std::string> environment) const {
    words.insert(words.begin(), whole::tessera());
    return whole::run(std::move(words), {.directory = folder(), .environment = with_books(*this, std::move(environment))});
}

std::string Books::verified() const {
    const auto ended = tessera({"verify", "--format", "json"});
    if (ended.code > 1) return ended.errors;
    std::string names;
    const auto  answer = json::parse(ended.output);
    for (const auto& check : answer.as_object().at("checks").as_array())
        if (!check.as_object().at("ok").as_bool())
            names += (names.empty() ? "" : " ") + text(check.as_object().at("check"));
    return names.empty() ? "sound" : names;
}

void Books::copy_to(const std::filesystem::path& folder) const {
    for (const auto& entry : std::filesystem::directory_iterator(this->folder()))
        if (entry.path().filename().string().starts_with("books.tessera") && entry.path().extension() != ".lock")
            std::filesystem::copy_file(entry.path(), folder / entry.path().filename(),
                                       std::filesystem::copy_options::overwrite_existing);
}

Server::Server(const Books& books, std::vector<std::string> in_front, std::vector<std::string> environment, std::vector<std::string> options)
    : program_(serving(std::move(in_front), options), {.directory = books.folder(), .environment = with_books(books, std::move(environment))}) {
    const auto line = program_.first_line();
    REQUIRE_MESSAGE(line.find(" on http://127.0.0.1:") != std::string::npos, line, program_.errors());
    url_ = line.substr(line.find("http://"));
    std::from_chars(url_.data() + url_.rfind(':') + 1, url_.data() + url_.size(), port_);
    act_with(books.token());
}

json::value part(const std::string& text, std::initializer_list<std::string_view> path) {
    json::value value = json::parse(text);
    for (const auto step : path) {
        json::value next =
            value.is_array() ? value.as_array().at(std::stoul(std::string(step))) : value.as_object().at(step);
        value = std::move(next);
    }
    return value;
}

std::int64_t id_of(const std::string& text) { return part(text, {"id"}).as_int64(); }

void make_one_of_everything(const Server& server) {
    const auto make = [&](const char* target, const std::string& body) {
        const auto answer = server.post(target, body);
        REQUIRE_MESSAGE(answer.good(), target, " ", body, " ", answer.body);
    };
    const std::string lines =
        R"("lines":[{"order_line":1,"quantity":"10","rejected":"2"},{"order_line":2,"quantity":"5"}])";
    make(
        "purchasing/orders?transition=approve",
        R"({"supplier":1,"date":"2020-01-02","lines":[{"product":1,"quantity":"10","price":"10.00"},{"product":3,"quantity":"5","price":"4.10"}]})");
    make("purchasing/goods_receipts?transition=post", R"({"date":"2020-01-03",)" + lines + "}");
    make("purchasing/vendor_invoices?transition=post",
         R"({"supplier_number":"A-1","date":"2020-01-04","lines":[{"order_line":1,"quantity":"10","price":"10.00"}]})");
    make("purchasing/vendor_invoices/1/attachments?name=bill.txt", "The bill as it came");
    make("purchasing/vendor_invoices?transition=post",
         R"({"supplier_number":"A-2","date":"2020-01-05","lines":[{"order_line":1,"quantity":"1","price":"10.00"}]})");
    make("purchasing/supplier_returns?transition=post",
         R"({"date":"2020-01-06","lines":[{"receipt_line":1,"quantity":"1"}]})");
    make("financials/payments?transition=post",
         R"({"party":1,"date":"2020-01-20","lines":[{"item":1,"amount":"40.00"}]})");
    make(
        "financials/manual_entries?transition=post",
        R"({"date":"2020-01-31","memo":"Rent","lines":[{"account":"6050","debit":"7.00"},{"account":"1010","credit":"7.00"}]})");
    make("financials/manual_entries/1/reverse", R"({"date":"2020-01-31","reason":"Wrong"})");
    make("inventory/stock_movements?transition=post",
         R"({"kind":"issue","date":"2020-01-31","lines":[{"product":1,"location":"STOCK","quantity":"3"}]})");
    make(
        "inventory/stock_movements?transition=post",
        R"({"kind":"receipt","date":"2020-01-31","lines":[{"product":2,"location":"STOCK","quantity":"3","unit_cost":"7"}]})");
    make("inventory/stock_movements?transition=post",
         R"({"kind":"issue","date":"2020-01-31","lines":[{"product":2,"location":"STOCK","quantity":"3"}]})");
    make("directory/parties", R"({"number":"SHOP","name":"Corner Shop","customer":true})");
    make("crm/quality_criteria", R"({"party":"Corner Shop","measure":"days_late","target":"0"})");
    make("sales/orders?transition=confirm",
         R"({"customer":"Corner Shop","date":"2020-01-30","lines":[{"product":1,"quantity":"2","price":"20","price_reason":"agreed"}]})");
    make("sales/orders/1/ship_all", R"({"date":"2020-01-31"})");
    make("sales/invoices?transition=post", R"({"date":"2020-01-31","lines":[{"order_line":1,"quantity":"1"}]})");
    make(
        "sales/invoices?transition=post",
        R"({"customer":"Corner Shop","date":"2020-01-31","lines":[{"description":"Care","price":"12","earned_from":"2020-02-01","earned_to":"2020-12-31"}]})");
    make("crm/complaints", R"({"party":"Corner Shop","what_happened":"The bell is silent"})");
    make("crm/opportunities", R"({"title":"Bells for all","party":"Corner Shop","amount":"100"})");
    make("crm/consents", R"({"party":"Corner Shop","channel":"email","answer":"given","source":"Fair"})");
    make(
        "crm/segments",
        R"({"name":"All","conditions":[{"fact":"supplier","value":"yes"},{"alternative":2,"fact":"customer","value":"yes"}]})");
    make("crm/segments/1/refresh", "{}");
    make("crm/campaigns?transition=start", R"({"name":"Spring","segment":"All","subject":"News","text":"Dear {{contact.name}}"})");
    make("directory/letter_templates",
         R"({"name":"Reminder","purpose":"financials.dunning","subject":"Reminder","text":"{{items}}"})");
    make("financials/dunning_levels", R"({"level":4,"days_overdue":90,"title":"Reminder","letter":"Reminder"})");
    make("financials/dunning_runs?transition=propose", R"({"date":"2020-04-01"})");
    make("financials/dunning_runs/1/post", "{}");
    make("financials/disputes", R"({"item":"SI-2020-00001","reason":"One bell too many"})");
    make("financials/payment_promises", R"({"item":"SI-2020-00002","promised_on":"2099-12-31"})");
    make("directory/contacts", R"({"party":"Corner Shop","name":"Ann Bell"})");
    make("crm/buying_members", R"({"opportunity":"Bells for all","contact":"Ann Bell","role":"decider","influence":5,"stance":1})");
    make("crm/criteria", R"({"opportunity":"Bells for all","name":"Loudness"})");
    make("crm/criterion_weights", R"({"member":1,"criterion":"Loudness","weight":8,"position":1})");
    make("crm/arguments", R"({"member":1,"criterion":"Loudness","text":"Heard two streets away","evidence":"Measured"})");
    make("knowledge/topics", R"({"name":"Hammers","subjects":[{"entity":"crm.complaint","record":1}]})");
    make("knowledge/assets", R"({"title":"Silent bells","body":"Oil the *hammer*.","topics":[{"topic":"Hammers"}],"links":[{"entity":"crm.complaint","record":1,"relation":"evidence"},{"entity":"catalog.product","record":1}]})");
    make("knowledge/quiz_questions", R"({"asset":"Silent bells","question":"What is oiled?","answers":"The hammer\nThe bell","right_answer":"A"})");
    make("knowledge/assets/1/answer_quiz", R"({"answers":"A"})");
    make("knowledge/assets/1/use", R"({"entity":"crm.complaint","record":1,"helpful":"yes","minutes_saved":10})");
    make("crm/contact_policies", R"({"name":"Not too often","most":3,"in_days":30})");
    make("crm/escalation_levels", R"({"level":1,"days_late":2})");
    make("directory/employees", R"({"number":"BO","name":"Bo Ringer","leaves_on":"2999-12-31"})");
    make("knowledge/topics", R"({"name":"Bells","lead":"Bo Ringer","subjects":[{"entity":"catalog.product","record":1}]})");
    make("knowledge/guides", R"({"name":"A silent bell","topic":"Bells"})");
    make(
        "knowledge/guide_versions?transition=publish",
        R"({"guide":"A silent bell","steps":[{"code":"wet","text":"Is it wet?"},{"code":"dry","kind":"remedy","text":"Dry it"}],"answers":[{"step":"wet","text":"Yes","next_step":"dry"}]})");
    make("knowledge/walks", R"({"guide":"A silent bell","entity":"crm.complaint","record":1})");
    make("knowledge/walks/1/answer", R"({"answer":"Yes"})");
    make("knowledge/reviews", R"({"entity":"crm.complaint","record":1,"planned":"It rings","actions":[{"text":"Oil the bells"}]})");
    make("knowledge/reviews/1/capture_lesson", R"({"title":"Oil them"})");
    make("knowledge/preparations", R"({"entity":"crm.opportunity","record":1,"lesson":"Oil them"})");
    make("knowledge/absences", R"({"employee":"Bo Ringer","starts_on":"2020-02-01"})");
    make("knowledge/communities", R"({"name":"Ringers","topic":"Bells","members":[{"employee":"Bo Ringer"}]})");
    make("knowledge/questions", R"({"text":"Which oil for bells?","topic":"Bells"})");
    make("knowledge/transfer_plans", R"({"employee":"Bo Ringer"})");
    make("knowledge/paths", R"({"name":"To ring","steps":[{"asset":"Oil them"}]})");
    make("knowledge/assets?transition=submit", R"({"title":"Loud bells","body":"Ring them often.","owner":"Bo Ringer","links":[{"entity":"catalog.product","record":1}]})");
    make("knowledge/assets/3/verify", "{}");
    make("knowledge/assets/3/publish", R"({"audience":"public"})");
    const auto january = ask(server.port(), {.target = "/api/financials/periods?name=2020-01"});
    make(("financials/periods/" + std::to_string(part(january.body, {"rows", "0", "id"}).as_int64()) + "/lock").c_str(),
         "{}");
}

}  // namespace faults
