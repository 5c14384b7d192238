package example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.junit.KubeconfigFile;
import dev.pintle.junit.PintleTest;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The second threw its context away: this has another, and the server of the first is closed. Beside it, one of the test's own. */
@PintleTest
class CThirdTest extends ClusterTest {
  @Test
  void aNewContextHasANewServer(@KubeconfigFile Path another) {
    hang("third");
    assertThat(isSoon("third")).isTrue();
    assertThat(SEEN).hasSize(2).last().isSameAs(cluster);
    assertThat(another).content().doesNotContain(cluster.url().toString());
    var first = SEEN.iterator().next();
    assertThatThrownBy(() -> new Socket("127.0.0.1", first.url().getPort()).close())
        .isInstanceOf(ConnectException.class);
  }
}
