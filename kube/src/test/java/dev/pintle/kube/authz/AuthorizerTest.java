package dev.pintle.kube.authz;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When what a cluster starts with stops to count by itself.
final class AuthorizerTest {
  private static final TypeRegistry TYPES = new TypeRegistry(BuiltInTypes.load().snapshot());
  private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");
  private static final UserInfo CALLER =
      new UserInfo("u", "", List.of("system:authenticated"), Map.of());
  private static final String DISCOVERY =
      "{\"kind\":\"ClusterRole\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"metadata\":{\"name\":\"system:discovery\"},\"rules\":[{\"verbs\":[\"get\"],\"nonResourceURLs\":[\"/openapi/*\"]}]}";

  private final Authorizer authorizer = new Authorizer(TYPES);
  private LocalMember member;

  @BeforeEach
  void open() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  @AfterEach
  void close() {
    member.close();
  }

  private ObjectView view() {
    return new ObjectView(member.view(), new ObjectReader(new SameVersionOnly()));
  }

  private void makeDiscoveryRole() {
    Bytes key =
        Keys.object(
            requireNonNull(TYPES.current().resource(RBAC, "clusterroles")), "", "system:discovery");
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.put(key, Bytes.wrap(DISCOVERY.getBytes(StandardCharsets.UTF_8)), 0);
      assertThat(transaction.commit(member)).isPresent();
    }
  }

  private boolean mayReadOpenApi(ObjectView view) {
    RequestInfo target = RequestInfo.parse("GET", "/openapi/v2", Query.EMPTY);
    return authorizer.decide(CALLER, target, () -> view).allowed();
  }

  @Test
  void whoReadsTheStoreAsItWasBeforeARoleCameIsAllowedWhatTheRoleAllows() {
    ObjectView before = view();
    makeDiscoveryRole();
    authorizer.relyOnStore(Set.of(), Set.of("system:discovery"), view().revision());
    assertThat(mayReadOpenApi(before)).isTrue();
    assertThat(mayReadOpenApi(view())).isTrue();
  }

  @Test
  void whatIsNotThereAnyMoreDoesNotCountOnceTheStoreIsReliedOn() {
    authorizer.relyOnStore(Set.of(), Set.of(), view().revision());
    assertThat(mayReadOpenApi(view())).isFalse();
  }
}
