package dev.pintle.compat.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.ProgramCommand;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./pintle explain-request` tells people what becomes of a request.
final class ExplainRequestIT {
  @TempDir private Path folder;

  private static Tool explain(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "explain-request";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Tool.of(Peers.house().resolve("pintle"), all);
  }

  /// As the launcher runs it, which would build the program first.
  private static String told(RunningPintle pintle, Path data, String... words) {
    List<String> command =
        ProgramCommand.of(
            List.of(),
            List.of(
                "explain-request",
                "--data=" + data,
                "--kube=" + pintle.kube(),
                "--user=" + words[0],
                "--verb=" + words[1],
                "--path=" + words[2],
                "--groups=" + (words.length > 3 ? words[3] : "")));
    Tool.Result told =
        Tool.of(
                Path.of(command.getFirst()),
                command.subList(1, command.size()).toArray(String[]::new))
            .run();
    assertThat(told.exit()).as(told.err()).isZero();
    return told.out();
  }

  @Test
  void itSaysWhichSchemaMatchedAndWhyTheOthersDidNot() {
    Path data = folder.resolve("data");
    try (RunningPintle pintle = RunningPintle.closed(data)) {
      assertThat(
              told(
                  pintle,
                  data,
                  "system:serviceaccount:default:builder",
                  "create",
                  "/apis/batch/v1/namespaces/default/jobs"))
          .contains("request     create /apis/batch/v1/namespaces/default/jobs\n")
          .contains("passed by   exempt (precedence 1): no rule is about this user\n")
          .contains("kube-system-service-accounts (precedence 900): no rule is about this user\n")
          .contains("matched     service-accounts (precedence 9000)\n")
          .contains("flow        by user: system:serviceaccount:default:builder\n")
          .contains("level       workload-low: 0 of ")
          .contains("now         executed at once\n");
      assertThat(told(pintle, data, "jane", "get", "/healthz", "system:masters"))
          .contains("matched     exempt (precedence 1)\n");
    }
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    Tool.Result few = explain("jane", "get").run();
    assertThat(few.exit()).isEqualTo(2);
    assertThat(few.err()).contains("too few words (expected: USER VERB PATH)");
    assertThat(explain("jane", "get", "/a", "more").run().exit()).isEqualTo(2);
    assertThat(explain("jane", "get", "/a", "--data", folder.toString()).run().exit()).isEqualTo(5);
  }
}
