#pragma once
// Which versions of SQLite may keep a company's books. From 3.7.0 on, two connections that write or checkpoint at the
// same moment could restart the write-ahead log under each other and damage the database; 3.51.3 mended that, and so did
// the maintenance releases 3.44.6 and 3.50.7. A program that finds itself on an affected version refuses to start.

namespace tessera::database::sqlite {

constexpr int oldest_sound_version = 3'051'003;

// `version` as sqlite3_libversion_number() gives it: 3051003 is 3.51.3.
constexpr bool is_sound_version(int version) {
    const bool maintained_44 = version >= 3'044'006 && version < 3'045'000;
    const bool maintained_50 = version >= 3'050'007 && version < 3'051'000;
    return version >= oldest_sound_version || maintained_44 || maintained_50;
}

}  // namespace tessera::database::sqlite
