#include "attachments/attachments.h"

#include <tessera/text.h>

#include "audit/digest.h"

#include <algorithm>

namespace tessera::attachments {

namespace attaching {

// What no browser, disk or mail program takes for something else than a name.
void require_name(const std::string& name) {
    const auto forbidden = [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '/' || c == '\\'; };
    if (name.empty() || name.size() > 200 || name == "." || name == ".." || std::ranges::any_of(name, forbidden))
        throw Refused("attachments.bad_name", "To attach a file, give it a name of 1 to 200 bytes without slashes and control characters; \"{}\" is none.", excerpt(name))
            .with_status(422)
            .with_field("name");
}

std::string media_type(std::string_view given) {
    const auto type    = lower_ascii(trim(given.substr(0, given.find(';'))));
    const auto allowed = [](unsigned char c) { return std::isalnum(c) || c == '/' || c == '.' || c == '+' || c == '-'; };
    const bool sound   = std::ranges::count(type, '/') == 1 && type.front() != '/' && type.back() != '/' && type.size() <= 120 && std::ranges::all_of(type, allowed);
    return sound ? type : "application/octet-stream";
}

void write_pieces(Transaction& tx, Id<Attachment> attachment, std::string_view bytes) {
    for (std::int64_t number = 0; !bytes.empty(); ++number) {
        const auto now = bytes.substr(0, piece_bytes);
        tx.execute("INSERT INTO attachments_piece (attachment, number, bytes) VALUES (:attachment, :number, :bytes)", attachment, number, sql::Bytes{now});
        bytes.remove_prefix(now.size());
    }
}

void remove_content(Transaction& tx, Id<Attachment> attachment) { tx.execute("DELETE FROM attachments_piece WHERE attachment = :attachment", attachment); }

void erase(Transaction& tx, std::int64_t id) {
    auto attachment = tx.load(Id<Attachment>{id});
    remove_content(tx, attachment.id);
    attachment.state = State::erased;
    tx.save(attachment);
}

// ---- the check

void check_content(const Snapshot& tx, const std::function<void(Finding)>& report) {
    struct Row { Id<Attachment> id{}; std::int64_t size = 0; std::string sha256{}; };
    for (const auto& row : tx.rows<Row>("SELECT id, size, sha256 FROM attachments_attachment WHERE state = 'kept' ORDER BY id")) {
        const auto found  = content(tx, row.id);
        const auto digest = audit::sha256_hex(found);
        if (static_cast<std::int64_t>(found.size()) != row.size || digest != row.sha256)
            report({fmt::format("attachment {}", row.id.value), fmt::format("{} bytes with the digest {}", row.size, row.sha256), fmt::format("{} bytes with the digest {}", found.size(), digest)});
    }
    for (const auto id : tx.rows<std::int64_t>(R"sql(SELECT DISTINCT attachment FROM attachments_piece
                                                     WHERE attachment NOT IN (SELECT id FROM attachments_attachment WHERE state = 'kept') ORDER BY attachment)sql"))
        report({fmt::format("attachment {}", id), "no content, because it is not kept", "content"});
}

}  // namespace attaching

void declare(Kernel& kernel) {
    kernel.entity<Attachment>("attachments.attachment", "Attachment")
        .help("A file that belongs to a record. It is seen and added on the page of the record.")
        .menu(Menu::setup)
        .read_needs("access.administer")
        .needs("access.administer")
        .made_by_commands()
        .belongs_to(&Attachment::entity, &Attachment::record)
        .field("entity", &Attachment::entity, required, longest(120))
        .field("record", &Attachment::record)
        .field("name", &Attachment::name, required, searchable, personal, longest(200))
        .field("media_type", &Attachment::media_type, longest(120))
        .field("size", &Attachment::size)
        .field("sha256", &Attachment::sha256, personal, longest(64))
        .field("added_at", &Attachment::added_at)
        .field("added_by", &Attachment::added_by)
        .field("state", &Attachment::state, read_only)
        .index({"entity", "record"})
        .when_erased(attaching::erase);
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS attachments_piece (
            attachment BIGINT NOT NULL,
            number     BIGINT NOT NULL,
            bytes      BLOB NOT NULL,
            PRIMARY KEY (attachment, number)))sql");
    kernel.check("attachments.content", "What is attached is what was attached", attaching::check_content);
}

Id<Attachment> attach(Transaction& tx, const Source& to, const File& file) {
    attaching::require_name(file.name);
    if (file.bytes.empty()) throw Refused("attachments.empty", "To attach {}, choose a file with something in it: it is empty.", file.name).with_status(422);
    const auto size = static_cast<std::int64_t>(file.bytes.size());
    if (size > bytes_max)
        throw Refused("attachments.too_large", "To attach {}, make it smaller: it has {} MiB, and {} are the most.", file.name, (size + (1 << 20) - 1) >> 20, bytes_max >> 20).with_status(413);
    Attachment fresh{.entity     = to.entity,
                     .record     = to.id,
                     .name       = file.name,
                     .media_type = attaching::media_type(file.media_type),
                     .size       = size,
                     .sha256     = audit::sha256_hex(file.bytes),
                     .added_at   = tx.now(),
                     .added_by   = tx.user().name};
    for (const auto& other : of(tx, to))
        if (other.sha256 == fresh.sha256) throw Refused("attachments.attached_already", "To attach {}, choose another file: this one is attached already, as {}.", file.name, other.name);
    tx.insert(fresh);
    attaching::write_pieces(tx, fresh.id, file.bytes);
    return fresh.id;
}

std::vector<Attachment> of(const Snapshot& tx, const Source& record) {
    return tx.select<Attachment>("entity = :entity AND record = :record AND state = 'kept' ORDER BY id", record.entity, record.id);
}

std::string content(const Snapshot& tx, Id<Attachment> attachment) {
    std::string whole;
    for (const auto& one : tx.rows<std::string>("SELECT bytes FROM attachments_piece WHERE attachment = :attachment ORDER BY number", attachment)) whole += one;
    return whole;
}

Attachment kept(const Snapshot& tx, const Source& record, std::int64_t attachment) {
    auto found = tx.find(Id<Attachment>{attachment});
    if (!found || found->entity != record.entity || found->record != record.id || found->state != State::kept)
        throw Refused("kernel.not_found", "To use attachment {}, choose one that this record has.", attachment).with_status(404);
    return *std::move(found);
}

std::string piece(const Snapshot& tx, Id<Attachment> attachment, std::int64_t number) {
    return tx.value<std::string>("SELECT bytes FROM attachments_piece WHERE attachment = :attachment AND number = :number", attachment, number).value_or("");
}

void remove(Transaction& tx, Attachment attachment) {
    attaching::remove_content(tx, attachment.id);
    attachment.state = State::removed;
    tx.save(attachment);
}

void write_json(JsonWriter& json, const Attachment& a) {
    json.begin_object();
    json.member("id", a.id.value);
    json.member("name", a.name);
    json.member("media_type", a.media_type);
    json.member("size", a.size);
    json.member("sha256", a.sha256);
    json.member("added_at", a.added_at.str());
    json.member("added_by", a.added_by);
    json.end_object();
}

std::string list_json(const Snapshot& tx, const Source& record) {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("rows").begin_array();
    for (const auto& one : of(tx, record)) write_json(json, one);
    json.end_array();
    json.end_object();
    return out;
}

}  // namespace tessera::attachments
