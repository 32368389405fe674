#include "loader/library_notes.h"

#include <tessera/refused.h>
#include <tessera/text.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <set>

namespace tessera::loader {

namespace fs = std::filesystem;

namespace elf_note {

constexpr std::uint64_t section_max = 4 << 20;
enum Kind { abi = 1, manifest = 2, contract = 3 };

struct Header { unsigned char ident[16]; std::uint16_t type, machine; std::uint32_t version; std::uint64_t entry, phoff, shoff; std::uint32_t flags; std::uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx; };
struct Section { std::uint32_t name, type; std::uint64_t flags, address, offset, size; std::uint32_t link, info; std::uint64_t align, entsize; };
struct Note { std::uint32_t name_size, description_size, type; };

template <class T>
bool read_at(std::istream& in, std::uint64_t offset, T& value) {
    in.seekg(static_cast<std::streamoff>(offset));
    return static_cast<bool>(in.read(reinterpret_cast<char*>(&value), sizeof value));
}

std::string text_at(std::istream& in, std::uint64_t offset, std::uint64_t size) {
    std::string text(size, '\0');
    in.seekg(static_cast<std::streamoff>(offset));
    if (!in.read(text.data(), static_cast<std::streamsize>(size))) text.clear();
    in.clear();
    return text;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// "warranty\n1.0.0\nWarranty claims\ndirectory\nfinancials 0.1\n"
std::optional<Manifest> manifest_in(std::string_view text) {
    const auto lines = lines_of(text.substr(0, text.find('\0')));
    if (lines.size() < 3) return {};
    return Manifest{lines[0], lines[1], lines[2], {lines.begin() + 3, lines.end()}};
}

// "contract financials\n== financials/ledger.h\n…"
void take_contract(std::string_view text, LibraryNotes& notes) {
    Contract     contract;
    std::string* header = nullptr;
    std::string  name;
    for (auto& line : lines_of(text)) {
        if (line.starts_with("contract ")) name = line.substr(9);
        else if (line.starts_with("== ")) header = &contract[line.substr(3)];
        else if (header && !trim(line).empty()) *header += std::string(trim(line)) + "\n";
    }
    if (!name.empty()) notes.contracts[name] = std::move(contract);
}

void take(std::uint32_t kind, std::string_view description, LibraryNotes& notes) {
    if (kind == Kind::abi) notes.abi = description.substr(0, description.find('\0'));
    if (kind == Kind::manifest) notes.manifest = manifest_in(description);
    if (kind == Kind::contract) take_contract(description, notes);
}

std::size_t padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

void take_all(std::string_view section, LibraryNotes& notes) {
    constexpr std::string_view ours("Tessera\0", 8);
    while (section.size() >= sizeof(Note)) {
        Note note{};
        std::memcpy(&note, section.data(), sizeof note);
        section.remove_prefix(sizeof note);
        const auto name_size = padded(note.name_size), size = padded(note.description_size);
        if (name_size > section.size() || note.description_size > section.size() - name_size) return;
        if (section.substr(0, note.name_size) == ours) take(note.type, section.substr(name_size, note.description_size), notes);
        section.remove_prefix(std::min(name_size + size, section.size()));
    }
}

}  // namespace elf_note

LibraryNotes notes_of(const fs::path& library) {
    using namespace elf_note;
    std::ifstream in(library, std::ios::binary);
    Header        header{};
    if (!read_at(in, 0, header) || std::string_view(reinterpret_cast<char*>(header.ident), 4) != "\x7f"
                                                                                                 "ELF")
        throw Refused("kernel.not_a_library", "To load {}, put a shared library there: it is none.", library.filename().string());
    std::error_code none;
    const auto      file_size = fs::file_size(library, none);
    if (header.shentsize != sizeof(Section) || header.shoff > file_size || std::uint64_t{header.shnum} * header.shentsize > file_size - header.shoff)
        throw Refused("kernel.damaged_library", "To load {}, build or copy it again: it is cut off.", library.filename().string());
    LibraryNotes notes;
    for (std::uint16_t i = 0; i < header.shnum; ++i) {
        Section section{};
        if (!read_at(in, header.shoff + std::uint64_t{i} * sizeof section, section)) break;
        constexpr std::uint32_t note_section = 7, plain_section = 1;      // a section attribute makes the latter
        if (section.type != note_section && section.type != plain_section) continue;
        if (section.size < sizeof(Note) || section.size > section_max || section.offset > file_size || section.size > file_size - section.offset) continue;
        std::string start = text_at(in, section.offset, std::min<std::uint64_t>(section.size, sizeof(Note) + 8));
        if (start.find("Tessera") != sizeof(Note)) continue;
        take_all(text_at(in, section.offset, section.size), notes);
    }
    return notes;
}

bool brings_sqlite(const fs::path& library) {
    std::ifstream in(library, std::ios::binary | std::ios::ate);
    std::string   bytes(static_cast<std::size_t>(std::max<std::streamoff>(in.tellg(), 0)), '\0');
    in.seekg(0);
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    // What begins every database file, and the name under which the system's own library is asked for.
    return bytes.find(std::string_view("SQLite format 3\0", 16)) != bytes.npos || bytes.find(std::string_view("libsqlite3.so", 13)) != bytes.npos;
}

std::vector<std::string> changed_headers(const Contract& built, const Contract& running) {
    std::vector<std::string> changed;
    for (const auto& [header, text] : built) {
        const auto it = running.find(header);
        if (it == running.end() || it->second != text) changed.push_back(header);
    }
    return changed;
}

std::string what_changed(const Contract& built, const Contract& running) {
    std::string text;
    for (const auto& header : changed_headers(built, running)) {
        const auto it     = running.find(header);
        const auto before = elf_note::lines_of(built.at(header)), now = it == running.end() ? std::vector<std::string>{} : elf_note::lines_of(it->second);
        const std::multiset<std::string> lines_before(before.begin(), before.end()), lines_now(now.begin(), now.end());
        text += header + (it == running.end() ? ": gone\n" : "\n");
        if (it == running.end()) continue;
        const auto add = [&](const auto& these, auto others, const char* sign) {
            for (const auto& line : these) {
                const auto same = others.find(line);
                if (same == others.end()) text += fmt::format("  {} {}\n", sign, line);
                else others.erase(same);
            }
        };
        add(before, lines_now, "-");
        add(now, lines_before, "+");
    }
    return text;
}

}  // namespace tessera::loader
