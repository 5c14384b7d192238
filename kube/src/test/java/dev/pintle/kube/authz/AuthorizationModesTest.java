package dev.pintle.kube.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// The authorizers that can be chosen.
final class AuthorizationModesTest {
  private static void isRefused(String text, String why) {
    assertThatThrownBy(() -> AuthorizationModes.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @Test
  void rolesHaveASayAndTheNodeAuthorizerWhereItIsNamed() {
    assertThat(AuthorizationModes.DEFAULT.names()).containsExactly("RBAC");
    assertThat(AuthorizationModes.of("Node,RBAC").names()).containsExactly("Node", "RBAC");
  }

  @Test
  void whatIsNotServedIsRefused() {
    isRefused("Roles", "authorization-mode \"Roles\" is not a valid mode");
    isRefused(
        "RBAC,Webhook",
        "authorization-mode \"Webhook\" is not served (expected: RBAC, or Node and RBAC)");
    isRefused("Node", "authorization-mode: RBAC is missing");
    isRefused(
        "RBAC,RBAC", "authorization-mode [\"RBAC\" \"RBAC\"] has mode specified more than once");
  }
}
