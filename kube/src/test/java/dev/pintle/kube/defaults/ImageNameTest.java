package dev.pintle.kube.defaults;

import static org.assertj.core.api.Assertions.assertThat;

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
}
