// ISO 20022 camt.053 and camt.054, by the names of their elements: versions 2, 3, 4 and 8 differ in where a party's name
// and an entry's status stand.

#include "bank/statement_text.h"

#include <pugixml.hpp>

#include <algorithm>

namespace financials::bank {
namespace camt {

using Node = pugi::xml_node;

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {
        const auto result = document_.load_buffer(bytes.data(), bytes.size());
        if (!result)
            refuse(line_at(bytes, static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0))), "{}", result.description());
    }

    std::vector<Statement> statements() const {
        std::vector<Statement> found;
        for (const auto& message : children(document_.document_element())) {
            for (const auto& node : named(message, "Stmt")) found.push_back(statement(node, false));
            for (const auto& node : named(message, "Ntfctn")) found.push_back(statement(node, true));
        }
        return found;
    }

private:
    // Names may bear a prefix ("n:Stmt").
    static std::string_view name_of(const Node& node) {
        const std::string_view name = node.name();
        return name.substr(name.find(':') == name.npos ? 0 : name.find(':') + 1);
    }
    static std::vector<Node> children(const Node& node) {
        std::vector<Node> all;
        for (const auto& child : node.children())
            if (child.type() == pugi::node_element) all.push_back(child);
        return all;
    }
    static std::vector<Node> named(const Node& node, std::string_view name) {
        auto all = children(node);
        std::erase_if(all, [&](const Node& child) { return name_of(child) != name; });
        return all;
    }
    static Node child(const Node& node, std::string_view name) {
        const auto all = named(node, name);
        return all.empty() ? Node{} : all.front();
    }
    static Node at(Node node, std::initializer_list<std::string_view> path) {
        for (const auto name : path) node = child(node, name);
        return node;
    }
    static std::string text(const Node& node) { return clean(node.text().get()); }
    static std::string text(const Node& node, std::initializer_list<std::string_view> path) { return text(at(node, path)); }
    std::int64_t       line(const Node& node) const {
              const auto offset = node.offset_debug();
              return line_at(bytes_, offset < 0 ? 0 : static_cast<std::size_t>(offset));
    }

    Date day(const Node& node) const {
        const auto date = child(node, "Dt") ? child(node, "Dt") : child(node, "DtTm");
        return date ? day_of(date.text().get(), line(date)) : Date{};
    }
    Amount amount(const Node& holder, const Node& node) const {
        const auto sum  = plain_amount_of(node.text().get(), line(node));
        const auto mark = text(holder, {"CdtDbtInd"});
        if (mark == "CRDT") return sum;
        if (mark == "DBIT") return -sum;
        refuse(line(holder), "it does not say whether the amount is a credit or a debit");
    }

    static std::string account_id(const Node& account) {
        const auto iban = text(account, {"Id", "IBAN"});
        return iban.empty() ? text(account, {"Id", "Othr", "Id"}) : iban;
    }
    static std::string party_name(const Node& party) {
        const auto name = text(party, {"Nm"});
        return name.empty() ? text(party, {"Pty", "Nm"}) : name;
    }

    Statement statement(const Node& node, bool notice) const {
        Statement result{.account  = account_id(child(node, "Acct")),
                         .currency = text(node, {"Acct", "Ccy"}),
                         .number   = text(node, {"Id"}),
                         .notice   = notice};
        if (const auto span = child(node, "FrToDt")) {
            result.from = day_of(at(span, {"FrDtTm"}).text().get(), line(span));
            result.to   = day_of(at(span, {"ToDtTm"}).text().get(), line(span));
        }
        balances(node, result);
        for (const auto& entry : named(node, "Ntry")) take_entry(entry, result);
        return result;
    }

    // The last closing balance counts: interim ones come before it.
    void balances(const Node& node, Statement& result) const {
        for (const auto& balance : named(node, "Bal")) {
            const auto code = text(balance, {"Tp", "CdOrPrtry", "Cd"});
            const auto sum  = child(balance, "Amt");
            if (code == "OPBD" || (code == "PRCD" && !result.opening)) {
                result.opening = amount(balance, sum);
                if (result.currency.empty()) result.currency = sum.attribute("Ccy").value();
            }
            if (code == "CLBD") result.closing = amount(balance, sum);
        }
    }

    static bool booked(const Node& entry) {
        const auto plain = text(entry, {"Sts"}), code = text(entry, {"Sts", "Cd"});
        const auto status = code.empty() ? plain : code;
        return status.empty() || status == "BOOK";
    }

    void take_entry(const Node& node, Statement& result) const {
        if (!booked(node)) return;
        const auto sum = child(node, "Amt");
        Entry      entry{.line       = line(node),
                         .date       = day(child(node, "BookgDt")),
                         .value_date = day(child(node, "ValDt")),
                         .amount     = amount(node, sum),
                         .bank_id    = text(node, {"AcctSvcrRef"})};
        if (entry.date.empty()) entry.date = entry.value_date;
        if (entry.date.empty() && !result.notice) refuse(entry.line, "an entry without a day");
        if (result.currency.empty()) result.currency = sum.attribute("Ccy").value();
        std::vector<Node> details;
        for (const auto& group : named(node, "NtryDtls"))
            for (const auto& one : named(group, "TxDtls")) details.push_back(one);
        for (auto& part : parts_of(node, entry, details)) result.entries.push_back(std::move(part));
    }

    // A batch becomes its transactions when all of them say how much they are and together are the entry.
    std::vector<Entry> parts_of(const Node& node, const Entry& entry, const std::vector<Node>& details) const {
        std::vector<Entry> parts;
        Amount             sum;
        for (const auto& one : details) {
            const auto money = child(one, "Amt") ? child(one, "Amt") : at(one, {"AmtDtls", "TxAmt", "Amt"});
            if (!money || details.size() == 1) break;
            auto part   = entry;
            part.amount = plain_amount_of(money.text().get(), line(money));
            if (text(one, {"CdtDbtInd"}).empty() ? entry.amount.is_negative() : text(one, {"CdtDbtInd"}) == "DBIT")
                part.amount = -part.amount;
            sum += part.amount;
            if (!part.bank_id.empty()) part.bank_id += fmt::format("/{}", parts.size() + 1);
            tell(one, part);
            parts.push_back(std::move(part));
        }
        if (!parts.empty() && parts.size() == details.size() && sum == entry.amount) return parts;
        auto whole = entry;
        for (const auto& one : details) tell(one, whole);
        append(whole.text, text(node, {"AddtlNtryInf"}));
        return {whole};
    }

    // Who and why, into what is not told yet.
    static void tell(const Node& details, Entry& entry) {
        const auto parties = child(details, "RltdPties");
        const bool came_in = !entry.amount.is_negative();
        if (entry.counterparty.empty()) entry.counterparty = party_name(child(parties, came_in ? "Dbtr" : "Cdtr"));
        if (entry.account.empty()) entry.account = account_id(child(parties, came_in ? "DbtrAcct" : "CdtrAcct"));
        const auto own = text(details, {"Refs", "AcctSvcrRef"});
        if (entry.bank_id.empty() || (!own.empty() && entry.bank_id.find('/') != std::string::npos))
            entry.bank_id = own.empty() ? entry.bank_id : own;
        const auto remittance = child(details, "RmtInf");
        for (const auto& structured : named(remittance, "Strd")) append(entry.reference, text(structured, {"CdtrRefInf", "Ref"}));
        const auto end_to_end = text(details, {"Refs", "EndToEndId"});
        if (end_to_end != "NOTPROVIDED") append(entry.reference, end_to_end);
        for (const auto& line : named(remittance, "Ustrd")) append(entry.text, text(line));
        append(entry.text, text(details, {"AddtlTxInf"}));
    }

    std::string_view   bytes_;
    pugi::xml_document document_;
};

}  // namespace camt

std::vector<Statement> read_camt(std::string_view bytes) { return camt::Reader(bytes).statements(); }

}  // namespace financials::bank
