package dev.pintle.etcd.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonSyntaxTest {
  private static final String VALUES =
      " {\"a\":[1,-2.5e+3,{\"b\":\"\\u00e9\\\"}\"}],\"c\":null}[]\n\"x\" true 12 {}";

  /// Where each value of `json` ends, when it comes in pieces of so many bytes.
  private static String ends(byte[] json, int pieceBytes) throws BadJson {
    StringBuilder ends = new StringBuilder();
    JsonSyntax syntax = new JsonSyntax();
    int scanned = 0;
    int came = 0;
    while (came < json.length) {
      came = Math.min(json.length, came + pieceBytes);
      int end = syntax.feed(json, scanned, came);
      while (end >= 0) {
        ends.append(end).append(' ');
        scanned = end;
        syntax = new JsonSyntax();
        end = syntax.feed(json, scanned, came);
      }
      scanned = came;
    }
    syntax.end();
    return ends.toString();
  }

  @Test
  void aValueEndsWhereItEndsHoweverItComes() throws BadJson {
    byte[] json = VALUES.getBytes(StandardCharsets.UTF_8);
    String whole = ends(json, json.length);
    assertThat(whole.split(" ")).hasSize(6);
    for (int pieceBytes = 1; pieceBytes < json.length; pieceBytes++) {
      assertThat(ends(json, pieceBytes)).as("pieces of " + pieceBytes).isEqualTo(whole);
    }
  }

  @Test
  void piecesAreRefusedAsTheWhole() {
    long seed = Long.getLong("pintle.gateway.seed", 22);
    System.err.println("-Dpintle.gateway.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    String letters = "{}[]\",:\\u0e1.-+ntrufalse \n";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(judged(json, 1)).as(text.toString()).isEqualTo(judged(json, 20));
    }
  }

  private static String judged(byte[] json, int pieceBytes) {
    try {
      return ends(json, pieceBytes);
    } catch (BadJson refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
