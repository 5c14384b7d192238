package dev.pintle.kube.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import org.junit.jupiter.api.Test;

class PatchGrowthTest {
  private static final String COPY = "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/b\"},";

  private static long bytesMax(String contentType, String patch) {
    return PatchGrowth.bytesMax(contentType, Bytes.utf8(patch));
  }

  @Test
  void copiesMayMakeMuchOfLittle() {
    assertThat(bytesMax("application/json-patch+json", "[" + COPY.repeat(4)))
        .isEqualTo(JsonPatch.COPIED_BYTES_MAX);
    assertThat(bytesMax("application/json-patch+json; charset=utf-8", "[" + COPY.repeat(40)))
        .isEqualTo(JsonPatch.COPIED_BYTES_MAX);
  }

  @Test
  void copiesThatAreSpelledWithEscapesCount() {
    String hidden = COPY.replace("from", "f\\u0072om");

    assertThat(bytesMax("application/json-patch+json", "[" + hidden.repeat(4)))
        .isEqualTo(JsonPatch.COPIED_BYTES_MAX);
  }

  @Test
  void whatIsLongIsTakenToCopy() {
    String longPatch =
        "[{\"op\":\"add\",\"path\":\"/a\",\"value\":\"%s\"}]".formatted("x".repeat(16 * 1024));
    assertThat(bytesMax("application/json-patch+json", longPatch))
        .isEqualTo(JsonPatch.COPIED_BYTES_MAX);
    assertThat(bytesMax("application/merge-patch+json", "x".repeat(16 * 1024 + 1))).isZero();
  }

  @Test
  void whatCopiesLittleOrNothingGrowsByNothing() {
    assertThat(bytesMax("application/json-patch+json", "[" + COPY.repeat(3))).isZero();
    assertThat(bytesMax("application/json-patch+json", "[{\"op\":\"add\",\"path\":\"/a\"}]"))
        .isZero();
    assertThat(bytesMax("application/merge-patch+json", COPY.repeat(9))).isZero();
    assertThat(bytesMax("", "")).isZero();
  }
}
