package dev.pintle.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RocksConfigTest {
  @Test
  void aValueOutOfRangeIsNamedWithItsRule() {
    assertThatThrownBy(() -> new RocksConfig(1 << 20, 1, 1 << 20, 1, 32))
        .hasMessage("storage.write-buffers-max: 1 (expected: >= 2)");
  }
}
