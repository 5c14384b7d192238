package dev.pintle.kube.cel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The claim that items end in the order in which `sort.Slice` of Go 1.26 leaves them, also those of which neither is before the
/// other: the figures are of such orders, made by Go.
class PatternSortTest {
  private static final int SIZE_MAX = 400;

  @ParameterizedTest
  @CsvSource({
    "mixed, 1, 8525435903236128729",
    "mixed, 2, 8525435903236128729",
    "mixed, 5, -9034838743768693881",
    "mixed, 17, -2963528986635728809",
    "mixed, 1000, 7966301936919518383",
    "rising, 1, 8525435903236128729",
    "rising, 2, 8525435903236128729",
    "rising, 5, 8525435903236128729",
    "rising, 17, 8525435903236128729",
    "rising, 1000, 8525435903236128729",
    "falling, 1, -6153959529729271151",
    "falling, 2, -3931816560916461455",
    "falling, 5, -8266150081628064765",
    "falling, 17, -6713109778243124613",
    "falling, 1000, 8525435903236128729",
    "pipe, 1, -6370599050483626917",
    "pipe, 2, -3724315360120295845",
    "pipe, 5, 932320113709730223",
    "pipe, 17, 4940926415255537959",
    "pipe, 1000, 8525435903236128729",
    "saw, 1, 8525435903236128729",
    "saw, 2, 3880411646061789921",
    "saw, 5, 2928499098443535719",
    "saw, 17, -3283890417249419117",
    "saw, 1000, 8525435903236128729",
    "nearly, 1, 556499988871191349",
    "nearly, 2, -5455718391222460301",
    "nearly, 5, 173605463452657895",
    "nearly, 17, -6099260595255984107",
    "nearly, 1000, 8525435903236128729"
  })
  void itemsEndWhereGoLeavesThem(String shape, int variety, long expected) {
    long orders = 17;
    for (int size = 0; size <= SIZE_MAX; size++) {
      int count = size;
      int[] order =
          PatternSort.order(
              count,
              (one, other) -> key(shape, one, count, variety) < key(shape, other, count, variety));
      for (int position : order) {
        orders = orders * 31 + position;
      }
    }

    assertThat(orders).isEqualTo(expected);
  }

  private static int key(String shape, int at, int size, int variety) {
    return switch (shape) {
      case "mixed" -> (at * 7919 + at * at * 31) % variety;
      case "rising" -> at / variety;
      case "falling" -> (size - at) / variety;
      case "pipe" -> at < size / 2 ? at / variety : (size - at) / variety;
      case "saw" -> at % variety;
      case "nearly" -> at % 37 == 5 ? 0 : at / variety;
      default -> throw new IllegalArgumentException("shape: " + shape);
    };
  }
}
