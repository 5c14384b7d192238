package dev.pintle.kube.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
  private static final String SUM =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource(
      value = {
        "app, latest",
        "app:1.2, 1.2",
        "library/app:v1, v1",
        "localhost:5000/app, latest",
        "registry.example.com:5000/a/b:x_y, x_y",
        "a__b/c-d.e, latest",
        "app@sha256:SUM, ''",
        "app:1@sha256:SUM, 1",
        "App, ''",
        "app:, ''",
        "app:-x, ''",
        "a..b, ''",
        "app@sha256:0123, ''",
        "SUM, ''",
        "'', ''"
      })
  void aTagIsReadOfNamesAlone(String image, String tag) {
    assertThat(ImageName.tag(image.replace("SUM", SUM))).isEqualTo(tag);
  }

  /// The grammar as the distribution specification writes it, for whole references; group 1 is the name, 2 the tag, 3 the digest.
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "((?:(?:PART(?:\\.PART)*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?/)?STEP(?:/STEP)*)(?::([0-9A-Za-z_][0-9A-Za-z_.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?"
              .replace("PART", "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])")
              .replace("STEP", "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"));

  @Test
  void anyWholeReferenceIsReadAsTheGrammarReadsIt() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] pieces = {
      "a",
      "b9",
      "A",
      "-",
      "--",
      "_",
      "__",
      "___",
      ".",
      "/",
      ":",
      "@",
      "[",
      "]",
      "80",
      "é",
      "\u0011",
      "host.io/",
      "[::1]:5/",
      "H-x/",
      "sha256:" + SUM,
      "@sha256:" + SUM,
      ":v1"
    };
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder("x.y/");
      if (random.nextBoolean()) {
        text.setLength(0);
        text.append(pieces[random.nextInt(pieces.length)]).append(".y/");
      }
      for (int n = random.nextInt(7); n >= 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String image = text.toString();
      assertThat(ImageName.tag(image)).as("%s (seed %d)", image, seed).isEqualTo(byGrammar(image));
    }
  }

  /// @param image its first step is a host, since there is a point in it
  private static String byGrammar(String image) {
    String path = image.substring(image.indexOf('/') + 1);
    String name = path.split(":", -1)[0];
    Matcher whole = GRAMMAR.matcher(image);
    if (!name.equals(name.toLowerCase(Locale.ROOT)) || !whole.matches()) {
      return "";
    }
    String tag = whole.group(2) == null ? "" : whole.group(2);
    if (whole.group(3) == null) {
      return tag.isEmpty() ? "latest" : tag;
    }
    return whole.group(3).equals("sha256:" + SUM) ? tag : "";
  }
}
