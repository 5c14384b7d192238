package dev.pintle.kube.chain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.request.RequestInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpersonatedUserTest {
  private static ImpersonatedUser named(String name) {
    return new ImpersonatedUser(name, "", List.of(), Map.of());
  }

  private static List<String> asked(ImpersonatedUser user, ImpersonationMode way) {
    return user.asked(way).stream().map(ImpersonatedUserTest::text).toList();
  }

  private static String text(RequestInfo asked) {
    String group = requireNonNull(asked.groupVersion()).text();
    return "%s %s %s/%s/%s"
            .formatted(asked.verb(), group, asked.namespace(), asked.resource(), asked.name())
        + (asked.subresource().isEmpty() ? "" : "/" + asked.subresource());
  }

  @ParameterizedTest
  @CsvSource({
    "jane, AS_USER",
    "system:node:n, AS_NODE",
    "system:node:, AS_USER",
    "system:serviceaccount:ns:sa, AS_ACCOUNT",
    "system:serviceaccount:ns:, AS_USER",
    "system:serviceaccount::sa, AS_USER",
    "system:serviceaccount:ns:sa:more, AS_USER",
    "system:serviceaccount, AS_USER"
  })
  void nodesAndAccountsAreKnownByTheirNames(String name, ImpersonationMode way) {
    assertThat(named(name).way()).isEqualTo(way);
  }

  @Test
  void aNodeWithMoreThanItsNameIsAUserLikeOthers() {
    for (ImpersonatedUser more :
        List.of(
            new ImpersonatedUser("system:node:n", "1", List.of(), Map.of()),
            new ImpersonatedUser("system:node:n", "", List.of("g"), Map.of()),
            new ImpersonatedUser("system:node:n", "", List.of(), Map.of("k", List.of("v"))))) {
      assertThat(more.way()).isEqualTo(ImpersonationMode.AS_USER);
    }
  }

  @Test
  void everythingThatOneWantsToBeIsARightOfItsOwn() {
    ImpersonatedUser all =
        new ImpersonatedUser(
            "jane", "7", List.of("g", "h"), Map.of("scopes", List.of("x", "y"), "a", List.of("b")));
    List<String> rights = asked(all, ImpersonationMode.UNCONSTRAINED);
    assertThat(rights).hasSize(7).allMatch(right -> right.startsWith("impersonate "));
    assertThat(rights.subList(0, 3))
        .containsExactly(
            "impersonate v1 /users/jane", "impersonate v1 /groups/g", "impersonate v1 /groups/h");
    assertThat(rights.subList(3, 7))
        .allMatch(right -> right.contains("authentication.k8s.io"))
        .satisfiesExactly(
            uid -> assertThat(uid).endsWith("/uids/7"),
            first -> assertThat(first).endsWith("/userextras/b/a"),
            second -> assertThat(second).endsWith("/userextras/x/scopes"),
            third -> assertThat(third).endsWith("/userextras/y/scopes"));
  }

  @Test
  void anAccountIsAskedForInItsNamespaceAndANodeByItsShortName() {
    assertThat(asked(named("system:serviceaccount:ns:sa"), ImpersonationMode.AS_ACCOUNT))
        .singleElement()
        .asString()
        .startsWith("impersonate:serviceaccount ")
        .endsWith(" ns/serviceaccounts/sa");
    assertThat(asked(named("system:node:n"), ImpersonationMode.AS_NODE))
        .singleElement()
        .asString()
        .startsWith("impersonate:arbitrary-node ")
        .endsWith(" /nodes/n");
  }

  @Test
  void whoActsAsAnotherIsAuthenticatedUnlessItIsNobody() {
    assertThat(named("jane").asCaller(List.of("g")).groups())
        .containsExactly("g", "system:authenticated");
    assertThat(named("system:anonymous").asCaller(List.of()).groups())
        .containsExactly("system:unauthenticated");
    assertThat(named("jane").asCaller(List.of("system:unauthenticated")).groups())
        .containsExactly("system:unauthenticated");
    assertThat(named("jane").asCaller(List.of("system:authenticated")).groups())
        .containsExactly("system:authenticated");
  }

  @Test
  void anAccountHasTheGroupsOfItsNamespaceUnlessGroupsAreNamed() {
    assertThat(named("system:serviceaccount:ns:sa").asCaller(List.of()).groups())
        .containsExactly(
            "system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated");
    assertThat(named("system:serviceaccount:ns:sa").asCaller(List.of("g")).groups())
        .containsExactly("g", "system:authenticated");
  }
}
