package dev.pintle.compat.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.bench.storm.FairnessFiles;
import dev.pintle.bench.storm.StormOutcome;
import dev.pintle.bench.storm.StormProcess;
import dev.pintle.bench.storm.StormScale;
import dev.pintle.bench.storm.StormTarget;
import dev.pintle.bench.storm.StormTrial;
import dev.pintle.bench.storm.Traffic;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tiny burst of Jobs with everybody beside it, and the configuration that goes with it. How quick all of it is, is judged by
/// `./pintle bench job-storm`.
final class JobStormIT {
  private static final Path EXAMPLE = Peers.house().resolve("examples/job-storm");

  @TempDir private Path data;

  @Test
  void everyJobOfABurstComesToItsEndAndNobodyIsRefused() throws Exception {
    try (RunningPintle pintle = start();
        StormProcess process = StormProcess.start()) {
      StormTarget target =
          new StormTarget(
              pintle.kube(), Kubeconfig.read(pintle.kubeconfig()).token(), data.resolve("pki"));
      new FairnessFiles(EXAMPLE).apply(target);
      try (StormTrial trial = StormTrial.of(target, StormScale.TINY, process)) {
        trial.warmUp();
        StormOutcome outcome = trial.storm();
        assertThat(outcome.burst().jobs()).isEqualTo(StormScale.TINY.jobs());
        for (Traffic traffic : Traffic.values()) {
          assertThat(outcome.figures().of(traffic).failures()).as(traffic.title()).isEmpty();
          assertThat(outcome.figures().of(traffic).rejected()).as(traffic.title()).isZero();
        }
        assertThat(outcome.burst().complete()).isEqualTo(StormScale.TINY.jobs());
        assertThat(outcome.figures().of(Traffic.FOLLOW_UP).whole().count())
            .as("what follows a Job")
            .isEqualTo(9 * StormScale.TINY.jobs());
      }
      try (KubeClient client = KubeClient.of(pintle)) {
        assertThat(client.get("/debug/api_priority_and_fairness/dump_priority_levels").text())
            .contains("job-storm,");
        assertThat(client.get("/metrics").text())
            .contains(
                "apiserver_flowcontrol_dispatched_requests_total{flow_schema=\"job-storm\",priority_level=\"job-storm\"} 50")
            .contains(
                "apiserver_flowcontrol_dispatched_requests_total{flow_schema=\"job-storm-follow-up\",priority_level=\"job-storm\"} 450")
            .contains(
                "flow_schema=\"operators-leader-election\",priority_level=\"leader-election\"");
      }
    }
  }

  @Test
  void kubectlAppliesTheConfigurationTwice() {
    Path kubectl = Peers.require("kubectl");
    try (RunningPintle pintle = start()) {
      Tool apply =
          Tool.of(
              kubectl,
              "--kubeconfig",
              pintle.kubeconfig().toString(),
              "apply",
              "-f",
              EXAMPLE.toString());
      Tool.Result first = apply.run();
      assertThat(first.exit()).as(first.err()).isZero();
      assertThat(first.out())
          .isEqualTo(
              """
              prioritylevelconfiguration.flowcontrol.apiserver.k8s.io/job-storm created
              flowschema.flowcontrol.apiserver.k8s.io/job-storm created
              flowschema.flowcontrol.apiserver.k8s.io/job-storm-follow-up created
              flowschema.flowcontrol.apiserver.k8s.io/operators-leader-election created
              """);
      Tool.Result second = apply.run();
      assertThat(second.out().lines()).hasSize(4).allMatch(line -> line.endsWith(" unchanged"));
      assertThat(second.err()).isEmpty();
    }
  }

  private RunningPintle start() {
    return RunningPintle.up(data, "--etcd", "off", "--kube", "127.0.0.1:0");
  }
}
