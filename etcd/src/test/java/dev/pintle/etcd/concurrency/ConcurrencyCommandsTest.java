package dev.pintle.etcd.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import org.junit.jupiter.api.Test;

class ConcurrencyCommandsTest {
  @Test
  void aKeyEndsInItsLeaseInHexadecimalWithItsSign() {
    Bytes name = Bytes.utf8("n");
    assertThat(ConcurrencyCommands.key(name, 77)).isEqualTo(Bytes.utf8("n/4d"));
    assertThat(ConcurrencyCommands.key(name, -5)).isEqualTo(Bytes.utf8("n/-5"));
    assertThat(ConcurrencyCommands.key(name, Long.MIN_VALUE))
        .isEqualTo(Bytes.utf8("n/-8000000000000000"));
    assertThat(ConcurrencyCommands.key(Bytes.EMPTY, 1)).isEqualTo(Bytes.utf8("/1"));
  }
}
