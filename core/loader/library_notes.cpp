#include <tessera/refused.h>

#include <cstring>
#include <fstream>

#include "loader/loader.h"

namespace tessera::loader {

namespace fs = std::filesystem;

namespace elf_note {

template <class T>
bool read_at(std::istream& in, std::uint64_t offset, T& value) {
    in.seekg(static_cast<std::streamoff>(offset));
    return static_cast<bool>(in.read(reinterpret_cast<char*>(&value), sizeof value));
}
struct Header { unsigned char ident[16]; std::uint16_t type, machine; std::uint32_t version; std::uint64_t entry, phoff, shoff; std::uint32_t flags; std::uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx; };
struct Section { std::uint32_t name, type; std::uint64_t flags, address, offset, size; std::uint32_t link, info; std::uint64_t align, entsize; };
struct Note { std::int32_t name_size, description_size, type; char name[8]; char abi[128]; };

}  // namespace elf_note

std::optional<std::string> abi_of(const fs::path& library) {
    std::ifstream    in(library, std::ios::binary);
    elf_note::Header header{};
    if (!elf_note::read_at(in, 0, header) || std::string_view(reinterpret_cast<char*>(header.ident), 4) != "\x7f"
                                                                                                             "ELF")
        throw Refused("kernel.not_a_library", "To load {}, put a shared library there: it is none.", library.filename().string());
    std::error_code none;
    const auto      file_size = fs::file_size(library, none);
    if (header.shentsize != sizeof(elf_note::Section) || header.shoff + std::uint64_t{header.shnum} * header.shentsize > file_size)
        throw Refused("kernel.damaged_library", "To load {}, build or copy it again: it is cut off.", library.filename().string());
    for (std::uint16_t i = 0; i < header.shnum; ++i) {
        elf_note::Section section{};
        elf_note::Note    note{};
        if (!elf_note::read_at(in, header.shoff + std::uint64_t{i} * sizeof section, section)) return std::nullopt;
        if (section.size < sizeof note || section.size > 4096 || section.type == 8) continue;      // 8: occupies no file
        if (!elf_note::read_at(in, section.offset, note)) continue;
        if (note.name_size == 8 && note.description_size == 128 && std::string_view(note.name, 7) == "Tessera")
            return std::string(note.abi, strnlen(note.abi, sizeof note.abi));
    }
    return std::nullopt;
}

}  // namespace tessera::loader
