package dev.pintle.compat.twin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TwinServerTest {
  private static final String SCHEMA =
      """
      {"spec": {"properties": {"conditions": {"items": {"properties": {"lastTransitionTime": {}}}}}}, "status": {"conditions": %s}}\
      """;

  @Test
  void aDefinitionWhoseSchemaNamesTheFieldsOfConditionsIsNotSettledByThat() {
    assertThat(TwinServer.isSettled(SCHEMA.formatted("null"))).isFalse();
    assertThat(TwinServer.isSettled(SCHEMA.formatted("[]"))).isFalse();
  }

  @Test
  void whatIsStillBeingInstalledIsNotSettled() {
    assertThat(
            TwinServer.isSettled(
                SCHEMA.formatted(
                    """
                    [{"lastTransitionTime": "x", "reason": "NoConflicts"}, {"lastTransitionTime": "x", "reason": "Installing"}]\
                    """)))
        .isFalse();
  }

  @Test
  void anObjectWithConditionsThatStayIsSettled() {
    assertThat(
            TwinServer.isSettled(
                SCHEMA.formatted("[{\"lastTransitionTime\": \"x\", \"reason\": \"NoConflicts\"}]")))
        .isTrue();
  }
}
