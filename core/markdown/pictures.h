#pragma once
// The pictures of a document: what is known of one by its address, and how it is drawn.
//
//     if (const auto picture = picture_at(document, "/api/knowledge/assets/17/attachments/3"))
//         if (const auto surface = surface_of(*picture)) …     // PNG is decoded; a JPEG goes into the PDF as it is
//
// What is too large, damaged or of another kind is none: its description stands in its place.

#include <tessera/document.h>

#include <cairo.h>

#include <memory>

namespace tessera::markdown {

struct DestroySurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

std::optional<DocumentPicture> picture_at(const Document& document, std::string_view address);
Surface                        surface_of(const DocumentPicture& picture);
std::string                    data_address_of(const DocumentPicture& picture);   // "data:image/png;base64,…"

}  // namespace tessera::markdown
