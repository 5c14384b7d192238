package dev.pintle.kube.podsecurity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeSnapshot;
import dev.pintle.kube.status.StatusError;
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

/// What PodSecurity leaves for the audit record of a request.
final class PodSecurityNotesTest {
  private static final TypeSnapshot TYPES = BuiltInTypes.load().snapshot();
  private static final String DOMAIN = "pod-security.kubernetes.io/";
  private static final String PORTS =
      "PodSecurity \"baseline:latest\": hostPort (container \"c\" uses hostPort 1)";

  private LocalMember member;

  @BeforeEach
  void open() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  @AfterEach
  void close() {
    member.close();
  }

  private static ResourceType type(String plural) {
    return requireNonNull(TYPES.resource(new GroupVersion("", "v1"), plural));
  }

  private void namespace(String labels) {
    String json =
        "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"ns\",\"uid\":\"u\",\"labels\":{%s}}}"
            .formatted(labels);
    try (ObjectTransaction transaction = new ObjectTransaction()) {
      transaction.put(
          Keys.object(type("namespaces"), "", "ns"),
          Bytes.wrap(json.getBytes(StandardCharsets.UTF_8)),
          0);
      assertThat(transaction.commit(member)).isPresent();
    }
  }

  private static JsonObject pod(String more) {
    String json =
        "{\"spec\":{%s\"containers\":[{\"name\":\"c\",\"ports\":[{\"hostPort\":1}]}]}}"
            .formatted(more);
    return (JsonObject) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  /// @param notes take what is told
  private void create(
      PodSecurityConfiguration configuration, JsonObject pod, AdmissionNotes notes) {
    AdmissionRequest request =
        new AdmissionRequest(
            Action.CREATE,
            type("pods"),
            "ns",
            "p",
            "",
            pod,
            null,
            WriteOptions.NONE,
            UserInfo.ANONYMOUS,
            false,
            new ObjectTransaction(),
            "create",
            notes,
            () -> null);
    new PodSecurity(
            configuration, new PodSecurityCounts(), () -> type("namespaces"), () -> type("pods"))
        .validate(request, new ObjectView(member.view(), new ObjectReader(new SameVersionOnly())));
  }

  private Map<String, String> created(PodSecurityConfiguration configuration, JsonObject pod) {
    AdmissionNotes notes = AdmissionNotes.unread();
    create(configuration, pod, notes);
    return notes.annotations();
  }

  private static PodSecurityConfiguration exempting(Set<String> users, Set<String> classes) {
    return new PodSecurityConfiguration(NamespacePolicy.NONE, users, Set.of(), classes);
  }

  @Test
  void whatWasEnforcedAndWhatWouldBeViolatedIsNoted() {
    namespace("\"%1$saudit\":\"baseline\",\"%1$senforce-version\":\"v1.20\"".formatted(DOMAIN));

    assertThat(created(PodSecurityConfiguration.DEFAULT, pod("")))
        .containsOnly(
            Map.entry(DOMAIN + "enforce-policy", "privileged:v1.20"),
            Map.entry(DOMAIN + "audit-violations", "would violate " + PORTS));
    namespace("");
    assertThat(created(PodSecurityConfiguration.DEFAULT, pod("")))
        .containsOnly(Map.entry(DOMAIN + "enforce-policy", "privileged:latest"));
  }

  @Test
  void whyNobodyLookedIsNoted() {
    namespace("\"" + DOMAIN + "enforce\":\"baseline\"");

    assertThat(created(exempting(Set.of(UserInfo.ANONYMOUS.name()), Set.of()), pod("")))
        .containsOnly(Map.entry(DOMAIN + "exempt", "user"));
    assertThat(
            created(exempting(Set.of(), Set.of("gvisor")), pod("\"runtimeClassName\":\"gvisor\",")))
        .containsOnly(Map.entry(DOMAIN + "exempt", "runtimeClass"));
  }

  @Test
  void labelsThatCannotBeReadAreNotedAndHeldToTheStrictest() {
    namespace("\"%1$senforce\":\"x\",\"%1$swarn\":\"y\"".formatted(DOMAIN));
    AdmissionNotes notes = AdmissionNotes.unread();

    assertThatThrownBy(() -> create(PodSecurityConfiguration.DEFAULT, pod(""), notes))
        .isInstanceOf(StatusError.class)
        .hasMessageContaining("violates PodSecurity \"restricted:latest\"");
    assertThat(notes.annotations())
        .containsEntry(
            DOMAIN + "error",
            "Failed to parse policy: [metadata.labels[%1$senforce]: Invalid value: \"x\": must be one of privileged, baseline, restricted, metadata.labels[%1$swarn]: Invalid value: \"y\": must be one of privileged, baseline, restricted]"
                .formatted(DOMAIN));
  }

  @Test
  void aNamespaceThatIsNotThereIsAFault() {
    AdmissionNotes notes = AdmissionNotes.unread();

    assertThatThrownBy(() -> create(PodSecurityConfiguration.DEFAULT, pod(""), notes))
        .isInstanceOf(StatusError.class)
        .hasMessageContaining("Internal error occurred: failed to lookup namespace \"ns\"");
    assertThat(List.copyOf(notes.annotations().keySet())).containsExactly(DOMAIN + "error");
  }
}
