#include <tessera/money.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

namespace tessera::values::allocation_test {

// A number of 256 bits, far more than any product here needs: the oracle shares no arithmetic with allocate().
struct Huge {
    std::array<std::uint32_t, 8> limbs{};

    static Huge of(std::uint64_t value) {
        return {{static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(value >> 32)}};
    }
    friend Huge operator+(const Huge& a, const Huge& b) {
        Huge          sum;
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < 8; ++i) {
            carry += std::uint64_t{a.limbs[i]} + b.limbs[i];
            sum.limbs[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        return sum;
    }
    friend Huge operator*(const Huge& a, const Huge& b) {
        Huge product;
        for (std::size_t i = 0; i < 8; ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; i + j < 8; ++j) {
                carry += std::uint64_t{a.limbs[i]} * b.limbs[j] + product.limbs[i + j];
                product.limbs[i + j] = static_cast<std::uint32_t>(carry);
                carry >>= 32;
            }
        }
        return product;
    }
    friend bool operator<(const Huge& a, const Huge& b) {
        return std::lexicographical_compare(a.limbs.rbegin(), a.limbs.rend(), b.limbs.rbegin(), b.limbs.rend());
    }
};

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

// |part × total − whole × weight| < total: each part is within one minor unit of its exact share.
bool within_one_unit(std::int64_t part, std::int64_t whole, std::int64_t weight, const Huge& total) {
    const auto given = Huge::of(magnitude(part)) * total,
               exact = Huge::of(magnitude(whole)) * Huge::of(magnitude(weight));
    return given < exact + total && exact < given + total;
}

struct Case {
    Money                     whole{};
    std::vector<std::int64_t> weights{};
};

Case random_case(std::mt19937_64& random) {
    Case made;
    made.whole =
        Money{static_cast<std::int64_t>(random()) >> (random() % 64), Currency::of(random() % 2 == 0 ? "USD" : "JPY")};
    const auto small = random() % 2 == 0;
    made.weights.resize(1 + random() % 12);
    for (auto& weight : made.weights)
        weight = static_cast<std::int64_t>(small ? random() % 4 : random() >> (1 + random() % 63));
    made.weights[random() % made.weights.size()] |= 1;
    return made;
}

std::vector<std::pair<std::int64_t, std::int64_t>> sorted_shares(const Case& of) {
    const auto                                         parts = allocate(of.whole, of.weights);
    std::vector<std::pair<std::int64_t, std::int64_t>> shares;
    for (std::size_t i = 0; i < parts.size(); ++i) shares.emplace_back(of.weights[i], parts[i].minor());
    std::ranges::sort(shares);
    return shares;
}

std::vector<std::int64_t> minors(const std::vector<Money>& parts) {
    std::vector<std::int64_t> all;
    for (const auto& part : parts) all.push_back(part.minor());
    return all;
}

TEST_CASE("money: parts of an allocation sum to the whole, each within one minor unit of its exact share") {
    std::mt19937_64 random(2026);
    for (int i = 0; i < 50'000; ++i) {
        const auto made  = random_case(random);
        const auto parts = allocate(made.whole, made.weights);
        Huge       total;
        for (const auto weight : made.weights) total = total + Huge::of(magnitude(weight));
        Money sum;
        for (std::size_t k = 0; k < parts.size(); ++k) {
            sum += parts[k];
            REQUIRE(within_one_unit(parts[k].minor(), made.whole.minor(), made.weights[k], total));
            if (made.weights[k] == 0) REQUIRE(parts[k].is_zero());
            REQUIRE((parts[k].is_zero() || parts[k].is_negative() == made.whole.is_negative()));
        }
        REQUIRE(sum == made.whole);
    }
}

TEST_CASE("money: the order of the weights does not change what each weight gets") {
    std::mt19937_64 random(2027);
    for (int i = 0; i < 20'000; ++i) {
        auto       made   = random_case(random);
        const auto shares = sorted_shares(made);
        std::ranges::shuffle(made.weights, random);
        REQUIRE(sorted_shares(made) == shares);
    }
}

TEST_CASE("money: a reversed amount is allocated as the reverse") {
    std::mt19937_64 random(2028);
    for (int i = 0; i < 5'000; ++i) {
        const auto made = random_case(random);
        if (made.whole.minor() == std::numeric_limits<std::int64_t>::min()) continue;
        const auto parts = allocate(made.whole, made.weights), reversed = allocate(-made.whole, made.weights);
        for (std::size_t k = 0; k < parts.size(); ++k) REQUIRE(reversed[k] == -parts[k]);
    }
}

TEST_CASE("money: the residue goes to the parts that were cut most") {
    const auto usd = Currency::of("USD");
    struct Row {
        std::int64_t              whole;
        std::vector<std::int64_t> weights, parts;
    };
    constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
    for (const auto& row :
         {Row{1'000, {1, 1, 1}, {334, 333, 333}}, Row{-1'000, {1, 1, 1}, {-334, -333, -333}},
          Row{5'999, {2, 1}, {3'999, 2'000}}, Row{100, {3, 3, 1}, {43, 43, 14}}, Row{2, {1, 3}, {0, 2}},
          Row{2, {3, 1}, {2, 0}}, Row{1, {0, 0, 5}, {0, 0, 1}}, Row{0, {1, 2}, {0, 0}}, Row{5, {1, 0, 1}, {3, 0, 2}},
          Row{7, {1}, {7}}, Row{most, {most, most}, {most / 2 + 1, most / 2}},
          Row{least, {1, 1}, {least / 2, least / 2}}, Row{least, {most}, {least}}})
        CHECK(minors(allocate(Money{row.whole, usd}, row.weights)) == row.parts);
}

TEST_CASE("money: weights that share nothing are our mistake") {
    const Money whole{100, Currency::of("USD")};
    CHECK_THROWS_AS(allocate(whole, {}), std::logic_error);
    CHECK_THROWS_AS(allocate(whole, {0, 0}), std::logic_error);
    CHECK_THROWS_AS(allocate(whole, {2, -1}), std::logic_error);
}

}  // namespace tessera::values::allocation_test
