package dev.pintle.kube.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.metrics.MetricsText;
import org.junit.jupiter.api.Test;

final class KindUseTest {
  private static final long SECOND = 1_000_000_000L;

  private final KindUse use = new KindUse("readOnly", 0);

  private String shares(long nowNanos) {
    MetricsText text = new MetricsText();
    use.writeShares(text, nowNanos);
    return text.toString();
  }

  private String waiting(long nowNanos) {
    MetricsText text = new MetricsText();
    use.writeWaiting(text, nowNanos);
    return text.toString();
  }

  private static String bucket(String phase, String le, long nanos) {
    return "%s_bucket{phase=\"%s\",request_kind=\"readOnly\",le=\"%s\"} %d\n"
        .formatted(KindUse.RATIO, phase, le, nanos);
  }

  @Test
  void whatIsExecutedIsAPartOfWhatAllLevelsCanTake() {
    use.limit(10, 100, 0);
    use.executed(1, 1_000);
    use.executed(4, 2_000);
    use.executed(-5, 3_000);
    assertThat(shares(10_000))
        .contains(bucket("executing", "0", 8_000))
        .contains(bucket("executing", "0.1", 9_000))
        .contains(bucket("executing", "0.4", 9_000))
        .contains(bucket("executing", "0.5", 10_000))
        .contains(bucket("waiting", "0", 10_000));
  }

  @Test
  void anEventThatComesLateTakesNoTimeBack() {
    use.executed(1, 2_000);
    use.executed(-1, 1_000);
    assertThat(shares(2_000)).contains(bucket("executing", "+Inf", 2_000));
  }

  @Test
  void theMostThatWaitedIsSaidOfTheSecondThatIsOver() {
    use.waits(1, 0);
    use.waits(1, 1);
    use.waits(-1, 2);
    assertThat(waiting(3)).endsWith(" 0\n");
    assertThat(waiting(SECOND)).endsWith("{request_kind=\"readOnly\"} 2\n");
    assertThat(waiting(2 * SECOND)).endsWith(" 1\n");
    use.waits(-1, 2 * SECOND + 1);
    assertThat(waiting(9 * SECOND)).endsWith(" 0\n");
  }
}
