package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorsTest {
  @Test
  void theStoreAndTheReserveComeBeforeConnections() {
    Descriptors few = new Descriptors(260, 80);
    assertThat(few.forTables()).isEqualTo(65);
    assertThat(few.forConnections()).isEqualTo(260 - 80 - 65 - 64);
    Descriptors many = new Descriptors(1_000_000, 100);
    assertThat(many.forTables()).isEqualTo(512);
    assertThat(many.forConnections()).isEqualTo(1_000_000 - 100 - 512 - 64);
  }

  @Test
  void whereNothingIsLeftTheNumberSaysSo() {
    assertThat(new Descriptors(100, 90).forConnections()).isNegative();
    assertThat(new Descriptors(100, 90).forTables()).isEqualTo(32);
  }

  @Test
  void theProcessKnowsItsOwn() {
    Descriptors own = Descriptors.now();
    assertThat(own.max()).isGreaterThan(own.open());
  }
}
