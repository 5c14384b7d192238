package dev.pintle.kube.allocation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlReader;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.transaction.ObjectTransaction;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServiceNumbersTest {
  private static final long SEED = 7;
  private static final ResourceType SERVICES =
      requireNonNull(
          BuiltInTypes.load().snapshot().resource(new GroupVersion("", "v1"), "services"));
  private static final ServiceNetwork NETWORK = requireNonNull(ServiceNetwork.parse("10.0.0.0/24"));
  private final Random random = new Random(SEED);
  private final Set<ClusterIp> takenAddresses = new HashSet<>();

  private static JsonObject yaml(String text) {
    return YamlReader.read(text) instanceof JsonObject object ? object : new JsonObject();
  }

  private AdmissionRequest attempt(JsonObject service, boolean dryRun) {
    return new AdmissionRequest(
        Action.CREATE,
        SERVICES,
        "ns",
        "s",
        "",
        service,
        null,
        new WriteOptions(dryRun, FieldValidation.IGNORE, "", false),
        UserInfo.ANONYMOUS,
        false,
        new ObjectTransaction(),
        "create",
        AdmissionNotes.unread(),
        () -> null);
  }

  private long free(ServiceNetwork network) {
    return network
        .offsets()
        .choose(at -> takenAddresses.contains(network.at(at)), random)
        .orElseThrow();
  }

  private JsonObject given(String spec) {
    return given(spec, false);
  }

  private JsonObject given(String spec, boolean dryRun) {
    JsonObject service = yaml("{spec: " + spec + "}");
    AdmissionRequest attempt = attempt(service, dryRun);
    JsonObject settled = service.objectAt("spec");
    new IpFamilies(List.of("IPv4")).settle(attempt, settled, null);
    new ClusterIpAllocator(
            attempt,
            List.of(NETWORK),
            takenAddresses::contains,
            network -> Optional.of(network.at(free(network))))
        .allocate(settled, 0);
    Range ports = ServiceRanges.DEFAULT.nodePorts();
    new NodePortAllocator(attempt, ports, new NodePortBitmap(ports, BigInteger.ZERO), random)
        .allocate(settled);
    return settled;
  }

  @Test
  void aServiceGetsAnAddressOfTheRange() {
    JsonObject spec = given("{type: ClusterIP}");
    assertThat(spec.text("clusterIP")).startsWith("10.0.0.");
    assertThat(JsonWriter.text(requireNonNull(spec.get("clusterIPs"))))
        .isEqualTo("[\"" + spec.text("clusterIP") + "\"]");
    assertThat(spec.text("ipFamilyPolicy")).isEqualTo("SingleStack");
  }

  @Test
  void headlessServicesHaveBothFamiliesWhenNothingIsSelected() {
    JsonObject spec = given("{type: ClusterIP, clusterIP: None}");
    assertThat(spec.text("ipFamilyPolicy")).isEqualTo("RequireDualStack");
    assertThat(JsonWriter.text(requireNonNull(spec.get("ipFamilies"))))
        .isEqualTo("[\"IPv4\",\"IPv6\"]");
  }

  @Test
  void namesElsewhereGetNothing() {
    assertThat(given("{type: ExternalName}")).isEqualTo(yaml("{type: ExternalName}"));
  }

  @Test
  void anAddressOutsideTheRangeIsRefused() {
    assertThatThrownBy(() -> given("{type: ClusterIP, clusterIP: 10.1.0.1}"))
        .hasMessageContaining(
            "failed to allocate IP 10.1.0.1: the provided network does not match the current range");
  }

  @Test
  void anAddressIsGivenOnce() {
    takenAddresses.add(requireNonNull(ClusterIp.parse("10.0.0.9")));
    assertThatThrownBy(() -> given("{type: ClusterIP, clusterIP: 10.0.0.9}"))
        .hasMessageContaining("provided IP is already allocated");
  }

  @Test
  void oneFamilyIsConfigured() {
    assertThatThrownBy(() -> given("{type: ClusterIP, ipFamilyPolicy: RequireDualStack}"))
        .hasMessageContaining("this cluster is not configured for dual-stack services");
    assertThatThrownBy(() -> given("{type: ClusterIP, ipFamilies: [IPv6]}"))
        .hasMessageContaining("not configured on this cluster");
  }

  @Test
  void protocolsOfOnePortShareANodePort() {
    JsonObject spec =
        given(
            "{type: NodePort, ports: [{port: 53, protocol: TCP}, {port: 53, protocol: UDP}, {port: 80}]}");
    Set<Long> ports = ServiceNumbers.of(new JsonObject().set("spec", spec)).ports();
    assertThat(ports).hasSize(2).allMatch(port -> port >= 30_000 && port <= 32_767);
  }

  @Test
  void aNodePortOutsideTheRangeIsRefusedUnlessNothingComesOfIt() {
    String spec = "{type: NodePort, ports: [{port: 1, nodePort: 80}]}";
    assertThatThrownBy(() -> given(spec))
        .hasMessageContaining("The range of valid ports is 30000-32767");
    assertThat(given(spec, true).array("ports")).isNotNull();
  }

  @Test
  void whoOnlyTriesIsToldTheAddressThatNamesTheNetwork() {
    assertThat(given("{type: ClusterIP}", true).text("clusterIP")).isEqualTo("10.0.0.0");
  }

  @Test
  void balancersThatCheckLocallyHaveAPortForIt() {
    JsonObject spec =
        given(
            "{type: LoadBalancer, externalTrafficPolicy: Local, allocateLoadBalancerNodePorts: false, ports: [{port: 1}]}");
    assertThat(spec.has("healthCheckNodePort")).isTrue();
    assertThat(requireNonNull(spec.array("ports")).at(0)).isEqualTo(yaml("{port: 1}"));
  }

  @Test
  void everyNumberOfARangeIsGivenBeforeItIsFull() {
    Range range = new Range(10, 30, 5);
    Set<Long> used = new HashSet<>();
    OptionalLong next = range.choose(used::contains, random);
    while (next.isPresent()) {
      assertThat(used.add(next.getAsLong())).as("seed %d", SEED).isTrue();
      next = range.choose(used::contains, random);
    }
    assertThat(used).hasSize(21);
  }

  @Test
  void numbersAskedForAreLeftOver() {
    Range range = NETWORK.offsets();
    for (int i = 0; i < 200; i++) {
      assertThat(range.choose(_ -> false, random).orElseThrow())
          .as("seed %d", SEED)
          .isBetween(17L, 254L);
    }
  }

  @Test
  void aServiceKeepsWhatAClientLeavesOut() {
    JsonObject spec = yaml("{type: NodePort, ports: [{name: a, port: 2}]}");
    PatchedAllocations.settle(
        spec,
        yaml(
            "{type: NodePort, clusterIP: 10.0.0.5, clusterIPs: [10.0.0.5], ports: [{name: a, port: 1, nodePort: 30001}]}"));
    assertThat(JsonWriter.text(spec))
        .isEqualTo(
            JsonWriter.text(
                yaml(
                    "{type: NodePort, ports: [{name: a, port: 2, nodePort: 30001}], clusterIP: 10.0.0.5, clusterIPs: [10.0.0.5]}")));
  }

  @Test
  void theListOfAddressesFollowsTheFirstOne() {
    JsonObject spec = yaml("{clusterIP: 10.0.0.6, clusterIPs: [10.0.0.5]}");
    PatchedAllocations.settle(spec, yaml("{clusterIP: 10.0.0.5, clusterIPs: [10.0.0.5]}"));
    assertThat(JsonWriter.text(spec))
        .isEqualTo("{\"clusterIP\":\"10.0.0.6\",\"clusterIPs\":[\"10.0.0.6\"]}");
  }
}
