package dev.pintle.kube.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How many endpoints each zone should have.
final class ZoneAllotmentTest {
  /// `a=0.3 b=0.7`, or nothing for null.
  private static <T> SortedMap<String, T> byZone(@Nullable String text, Function<String, T> value) {
    SortedMap<String, T> map = new TreeMap<>();
    if (text != null && !text.isEmpty()) {
      for (String entry : text.split(" ", -1)) {
        int equals = entry.indexOf('=');
        map.put(entry.substring(0, equals), value.apply(entry.substring(equals + 1)));
      }
    }
    return map;
  }

  @ParameterizedTest
  @CsvSource({
    "a=0.4 b=0.4 c=0.2, 1, 'Insufficient number of endpoints (1 endpoints, 3 zones)'",
    "a=0.4 b=0.4 c=0.2, 4, 'Unable to allocate minimum required endpoints to each zone without exceeding overload threshold (4 endpoints, 3 zones)'",
    ", 4, 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes'",
    "a=0.5 b=0.5, 2, 'a=1-1/1.0 b=1-1/1.0'",
    "a=0.45 b=0.55, 2, 'a=1-1/1.0 b=1-1/1.1'",
    "a=0.4 b=0.4 c=0.2, 5, 'a=2-2/2.0 b=2-2/2.0 c=1-1/1.0'",
    "a=0.3 b=0.4 c=0.3, 12, 'a=3-4/3.5999999999999996 b=5-6/5.0 c=3-4/3.5999999999999996'",
    "a=0.35 b=0.35 c=0.3, 10, 'a=3-4/3.5 b=3-4/3.5 c=3-4/3.0'",
    "a=0.5 b=0.3 c=0.2, 100, 'a=42-58/50.0 b=25-41/30.0 c=17-33/20.0'",
    "a=0.01 b=0.99, 20, 'a=1-3/1.0 b=17-19/19.8'",
  })
  void everyZoneHasAboutItsPart(String parts, int endpoints, String expected) {
    String found =
        switch (ZoneAllotment.of(byZone(parts, Double::valueOf), endpoints)) {
          case ZoneAllotment.Impossible(var why) -> why;
          case ZoneAllotment.Possible(var shares) -> {
            StringBuilder text = new StringBuilder();
            shares.forEach((zone, share) ->
                text.append(text.isEmpty() ? "" : " ")
                    .append(
                        zone + '=' + share.least() + '-' + share.most() + '/' + share.desired()));
            yield text.toString();
          }
        };
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a=4.0 b=4.0 c=2.0, a=4 b=4 c=2, '', ''",
    "a=4.0 b=4.0 c=2.0, a=10, a=6, b=4 c=2",
    "a=4.0 b=4.0 c=2.0, a=6 b=2 c=2, a=2, b=2",
    "a=3.5 b=3.5 c=3.0, a=5 b=2 c=3, a=1, b=1",
    "a=3.4 b=3.3 c=3.3, a=4 b=3 c=3, '', ''",
    "a=1.0 b=1.0, c=2, '', ''",
    "a=2.5 b=2.5, a=5, a=2, b=2",
  })
  void whoHasMostTooManyGivesToWhoLacksMost(
      String desired, String given, String giving, String receiving) {
    SortedMap<String, ZoneAllotment.Share> shares =
        byZone(desired, text -> new ZoneAllotment.Share(0, 100, Double.parseDouble(text)));
    ZoneAllotment.Moves moves = ZoneAllotment.moves(shares, byZone(given, Integer::valueOf));
    assertThat(moves.giving()).isEqualTo(counts(giving));
    assertThat(moves.receiving()).isEqualTo(counts(receiving));
  }

  private static Map<String, Integer> counts(String text) {
    return byZone(text, Integer::valueOf);
  }

  @ParameterizedTest
  @CsvSource({
    ", a=0.5 b=0.5, false",
    "a=1 b=1, , true",
    "a=2 b=2, a=0.5 b=0.5, false",
    "a=4, a=0.5 b=0.5, true",
    "a=5 b=5, a=0.6 b=0.4, false",
    "a=5 b=5, a=0.61 b=0.39, true",
  })
  void whoHasTooFewIsOverloaded(String given, String parts, boolean overloaded) {
    assertThat(
            ZoneAllotment.isOverloaded(
                byZone(given, Integer::valueOf), byZone(parts, Double::valueOf)))
        .isEqualTo(overloaded);
  }

  /// Beside the plainest way to do the same: looking for the greatest each time.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSameMovesAsByLookingForTheGreatestEachTime(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      SortedMap<String, ZoneAllotment.Share> shares = new TreeMap<>();
      Map<String, Integer> given = new HashMap<>();
      for (int zone = 0; zone < 1 + random.nextInt(6); zone++) {
        shares.put("z" + zone, new ZoneAllotment.Share(0, 99, random.nextInt(400) / 8.0));
        given.put("z" + zone, random.nextInt(50));
      }
      assertThat(ZoneAllotment.moves(shares, given))
          .as("seed %d round %d: %s of %s", seed, round, given, shares)
          .isEqualTo(plainMoves(shares, given));
    }
  }

  private static ZoneAllotment.Moves plainMoves(
      SortedMap<String, ZoneAllotment.Share> shares, Map<String, Integer> given) {
    SortedMap<String, Double> over = new TreeMap<>();
    SortedMap<String, Double> under = new TreeMap<>();
    shares.forEach((zone, share) -> {
      double difference = given.getOrDefault(zone, 0) - share.desired();
      if (difference > 0) {
        over.put(zone, difference);
      } else if (difference < 0) {
        under.put(zone, -difference);
      }
    });
    ZoneAllotment.Moves moves = new ZoneAllotment.Moves(new HashMap<>(), new TreeMap<>());
    while (true) {
      String from = greatest(over);
      String to = greatest(under);
      double give = over.getOrDefault(from, 0.0);
      double take = under.getOrDefault(to, 0.0);
      if (from.isEmpty() || to.isEmpty() || give < 0.5 || take < 0.5 || (give < 1 && take < 1)) {
        return moves;
      }
      moves.giving().merge(from, 1, Integer::sum);
      moves.receiving().merge(to, 1, Integer::sum);
      over.put(from, give - 1);
      under.put(to, take - 1);
    }
  }

  private static String greatest(SortedMap<String, Double> zones) {
    String found = "";
    double most = 0;
    for (Map.Entry<String, Double> zone : zones.entrySet()) {
      if (zone.getValue() > most) {
        found = zone.getKey();
        most = zone.getValue();
      }
    }
    return found;
  }
}
