#include "text/journal.h"

#include <algorithm>

namespace journal_export {

std::string tag_of(const std::vector<Tag>& tags, std::string_view name) {
    const auto tag = std::ranges::find(tags, name, &Tag::name);
    return tag == tags.end() ? std::string{} : tag->value;
}

}  // namespace journal_export
