#include "payment_file/credit_transfer.h"

namespace payroll {

namespace credit_transfer {

using tessera::Money;

// The characters that texts have here need no escaping, but ' may stand in them.
class Xml {
public:
    Xml() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}
    template <class Inside>
    void element(std::string_view name, Inside inside, std::string_view attributes = {}) {
        indent();
        text_ += fmt::format("<{}{}>\n", name, attributes);
        ++depth_;
        inside();
        --depth_;
        indent();
        text_ += fmt::format("</{}>\n", name);
    }
    void leaf(std::string_view name, std::string_view value, std::string_view attributes = {}) {
        indent();
        text_ += fmt::format("<{}{}>{}</{}>\n", name, attributes, value, name);
    }
    std::string take() && { return std::move(text_); }

private:
    void indent() { text_.append(2 * depth_, ' '); }

    std::string text_;
    std::size_t depth_ = 0;
};

std::string two_decimals(Money amount) { return tessera::format_decimal(amount.minor(), amount.currency().decimals(), 2); }

std::string control_sum(const CreditTransfer& order) {
    Money sum;
    for (const auto& transfer : order.transfers) sum += transfer.amount;
    return two_decimals(sum);
}

void write_counts(Xml& xml, const CreditTransfer& order) {
    xml.leaf("NbOfTxs", std::to_string(order.transfers.size()));
    xml.leaf("CtrlSum", control_sum(order));
}

void write_account(Xml& xml, std::string_view name, std::string_view iban) {
    xml.element(name, [&] { xml.element("Id", [&] { xml.leaf("IBAN", iban); }); });
}

void write_bank(Xml& xml, std::string_view name, std::string_view bic) {
    xml.element(name, [&] {
        xml.element("FinInstnId", [&] {
            if (!bic.empty()) return xml.leaf("BICFI", bic);
            xml.element("Othr", [&] { xml.leaf("Id", "NOTPROVIDED"); });
        });
    });
}

void write_heading(Xml& xml, const CreditTransfer& order) {
    xml.element("GrpHdr", [&] {
        xml.leaf("MsgId", order.message);
        xml.leaf("CreDtTm", order.created_at.str().substr(0, 19) + "Z");
        write_counts(xml, order);
        xml.element("InitgPty", [&] { xml.leaf("Nm", order.debtor); });
    });
}

void write_transfer(Xml& xml, const Transfer& transfer) {
    xml.element("CdtTrfTxInf", [&] {
        xml.element("PmtId", [&] { xml.leaf("EndToEndId", transfer.end_to_end); });
        xml.element("Amt", [&] {
            xml.leaf("InstdAmt", two_decimals(transfer.amount), fmt::format(" Ccy=\"{}\"", transfer.amount.currency().code()));
        });
        if (!transfer.bic.empty()) write_bank(xml, "CdtrAgt", transfer.bic);
        xml.element("Cdtr", [&] { xml.leaf("Nm", transfer.name); });
        write_account(xml, "CdtrAcct", transfer.iban);
        xml.element("RmtInf", [&] { xml.leaf("Ustrd", transfer.remittance); });
    });
}

void write_payments(Xml& xml, const CreditTransfer& order) {
    const bool in_euro = !order.transfers.empty() && order.transfers.front().amount.currency().code() == "EUR";
    xml.element("PmtInf", [&] {
        xml.leaf("PmtInfId", order.message);
        xml.leaf("PmtMtd", "TRF");
        xml.leaf("BtchBookg", "true");
        write_counts(xml, order);
        xml.element("PmtTpInf", [&] {
            if (in_euro) xml.element("SvcLvl", [&] { xml.leaf("Cd", "SEPA"); });
            xml.element("CtgyPurp", [&] { xml.leaf("Cd", "SALA"); });
        });
        xml.element("ReqdExctnDt", [&] { xml.leaf("Dt", order.execute_on.str()); });
        xml.element("Dbtr", [&] { xml.leaf("Nm", order.debtor); });
        write_account(xml, "DbtrAcct", order.iban);
        write_bank(xml, "DbtrAgt", order.bic);
        if (in_euro) xml.leaf("ChrgBr", "SLEV");
        for (const auto& transfer : order.transfers) write_transfer(xml, transfer);
    });
}

}  // namespace credit_transfer

std::string xml_of(const CreditTransfer& order) {
    credit_transfer::Xml xml;
    xml.element(
        "Document",
        [&] {
            xml.element("CstmrCdtTrfInitn", [&] {
                credit_transfer::write_heading(xml, order);
                credit_transfer::write_payments(xml, order);
            });
        },
        " xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"");
    return std::move(xml).take();
}

}  // namespace payroll
