package dev.pintle.kube.warning;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each warning beside the real server's is in the twin's corpus.
final class ObjectWarningsTest {
  private static final BuiltInTypes TYPES = BuiltInTypes.load();

  private static ResourceType type(String version, String plural) {
    return requireNonNull(TYPES.snapshot().resource(GroupVersion.parse(version), plural), plural);
  }

  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> onCreate(String version, String plural, String object) {
    List<String> warnings = new ArrayList<>();
    ObjectWarnings.onCreate(type(version, plural), json(object), warnings::add);
    return warnings;
  }

  private static List<String> ofPod(String spec) {
    return onCreate("v1", "pods", "{\"metadata\":{\"name\":\"p\"},\"spec\":{%s}}".formatted(spec));
  }

  @Test
  void whoAsksForAPartOfAByteIsTold() {
    String pod =
        "\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":{\"memory\":\"%s\"}}}]";
    assertThat(ofPod(pod.formatted("1500m")))
        .containsExactly(
            "spec.containers[0].resources.requests[memory]: fractional byte value \"1500m\" is invalid, must be an integer");
    assertThat(ofPod(pod.formatted("2"))).isEmpty();
    assertThat(ofPod(pod.formatted("999999999n"))).isEmpty();
  }

  @Test
  void portsBesideOneAnotherAreToldApart() {
    assertThat(
            ofPod(
                "\"containers\":[{\"ports\":[{\"containerPort\":1,\"hostPort\":1},{\"containerPort\":1,\"hostPort\":2},{\"containerPort\":1,\"hostPort\":1,\"hostIP\":\"1.2.3.4\"}]}]"))
        .containsExactly(
            "spec.containers[0].ports[2]: dangerously ambiguous port definition with spec.containers[0].ports[0]");
  }

  @Test
  void pathsThatHideOneAnotherAreToldInTheOrderOfTheLater() {
    assertThat(
            ofPod(
                "\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"m\",\"items\":[{\"path\":\"a/b\"},{\"path\":\"ab\"},{\"path\":\"a\"},{\"path\":\"a/b/\"}]}}]"))
        .containsExactly(
            "volume \"v\" (ConfigMap \"m\"): overlapping paths: \"a\" with \"a/b\"",
            "volume \"v\" (ConfigMap \"m\"): overlapping paths: \"a/b\" with \"a/b\"",
            "volume \"v\" (ConfigMap \"m\"): overlapping paths: \"a/b\" with \"a\"");
  }

  @Test
  void manyPairsAreNotAllLookedAt() {
    String port = "{\"containerPort\":1},";
    String item = "{\"path\":\"a\"},";
    String spec =
        "\"containers\":[{\"ports\":[%s{}]}],\"volumes\":[{\"secret\":{\"items\":[%s{}]}}]"
            .formatted(port.repeat(20_000), item.repeat(20_000));
    assertThat(ofPod(spec)).hasSizeBetween(300, 2_000);
  }

  @Test
  void aChangeThatLeavesTheTemplateAloneIsNotTold() {
    ResourceType deployments = type("apps/v1", "deployments");
    String deployment =
        "{\"metadata\":{\"name\":\"d\",\"generation\":%d},\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"beta.kubernetes.io/os\":\"x\"}}}}}";
    List<String> warnings = new ArrayList<>();
    JsonObject old = json(deployment.formatted(1));
    ObjectWarnings.onUpdate(deployments, "", json(deployment.formatted(1)), old, warnings::add);
    ObjectWarnings.onUpdate(
        deployments, "status", json(deployment.formatted(2)), old, warnings::add);
    assertThat(warnings).isEmpty();
    ObjectWarnings.onUpdate(deployments, "", json(deployment.formatted(2)), old, warnings::add);
    assertThat(warnings)
        .containsExactly(
            "spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead");
  }

  @Test
  void anAnnotationBecomesAFieldAndIsTold() {
    JsonObject pod =
        json(
            "{\"metadata\":{\"annotations\":{\"container.apparmor.security.beta.kubernetes.io/c\":\"localhost/x\"}},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}");
    List<String> warnings = new ArrayList<>();
    ObjectWarnings.beforeCreate(type("v1", "pods"), pod, warnings::add);
    assertThat(warnings).hasSize(1);
    assertThat(
            pod.objectOrEmpty("spec")
                .objects("containers")
                .getFirst()
                .objectOrEmpty("securityContext")
                .objectOrEmpty("appArmorProfile"))
        .isEqualTo(json("{\"type\":\"Localhost\",\"localhostProfile\":\"x\"}"));
  }

  @Test
  void aTextIsSearchedInTimeThatIsLinear() {
    assertThat(TextSearch.contains("a$(A)b", "$(A)")).isTrue();
    assertThat(TextSearch.contains("aab", "ab")).isTrue();
    assertThat(TextSearch.contains("aaa", "ab")).isFalse();
    assertThat(TextSearch.contains("a".repeat(400_000), "a".repeat(200_000) + "b")).isFalse();
  }

  @Test
  void rangesAreToldInTheFormThatTheyShouldHave() {
    String policy = "{\"spec\":{\"ingress\":[{\"from\":[{\"ipBlock\":{\"cidr\":\"%s\"}}]}]}}";
    String place = "spec.ingress[0].from[0].ipBlock.cidr: ";
    assertThat(range(policy.formatted("10.0.0.1/8")))
        .containsExactly(
            place
                + "CIDR value \"10.0.0.1/8\" is ambiguous in this context (should be \"10.0.0.0/8\" or \"10.0.0.1/32\"?)");
    assertThat(range(policy.formatted("010.0.0.0/8")))
        .containsExactly(
            place + "non-standard CIDR value \"010.0.0.0/8\" is invalid: use \"10.0.0.0/8\"");
    assertThat(range(policy.formatted("::ffff:10.0.0.0/104")))
        .containsExactly(
            place
                + "non-standard CIDR value \"::ffff:10.0.0.0/104\" is invalid: use \"10.0.0.0/8\"");
    assertThat(range(policy.formatted("2001:DB8::/32")))
        .containsExactly(
            place
                + "IPv6 CIDR value \"2001:DB8::/32\" should be in RFC 5952 canonical format (\"2001:db8::/32\")");
    assertThat(range(policy.formatted("10.0.0.0/8"))).isEmpty();
  }

  private static List<String> range(String policy) {
    return onCreate("networking.k8s.io/v1", "networkpolicies", policy);
  }
}
