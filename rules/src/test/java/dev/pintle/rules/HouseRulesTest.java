package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HouseRulesTest {
  @Test
  void thisModuleKeepsTheHouseRules() {
    assertThat(HouseRules.brokenHere()).isEmpty();
  }
}
