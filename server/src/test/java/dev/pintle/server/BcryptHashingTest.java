package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BcryptHashingTest {
  private final BcryptHashing hashing = new BcryptHashing();

  @Test
  void aPasswordMatchesItsHashAlone() {
    byte[] hash = hashing.hash(bytes("pässword"), 4);
    assertThat(new String(hash, StandardCharsets.US_ASCII)).startsWith("$2a$04$").hasSize(60);
    assertThat(hashing.matches(hash, bytes("pässword"))).isTrue();
    assertThat(hashing.matches(hash, bytes("password"))).isFalse();
    assertThat(hashing.hash(bytes("pässword"), 4)).isNotEqualTo(hash);
  }

  /// Made by libxcrypt, of `pw`.
  @Test
  void aHashOfAnotherMakerIsRead() {
    for (String theirs :
        new String[] {
          "$2a$04$abcdefghijklmnopqrstuuyvPXIbu7xe6/CED2DzX8z6Si09MlzlW",
          "$2b$04$koDZNmMo9/c2nY6UFrNwnOqNv1DSg9xLT/7oS47CCQqZwYJE9Ho0e"
        }) {
      assertThat(hashing.matches(bytes(theirs), bytes("pw"))).as(theirs).isTrue();
      assertThat(hashing.matches(bytes(theirs), bytes("pW"))).as(theirs).isFalse();
    }
  }

  @Test
  void whatIsNoHashMatchesNothing() {
    for (String text : new String[] {"", "x", "$2a$04$", "$2a$99$" + "x".repeat(53)}) {
      assertThat(hashing.matches(bytes(text), bytes("pw"))).as(text).isFalse();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
