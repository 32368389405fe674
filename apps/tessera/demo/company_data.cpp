#include "demo/company_data.h"

namespace tessera::demo {

namespace company_data {

// clang-format off
// number, name, currency, street, city, region, postal code, country, contact, role, days, rating, preferred, discount, {late, short, rejected, overpriced, freight}
constexpr SupplierData suppliers[] = {
    {"ALLEGHENY", "Allegheny Brass & Copper",    "USD", "1400 Mill Street",        "Pittsburgh",   "Pennsylvania",   "15222", "US", "Ruth Kowalski",   "Sales manager",      30, 1, true,  0, {12, 8, 3, 4, 40}},
    {"BOEHMER",   "Böhmer Glaswerk GmbH",        "EUR", "Hüttenweg 9",             "Zwiesel",      "Bayern",         "94227", "DE", "Anselm Böhmer",   "Export",             45, 2, true,  0, {30, 6, 14, 2, 70}},
    {"WHEELING",  "Wheeling Hollow Ware",        "USD", "77 Furnace Road",         "Wheeling",     "West Virginia",  "26003", "US", "Dale Pruitt",     "Owner",              30, 3, false, 0, {25, 14, 16, 6, 30}},
    {"KEYSTONE",  "Keystone Fasteners",          "USD", "2250 Industrial Drive",   "Lancaster",    "Pennsylvania",   "17601", "US", "Joan Becker",     "Inside sales",       30, 1, true,  2, {4, 5, 1, 3, 0}},
    {"DELMAR",    "Delmar Cotton Mills",         "USD", "18 Weaver Lane",          "Greenville",   "South Carolina", "29601", "US", "Thomas Avery",    "Sales",              30, 2, true,  0, {15, 6, 4, 3, 20}},
    {"LUMINA",    "Lumina Electronics Inc.",     "USD", "500 Photon Parkway",      "Rochester",    "New York",       "14604", "US", "Mei Tanaka",      "Account manager",    60, 2, true,  0, {22, 12, 6, 7, 25}},
    {"GREATLAKE", "Great Lakes Battery",         "USD", "9 Harbor Terminal",       "Erie",         "Pennsylvania",   "16507", "US", "Carl Lindqvist",  "Sales manager",      30, 2, false, 0, {18, 8, 5, 5, 35}},
    {"TRICOUNTY", "Tri-County Coatings",         "USD", "340 Resin Court",         "Altoona",      "Pennsylvania",   "16601", "US", "Bonnie Hale",     "Customer service",   30, 2, true,  0, {8, 4, 3, 4, 50}},
    {"CASCADE",   "Cascade Plastics",            "USD", "61 Molding Way",          "Akron",        "Ohio",           "44308", "US", "Victor Osei",     "Sales engineer",     30, 3, false, 0, {20, 10, 7, 5, 15}},
    {"HUDSON",    "Hudson Spring & Wire",        "USD", "12 Coil Avenue",          "Poughkeepsie", "New York",       "12601", "US", "Irene Maddox",    "Order desk",         30, 1, true,  0, {6, 4, 2, 2, 10}},
    {"PACOPTICS", "Pacific Optics",              "USD", "8800 Prism Boulevard",    "San Diego",    "California",     "92121", "US", "Luis Navarro",    "Account manager",    45, 2, false, 0, {28, 7, 8, 6, 60}},
    {"PIEDMONT",  "Piedmont Packaging",          "USD", "415 Corrugate Street",    "Greensboro",   "North Carolina", "27401", "US", "Sharon Whitley",  "Sales",              30, 1, true,  0, {7, 9, 2, 3, 20}},
    {"MASON",     "Mason Industrial Supply",     "USD", "2 Depot Square",          "Johnstown",    "Pennsylvania",   "15901", "US", "Greg Mason",      "Counter",            14, 2, false, 0, {3, 2, 0, 4, 0}},
};

// number, name, category, unit, supplier, price, used in a week, lot, days
constexpr ProductData products[] = {
    {"BR-1010", "Brass sheet 0.8 mm, 600 x 1200 mm",  "Metal",      "EA", 0,  "46.80", 22,   90,    12},
    {"BR-1015", "Brass tube 12 mm, 3 m",              "Metal",      "EA", 0,  "18.40", 30,   120,   12},
    {"BR-1022", "Brass rod 6 mm, 3 m",                "Metal",      "EA", 0,  "9.75",  18,   80,    12},
    {"CU-1105", "Copper sheet 0.6 mm, 600 x 1200 mm", "Metal",      "EA", 0,  "52.30", 8,    30,    14},
    {"BR-1040", "Burner body, cast brass",            "Metal",      "EA", 0,  "6.85",  90,   400,   16},
    {"BR-1044", "Fuel cap, brass",                    "Metal",      "EA", 0,  "1.92",  95,   500,   16},
    {"GL-2010", "Globe, clear, 5 inch",               "Glass",      "EA", 1,  "3.85",  60,   300,   30},
    {"GL-2012", "Globe, amber, 5 inch",               "Glass",      "EA", 1,  "4.40",  25,   120,   30},
    {"GL-2020", "Chimney, 8 inch",                    "Glass",      "EA", 1,  "2.95",  45,   240,   30},
    {"GL-2024", "Storm glass, 11 inch",               "Glass",      "EA", 1,  "6.20",  18,   90,    30},
    {"GL-2110", "Fuel fount, pressed glass",          "Glass",      "EA", 2,  "5.10",  40,   200,   18},
    {"GL-2112", "Fuel fount, cut glass",              "Glass",      "EA", 2,  "9.90",  12,   60,    18},
    {"GL-2120", "Shade, opal, 10 inch",               "Glass",      "EA", 2,  "7.45",  22,   110,   18},
    {"GL-2124", "Shade, green cased",                 "Glass",      "EA", 2,  "14.60", 9,    45,    21},
    {"FA-3001", "Machine screw M3 x 8, brass",        "Fasteners",  "EA", 3,  "0.041", 2400, 20000, 7},
    {"FA-3002", "Machine screw M4 x 12, brass",       "Fasteners",  "EA", 3,  "0.056", 1800, 15000, 7},
    {"FA-3010", "Hex nut M4",                         "Fasteners",  "EA", 3,  "0.022", 1800, 15000, 7},
    {"FA-3020", "Washer 4.3",                         "Fasteners",  "EA", 3,  "0.011", 2600, 25000, 7},
    {"FA-3030", "Blind rivet 3.2 x 8",                "Fasteners",  "EA", 3,  "0.026", 1500, 12000, 7},
    {"FA-3040", "Cotter pin 2 x 20",                  "Fasteners",  "EA", 3,  "0.019", 900,  8000,  7},
    {"TX-4001", "Flat wick 25 mm, roll of 50 m",      "Textiles",   "EA", 4,  "21.80", 5,    20,    14},
    {"TX-4002", "Flat wick 16 mm, roll of 50 m",      "Textiles",   "EA", 4,  "16.40", 4,    16,    14},
    {"TX-4003", "Round wick 9 mm, roll of 50 m",      "Textiles",   "EA", 4,  "19.20", 3,    12,    14},
    {"TX-4010", "Polishing cloth",                    "Textiles",   "EA", 4,  "0.85",  140,  700,   14},
    {"EL-5001", "LED module 3 W, warm white",         "Electrical", "EA", 5,  "4.65",  80,   400,   21},
    {"EL-5002", "LED module 6 W, warm white",         "Electrical", "EA", 5,  "7.20",  40,   200,   21},
    {"EL-5010", "LED driver 350 mA",                  "Electrical", "EA", 5,  "5.35",  80,   400,   21},
    {"EL-5020", "Rotary dimmer switch",               "Electrical", "EA", 5,  "2.15",  85,   500,   21},
    {"EL-5030", "USB-C charging board",               "Electrical", "EA", 5,  "3.10",  60,   300,   21},
    {"EL-5040", "Wiring loom, lantern",               "Electrical", "EA", 5,  "1.75",  120,  600,   21},
    {"BA-5101", "Lithium cell 18650, 3400 mAh",       "Electrical", "EA", 6,  "3.95",  160,  800,   14},
    {"BA-5102", "Battery holder, two cells",          "Electrical", "EA", 6,  "0.68",  80,   500,   14},
    {"BA-5110", "Charger 5 V, 2 A",                   "Electrical", "EA", 6,  "4.20",  45,   250,   14},
    {"OP-5201", "Reflector, polished aluminium",      "Optics",     "EA", 10, "2.40",  70,   350,   20},
    {"OP-5202", "Fresnel lens, 90 mm",                "Optics",     "EA", 10, "3.30",  35,   180,   20},
    {"OP-5203", "Diffuser disc",                      "Optics",     "EA", 10, "0.92",  80,   500,   20},
    {"FI-6001", "Clear lacquer, 5 l",                 "Finishing",  "EA", 7,  "38.50", 4,    16,    9},
    {"FI-6002", "Black enamel, 5 l",                  "Finishing",  "EA", 7,  "34.20", 3,    12,    9},
    {"FI-6003", "Green enamel, 5 l",                  "Finishing",  "EA", 7,  "35.60", 2,    8,     9},
    {"FI-6010", "Brass polish",                       "Finishing",  "KG", 7,  "11.30", 6,    30,    9},
    {"PL-7001", "Handle grip, black",                 "Plastics",   "EA", 8,  "0.58",  120,  800,   15},
    {"PL-7002", "Control knob",                       "Plastics",   "EA", 8,  "0.31",  130,  1000,  15},
    {"PL-7003", "Battery compartment, ABS",           "Plastics",   "EA", 8,  "1.24",  80,   500,   15},
    {"PL-7004", "Base ring, rubber",                  "Plastics",   "EA", 8,  "0.47",  130,  900,   15},
    {"PL-7005", "Cable gland",                        "Plastics",   "EA", 8,  "0.39",  110,  800,   15},
    {"ST-1201", "Bail wire 3 mm, coil of 50 m",       "Metal",      "EA", 9,  "27.50", 6,    24,    10},
    {"SP-1210", "Lid spring",                         "Metal",      "EA", 9,  "0.34",  180,  1500,  10},
    {"SP-1212", "Globe retaining spring",             "Metal",      "EA", 9,  "0.28",  180,  1500,  10},
    {"ST-1220", "Base plate, pressed steel",          "Metal",      "EA", 9,  "1.48",  120,  600,   12},
    {"PK-8001", "Carton, single lantern",             "Packaging",  "EA", 11, "0.96",  150,  1000,  8},
    {"PK-8002", "Carton, case of six",                "Packaging",  "EA", 11, "1.85",  25,   200,   8},
    {"PK-8003", "Moulded pulp insert",                "Packaging",  "EA", 11, "0.52",  160,  1200,  8},
    {"PK-8004", "Product leaflet",                    "Packaging",  "EA", 11, "0.12",  170,  2500,  8},
    {"PK-8005", "Pallet 1200 x 1000 mm",              "Packaging",  "EA", 11, "12.40", 6,    30,    6},
};

constexpr ProductData supplies[] = {
    {"SU-9001", "Cutting oil, 5 l",           "Supplies", "EA", 12, "28.00", 1, 4,  3},
    {"SU-9002", "Nitrile gloves, box of 100", "Supplies", "EA", 12, "12.60", 3, 12, 3},
    {"SU-9003", "Drill bit set",              "Supplies", "EA", 12, "46.00", 1, 2,  3},
    {"SU-9004", "Abrasive belts, ten",        "Supplies", "EA", 12, "31.50", 2, 8,  3},
};

constexpr FinishedData finished_goods[] = {
    {"LN-100", "Hurricane lantern, brass",       "89.00",  "41.20"},
    {"LN-110", "Hurricane lantern, black",       "79.00",  "36.90"},
    {"LN-200", "Table lamp, opal shade",         "129.00", "58.40"},
    {"LN-210", "Banker's lamp, green shade",     "149.00", "67.10"},
    {"LN-300", "Camp lantern, rechargeable",     "99.00",  "44.80"},
    {"LN-310", "Signal lantern, rechargeable",   "119.00", "52.30"},
};

// number, name, street, city, region, postal code, territory, contact, role, days, credit, exempt, {every, quantity, late, quoted}
constexpr CustomerData customers[] = {
    {"HARBORLIT", "Harbor Light Chandlers",    "3 Wharf Street",         "Erie",         "Pennsylvania",  "16507", "Northeast", "Ned Garrity",     "Owner",             30, 9'000,  true,  {16, 24, 24, 10}},
    {"BLUERIDGE", "Blue Ridge Outfitters",     "118 Trail Road",         "Asheville",    "North Carolina", "28801", "Southeast", "Carla Boone",    "Purchasing",        30, 60'000, true,  {12, 30, 3, 15}},
    {"GASLAMP",   "Gaslamp Hotels",            "900 Liberty Avenue",     "Pittsburgh",   "Pennsylvania",  "15222", "Northeast", "Julian Frost",    "Facility manager",  45, 80'000, false, {45, 40, 8, 90}},
    {"NORTHWOOD", "Northwoods Camp Supply",    "27 Pine Lake Drive",     "Duluth",       "Minnesota",     "55802", "Midwest",   "Anna Lindgren",   "Buyer",             30, 0,      true,  {14, 18, 0, 5}},
    {"CAPESHOP",  "Cape & Coast Home",         "64 Shore Road",          "Portland",     "Maine",         "04101", "Northeast", "Ellen Whitcomb",  "Buyer",             30, 40'000, true,  {18, 20, 5, 20}},
    {"PRAIRIE",   "Prairie Hardware Co-op",    "2400 Grain Belt Road",   "Des Moines",   "Iowa",          "50309", "Midwest",   "Walt Jensen",     "Central buying",    60, 0,      true,  {21, 48, 2, 30}},
    {"LIBRARY",   "Allegheny County Library",  "4400 Forbes Avenue",     "Pittsburgh",   "Pennsylvania",  "15213", "Northeast", "Grace Odell",     "Administration",    30, 0,      true,  {90, 16, 12, 100}},
    {"SOUTHERN",  "Southern Porch Living",     "12 Magnolia Court",      "Savannah",     "Georgia",       "31401", "Southeast", "Beau Tillman",    "Owner",             30, 25'000, true,  {20, 16, 15, 10}},
    {"MOUNTAIN",  "Mountain State Railways",   "1 Depot Plaza",          "Charleston",   "West Virginia", "25301", "Southeast", "Hugh Stanley",    "Procurement",       45, 0,      false, {60, 36, 6, 80}},
    {"LAKESIDE",  "Lakeside Gift & Garden",    "77 Superior Street",     "Cleveland",    "Ohio",          "44114", "Midwest",   "Patty Novak",     "Owner",             14, 12'000, true,  {24, 10, 1, 0}},
};

constexpr std::string_view territories[] = {"Northeast", "Southeast", "Midwest"};

constexpr EmployeeData employees[] = {
    {"mlopez",   "Maria Lopez",     "Buyer"},
    {"pgrant",   "Peter Grant",     "Buyer"},
    {"hweber",   "Hanna Weber",     "Head of accounting"},
    {"tnguyen",  "Tam Nguyen",      "Accounts payable"},
    {"joakley",  "James Oakley",    "Warehouse manager"},
    {"ffennimore", "Flora Fennimore", "Managing director"},
    {"dmarsh",   "Dorothy Marsh",   "Sales"},
    {"rkeller",  "Robert Keller",   "Sales"},
};

constexpr std::string_view categories[] = {"Metal", "Glass", "Fasteners", "Textiles", "Electrical", "Optics", "Finishing", "Plastics", "Packaging", "Supplies", "Finished goods"};

constexpr std::string_view reject_reasons[] = {"Damaged in transit", "Out of tolerance", "Wrong finish", "Failed inspection", "Chipped edges", "Wrong part delivered"};
// clang-format on

}  // namespace company_data

std::span<const SupplierData>     suppliers() { return company_data::suppliers; }
std::span<const ProductData>      products() { return company_data::products; }
std::span<const ProductData>      supplies() { return company_data::supplies; }
std::span<const FinishedData>     finished_goods() { return company_data::finished_goods; }
std::span<const CustomerData>     customers() { return company_data::customers; }
std::span<const std::string_view> territories() { return company_data::territories; }
std::span<const EmployeeData>     employees() { return company_data::employees; }
std::span<const std::string_view> categories() { return company_data::categories; }
std::span<const std::string_view> reject_reasons() { return company_data::reject_reasons; }

}  // namespace tessera::demo
