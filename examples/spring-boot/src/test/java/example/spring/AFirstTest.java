package example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;

class AFirstTest extends ClusterTest {
  @RepeatedTest(3)
  void theBannerIsSeen() {
    assertThat(isSoon("")).isTrue();
    hang("hello");
    assertThat(isSoon("hello")).isTrue();
    assertThat(SEEN).hasSize(1);
  }
}
