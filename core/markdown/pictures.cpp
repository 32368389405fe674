#include "markdown/pictures.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace tessera::markdown {

namespace pictures {

constexpr std::array<std::string_view, 4> kinds{"image/png", "image/jpeg", "image/gif", "image/webp"};
constexpr std::int64_t                    pixels_max = 40'000'000;

struct Size {
    int width = 0, height = 0;
};

int number(std::string_view bytes, std::size_t at, int length) {
    int value = 0;
    for (int i = 0; i < length; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

std::optional<Size> within_limits(int width, int height) {
    if (width <= 0 || height <= 0 || std::int64_t{width} * height > pixels_max) return {};
    return Size{width, height};
}

std::optional<Size> size_of_png(std::string_view bytes) {
    if (bytes.size() < 24 || bytes.substr(1, 3) != "PNG") return {};
    return within_limits(number(bytes, 16, 4), number(bytes, 20, 4));
}

// The frame header, behind whatever segments come before it (ISO/IEC 10918-1, annex B).
std::optional<Size> size_of_jpeg(std::string_view bytes) {
    if (!bytes.starts_with("\xff\xd8")) return {};
    for (std::size_t at = 2; at + 9 <= bytes.size() && bytes[at] == '\xff';) {
        const int  marker  = number(bytes, at + 1, 1);
        const bool is_size = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (is_size) return within_limits(number(bytes, at + 7, 2), number(bytes, at + 5, 2));
        at += 2 + static_cast<std::size_t>(number(bytes, at + 2, 2));
    }
    return {};
}

struct Reader {
    std::string_view left;
    static cairo_status_t read(void* closure, unsigned char* data, unsigned int length) {
        auto& reader = *static_cast<Reader*>(closure);
        if (reader.left.size() < length) return CAIRO_STATUS_READ_ERROR;
        std::memcpy(data, reader.left.data(), length);
        reader.left.remove_prefix(length);
        return CAIRO_STATUS_SUCCESS;
    }
};

Surface sound(cairo_surface_t* surface) {
    Surface owned(surface);
    return cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? std::move(owned) : Surface{};
}

// What reads the PDF decodes it; where it is damaged, an empty field stands there.
Surface surface_of_jpeg(const std::string& bytes, Size size) {
    auto surface = sound(cairo_image_surface_create(CAIRO_FORMAT_RGB24, size.width, size.height));
    if (!surface) return {};
    std::memset(cairo_image_surface_get_data(surface.get()), 0xff, static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get())) * static_cast<std::size_t>(size.height));
    cairo_surface_mark_dirty(surface.get());
    auto*      kept   = new std::string(bytes);
    const auto status = cairo_surface_set_mime_data(surface.get(), CAIRO_MIME_TYPE_JPEG, reinterpret_cast<const unsigned char*>(kept->data()), kept->size(),
                                                    [](void* text) { delete static_cast<std::string*>(text); }, kept);
    if (status == CAIRO_STATUS_SUCCESS) return surface;
    delete kept;
    return {};
}

}  // namespace pictures

std::optional<DocumentPicture> picture_at(const Document& document, std::string_view address) {
    if (!document.picture) return {};
    auto picture = document.picture(address);
    if (!picture || picture->bytes.size() > picture_bytes_max || std::ranges::find(pictures::kinds, picture->media_type) == pictures::kinds.end()) return {};
    return picture;
}

Surface surface_of(const DocumentPicture& picture) {
    if (picture.media_type == "image/png" && pictures::size_of_png(picture.bytes)) {
        pictures::Reader reader{picture.bytes};
        return pictures::sound(cairo_image_surface_create_from_png_stream(pictures::Reader::read, &reader));
    }
    if (const auto size = picture.media_type == "image/jpeg" ? pictures::size_of_jpeg(picture.bytes) : std::nullopt) return pictures::surface_of_jpeg(picture.bytes, *size);
    return {};
}

std::string data_address_of(const DocumentPicture& picture) {
    std::string text(sodium_base64_encoded_len(picture.bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(picture.bytes.data()), picture.bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();    // its end
    return "data:" + picture.media_type + ";base64," + text;
}

}  // namespace tessera::markdown
