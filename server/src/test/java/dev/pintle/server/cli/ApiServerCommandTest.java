package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.config.Endpoint;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerCommandTest {
  private static final List<String> NEEDED =
      List.of(
          "--etcd-servers=http://127.0.0.1:2390",
          "--service-account-issuer=https://127.0.0.1:1/",
          "--service-account-key-file=/d/sa.crt",
          "--service-account-signing-key-file=/d/sa.key");

  private static ApiServerCommand parse(String... more) throws StartException {
    List<String> all = new ArrayList<>(NEEDED);
    all.addAll(List.of(more));
    return ApiServerCommand.parse(all);
  }

  @Test
  void theFlagsOfEnvtestMeanWhatTheyMeanUpstream() throws Exception {
    ApiServerCommand command =
        parse(
            "--allow-privileged=true",
            "--authorization-mode=RBAC",
            "--bind-address=127.0.0.1",
            "--cert-dir=/d",
            "--client-ca-file=/d/ca.crt",
            "--disable-admission-plugins=ServiceAccount",
            "--secure-port=40001",
            "--service-cluster-ip-range=10.1.0.0/24",
            "--service-node-port-range=31000-31999");

    assertThat(command.config().kube()).contains(new Endpoint("127.0.0.1", 40001));
    assertThat(command.config().allowPrivileged()).isTrue();
    assertThat(command.config().controllers().names()).containsExactly("-*");
    assertThat(command.config().admission().selection().disabled())
        .containsExactly("ServiceAccount");
    assertThat(command.store()).isEqualTo(2390);
    assertThat(command.identity().certificate()).isEqualTo(Path.of("/d/apiserver.crt"));
    assertThat(command.identity().mayBeMade()).isTrue();
    assertThat(command.identity().clientAuthorities()).contains(Path.of("/d/ca.crt"));
    assertThat(command.identity().audiences()).containsExactly("https://127.0.0.1:1/");
    assertThat(command.ranges().networks()).containsExactly("10.1.0.0/24");
    assertThat(command.ranges().lastNodePort()).isEqualTo(31_999);
    assertThat(command.notices()).isEmpty();
  }

  @Test
  void flagsAreReadAsUpstreamReadsThem() throws Exception {
    ApiServerCommand command =
        parse(
            "--allow-privileged",
            "--secure_port",
            "40002",
            "-v=4",
            "--anonymous-auth=F",
            "--service-account-issuer",
            "two",
            "--disable-admission-plugins=ServiceAccount",
            "--disable-admission-plugins=LimitRanger",
            "--service-account-key-file=/d/other.pub");

    assertThat(command.identity().anonymous()).isFalse();
    assertThat(command.identity().issuers()).containsExactly("https://127.0.0.1:1/", "two");
    assertThat(command.identity().tokenKeys())
        .containsExactly(Path.of("/d/sa.crt"), Path.of("/d/other.pub"));
    assertThat(command.config().admission().selection().disabled())
        .containsExactlyInAnyOrder("ServiceAccount", "LimitRanger");
    assertThat(command.notices()).containsExactly("without effect here: --v");
  }

  @Test
  void filesAreNamedFromTheRootForAnotherProcess() throws Exception {
    assertThat(
            ApiServerCommand.fromAnywhere(
                List.of("--cert-dir=here", "--audit-log-path", "-", "--tls-cert-file="),
                Path.of("/w")))
        .containsExactly("--cert-dir=/w/here", "--audit-log-path=-", "--tls-cert-file=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nope=1 | unknown flag: --nope",
        "--insecure-port=0 | unknown flag: --insecure-port",
        "word | does not take any arguments",
        "--oidc-issuer-url=https://x | --oidc-issuer-url=https://x: refused: callers are known by",
        "--encryption-provider-config=/f | refused: objects would lie in the store in the clear",
        "--etcd-prefix=/other | refused: objects lie below /registry",
        "--enable-garbage-collector=false | refused",
        "--enable-garbage-collector=maybe | strconv.ParseBool",
        "--secure-port=0 | must be between 1 and 65535",
        "--feature-gates=Nope=true | unrecognized feature gate: Nope",
        "--feature-gates=AllAlpha=true | AllAlpha=true: refused",
        "--authorization-mode=AlwaysAllow | is not served",
        "--etcd-servers=http://10.0.0.1:2379 | expected: one etcd of Pintle on this machine",
        "--runtime-config=api/all=false | expected: flowcontrol.apiserver.k8s.io/v1beta3=true",
        "--service-node-port-range=many | expected: such as 30000-32767",
        "--tls-cert-file=/c | expected: both or neither",
        "--secure-port | flag needs an argument"
      })
  void whatWouldBeMissingIsRefusedByName(String flag, String words) {
    assertThatThrownBy(() -> parse(flag))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(words)
        .hasMessageEndingWith("see ./pintle kube-apiserver --help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--oidc-issuer-url=",
        "--etcd-prefix=/registry",
        "--enable-garbage-collector",
        "--storage-backend=etcd3",
        "--permit-port-sharing=false",
        "--feature-gates=kube:AllAlpha=false,AllBeta=false",
        "--runtime-config=api/all=true",
        "--runtime-config=api/beta=true,flowcontrol.apiserver.k8s.io/v1beta3=true",
        "--feature-gates="
      })
  void whatIsSoAnywayMayBeSaid(String flag) throws Exception {
    assertThat(parse(flag).notices()).isEmpty();
  }

  @Test
  void whatUpstreamNeedsIsNeededHere() {
    assertThatThrownBy(() -> ApiServerCommand.parse(List.of("--secure-port=1")))
        .hasMessageContaining("--etcd-servers must be specified, --service-account-issuer must be");
  }

  @Test
  void aWorkingFlagIsOneThatSomebodyReads() {
    assertThat(ApiServerFlag.upstream().values())
        .filteredOn(flag -> flag.verdict() != ApiServerFlag.Verdict.WORKS)
        .allSatisfy(flag -> assertThat(flag.words()).isNotEmpty());
    assertThat(ApiServerFlag.gates()).hasSizeGreaterThan(100).containsEntry("AllAlpha", "false");
  }

  @Test
  void thePageOfHelpIsWhatTheTableSays() throws IOException {
    assertThat(Files.readString(Path.of("../launcher/help/kube-apiserver.txt")))
        .contains(ApiServerFlag.page());
  }
}
