package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReactorTest {
  @Test
  void everyModuleRunsTheHouseRules() throws Exception {
    assertThat(Reactor.modules())
        .isNotEmpty()
        .allSatisfy(module ->
            assertThat(
                    Reactor.HOME.resolve(
                        "%s/src/test/java/dev/pintle/%s/HouseRulesTest.java"
                            .formatted(module, module.replace("-", ""))))
                .exists()
                .content()
                .contains("HouseRules.brokenHere()"));
  }

  @Test
  void theTableOfArrowsNamesEveryModuleAndNoOther() throws Exception {
    assertThat(Arrows.MAY_SEE.keySet()).containsExactlyInAnyOrderElementsOf(Reactor.modules());
  }
}
