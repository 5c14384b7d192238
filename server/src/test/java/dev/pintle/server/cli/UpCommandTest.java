package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.ControllerSelection;
import dev.pintle.kube.flowcontrol.FlowExtras;
import dev.pintle.kube.flowcontrol.FlowLimits;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.server.config.Advertising;
import dev.pintle.server.config.Advertising.EndpointReconciler;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpCommandTest {
  @Test
  void withoutFlagsAllDefaultsHold() throws Exception {
    assertThat(UpCommand.parse(List.of())).isEqualTo(ServerConfig.DEFAULT);
  }

  @Test
  void everyFlagReachesTheConfiguration() throws Exception {
    ServerConfig config =
        UpCommand.parse(List.of("--data", "/d", "--etcd=[::1]:0", "--kube", "off", "--memory"));
    assertThat(config.data()).contains(Path.of("/d"));
    assertThat(config.etcd()).contains(new Endpoint("::1", 0));
    assertThat(config.kube()).isEmpty();
    assertThat(config.memory()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--data /a/b --etcd [::1]:1 --kube off",
        "--etcd off --kube 0.0.0.0:6443 --memory --admin-token on",
        "--etcd-insecure --etcd-compaction-interval 1h30m0.5s",
        "--etcd-compaction-interval 0",
        "--event-ttl 1m30s",
        "--event-ttl 0",
        "--etcd-fair-queuing on",
        "--allow-privileged",
        "--allow-privileged=false",
        "--authorization-mode Node,RBAC",
        "--enable-priority-and-fairness=false --max-requests-inflight 0",
        "--controllers *,-namespace-controller --event-ttl 2h",
        "--controllers=-*",
        "--enable-admission-plugins AlwaysAdmit --disable-admission-plugins=LimitRanger,Priority",
        "--max-requests-inflight 10 --max-mutating-requests-inflight 5 --request-timeout 2m",
        "--runtime-config flowcontrol.apiserver.k8s.io/v1beta3=true",
        "--priority-and-fairness-learned-times",
        "--advertise-address FD00:0::5 --service-cluster-ip-range fd00:1::/108",
        "--advertise-address 127.0.0.1 --endpoint-reconciler-type none",
        "--priority-and-fairness-names --max-list-bytes-inflight 134217728",
        "--audit-log-path - --audit-log-format legacy --audit-log-mode batch --audit-log-batch-buffer-size 5",
        "--audit-log-maxage 0 --audit-log-maxbackup 3 --audit-log-maxsize 7 --audit-log-compress --audit-log-truncate-enabled --audit-log-truncate-max-event-size 2000",
        "--audit-log-batch-max-size 3 --audit-log-batch-max-wait 2s --audit-log-batch-throttle-enable --audit-log-batch-throttle-qps 1.5 --audit-log-batch-throttle-burst 2 --audit-log-truncate-max-batch-size 3000000000 --audit-log-version audit.k8s.io/v1",
        "--audit-webhook-mode blocking-strict --audit-webhook-initial-backoff 1s --audit-webhook-batch-buffer-size 7 --audit-webhook-batch-max-size 8 --audit-webhook-batch-max-wait 9s --audit-webhook-truncate-enabled",
        "--audit-webhook-batch-initial-backoff 3s --audit-webhook-batch-throttle-enable=false --audit-webhook-batch-throttle-qps 2 --audit-webhook-batch-throttle-burst 4 --audit-webhook-truncate-max-event-size 10 --audit-webhook-truncate-max-batch-size 11 --audit-webhook-version audit.k8s.io/v1",
        "--service-cluster-ip-range fd00:1::/108,10.96.0.0/12"
      })
  void whatIsShownOfAStartStartsTheSameAgain(String line) throws Exception {
    List<String> given = line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    ServerConfig config = UpCommand.parse(given);
    List<String> shown = new ArrayList<>();
    UpCommand.flags(config).forEach((name, value) -> shown.add("--" + name + "=" + value));
    assertThat(UpCommand.parse(shown)).isEqualTo(config);
    // A flag that is not shown, or a shown one that does not exist, is a mistake.
    assertThat(UpCommand.flags(config).keySet()).isEqualTo(UpCommand.known());
  }

  @Test
  void pluginsThatNobodyKnowsOrServesAreRefused() throws Exception {
    assertThat(
            UpCommand.parse(List.of("--disable-admission-plugins", "Priority"))
                .admission()
                .selection()
                .disabled())
        .containsExactly("Priority");
    refused(
        "enable-admission-plugins plugin \"X\" is unknown; disable-admission-plugins plugin \"Y\" is unknown",
        "--enable-admission-plugins=X",
        "--disable-admission-plugins=Y");
    refused(
        "[LimitRanger Priority] in enable-admission-plugins and disable-admission-plugins overlapped",
        "--enable-admission-plugins=Priority,LimitRanger",
        "--disable-admission-plugins=LimitRanger,Priority");
    refused(
        "enable-admission-plugins plugin \"ImagePolicyWebhook\" is not served",
        "--enable-admission-plugins=ImagePolicyWebhook");
  }

  @Test
  void theFileOfPluginsIsReadAtTheStart(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("admission.yaml");
    refused(
        "--admission-control-config-file: unable to read admission control configuration from \"%s\" [java.nio.file.NoSuchFileException: %s]"
            .formatted(file, file),
        "--admission-control-config-file=" + file);
    Files.writeString(
        file,
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n- name: LimitRanger\n  path: l.yaml\n");
    refused(
        "--admission-control-config-file %s: plugins[0].path: l.yaml cannot be read: java.nio.file.NoSuchFileException: %s"
            .formatted(file, folder.resolve("l.yaml")),
        "--admission-control-config-file=" + file);
    Files.writeString(folder.resolve("l.yaml"), "a: b\n");
    refused(
        "plugin \"LimitRanger\" takes no configuration", "--admission-control-config-file=" + file);
  }

  @Test
  void thePolicyOfTheAuditIsReadAtTheStart(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("policy.yaml");
    refused(
        "--audit-policy-file: loading audit policy file: failed to read file path \"%s\": java.nio.file.NoSuchFileException: %s"
            .formatted(file, file),
        "--audit-policy-file=" + file);
    Files.writeString(file, "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Loud\n");
    refused(
        "--audit-policy-file: loading audit policy file: rules[0].level: Unsupported value: \"Loud\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\": from file "
            + file,
        "--audit-policy-file=" + file);
    Files.writeString(
        file, "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n");
    assertThat(UpCommand.parse(List.of("--audit-policy-file=" + file)).audit().isOn()).isFalse();
    assertThat(
            UpCommand.parse(List.of("--audit-policy-file=" + file, "--audit-log-path=-"))
                .audit()
                .isOn())
        .isTrue();
  }

  @Test
  void whatTheAuditLogIsNotIsRefused() {
    refused(
        "invalid audit log format xml, allowed formats are \"legacy,json\"",
        "--audit-log-format=xml");
    refused(
        "invalid audit log mode fast, allowed modes are \"batch,blocking,blocking-strict\"",
        "--audit-log-mode=fast");
    refused(
        "invalid audit batch log buffer size 0, must be a positive number",
        "--audit-log-mode=batch",
        "--audit-log-batch-buffer-size=0");
    refused(
        "invalid audit batch webhook throttle QPS 0, must be a positive number",
        "--audit-webhook-batch-throttle-qps=0");
    refused(
        "invalid audit batch webhook max batch size -1, must be a positive number",
        "--audit-webhook-batch-max-size=-1");
    refused(
        "invalid audit webhook mode fast, allowed modes are \"batch,blocking,blocking-strict\"",
        "--audit-webhook-mode=fast");
    refused(
        "invalid audit truncate webhook max batch size 5, must be greater than max event size (6)",
        "--audit-webhook-truncate-max-event-size=6",
        "--audit-webhook-truncate-max-batch-size=5");
    refused(
        "invalid group version, allowed versions are [\"audit.k8s.io/v1\"]",
        "--audit-webhook-version=audit.k8s.io/v1beta1");
    refused("unexpected GroupVersion string: a/b/c", "--audit-log-version=a/b/c");
    refused("--audit-log-maxage -1 can't be a negative number", "--audit-log-maxage=-1");
    refused(
        "--audit-log-maxsize: x (expected: a whole number of at most 2147483647)",
        "--audit-log-maxsize=x");
  }

  @Test
  void eventsAreKeptForAnHourUnlessSomebodySaysOtherwise() throws Exception {
    assertThat(ServerConfig.DEFAULT.eventTtl()).isEqualTo(Duration.ofHours(1));
    assertThat(UpCommand.parse(List.of("--event-ttl", "5m")).eventTtl())
        .isEqualTo(Duration.ofMinutes(5));
    refused(
        "--event-ttl: -1s (expected: such as 1h, or 0 to keep them for ever)", "--event-ttl=-1s");
    refused(
        "invalid argument \"5\" for \"--event-ttl\" flag: time: missing unit in duration \"5\"",
        "--event-ttl=5");
  }

  @Test
  void rolesSayWhatCallersMayDoUnlessNodesHaveASayToo() throws Exception {
    assertThat(ServerConfig.DEFAULT.authorization().names()).containsExactly("RBAC");
    assertThat(UpCommand.parse(List.of("--authorization-mode=Node,RBAC")).authorization().names())
        .containsExactly("Node", "RBAC");
    refused("authorization-mode \"X\" is not a valid mode", "--authorization-mode=X");
  }

  @Test
  void privilegedContainersAreRefusedUnlessSomebodyAllowsThem() throws Exception {
    assertThat(ServerConfig.DEFAULT.allowPrivileged()).isFalse();
    assertThat(UpCommand.parse(List.of("--allow-privileged")).allowPrivileged()).isTrue();
    assertThat(UpCommand.parse(List.of("--allow-privileged=true")).allowPrivileged()).isTrue();
    assertThat(UpCommand.parse(List.of("--allow-privileged=false")).allowPrivileged()).isFalse();
    refused("--allow-privileged: yes (expected: true or false)", "--allow-privileged=yes");
  }

  @Test
  void howManyRequestsAreWorkedOnAtOnceIsSaidByFlags() throws Exception {
    assertThat(ServerConfig.DEFAULT.flow()).isEqualTo(new FlowLimits(true, 400, 200));
    assertThat(UpCommand.parse(List.of("--enable-priority-and-fairness=false")).flow().fair())
        .isFalse();
    assertThat(UpCommand.parse(List.of("--max-requests-inflight=7")).flow())
        .isEqualTo(new FlowLimits(true, 7, 200));
    refused(
        "--max-requests-inflight: many (expected: a whole number)", "--max-requests-inflight=many");
    refused(
        "max-mutating-requests-inflight: -1 (expected: not negative)",
        "--max-mutating-requests-inflight=-1");
    refused(
        "max-requests-inflight + max-mutating-requests-inflight: 0 (expected: at least 1 with --enable-priority-and-fairness)",
        "--max-requests-inflight=0",
        "--max-mutating-requests-inflight=0");
    refused(
        "--max-requests-inflight: 2147483648 (expected: at most 2147483647)",
        "--max-requests-inflight=2147483648");
  }

  @Test
  void versionsThatAreServedNoMoreAreServedIfThatIsAskedFor() throws Exception {
    Set<GroupVersion> served = Set.of(new GroupVersion("flowcontrol.apiserver.k8s.io", "v1beta3"));
    String flag = "--runtime-config=flowcontrol.apiserver.k8s.io/v1beta3";
    assertThat(ServerConfig.DEFAULT.earlier()).isEmpty();
    assertThat(UpCommand.parse(List.of(flag + "=true")).earlier()).isEqualTo(served);
    assertThat(UpCommand.parse(List.of(flag)).earlier()).isEqualTo(served);
    assertThat(UpCommand.parse(List.of(flag + "=false")).earlier()).isEmpty();
    for (String bad :
        List.of("a/b/c", "v1", "batch/v1=true", "flowcontrol.apiserver.k8s.io/v1beta3=1", "x,")) {
      refused(
          "--runtime-config: %s (expected: flowcontrol.apiserver.k8s.io/v1beta3=true or =false)"
              .formatted(bad.replace(",", "")),
          "--runtime-config=" + bad);
    }
  }

  @Test
  void whatPriorityLevelsDoBeyondUpstreamIsSaidByFlags() throws Exception {
    assertThat(ServerConfig.DEFAULT.flow().extras()).isEqualTo(FlowExtras.NONE);
    assertThat(UpCommand.parse(List.of("--priority-and-fairness-names")).flow().extras())
        .isEqualTo(FlowExtras.NONE.withNames());
    assertThat(UpCommand.parse(List.of("--priority-and-fairness-learned-times")).flow().extras())
        .isEqualTo(FlowExtras.NONE.withLearned());
    assertThat(UpCommand.parse(List.of("--max-list-bytes-inflight=134217728")).flow().extras())
        .isEqualTo(FlowExtras.NONE.withListBytesMax(134_217_728));
    refused(
        "max-list-bytes-inflight: 1000 (expected: 0 for no limit, or at least 1048576)",
        "--max-list-bytes-inflight=1000");
    refused(
        "--max-list-bytes-inflight: 1Gi (expected: a whole number)",
        "--max-list-bytes-inflight=1Gi");
    refused(
        "enable-priority-and-fairness: false (expected: true, as flags are given that change what it does)",
        "--enable-priority-and-fairness=false",
        "--priority-and-fairness-names");
  }

  @Test
  void howLongARequestMayTakeIsSaidByAFlag() throws Exception {
    assertThat(ServerConfig.DEFAULT.flow().requestTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(UpCommand.parse(List.of("--request-timeout=5s")).flow().requestTimeout())
        .isEqualTo(Duration.ofSeconds(5));
    refused("request-timeout: PT0S (expected: more than none)", "--request-timeout=0");
    refused("--request-timeout: -1s (expected: such as 1m)", "--request-timeout=-1s");
  }

  @Test
  void whichControllersRunIsSaidByAFlag() throws Exception {
    assertThat(ServerConfig.DEFAULT.controllers()).isEqualTo(ControllerSelection.ALL);
    assertThat(UpCommand.parse(List.of("--controllers=*,-namespace-controller")).controllers())
        .isEqualTo(new ControllerSelection(List.of("*", "-namespace-controller")));
    refused(
        "--controllers: nodes (expected: *, -*, NAME or -NAME of "
            + String.join(", ", ControllerSelection.KNOWN)
            + ")",
        "--controllers=nodes");
  }

  @Test
  void whoMayComeInIsSaidByFlags() throws Exception {
    assertThat(ServerConfig.DEFAULT.access()).isEqualTo(new EtcdAccess.Certificates());
    assertThat(ServerConfig.DEFAULT.adminToken()).isFalse();
    ServerConfig config = UpCommand.parse(List.of("--etcd-insecure", "--admin-token", "on"));
    assertThat(config.access()).isEqualTo(new EtcdAccess.ClearText());
    assertThat(config.adminToken()).isTrue();
    refused("--admin-token: yes (expected: on or off)", "--admin-token=yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:2379", "[::]:2379", "10.1.2.3:2379", "example.com:2379"})
  void clearTextIsForThisMachineAlone(String address) {
    refused(
        "--etcd-insecure with --etcd %s (expected: an address of this machine alone"
            .formatted(address),
        "--etcd-insecure",
        "--etcd",
        address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:0", "127.9.9.9:1", "[::1]:0", "localhost:0", "off"})
  void clearTextIsServedOnLoopback(String address) throws Exception {
    assertThat(UpCommand.parse(List.of("--etcd-insecure", "--etcd", address)).access())
        .isEqualTo(new EtcdAccess.ClearText());
  }

  @Test
  void mistakesSayWhatWasExpected() {
    refused("--port: no such flag", "--port", "1");
    refused("stray: unexpected (expected: a flag)", "stray");
    refused("--data: no value (expected: --data VALUE)", "--data");
    refused("--memory: perhaps (expected: true or false)", "--memory=perhaps");
    refused(
        "--kube: 6443 (expected: HOST:PORT, such as 127.0.0.1:2379, or [::1]:0) or off",
        "--kube",
        "6443");
    refused("--etcd off with --kube off", "--etcd", "off", "--kube", "off");
    refused("(expected: two addresses)", "--etcd", "localhost:1", "--kube", "localhost:1");
  }

  @Test
  void networksOfServicesAreOneOrOneOfEachFamily() throws Exception {
    assertThat(
            UpCommand.parse(List.of("--service-cluster-ip-range=10.1.2.3/16,FD00:0:0::1/112"))
                .serviceRanges()
                .networks())
        .containsExactly("10.1.0.0/16", "fd00::/112");
    refusedRange("10.0.0.0/24,10.1.0.0/24", "must be of different IP family");
    refusedRange("10.0.0.0/24,fd00::/112,10.1.0.0/24", "not contain more than two entries");
    refusedRange("10.0.0.0/30", "must be at least 8 IP addresses");
    refusedRange("10.0.0.0/29,fd00::/63", "fd00::/63 (expected: such as 10.0.0.0/24");
    for (String bad : List.of("", "10.0.0.0", "10.0.0.0/33", "fd00::/129", "10.0.0.0/24,", "x/8")) {
      refusedRange(bad, "(expected: such as 10.0.0.0/24");
    }
  }

  @Test
  void whatAClusterIsToldCanBeReachedFromElsewhere() throws Exception {
    assertThat(ServerConfig.DEFAULT.advertising()).isEqualTo(Advertising.DEFAULT);
    assertThat(UpCommand.parse(List.of("--advertise-address=10.1.2.3")).advertising())
        .isEqualTo(new Advertising("10.1.2.3", EndpointReconciler.LEASE));
    assertThat(UpCommand.parse(List.of("--endpoint-reconciler-type=none")).advertising())
        .isEqualTo(new Advertising("", EndpointReconciler.NONE));
    assertThat(UpCommand.parse(List.of("--advertise-address=0.0.0.0")).advertising().isGiven())
        .isFalse();
    refused(
        "invalid argument \"here\" for \"--advertise-address\" flag: failed to parse IP: \"here\"",
        "--advertise-address=here");
    refused("Reconciler not implemented: some", "--endpoint-reconciler-type=some");
    refused("Reconciler not implemented: ", "--endpoint-reconciler-type=");
    refused(
        "cannot use public IP 127.0.0.1 with endpoint reconciler: <nil>: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)",
        "--advertise-address=127.0.0.1");
    refused(
        "service IP family \"10.0.0.0/24\" must match public address family \"fd00::5\"",
        "--advertise-address=fd00::5");
  }

  private static void refusedRange(String range, String text) {
    refused(text, "--service-cluster-ip-range", range);
  }

  private static void refused(String text, String... arguments) {
    assertThatThrownBy(() -> UpCommand.parse(List.of(arguments)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(text)
        .hasMessageEndingWith("see ./pintle up --help");
  }
}
