package dev.pintle.kube.admission.match;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.admission.expression.MatchedKind;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RequestMatcherTest {
  private static final TypeRegistry TYPES = new TypeRegistry(BuiltInTypes.load().snapshot());

  private final RequestMatcher matcher =
      new RequestMatcher(() -> type("/v1/namespaces"), new EquivalentResources(TYPES));
  private LocalMember member;

  @BeforeEach
  void start() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  @AfterEach
  void close() {
    member.close();
  }

  /// @param resource group, version and plural
  private static ResourceType type(String resource) {
    String[] words = resource.split("/", -1);
    return requireNonNull(
        TYPES.current().resource(new GroupVersion(words[0], words[1]), words[2]), resource);
  }

  private static AdmissionRequest request(
      Action action, String resource, String part, String namespace, @Nullable String object) {
    return new AdmissionRequest(
        action,
        type(resource),
        namespace,
        "it",
        part,
        object == null ? null : json(object),
        action == Action.CREATE ? null : json("{\"metadata\":{\"labels\":{\"was\":\"so\"}}}"),
        WriteOptions.NONE,
        UserInfo.ANONYMOUS,
        false,
        new ObjectTransaction(),
        action.name().toLowerCase(Locale.ROOT),
        AdmissionNotes.unread(),
        () -> null);
  }

  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.read(text.replace('\'', '"'));
  }

  private @Nullable MatchedKind match(AdmissionRequest request, String webhook) {
    ObjectView view = new ObjectView(member.view(), new ObjectReader(new SameVersionOnly()));
    return matcher.match(MatchCriteria.ofWebhook(json(webhook)), request, view);
  }

  private static String rule(String operation, String group, String version, String resource) {
    return "{'operations':['%s'],'apiGroups':['%s'],'apiVersions':['%s'],'resources':['%s'],'scope':'*'}"
        .formatted(operation, group, version, resource);
  }

  private void matches(AdmissionRequest request, String rule, boolean expected) {
    assertThat(match(request, "{'rules':[" + rule + "]}") != null).as(rule).isEqualTo(expected);
  }

  @Test
  void aRuleIsAboutOperationsAndResources() {
    AdmissionRequest map = request(Action.CREATE, "/v1/configmaps", "", "ns", "{'metadata':{}}");
    matches(map, rule("CREATE", "", "v1", "configmaps"), true);
    matches(map, rule("*", "*", "*", "*"), true);
    matches(map, rule("*", "*", "*", "*/*"), true);
    matches(map, rule("UPDATE", "", "v1", "configmaps"), false);
    matches(map, rule("CREATE", "apps", "v1", "configmaps"), false);
    matches(map, rule("CREATE", "", "v2", "configmaps"), false);
    matches(map, rule("CREATE", "", "v1", "configmaps/status"), false);
    AdmissionRequest status = request(Action.UPDATE, "/v1/pods", "status", "ns", "{'metadata':{}}");
    matches(status, rule("UPDATE", "", "v1", "pods"), false);
    matches(status, rule("UPDATE", "", "v1", "pods/status"), true);
    matches(status, rule("UPDATE", "", "v1", "pods/*"), true);
    matches(status, rule("UPDATE", "", "v1", "*/status"), true);
    matches(status, rule("UPDATE", "", "v1", "*"), false);
  }

  @Test
  void aScopeTakesNamespacesForObjectsOfTheCluster() {
    String any =
        "{'operations':['*'],'apiGroups':['*'],'apiVersions':['*'],'resources':['*'],'scope':'%s'}";
    AdmissionRequest map = request(Action.CREATE, "/v1/configmaps", "", "ns", "{}");
    AdmissionRequest node = request(Action.CREATE, "/v1/nodes", "", "", "{}");
    AdmissionRequest namespace = request(Action.CREATE, "/v1/namespaces", "", "", "{}");
    matches(map, any.formatted("Cluster"), false);
    matches(map, any.formatted("Namespaced"), true);
    matches(node, any.formatted("Cluster"), true);
    matches(node, any.formatted("Namespaced"), false);
    matches(namespace, any.formatted("Cluster"), true);
    matches(namespace, any.formatted("Namespaced"), false);
  }

  @Test
  void anEquivalentVersionIsMatchedAsItself() {
    AdmissionRequest scaler =
        request(Action.CREATE, "autoscaling/v2/horizontalpodautoscalers", "", "ns", "{}");
    String old = rule("*", "autoscaling", "v1", "horizontalpodautoscalers");
    assertThat(match(scaler, "{'matchPolicy':'Exact','rules':[" + old + "]}")).isNull();
    MatchedKind matched = match(scaler, "{'matchPolicy':'Equivalent','rules':[" + old + "]}");
    assertThat(requireNonNull(matched).kind().groupVersion().text()).isEqualTo("autoscaling/v1");
    AdmissionRequest event = request(Action.CREATE, "/v1/events", "", "ns", "{}");
    String other = rule("*", "events.k8s.io", "v1", "events");
    assertThat(match(event, "{'matchPolicy':'Equivalent','rules':[" + other + "]}")).isNotNull();
  }

  @Test
  void anObjectIsSelectedAsItIsOrAsItWouldBe() {
    String selected =
        "{'rules':["
            + rule("*", "*", "*", "*/*")
            + "],'objectSelector':{'matchLabels':{'%s':'so'}}}";
    AdmissionRequest update =
        request(Action.UPDATE, "/v1/configmaps", "", "ns", "{'metadata':{'labels':{'is':'so'}}}");
    assertThat(match(update, selected.formatted("is"))).isNotNull();
    assertThat(match(update, selected.formatted("was"))).isNotNull();
    assertThat(match(update, selected.formatted("willbe"))).isNull();
    AdmissionRequest connect = request(Action.CONNECT, "/v1/pods", "exec", "ns", "{}");
    assertThat(
            match(
                connect,
                "{'rules':["
                    + rule("*", "*", "*", "*/*")
                    + "],'objectSelector':{'matchExpressions':[{'key':'x','operator':'DoesNotExist'}]}}"))
        .isNull();
  }

  @Test
  void aNamespaceThatIsNotThereIsToldOnlyWhereItMatters() {
    String selecting = "{'rules':[%s],'namespaceSelector':{'matchLabels':{'a':'b'}}}";
    AdmissionRequest map = request(Action.CREATE, "/v1/configmaps", "", "ns", "{}");
    assertThat(match(map, selecting.formatted(rule("DELETE", "*", "*", "*")))).isNull();
    assertThatThrownBy(() -> match(map, selecting.formatted(rule("*", "*", "*", "*"))))
        .hasMessage("namespaces \"ns\" not found");
    AdmissionRequest node = request(Action.CREATE, "/v1/nodes", "", "", "{}");
    assertThat(match(node, selecting.formatted(rule("*", "*", "*", "*")))).isNotNull();
    AdmissionRequest itself =
        request(Action.CREATE, "/v1/namespaces", "", "", "{'metadata':{'labels':{'a':'b'}}}");
    assertThat(match(itself, selecting.formatted(rule("*", "*", "*", "*")))).isNotNull();
  }
}
