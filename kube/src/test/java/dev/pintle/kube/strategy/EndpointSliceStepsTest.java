package dev.pintle.kube.strategy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointSliceStepsTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final ResourceType SLICES = type("discovery.k8s.io/v1", "endpointslices");
  private static final ResourceType LEASES = type("coordination.k8s.io/v1", "leases");
  private static final Strategies STRATEGIES = Strategies.builtIn();

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.resource(GroupVersion.parse(version), plural));
  }

  private static JsonObject object(String yaml) {
    if (YamlReader.read(yaml) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(yaml + " (expected: an object)");
  }

  private static JsonObject updated(ResourceType type, String old, String next) {
    JsonObject object = object(next);
    STRATEGIES.prepareForUpdate(type, object, object(old), "");
    return object;
  }

  /// What counts by itself is counted elsewhere, once.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{metadata: {generation: 3, labels: {a: b}}, addressType: IPv4} | 4",
        "{metadata: {generation: 3}, addressType: IPv4} | 3",
        "{metadata: {generation: 3, labels: {}}, addressType: IPv4} | 3",
        "{metadata: {generation: 3, annotations: {a: b}}, addressType: IPv4} | 3",
        "{metadata: {generation: 3, labels: {a: b}}, addressType: IPv4, ports: [{name: a}]} | 3",
        "{metadata: {generation: 3, labels: {a: b}}, addressType: IPv4, endpoints: []} | 4"
      })
  void aChangeOfLabelsAloneIsOneOfTheSlice(String next, long generation) {
    JsonObject slice = updated(SLICES, "{metadata: {generation: 3}, addressType: IPv4}", next);
    assertThat(slice.objectAt("metadata").wholeOrZero("generation")).isEqualTo(generation);
  }

  private static final String KNOWN =
      "{endpoints: [{addresses: [10.0.0.1], deprecatedTopology: {kubernetes.io/hostname: node1, zone: a}}]}";

  @Test
  void labelsOfEndpointsOfANewSliceGo() {
    JsonObject slice = object(KNOWN);
    STRATEGIES.prepareForCreate(SLICES, slice);
    assertThat(slice).isEqualTo(object("{endpoints: [{addresses: [10.0.0.1]}]}"));
  }

  @Test
  void labelsOfEndpointsThatNobodyTouchesStay() {
    assertThat(updated(SLICES, KNOWN, KNOWN)).isEqualTo(object(KNOWN));
  }

  @Test
  void aNodeThatWasKnownByALabelIsKnownByItsName() {
    assertThat(updated(SLICES, KNOWN, KNOWN.replace("10.0.0.1", "10.0.0.2")))
        .isEqualTo(object("{endpoints: [{addresses: [10.0.0.2], nodeName: node1}]}"));
  }

  @Test
  void aNodeThatNobodyKnewIsNot() {
    String old = "{endpoints: [{addresses: [10.0.0.9]}]}";
    assertThat(updated(SLICES, old, KNOWN))
        .isEqualTo(object("{endpoints: [{addresses: [10.0.0.1]}]}"));
  }

  @Test
  void whoNamesItsNodeKeepsTheName() {
    String next =
        "{endpoints: [{addresses: [10.0.0.2], nodeName: mine, deprecatedTopology: {kubernetes.io/hostname: node1}}]}";
    assertThat(updated(SLICES, KNOWN, next))
        .isEqualTo(object("{endpoints: [{addresses: [10.0.0.2], nodeName: mine}]}"));
  }

  @Test
  void candidatesOfANewLeaseDoNotAgreeOnALeader() {
    JsonObject lease =
        object("{spec: {holderIdentity: a, strategy: OldestEmulationVersion, preferredHolder: b}}");
    STRATEGIES.prepareForCreate(LEASES, lease);
    assertThat(lease).isEqualTo(object("{spec: {holderIdentity: a}}"));
  }

  /// Another server of the cluster may have let them.
  @Test
  void whatCandidatesAgreedOnAlreadyMayChange() {
    assertThat(
            updated(
                LEASES,
                "{spec: {strategy: OldestEmulationVersion}}",
                "{spec: {strategy: Other, preferredHolder: b}}"))
        .isEqualTo(object("{spec: {strategy: Other}}"));
    assertThat(updated(LEASES, "{}", "{metadata: {name: a}}"))
        .isEqualTo(object("{metadata: {name: a}}"));
  }
}
