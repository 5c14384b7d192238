package example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;

/** Spring keeps the context of the first: so the server is the same, and still there. */
@DirtiesContext
class BSecondTest extends ClusterTest {
  @Test
  void theServerIsThatOfTheContextThatWasKept() {
    assertThat(isSoon("")).isTrue();
    hang("again");
    assertThat(isSoon("again")).isTrue();
    assertThat(SEEN).hasSize(1);
  }
}
