package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.audit.Audit;
import dev.pintle.server.cli.UpCommand;
import dev.pintle.server.config.AuditSettings;
import dev.pintle.server.failure.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditOpeningTest {
  @TempDir private Path folder;

  private AuditSettings settings(String... more) throws Exception {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(
        policy, "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n");
    List<String> flags = new ArrayList<>(List.of("--audit-policy-file=" + policy));
    flags.addAll(List.of(more));
    return UpCommand.parse(flags).audit();
  }

  @Test
  void aLogIsMadeWhereItIsNamed() throws Exception {
    Path log = folder.resolve("a/b/audit.log");
    Optional<Audit> audit = AuditOpening.open(settings("--audit-log-path=" + log));
    audit.orElseThrow().close();
    assertThat(log).isEmptyFile();
    assertThat(AuditOpening.note(settings("--audit-log-path=" + log))).isEmpty();
  }

  @Test
  void aLogThatIsALinkEndsTheStart() throws Exception {
    Path log = folder.resolve("audit.log");
    Files.createSymbolicLink(log, folder.resolve("elsewhere"));
    AuditSettings settings = settings("--audit-log-path=" + log);
    assertThatThrownBy(() -> AuditOpening.open(settings))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("--audit-log-path " + log + ": ")
        .hasMessageContaining("is a symbolic link, which is not followed")
        .hasMessageEndingWith("(expected: a file that this user may write, or -)");
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void halfOfAnAuditWritesNothingAndSaysSo() throws Exception {
    assertThat(AuditOpening.open(settings())).isEmpty();
    assertThat(AuditOpening.note(settings()))
        .contains(
            "nothing is audited: --audit-policy-file without --audit-log-path or --audit-webhook-config-file");
    assertThat(AuditOpening.note(UpCommand.parse(List.of("--audit-log-path=-")).audit()))
        .contains("nothing is audited: --audit-log-path without --audit-policy-file");
    assertThat(AuditOpening.note(AuditSettings.DEFAULT)).isEmpty();
  }
}
