package dev.pintle.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.rules.HouseRules;
import org.junit.jupiter.api.Test;

final class HouseRulesTest {
  @Test
  void thisModuleKeepsTheHouseRules() {
    assertThat(HouseRules.brokenHere()).isEmpty();
  }
}
