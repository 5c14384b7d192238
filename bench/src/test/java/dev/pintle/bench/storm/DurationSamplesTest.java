package dev.pintle.bench.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DurationSamplesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void nothingTakesNoTime() {
    assertThat(new DurationSamples().millisAt(0.99)).isZero();
  }

  @Test
  void oneIsEveryShareOfItself() {
    DurationSamples samples = of(7);
    assertThat(samples.millisAt(0.01)).isEqualTo(7);
    assertThat(samples.millisAt(0.5)).isEqualTo(7);
    assertThat(samples.millisAt(1)).isEqualTo(7);
  }

  @Test
  void ofAHundredTheLastButOneIsThe99th() {
    DurationSamples samples = new DurationSamples();
    for (int i = 100; i > 0; i--) {
      samples.add(i * MILLI);
    }
    assertThat(samples.millisAt(0.5)).isEqualTo(50);
    assertThat(samples.millisAt(0.99)).isEqualTo(99);
    assertThat(samples.millisAt(1)).isEqualTo(100);
  }

  @Test
  void atLeastTheShareIsNotAbove() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      long[] nanos = random.longs(1 + random.nextInt(300), 0, 1000 * MILLI).toArray();
      DurationSamples samples = new DurationSamples();
      Arrays.stream(nanos).forEach(samples::add);
      double share = 1 - random.nextDouble();
      long found = Math.round(samples.millisAt(share) * MILLI);
      long below = Arrays.stream(nanos).filter(one -> one <= found).count();
      long less = Arrays.stream(nanos).filter(one -> one < found).count();
      assertThat(below)
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo((long) Math.ceil(share * nanos.length));
      assertThat((double) less).as("seed %d", seed).isLessThan(share * nanos.length);
    }
  }

  @Test
  void whatIsAddedLaterCounts() {
    DurationSamples samples = of(1, 2);
    assertThat(samples.millisAt(1)).isEqualTo(2);
    samples.add(9 * MILLI);
    assertThat(samples.millisAt(1)).isEqualTo(9);
    samples.addAll(of(20, 3));
    assertThat(samples.millisAt(1)).isEqualTo(20);
    assertThat(samples.count()).isEqualTo(5);
  }

  @Test
  void figuresComeThroughAStreamAsTheyWere() throws IOException {
    StormFigures sent = new StormFigures();
    sent.of(Traffic.JOB_CREATE).attempt(3 * MILLI, true);
    sent.of(Traffic.JOB_CREATE).attempt(5 * MILLI, false);
    sent.of(Traffic.JOB_CREATE).ended(1009 * MILLI);
    sent.of(Traffic.PERSON_GET).failure("no such thing");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sent.write(new DataOutputStream(bytes));
    StormFigures read =
        StormFigures.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    read.add(sent);
    TrafficFigures jobs = read.of(Traffic.JOB_CREATE);
    assertThat(jobs.attempts().count()).isEqualTo(4);
    assertThat(jobs.attempts().millisAt(0.5)).isEqualTo(3);
    assertThat(jobs.whole().millisAt(1)).isEqualTo(1009);
    assertThat(jobs.rejected()).isEqualTo(2);
    assertThat(read.of(Traffic.PERSON_GET).failed()).isEqualTo(2);
    assertThat(read.of(Traffic.PERSON_GET).failures())
        .containsExactly("no such thing", "no such thing");
    assertThat(read.requests()).isEqualTo(4);
  }

  private static DurationSamples of(long... millis) {
    DurationSamples samples = new DurationSamples();
    Arrays.stream(millis).forEach(one -> samples.add(one * MILLI));
    return samples;
  }
}
