package dev.pintle.kube.verb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.ListOptions;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.store.StoredForm;
import dev.pintle.kube.store.StoredObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectionPredicateTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ResourceType PODS = type("v1", "pods");
  private static final ResourceType MAPS = type("v1", "configmaps");
  private static final StoredObject POD =
      stored(
          "{metadata: {name: p, namespace: ns, labels: {app: web}}, spec: {nodeName: node1, restartPolicy: Never},"
              + " status: {phase: Running, podIP: 10.0.0.1}}");

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(version), plural));
  }

  private static StoredObject stored(String yaml) {
    StoredForm form = StoredForm.of(PODS.groupVersionKind());
    if (YamlReader.read(yaml) instanceof JsonObject object) {
      return StoredObject.of(
          form, new KeyValue(Bytes.utf8("/registry/pods/n/p"), 1, 7, 1, 0, form.write(object)));
    }
    throw new IllegalArgumentException(yaml + " (expected: an object)");
  }

  private static SelectionPredicate predicate(ResourceType type, String labels, String fields) {
    Query query =
        Query.parse(
            "labelSelector=%s&fieldSelector=%s".formatted(encoded(labels), encoded(fields)));
    return SelectionPredicate.of(type, ListOptions.parse(query, false), "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | true",
        "app=web | '' | true",
        "app!=web | '' | false",
        "'app in (a,web)' | status.phase=Running | true",
        "app=web | status.phase=Pending | false",
        "'' | spec.nodeName=node1,status.podIP=10.0.0.1 | true",
        "'' | spec.nodeName!=node1 | false",
        "'' | metadata.name=p,metadata.namespace=ns | true",
        "'' | metadata.name=q | false",
        "'' | status.nominatedNodeName= | true",
        "'' | spec.restartPolicy=Never,spec.restartPolicy=Always | false",
        "'' | spec.restartPolicy=Never,spec.restartPolicy!=Always | true",
        "!app | '' | false"
      })
  void anObjectIsMeantWhenAllSelectorsMeanIt(String labels, String fields, boolean meant) {
    assertThat(predicate(PODS, labels, fields).matches(POD)).isEqualTo(meant);
  }

  @Test
  void onlyWhatSelectsNothingMeansEverything() {
    assertThat(predicate(PODS, "", "").isEverything()).isTrue();
    assertThat(predicate(PODS, "a", "").isEverything()).isFalse();
    assertThat(predicate(PODS, "", "metadata.name=p").isEverything()).isFalse();
    SelectionPredicate named =
        SelectionPredicate.of(PODS, ListOptions.parse(Query.EMPTY, false), "q");
    assertThat(named.isEverything()).isFalse();
    assertThat(named.matches(POD)).isFalse();
  }

  /// Two words for one thing: kinds with labels of their own are asked by a conversion, others by a default.
  @Test
  void aFieldThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> predicate(PODS, "", "spec.color=red"))
        .hasMessage("field label not supported: spec.color");
    assertThatThrownBy(() -> predicate(MAPS, "", "data.a=b"))
        .hasMessage(
            "\"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    assertThatThrownBy(() -> predicate(PODS, "", "spec.nodeName"))
        .hasMessageContaining(
            "invalid selector: 'spec.nodeName'; can't understand 'spec.nodeName'");
  }
}
